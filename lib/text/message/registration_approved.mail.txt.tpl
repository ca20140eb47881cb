_("You are registered")

_("Hello,")

_("You have a profile now at")
{{clinic}}

_("You can log in here:")
{{link}}

_("The first time, you need your electronic ID (BankID or MitID). If you have none, call the clinic.")
{{>_end.txt}}
