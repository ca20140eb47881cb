_("Your code for booking")

_("Hello,")

_("This is your code for booking a visit:")

{{code}}

_("The code works once, for") {{valid}}.

_("If you have not asked to book anything, you need not do anything.")
{{>_end.txt}}
