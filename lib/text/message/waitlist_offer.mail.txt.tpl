_("A time is free for you")

_("Hello,")

_("You are waiting for a visit, and this time has become free. Others who wait are told too: the first who answers gets it.")

{{>_visit.txt}}

_("Take the time here:")
{{link}}
{{>_end.txt}}
