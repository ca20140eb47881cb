_("Your visit is cancelled")

_("Hello,")

_("This visit is cancelled. You do not need to do anything.")

{{>_visit.txt}}

_("Book a new time here:")
{{link}}
{{>_end.txt}}
