{{#extra}}

{{extra}}
{{/extra}}
{{#phone}}

_("Questions? Call us:") {{phone}}
{{/phone}}

_("You cannot answer this message.")
{{#clinic}}

_("Kind regards,")
{{clinic}}
{{/clinic}}
