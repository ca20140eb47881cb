{{>_head}}
{{#visit}}
{{>_visit}}
{{#must_confirm}}
<form method="post" action="/bookings/{{id}}/confirm">
    <input type="hidden" name="form_token" value="{{token}}">
    <p>_("Please confirm that you are coming.")</p>
    <button>_("Yes, I am coming")</button>
</form>
{{/must_confirm}}
<ul class="acts">
    {{#may_move}}
    <li><a class="button second" href="/bookings/{{id}}/move">_("Move the visit")</a></li>
    {{/may_move}}
    {{#may_cancel}}
    <li><a class="button second" href="/bookings/{{id}}/cancel">_("Cancel the visit")</a></li>
    {{/may_cancel}}
</ul>
{{/visit}}
<p><a href="{{back}}">_("Back to all visits")</a></p>
{{>_foot}}
