_("Choose your password")

_("Hello,")

_("Open this page to choose the password that you log in with:")
{{link}}

_("The link works once, for") {{valid}}.

_("If you did not expect this message, you need not do anything.")
{{>_end.txt}}
