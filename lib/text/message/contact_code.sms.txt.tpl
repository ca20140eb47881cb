{{code}} _("is your code for the new mobile number. Give it to nobody.")
