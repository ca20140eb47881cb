{{>_head}}
{{^booking}}
<p class="note">_("The clinic does not use booking.")</p>
{{/booking}}
{{#booking}}
{{?answers}}
<section class="warn" aria-labelledby="answers">
    <h2 id="answers">_("Waiting for your answer")</h2>
    <ul class="lines">
        {{#answers}}
        <li>
            <a href="/bookings/{{id}}">{{when}}</a><br><bdi>{{patient}}</bdi>. {{visit_type}}. {{left}}
            <form method="post" action="/bookings/{{id}}/confirm">
                <input type="hidden" name="form_token" value="{{token}}">
                <button class="second">_("Approve")<span class="hidden"> {{patient}}, {{when}}</span></button>
            </form>
        </li>
        {{/answers}}
    </ul>
</section>
{{/answers}}
{{?risks}}
<section class="warn" aria-labelledby="risks">
    <h2 id="risks">_("Will not take place unless confirmed")</h2>
    <ul class="lines">
        {{#risks}}
        <li><a href="/bookings/{{id}}">{{when}}</a><br><bdi>{{patient}}</bdi>. {{visit_type}}. {{left}}</li>
        {{/risks}}
    </ul>
</section>
{{/risks}}
<h2>_("Today")</h2>
<p class="place">{{today}}</p>
{{^visits}}
<p>_("You have no confirmed visits today.")</p>
{{/visits}}
{{?visits}}
<ol class="day">
    {{#visits}}
    {{>_staff_visit}}
    {{/visits}}
</ol>
{{/visits}}
<h2>_("The coming month")</h2>
{{^coming}}
<p>_("No confirmed visits.")</p>
{{/coming}}
{{#coming}}
<h3>{{title}}</h3>
<ol class="day">
    {{#visits}}
    {{>_staff_visit}}
    {{/visits}}
</ol>
{{/coming}}
<p><a class="button second" href="/staff/invite">_("Invite to a visit")</a></p>
<p><a href="/staff/bookings">_("All bookings, also those that are not confirmed")</a></p>
{{/booking}}
{{>_foot}}
