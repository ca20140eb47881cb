{{>_head}}
{{#address}}
<div class="done" role="status">
    <p><strong>_("Copy this address now. It is shown only once.")</strong></p>
    <div class="field">
        <label for="address">_("Your calendar's address")</label>
        <input id="address" value="{{address}}" readonly>
    </div>
    <p>_("In your calendar program, choose to add a calendar from an address or to subscribe to one, and paste it there.")</p>
</div>
{{/address}}
<p>_("Your visits can stand in the calendar of your phone or computer, and change there when they change here.")</p>
<p>_("There you see the time, the place and a link. Patients' names and what a visit is about are never sent.")</p>
<p>_("Whoever has the address can read it. Keep it to yourself.")</p>
<form method="post" action="/calendar">
    <input type="hidden" name="form_token" value="{{token}}">
    <button{{#address}} class="second"{{/address}}>_("Make an address for my calendar")</button>
</form>
{{?feeds}}
<h2>_("Addresses in use")</h2>
<ul class="cards">
    {{#feeds}}
    <li>
        <p>_("Made:") {{made}}<br>{{#used}}_("Last used:") {{used}}{{/used}}{{^used}}_("Not used yet"){{/used}}</p>
        <form method="post" action="/calendar/address/stop">
            <input type="hidden" name="form_token" value="{{token}}">
            <input type="hidden" name="feed" value="{{id}}">
            <button class="second">_("Stop this address")<span class="hidden">: {{made}}</span></button>
        </form>
    </li>
    {{/feeds}}
</ul>
{{/feeds}}
{{>_foot}}
