{{>_head}}
<dl class="facts">
    <dt>_("When")</dt><dd><strong>{{when}}</strong></dd>
    <dt>_("For")</dt><dd><bdi>{{person}}</bdi></dd>
</dl>
<form method="post" action="/bookings/{{booking}}/message" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#message}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="message">_("Message")</label>
        <p class="hint" id="message-hint">_("It is shown on the visit's page after login, and never sent by mail or text message. Nobody is told that you changed it.")</p>
        {{#error}}
        <p class="error" id="message-error">{{error}}</p>
        {{/error}}
        <textarea id="message" name="message" rows="6" maxlength="1000" aria-describedby="message-hint{{#error}} message-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>{{value}}</textarea>
    </div>
    {{/message}}
    <button>_("Save")</button>
</form>
<p><a href="/bookings/{{booking}}">_("Back to the visit")</a></p>
{{>_foot}}
