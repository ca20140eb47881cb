_("Your visit is booked")

_("Hello,")

_("Your visit is booked.")

{{>_visit.txt}}

_("See, move or cancel the visit here:")
{{link}}

_("The attached file puts the visit into your calendar.")
{{>_end.txt}}
