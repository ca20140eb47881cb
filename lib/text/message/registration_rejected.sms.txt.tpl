{{#clinic}}{{clinic}}: {{/clinic}}_("The clinic cannot take your registration. If you have questions, call the clinic.")
