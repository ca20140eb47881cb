_("Your password has been changed")

_("Hello,")

_("The password that you log in with has just been changed.")

_("Was it not you? Call us at once.")
{{>_end.txt}}
