_("You have confirmed your visit")

_("Hello,")

_("Thank you. We know that you are coming.")

{{>_visit.txt}}

_("See, move or cancel the visit here:")
{{link}}

_("The attached file puts the visit into your calendar.")
{{>_end.txt}}
