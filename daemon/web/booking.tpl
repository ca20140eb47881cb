{{>_head}}
{{#visit}}
{{>_visit}}
{{#message}}
<section class="text">
    <h2>_("Message")</h2>
    <p class="lines-kept"><bdi>{{message}}</bdi></p>
</section>
{{/message}}
{{#message_login}}
<div class="note">
    <p>_("There is a message for you. So that nobody else can read it, log in with more certainty first.")</p>
    <p><a class="button second" href="{{message_login}}">_("Log in to read it")</a></p>
</div>
{{/message_login}}
{{#message_change}}
<p><a href="{{message_change}}">{{#message}}_("Change the message")</a>{{/message}}{{^message}}_("Write a message")</a>{{/message}}</p>
{{/message_change}}
{{#start}}
<p><a class="button" href="{{start}}">_("Start the visit")</a></p>
{{/start}}
{{#must_confirm}}
<form method="post" action="/bookings/{{id}}/confirm">
    <input type="hidden" name="form_token" value="{{token}}">
    <p>_("Please confirm that you are coming.")</p>
    <button>_("Yes, I am coming")</button>
</form>
{{/must_confirm}}
<ul class="acts">
    {{#may_move}}
    <li><a class="button second" href="/bookings/{{id}}/move">_("Move the visit")</a></li>
    {{/may_move}}
    {{#may_cancel}}
    <li><a class="button second" href="/bookings/{{id}}/cancel">_("Cancel the visit")</a></li>
    {{/may_cancel}}
</ul>
{{/visit}}
<p><a href="{{back}}">_("Back to all visits")</a></p>
{{>_foot}}
