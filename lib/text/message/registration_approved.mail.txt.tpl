_("You are registered")

_("Hello,")

_("You have a profile now at")
{{clinic}}

{{#extra}}
{{extra}}

{{/extra}}
{{link}}
{{>_end.txt}}
