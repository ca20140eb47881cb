{{>_head}}
{{#old_time}}
<p>_("Your time now:") <strong>{{old_time}}</strong>. _("You keep it until you have chosen a new one.")</p>
{{/old_time}}
{{^booking}}
{{^staff}}
<p>_("There is nothing to book here just now. Please call the clinic.")</p>
{{/staff}}
{{#many}}
<form class="choose" method="get" action="/slots">
    <div class="field">
        <label for="visit_type">_("What is the visit about?")</label>
        <select id="visit_type" name="visit_type">
            {{#visit_types}}
            <option value="{{id}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/visit_types}}
        </select>
    </div>
    <div class="field">
        <label for="staff">_("Whom do you want to see?")</label>
        <select id="staff" name="staff">
            {{#staff}}
            <option value="{{id}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/staff}}
        </select>
    </div>
    <button{{#chosen}} class="second"{{/chosen}}>_("Show free times")</button>
</form>
{{/many}}
{{/booking}}
{{#chosen}}
{{^many}}
<dl class="facts">
    {{#visit_types}}
    <dt>_("What")</dt><dd>{{name}}</dd>
    {{/visit_types}}
    {{#staff}}
    <dt>_("With")</dt><dd><bdi>{{name}}</bdi></dd>
    {{/staff}}
</dl>
{{/many}}
<h2>{{period}}</h2>
<p class="place">{{place}}</p>
{{>_weeks}}
{{^days}}
<p class="note">_("There are no free times in these days. Look at later days, or call the clinic.")</p>
{{/days}}
{{#days}}
<h3>{{title}}</h3>
<ul class="times">
    {{#times}}
    <li>{{#booking}}<a href="/bookings/{{booking}}/move?starts={{starts}}">{{/booking}}{{^booking}}<a href="{{book}}?visit_type={{visit_type}}&amp;staff={{who_id}}&amp;starts={{starts}}">{{/booking}}<span class="hidden">{{spoken}} </span>{{time}}{{#seats}}<span class="seats"><span class="hidden">: </span>{{seats}}</span>{{/seats}}</a></li>
    {{/times}}
</ul>
{{/days}}
{{?days}}
{{>_weeks}}
{{/days}}
{{^booking}}
{{#wait}}
<p><a href="{{wait}}">_("Tell me when a time becomes free")</a></p>
<p><a href="/waitlist">_("What I am waiting for")</a></p>
{{/wait}}
{{/booking}}
{{/chosen}}
{{#booking}}
<p><a href="/bookings/{{booking}}">_("Keep the old time")</a></p>
{{/booking}}
{{>_foot}}
