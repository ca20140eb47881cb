_("Are you coming? Please confirm your visit")

_("Hello,")

_("Your visit is not confirmed yet. Without your confirmation it cannot take place.")

{{>_visit.txt}}

_("Confirm the visit here:")
{{link}}
{{>_end.txt}}
