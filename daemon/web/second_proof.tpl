{{>_head}}
{{#masked}}
<p>{{masked}}</p>
<form method="post" action="/new-password/{{link}}/code?lang={{#frame}}{{lang}}{{/frame}}">
    <input type="hidden" name="form_token" value="{{token}}">
    {{#asks_mail_code}}
    {{>_mail_code}}
    {{/asks_mail_code}}
    <button>_("Send me the code")</button>
</form>
<h2>_("Have you a new mobile number?")</h2>
<p>_("Call the clinic. When the clinic has made sure that it is you, open the link in the e-mail again.")</p>
{{/masked}}
{{^masked}}
<p>_("The link alone is not enough: whoever can read your e-mail could use it. The clinic must say that it is you.")</p>
<p>_("Call the clinic. When the clinic has made sure that it is you, open the link in the e-mail again.")</p>
{{/masked}}
{{#eid}}
<h2>_("Have you an electronic ID?")</h2>
<p>_("Then you need not call. Log in with it, and choose a new password there.")</p>
<p><a href="/login?lang={{#frame}}{{lang}}{{/frame}}">_("Log in with an electronic ID")</a></p>
{{/eid}}
{{>_foot}}
