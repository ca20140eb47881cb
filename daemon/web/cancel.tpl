{{>_head}}
{{#visit}}
{{>_visit}}
{{#may_cancel}}
<form method="post" action="/bookings/{{id}}/cancel">
    <input type="hidden" name="form_token" value="{{token}}">
    <p>_("Somebody else can then have the time. You can book a new one whenever you like.")</p>
    <button class="danger">_("Yes, cancel the visit")</button>
</form>
{{/may_cancel}}
{{^may_cancel}}
<p class="note">_("The visit cannot be cancelled here any more. Please call the clinic.")</p>
{{/may_cancel}}
<p><a href="/bookings/{{id}}">_("No, keep the visit")</a></p>
{{/visit}}
{{>_foot}}
