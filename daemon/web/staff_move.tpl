{{>_head}}
{{#visit}}
{{>_visit}}
{{/visit}}
<form method="post" action="/staff/bookings/{{#visit}}{{id}}{{/visit}}/move" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#date}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="date">_("Date")</label>
        {{#error}}
        <p class="error" id="date-error">{{error}}</p>
        {{/error}}
        <input id="date" name="date" type="date" value="{{value}}" min="{{today}}" required{{#error}} aria-invalid="true" aria-describedby="date-error"{{/error}}>
    </div>
    {{/date}}
    {{#time}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="time">_("Time of day")</label>
        {{#error}}
        <p class="error" id="time-error">{{error}}</p>
        {{/error}}
        <input id="time" name="time" type="time" value="{{value}}" required{{#error}} aria-invalid="true" aria-describedby="time-error"{{/error}}>
    </div>
    {{/time}}
    {{?which}}
    {{#which_one}}
    <fieldset class="field{{#error}} wrong{{/error}}" id="which">
        <legend>_("This time comes twice that night. Which one?")</legend>
        {{#error}}
        <p class="error" id="which-error">{{error}}</p>
        {{/error}}
        {{#which}}
        <label class="choice"><input type="radio" name="which" value="{{id}}"{{#chosen}} checked{{/chosen}}> {{name}}</label>
        {{/which}}
    </fieldset>
    {{/which_one}}
    {{/which}}
    <p class="hint">{{#visit}}{{#reached}}_("The patient gets a message with the old and the new time."){{/reached}}{{^reached}}_("The patient has no address that we could write to. Please call."){{/reached}}{{/visit}} {{#confirmation}}_("The patient then has to confirm the new time."){{/confirmation}}</p>
    <button>_("Move the visit")</button>
</form>
{{#visit}}
<p><a href="/bookings/{{id}}">_("No, keep the time")</a></p>
{{/visit}}
{{>_foot}}
