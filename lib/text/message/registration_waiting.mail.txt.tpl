_("Somebody wants to register")

_("Hello,")

_("Somebody wants to be a patient at")
{{clinic}}

_("The registration waits for your answer. Whoever runs the portal for you can show it to you and answer it.")
{{>_end.txt}}
