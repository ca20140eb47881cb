{{>_head}}
{{#off}}
<p class="note">_("Nobody can book this just now.")</p>
{{/off}}
{{#note}}
<p class="note">{{note}}</p>
{{/note}}
<form method="post" action="/visit-types/{{#id}}{{id}}{{/id}}{{^id}}new{{/id}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#title}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="title">_("Name, as patients read it")</label>
        {{#error}}
        <p class="error" id="title-error">{{error}}</p>
        {{/error}}
        <input id="title" name="title" type="text" value="{{value}}" autocomplete="off" required{{#error}} aria-invalid="true" aria-describedby="title-error"{{/error}}>
    </div>
    {{/title}}
    <div class="field{{#kind_error}} wrong{{/kind_error}}">
        <label for="kind">_("How do you meet?")</label>
        {{#kind_error}}
        <p class="error" id="kind-error">{{kind_error}}</p>
        {{/kind_error}}
        <select id="kind" name="kind" required{{#kind_error}} aria-invalid="true" aria-describedby="kind-error"{{/kind_error}}>
            {{#kinds}}
            <option value="{{value}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/kinds}}
        </select>
    </div>
    {{#size}}
    {{>_number}}
    {{/size}}
    {{#many_owners}}
    <div class="field">
        <label for="owner">_("Who offers it?")</label>
        <select id="owner" name="owner">
            {{#owners}}
            <option value="{{value}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/owners}}
        </select>
    </div>
    {{/many_owners}}
    <h2>_("When it can be booked")</h2>
    {{#rules}}
    {{>_number}}
    {{/rules}}
    <div class="field">
        <label for="approval">_("Does the clinic approve each booking?")</label>
        <select id="approval" name="approval">
            {{#approval}}
            <option value="{{value}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/approval}}
        </select>
    </div>
    <h2>_("Words in its messages")</h2>
    <p class="hint">_("For example how one logs in. Never write anything about illness here.")</p>
    {{#extra_mail}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="extra_mail">_("In e-mails")</label>
        {{#error}}
        <p class="error" id="extra_mail-error">{{error}}</p>
        {{/error}}
        <textarea id="extra_mail" name="extra_mail" rows="4"{{#error}} aria-invalid="true" aria-describedby="extra_mail-error"{{/error}}>{{value}}</textarea>
    </div>
    {{/extra_mail}}
    {{#extra_sms}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="extra_sms">_("In text messages")</label>
        <p class="hint" id="extra_sms-hint">_("They stand at the end of each text message. A long one counts as several.")</p>
        {{#error}}
        <p class="error" id="extra_sms-error">{{error}}</p>
        {{/error}}
        <input id="extra_sms" name="extra_sms" type="text" value="{{value}}" autocomplete="off" aria-describedby="extra_sms-hint{{#error}} extra_sms-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/extra_sms}}
    <p class="note" id="sms-count" role="status" data-words="{{sms_words}}" data-rest="{{sms_rest}}">{{sms_count}}</p>
    <button>_("Save")</button>
</form>
{{#id}}
<form method="post" action="/visit-types/{{id}}/active">
    <input type="hidden" name="form_token" value="{{token}}">
    {{#off}}
    <h2>_("Offer it again")</h2>
    <button class="second" name="active" value="yes">_("Let it be booked again")</button>
    {{/off}}
    {{^off}}
    <h2>_("Stop offering it")</h2>
    <p>_("Nobody can book it any more. Visits that are booked already stay.")</p>
    <button class="second" name="active" value="no">_("Stop offering it")</button>
    {{/off}}
</form>
{{/id}}
<p><a href="/visit-types">_("Back to all kinds of visit")</a></p>
<script src="{{script}}" defer></script>
{{>_foot}}
