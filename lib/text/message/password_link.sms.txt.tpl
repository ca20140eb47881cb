{{#clinic}}{{clinic}}: {{/clinic}}_("Choose your password here:") {{link}}
