{{>_head}}
<p class="place">{{today}}</p>
{{^booking}}
<p class="note">_("The clinic does not use booking.")</p>
{{/booking}}
{{#booking}}
{{^visits}}
<p>_("You have no visits today.")</p>
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
<p>_("Nothing is booked.")</p>
{{/coming}}
{{#coming}}
<h3>{{title}}</h3>
<ol class="day">
    {{#visits}}
    {{>_staff_visit}}
    {{/visits}}
</ol>
{{/coming}}
{{/booking}}
{{>_foot}}
