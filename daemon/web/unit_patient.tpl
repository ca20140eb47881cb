{{>_head}}
<dl class="facts">
    <dt>_("E-mail address")</dt><dd>{{#email}}<bdi>{{email}}</bdi>{{/email}}{{^email}}_("None"){{/email}}</dd>
    <dt>_("Mobile number")</dt><dd>{{#mobile}}<bdi>{{mobile}}</bdi>{{/mobile}}{{^mobile}}_("None"){{/mobile}}</dd>
    <dt>{{number_name}}</dt><dd>{{#national_id}}{{national_id}}{{/national_id}}{{^national_id}}_("None"){{/national_id}}</dd>
    <dt>_("Password")</dt><dd>{{#password}}_("Chosen"){{/password}}{{^password}}_("Not chosen yet"){{/password}}</dd>
</dl>
{{#email}}
<form method="post" action="/unit/patients/{{id}}/invite">
    <input type="hidden" name="form_token" value="{{token}}">
    <p>_("The person gets an e-mail that tells where and how to log in.")</p>
    <button>_("Send an invitation")</button>
</form>
{{/email}}
<p><a href="/unit/patients">_("All patients")</a></p>
{{>_foot}}
