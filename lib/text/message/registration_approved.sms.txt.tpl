{{#clinic}}{{clinic}}: {{/clinic}}_("You are registered now. Log in here:") {{link}}
