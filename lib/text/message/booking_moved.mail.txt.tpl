_("Your visit has a new time")

_("Hello,")

_("Your visit has been moved. This is the new time.")

{{>_visit.txt}}

_("The old time no longer holds:") {{old_when}}

_("See, move or cancel the visit here:")
{{link}}

_("The attached file puts the new time into your calendar.")
{{>_end.txt}}
