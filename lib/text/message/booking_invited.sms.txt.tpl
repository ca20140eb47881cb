{{#clinic}}{{clinic}}: {{/clinic}}_("We have a time for you:") {{when}}. _("Please confirm:") {{link}}{{#extra}} {{extra}}{{/extra}}
