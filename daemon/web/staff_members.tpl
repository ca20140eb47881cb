{{>_head}}
{{^members}}
<p>_("The clinic shows nobody here just now.")</p>
{{/members}}
{{?members}}
<ul class="lines">
    {{#members}}
    <li><a href="/staff-members/{{id}}"><bdi>{{name}}</bdi></a>{{#title}}<br>{{title}}{{/title}}</li>
    {{/members}}
</ul>
{{/members}}
{{>_foot}}
