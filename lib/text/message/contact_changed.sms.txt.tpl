{{#clinic}}{{clinic}}: {{/clinic}}_("Your contact details with us have just been changed. Was it not you? Call us at once.")
