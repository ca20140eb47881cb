{{#asked}}_("You have asked for a new time"){{/asked}}{{#confirm}}_("Your visit has a new time that needs your confirmation"){{/confirm}}{{^asked}}{{^confirm}}_("Your visit has a new time"){{/confirm}}{{/asked}}

_("Hello,")

{{#asked}}
_("You have asked for this time. The clinic looks at it, and we write to you as soon as it has answered.")
{{/asked}}
{{^asked}}
_("Your visit has been moved. This is the new time.")
{{/asked}}
{{#confirm}}
_("Please confirm that you can come then. Without your confirmation the visit cannot take place.")
{{/confirm}}

{{>_visit.txt}}

_("The old time no longer holds:") {{old_when}}

{{#confirm}}
_("Confirm, move or cancel the visit here:")
{{/confirm}}
{{^confirm}}
_("See, move or cancel the visit here:")
{{/confirm}}
{{link}}

_("The attached file puts the new time into your calendar.")
{{>_end.txt}}
