{{>_head}}
<p><strong><bdi>{{name}}</bdi></strong></p>
{{?coming}}
<p class="note">_("These visits are still to come. Move or cancel them first.")</p>
<ul class="lines">
    {{#coming}}
    <li><a href="/bookings/{{id}}">{{when}}</a></li>
    {{/coming}}
</ul>
{{/coming}}
{{#may_end}}
<p>_("The person is logged out, can no longer log in, and takes no bookings. Visits that were stay as they were.")</p>
<form method="post" action="/unit/staff/{{id}}/end">
    <input type="hidden" name="form_token" value="{{token}}">
    <button class="danger">_("Yes, end the work here")</button>
</form>
{{/may_end}}
<p><a href="/unit/staff/{{id}}">_("No, change nothing")</a></p>
{{>_foot}}
