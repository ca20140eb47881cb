_("When:") {{when}}
{{#staff}}
_("With:") {{staff}}
{{/staff}}
{{#clinic}}
_("Clinic:") {{clinic}}
{{/clinic}}
{{#address}}
_("Where:") {{address}}
{{/address}}
