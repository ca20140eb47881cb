{{#clinic}}{{clinic}}: {{/clinic}}_("Somebody wanted to use your e-mail address. Nothing was changed.")
