_("Your contact details have been changed")

_("Hello,")

_("Your e-mail address or your mobile number with us has just been changed. We will use the new one from now on.")

_("Was it not you? Call us at once.")
{{>_end.txt}}
