{{code}} _("is your code for booking a visit.")
