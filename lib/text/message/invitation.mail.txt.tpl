_("How you log in to the clinic")

_("Hello,")

_("You can log in to the clinic's pages. The address is:")
{{page}}
{{#ways}}
{{#bankid}}

_("With BankID: open the address, choose BankID and do what your BankID app says.")
{{/bankid}}
{{#mitid}}

_("With MitID: open the address, choose MitID and do what your MitID app says.")
{{/mitid}}
{{#oidc}}

_("With another electronic ID: open the address and choose it there.")
{{/oidc}}
{{#password}}
{{#choose}}

_("With a password: first choose one on this page:")
{{link}}
_("The link works once, for") {{valid}}.
{{/choose}}
{{^choose}}

_("With your password: open the address and write it. If you have forgotten it, there is a link for that on the page.")
{{/choose}}
{{#number}}
_("When you log in you write your personal number and the password.")
{{/number}}
{{#name}}
_("When you log in you write this login name and the password:") {{name}}
{{/name}}
{{^number}}
{{^name}}
_("When you log in you write this e-mail address and the password.")
{{/name}}
{{/number}}
{{#sms}}
_("Then you get a code as a text message.")
{{/sms}}
{{^sms}}
_("Then you get a code by e-mail.")
{{/sms}}
{{/password}}
{{/ways}}

_("If you did not expect this message, you need not do anything.")
{{>_end.txt}}
