{{#clinic}}{{clinic}}: {{/clinic}}_("Somebody wants to register and waits for your answer.")
