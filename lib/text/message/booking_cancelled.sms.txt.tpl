{{#clinic}}{{clinic}}: {{/clinic}}_("Your visit is cancelled:") {{when}}. _("Book a new time:") {{link}}
