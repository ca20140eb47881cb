{{>_head}}
{{#email}}
<p>{{email}}</p>
{{/email}}
{{#ended}}
<p class="note">_("This person no longer works here: no login and no new bookings. Visits that were stay as they were.")</p>
{{/ended}}
{{^ended}}
<form method="post" action="/unit/staff/{{id}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{>_fields}}
    <button>_("Save the changes")</button>
</form>
<h2>_("Login")</h2>
<form method="post" action="/unit/staff/{{id}}/invite">
    <input type="hidden" name="form_token" value="{{token}}">
    <p>_("The person gets an e-mail that tells where and how to log in.")</p>
    <button class="second">_("Send an invitation")</button>
</form>
<p><a href="/unit/staff/{{id}}/end">_("This person no longer works here")</a></p>
{{/ended}}
<p><a href="/unit/staff">_("All staff")</a></p>
{{>_foot}}
