{{>_head}}
{{#clients_off}}
<p class="note">_("Patients cannot log in here. Staff can. If you are a patient, please call the clinic.")</p>
{{/clients_off}}
{{#note}}
<p class="note">{{note}}</p>
{{/note}}
{{#ways}}
<form class="way" method="post" action="{{action}}">
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="next" value="{{next}}">
    <button>{{label}}</button>
</form>
{{/ways}}
{{#password}}
{{?ways}}
<h2>_("Log in with a password")</h2>
{{/ways}}
{{>_password_login}}
{{/password}}
{{#staff_part}}
<h2>_("For staff")</h2>
{{/staff_part}}
{{#staff_ways}}
<form class="way" method="post" action="{{action}}">
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="next" value="{{next}}">
    <button class="second">{{label}}</button>
</form>
{{/staff_ways}}
{{#staff_password}}
{{>_password_login}}
{{/staff_password}}
{{#registers}}
<p><a href="/register?lang={{#frame}}{{lang}}{{/frame}}">_("Are you new here? Register")</a></p>
{{/registers}}
{{#help}}
<p><a href="/help?lang={{#frame}}{{lang}}{{/frame}}">_("Help with logging in")</a></p>
{{/help}}
{{>_foot}}
