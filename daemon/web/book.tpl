{{>_head}}
<dl class="facts">
    {{#old_when}}
    <dt>_("Old time")</dt><dd><s>{{old_when}}</s></dd>
    <dt>_("New time")</dt><dd><strong>{{when}}</strong></dd>
    {{/old_when}}
    {{^old_when}}
    <dt>_("When")</dt><dd><strong>{{when}}</strong></dd>
    {{/old_when}}
    <dt>_("With")</dt><dd><bdi>{{staff}}</bdi></dd>
    <dt>_("What")</dt><dd>{{visit_type}}</dd>
    <dt>_("Where")</dt><dd>{{place}}</dd>
</dl>
{{#booking}}
<form method="post" action="/bookings/{{booking}}/move">
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="starts" value="{{starts}}">
    <button>_("Yes, move the visit")</button>
</form>
<p><a href="/bookings/{{booking}}/move">_("Choose another time")</a></p>
<p><a href="/bookings/{{booking}}">_("Keep the old time")</a></p>
{{/booking}}
{{^booking}}
{{#approval}}
<p>_("The clinic looks at this first. We write to you as soon as it has answered.")</p>
{{/approval}}
{{^approval}}
{{#confirmation}}
<p>_("When the visit is booked, we ask you to confirm that you are coming. You can do that at once or later.")</p>
{{/confirmation}}
{{/approval}}
<form method="post" action="/book">
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="starts" value="{{starts}}">
    <input type="hidden" name="staff" value="{{staff_id}}">
    <input type="hidden" name="visit_type" value="{{visit_type_id}}">
    <button>_("Yes, book this time")</button>
</form>
<p><a href="/slots?visit_type={{visit_type_id}}&amp;staff={{staff_id}}">_("Choose another time")</a></p>
{{/booking}}
{{>_foot}}
