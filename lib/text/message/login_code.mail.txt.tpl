_("Your code for logging in")

_("Hello,")

_("This is your code for logging in:")

{{code}}

_("The code works once, for") {{valid}}.

_("Never give the code to anyone else. We never ask you for it by telephone. If you did not try to log in, you need not do anything.")
{{>_end.txt}}
