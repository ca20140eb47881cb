_("About your registration")

_("Hello,")

_("You wanted to register at")
{{clinic}}

_("The clinic cannot take your registration. If you have questions, call the clinic.")
{{>_end.txt}}
