_("You have a profile already")

_("Hello,")

_("Somebody, perhaps you, wants to register at")
{{clinic}}

_("You have a profile there already. You need not register again. Log in here:")
{{link}}

_("If you cannot log in, call the clinic. If it was not you, you need not do anything.")
{{>_end.txt}}
