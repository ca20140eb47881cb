{{#clinic}}{{clinic}}: {{/clinic}}_("Your visit is booked:") {{when}}. _("Move or cancel:") {{link}}{{#extra}} {{extra}}{{/extra}}
