{{>_head}}
{{#person}}
<p>_("You look at the hours of") <strong><bdi>{{person}}</bdi></strong>.</p>
{{/person}}
<p>_("On this day patients can book visits at the times that you write here, and no others. It may be a holiday or a day that is closed otherwise.")</p>
<form method="post" action="/availability/day" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#staff}}
    <input type="hidden" name="staff" value="{{staff}}">
    {{/staff}}
    {{#date}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="date">_("Day")</label>
        {{#error}}
        <p class="error" id="date-error">{{error}}</p>
        {{/error}}
        <input id="date" name="date" type="date" value="{{value}}" min="{{today}}" required{{#error}} aria-invalid="true" aria-describedby="date-error"{{/error}}>
    </div>
    {{/date}}
    <fieldset class="field{{#error}} wrong{{/error}}" id="hours" tabindex="-1">
        <legend>_("Times")</legend>
        <p class="hint">_("Write times as 08:30.")</p>
        {{#error}}
        <p class="error">{{error}}</p>
        {{/error}}
        {{>_hours}}
    </fieldset>
    <button>_("Save the day")</button>
</form>
<p><a href="/availability{{#staff}}?staff={{staff}}{{/staff}}">_("Back without changing anything")</a></p>
{{>_foot}}
