{{#clinic}}{{clinic}}: {{/clinic}}_("Please confirm your visit:") {{when}}. {{link}}{{#extra}} {{extra}}{{/extra}}
