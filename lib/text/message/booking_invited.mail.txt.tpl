_("You have a visit that needs your confirmation")

_("Hello,")

_("You have a visit that needs your confirmation. Please confirm that you are coming.")

{{>_visit.txt}}

_("Confirm the visit here:")
{{link}}

_("Does the time not suit you? You can move or cancel the visit on the same page.")
{{>_end.txt}}
