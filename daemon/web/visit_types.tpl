{{>_head}}
<p><a class="button" href="/visit-types/new">_("Add a kind of visit")</a></p>
{{^editable}}
<p>_("You have no kind of visit of your own yet.")</p>
{{/editable}}
{{?editable}}
<ul class="lines">
    {{#editable}}
    <li><a href="/visit-types/{{id}}">{{title}}</a><br>{{facts}}{{#owner}}<br>_("Only for:") <bdi>{{owner}}</bdi>{{/owner}}{{#off}}<br><span class="mark off">_("Cannot be booked")</span>{{/off}}</li>
    {{/editable}}
</ul>
{{/editable}}
{{?shared}}
<h2>_("Kinds of visit of the whole clinic")</h2>
<p>_("Everybody here uses these. The administrator can change them.")</p>
<ul class="lines">
    {{#shared}}
    <li><strong>{{title}}</strong><br>{{facts}}</li>
    {{/shared}}
</ul>
{{/shared}}
{{>_foot}}
