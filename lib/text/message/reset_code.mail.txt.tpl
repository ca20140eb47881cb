_("Your code for a new password")

_("Hello,")

_("Write this code on the page where you choose a new password:")

{{code}}

_("The code works once, for") {{valid}}.

_("Never give the code to anyone else. We never ask you for it by telephone. If you did not try to log in, you need not do anything.")
{{>_end.txt}}
