{{#clinic}}{{clinic}}: {{/clinic}}_("Your visit is moved. New time:") {{when}}. _("Old time:") {{old_when}}. {{link}}{{#extra}} {{extra}}{{/extra}}
