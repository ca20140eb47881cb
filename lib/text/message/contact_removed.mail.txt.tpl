_("We have removed contact details from your profile")

_("Hello,")

_("Nobody has checked that they belong to this profile. That is why we removed them, and send nothing to them any more.")

_("Do you visit us? Log in and write your e-mail address and mobile number there, or call us.")
{{>_end.txt}}
