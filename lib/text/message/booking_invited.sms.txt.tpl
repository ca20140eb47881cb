{{#clinic}}{{clinic}}: {{/clinic}}_("You have a visit that needs your confirmation:") {{when}}. _("Please confirm:") {{link}}{{#extra}} {{extra}}{{/extra}}
