{{#clinic}}{{clinic}}: {{/clinic}}_("Remember your visit:") {{when}}. {{link}}{{#extra}} {{extra}}{{/extra}}
