_("We have your request for a visit")

_("Hello,")

_("You have asked for this time. The clinic looks at it, and we write to you as soon as it has answered.")

{{>_visit.txt}}

_("See, move or cancel the visit here:")
{{link}}
{{>_end.txt}}
