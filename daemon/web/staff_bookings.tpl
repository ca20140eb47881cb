{{>_head}}
<form class="choose" method="get" action="{{action}}">
    <div class="field">
        <label for="state">_("Status")</label>
        <select id="state" name="state">
            {{#states}}
            <option value="{{id}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/states}}
        </select>
    </div>
    {{?staff}}
    <div class="field">
        <label for="staff">_("With")</label>
        <select id="staff" name="staff">
            {{#staff}}
            <option value="{{id}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/staff}}
        </select>
    </div>
    {{/staff}}
    <div class="field">
        <label for="from">_("From this day on")</label>
        <input id="from" name="from" type="date" value="{{from}}">
    </div>
    <button class="second">_("Show")</button>
</form>
{{^days}}
<p>_("No bookings.")</p>
{{/days}}
{{#days}}
<h2>{{title}}</h2>
<ol class="day">
    {{#visits}}
    {{>_staff_visit}}
    {{/visits}}
</ol>
{{/days}}
<ul class="weeks">
    {{#first}}
    <li><a href="{{first}}">_("Back to the beginning")</a></li>
    {{/first}}
    {{#next}}
    <li><a href="{{next}}">_("Later bookings")</a></li>
    {{/next}}
</ul>
{{>_foot}}
