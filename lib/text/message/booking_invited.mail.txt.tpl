_("We offer you a visit: please confirm it")

_("Hello,")

_("We have set aside a time for you. Please confirm that you are coming.")

{{>_visit.txt}}

_("Confirm the visit here:")
{{link}}

_("Does the time not suit you? You can move or cancel the visit on the same page.")
{{>_end.txt}}
