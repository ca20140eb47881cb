{{code}} _("is your code for a new password. Give it to nobody.")
