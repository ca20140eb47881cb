{{>_head}}
{{#visit}}
{{>_visit}}
{{?message}}
<section class="text">
    <h2>_("Message")</h2>
    {{#message}}
    <p><bdi>{{it}}</bdi></p>
    {{/message}}
</section>
{{/message}}
{{#message_login}}
<div class="note">
    <p>_("There is a message for you. So that nobody else can read it, log in with more certainty first.")</p>
    <p><a class="button second" href="{{message_login}}">_("Log in to read it")</a></p>
</div>
{{/message_login}}
{{#message_change}}
<p><a href="{{message_change}}">{{?message}}_("Change the message")</a>{{/message}}{{^message}}_("Write a message")</a>{{/message}}</p>
{{/message_change}}
{{#start}}
<p><a class="button" href="{{start}}">_("Start the visit")</a></p>
{{/start}}
{{#must_approve}}
<form method="post" action="/bookings/{{id}}/confirm">
    <input type="hidden" name="form_token" value="{{token}}">
    <p>_("The patient asks for this time. Your answer decides.")</p>
    <button>_("Approve the visit")</button>
</form>
{{/must_approve}}
{{#must_confirm}}
<form method="post" action="/bookings/{{id}}/confirm">
    <input type="hidden" name="form_token" value="{{token}}">
    {{#by_staff}}
    <p>_("The patient has not confirmed yet. If you know that the patient is coming, you can confirm instead.")</p>
    <button class="second">_("Confirm for the patient")</button>
    {{/by_staff}}
    {{^by_staff}}
    <p>_("Please confirm that you are coming.")</p>
    <button>_("Yes, I am coming")</button>
    {{/by_staff}}
</form>
{{/must_confirm}}
<ul class="acts">
    {{#may_finish}}
    <li>
        <form method="post" action="/bookings/{{id}}/done">
            <input type="hidden" name="form_token" value="{{token}}">
            <button class="second">_("Mark as done")</button>
        </form>
    </li>
    {{/may_finish}}
    {{#may_miss}}
    <li>
        <form method="post" action="/bookings/{{id}}/missed">
            <input type="hidden" name="form_token" value="{{token}}">
            <button class="second">_("Mark as missed")</button>
        </form>
    </li>
    {{/may_miss}}
    {{#move}}
    <li><a class="button second" href="{{move}}">_("Move the visit")</a></li>
    {{/move}}
    {{#calendar}}
    <li><a class="button second" href="{{calendar}}">_("Add to your calendar")</a></li>
    {{/calendar}}
    {{#may_cancel}}
    <li><a class="button second" href="/bookings/{{id}}/cancel">_("Cancel the visit")</a></li>
    {{/may_cancel}}
</ul>
{{/visit}}
<p><a href="{{back}}">_("Back to all visits")</a></p>
{{>_foot}}
