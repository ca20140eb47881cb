{{#clinic}}{{clinic}}: {{/clinic}}_("Finish your registration here:") {{link}}
