_("Somebody wanted to use your e-mail address")

_("Hello,")

_("Somebody has just tried to make your e-mail address theirs here. Nothing was changed: the address is still yours.")

_("If it was you or somebody in your family, call us. Two people cannot have the same e-mail address here.")
{{>_end.txt}}
