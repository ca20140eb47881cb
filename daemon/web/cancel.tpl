{{>_head}}
{{#visit}}
{{>_visit}}
{{#may_cancel}}
<form method="post" action="/bookings/{{id}}/cancel">
    <input type="hidden" name="form_token" value="{{token}}">
    {{#by_staff}}
    {{#reached}}
    <p>_("The patient gets a message that the visit is cancelled. Somebody else can then have the time.")</p>
    {{/reached}}
    {{^reached}}
    <p>_("The patient has no address that we could write to. Please call.")</p>
    {{/reached}}
    {{/by_staff}}
    {{^by_staff}}
    <p>_("Somebody else can then have the time. You can book a new one whenever you like.")</p>
    {{/by_staff}}
    <button class="danger">_("Yes, cancel the visit")</button>
</form>
{{/may_cancel}}
{{^may_cancel}}
{{#by_staff}}
<p class="note">_("The visit cannot be cancelled any more.")</p>
{{/by_staff}}
{{^by_staff}}
<p class="note">_("The visit cannot be cancelled here any more. Please call the clinic.")</p>
{{/by_staff}}
{{/may_cancel}}
<p><a href="/bookings/{{id}}">_("No, keep the visit")</a></p>
{{/visit}}
{{>_foot}}
