{{#clinic}}{{clinic}}: {{/clinic}}_("You have confirmed your visit:") {{when}}. {{link}}{{#extra}} {{extra}}{{/extra}}
