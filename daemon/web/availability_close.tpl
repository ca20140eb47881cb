{{>_head}}
{{#person}}
<p>_("You look at the hours of") <strong><bdi>{{person}}</bdi></strong>.</p>
{{/person}}
<p>_("Nobody can book a visit on these days, for example when you are on vacation. Visits that are booked already stay: we show them afterwards.")</p>
<form method="post" action="/availability/close" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#staff}}
    <input type="hidden" name="staff" value="{{staff}}">
    {{/staff}}
    {{#from}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="from">_("First day that is closed")</label>
        {{#error}}
        <p class="error" id="from-error">{{error}}</p>
        {{/error}}
        <input id="from" name="from" type="date" value="{{value}}" min="{{today}}" required{{#error}} aria-invalid="true" aria-describedby="from-error"{{/error}}>
    </div>
    {{/from}}
    {{#to}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="to">_("Last day that is closed")</label>
        {{#error}}
        <p class="error" id="to-error">{{error}}</p>
        {{/error}}
        <input id="to" name="to" type="date" value="{{value}}" min="{{today}}" required{{#error}} aria-invalid="true" aria-describedby="to-error"{{/error}}>
    </div>
    {{/to}}
    <button>_("Close these days")</button>
</form>
<p><a href="/availability{{#staff}}?staff={{staff}}{{/staff}}">_("Back without changing anything")</a></p>
{{>_foot}}
