{{>_head}}
<p><a class="button{{?coming}} second{{/coming}}" href="/slots">_("Book a visit")</a></p>
<h2>_("Coming visits")</h2>
{{^coming}}
<p>_("You have no coming visits.")</p>
{{/coming}}
{{?coming}}
<ul class="cards">
    {{#coming}}
    <li>
        <h3>{{when}}</h3>
        <p><bdi>{{staff}}</bdi>. {{visit_type}}.<br>{{place}}</p>
        <p><span class="mark {{mark}}">{{state}}</span></p>
        {{#start}}
        <p><a class="button" href="{{start}}">_("Start the visit")<span class="hidden">: {{when}}</span></a></p>
        {{/start}}
        <p><a class="button second" href="/bookings/{{id}}">{{#must_confirm}}_("Confirm, move or cancel"){{/must_confirm}}{{^must_confirm}}_("See, move or cancel"){{/must_confirm}}<span class="hidden">: {{when}}</span></a></p>
    </li>
    {{/coming}}
</ul>
{{/coming}}
{{?past}}
<h2>_("Past and cancelled visits")</h2>
<ul class="lines">
    {{#past}}
    <li><a href="/bookings/{{id}}">{{when}}</a><br><bdi>{{staff}}</bdi>. <span class="mark {{mark}}">{{state}}</span></li>
    {{/past}}
</ul>
{{/past}}
{{>_foot}}
