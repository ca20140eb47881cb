_("Choose a new password")

_("Hello,")

_("Somebody, we hope you, has asked for a new password here. Open this page to go on:")
{{link}}

_("If the page asks for four digits, write these:") {{code}}

_("The link works once, for") {{valid}}. _("On the page we ask for one thing more, so that we know that it is you.")

_("Was it not you? Then you need not do anything. Your password stays as it is.")
{{>_end.txt}}
