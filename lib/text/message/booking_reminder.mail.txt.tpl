_("Remember your visit")

_("Hello,")

_("This is a reminder of your visit.")

{{>_visit.txt}}

_("See, move or cancel the visit here:")
{{link}}
{{>_end.txt}}
