{{#clinic}}{{clinic}}: {{/clinic}}_("We have your request for a visit:") {{when}}. {{link}}{{#extra}} {{extra}}{{/extra}}
