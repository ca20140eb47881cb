_("Your code for the new address")

_("Hello,")

_("Write this code on the page where you change your contact details:")

{{code}}

_("The code works once, for") {{valid}}.

_("Never give the code to anyone else. If you did not change anything, you need not do anything.")
{{>_end.txt}}
