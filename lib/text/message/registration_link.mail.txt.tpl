_("Finish your registration")

_("Hello,")

_("You want to register at")
{{clinic}}

_("Open this page to finish your registration:")
{{link}}

_("If the page asks for four digits, write these:") {{code}}

_("The link works once, for") {{valid}}.

_("If you did not expect this message, you need not do anything.")
{{>_end.txt}}
