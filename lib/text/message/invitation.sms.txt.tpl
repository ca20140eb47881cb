{{#clinic}}{{clinic}}: {{/clinic}}_("You can log in here:") {{page}}
