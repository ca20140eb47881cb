{{code}} _("is your code for logging in. Give it to nobody.")
