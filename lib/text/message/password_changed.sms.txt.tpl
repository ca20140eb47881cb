{{#clinic}}{{clinic}}: {{/clinic}}_("Your password has just been changed. Was it not you? Call us at once.")
