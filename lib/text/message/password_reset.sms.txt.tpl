{{#clinic}}{{clinic}}: {{/clinic}}_("Choose a new password here:") {{link}}
