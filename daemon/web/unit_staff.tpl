{{>_head}}
<p><a class="button" href="/unit/staff/new">_("Add a staff member")</a></p>
<ul class="lines">
    {{#members}}
    <li>
        <a href="/unit/staff/{{id}}"><bdi>{{name}}</bdi></a>{{#title}}, {{title}}{{/title}}
        {{#administrator}}
        <span class="mark good">_("Administrator")</span>
        {{/administrator}}
        {{#ended}}
        <span class="mark">_("No longer works here")</span>
        {{/ended}}
        {{^ended}}
        {{#bookings_off}}
        <span class="mark open">_("Bookings are off")</span>
        {{/bookings_off}}
        {{/ended}}
    </li>
    {{/members}}
</ul>
{{>_foot}}
