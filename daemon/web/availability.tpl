{{>_head}}
{{#person}}
<p>_("You look at the hours of") <strong><bdi>{{person}}</bdi></strong>. <a href="/availability">_("Go to your own")</a></p>
{{/person}}
{{?outside}}
<div class="note">
    <h2>_("Booked visits outside these hours")</h2>
    <p>_("They stay as they are until you move or cancel them.")</p>
    <ul class="lines">
    {{#outside}}
        <li><a href="/bookings/{{id}}">{{when}}</a><br>{{visit_type}}, <bdi>{{patient}}</bdi></li>
    {{/outside}}
    </ul>
</div>
{{/outside}}
<h2>_("Every week")</h2>
<p>_("Patients can book visits at these times. Leave a line empty if there is nothing more that day.") _("Write times as 08:30.") _("All times are those in") {{zone}}.</p>
{{#detailed}}
<p class="note">_("Some day here has more than three openings, which this page cannot show. Ask the one who looks after the service at the clinic to change them.")</p>
{{/detailed}}
{{^detailed}}
<form method="post" action="/availability" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#staff}}
    <input type="hidden" name="staff" value="{{staff}}">
    {{/staff}}
    {{#days}}
    <fieldset class="field{{#error}} wrong{{/error}}" id="{{id}}" tabindex="-1">
        <legend>{{title}}</legend>
        {{#error}}
        <p class="error" id="{{id}}-error">{{error}}</p>
        {{/error}}
        {{>_hours}}
    </fieldset>
    {{/days}}
    <fieldset class="field">
        <legend>_("On public holidays")</legend>
        {{#holidays}}
        <label class="choice"><input type="radio" name="holidays" value="{{id}}"{{#chosen}} checked{{/chosen}}>{{name}}</label>
        {{/holidays}}
    </fieldset>
    <button>_("Save the hours")</button>
</form>
{{/detailed}}
{{?next}}
<h2>_("The next holidays, closed")</h2>
<ul class="lines">
{{#next}}
    <li>{{title}}<br><span class="place">{{name}}</span></li>
{{/next}}
</ul>
<p>_("If you work on one of them, add it below as a day with other hours.")</p>
{{/next}}
<h2>_("Days that differ")</h2>
{{^exceptions}}
<p>_("No days differ from the weekly hours.")</p>
{{/exceptions}}
{{?exceptions}}
<ul class="cards">
{{#exceptions}}
    <li>
        <h3>{{title}}</h3>
        <p>{{hours}}</p>
        <form method="post" action="/availability/remove">
            <input type="hidden" name="form_token" value="{{token}}">
            {{#staff}}
            <input type="hidden" name="staff" value="{{staff}}">
            {{/staff}}
            <input type="hidden" name="from" value="{{from}}">
            <input type="hidden" name="to" value="{{to}}">
            <button class="second">_("Back to the weekly hours")<span class="hidden">: {{title}}</span></button>
        </form>
    </li>
{{/exceptions}}
</ul>
{{/exceptions}}
<ul class="acts">
    <li><a class="button second" href="/availability/close{{#staff}}?staff={{staff}}{{/staff}}">_("Close for some days")</a></li>
    <li><a class="button second" href="/availability/day{{#staff}}?staff={{staff}}{{/staff}}">_("Other hours on one day")</a></li>
</ul>
{{?others}}
<h2>_("Hours of others")</h2>
<ul class="lines">
{{#others}}
    <li><a href="/availability?staff={{id}}"><bdi>{{name}}</bdi></a></li>
{{/others}}
</ul>
{{/others}}
{{>_foot}}
