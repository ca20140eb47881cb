{{#clinic}}{{clinic}}: {{/clinic}}_("You have a profile here already. Log in here:") {{link}}
