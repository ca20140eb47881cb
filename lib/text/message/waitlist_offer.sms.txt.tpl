{{#clinic}}{{clinic}}: {{/clinic}}_("A time is free:") {{when}}. _("The first who answers gets it:") {{link}}
