{{>_head}}
{{#obstacles}}
<p class="note">{{text}}</p>
{{#next}}
<p><a class="button" href="{{next}}">{{next_label}}</a></p>
{{/next}}
{{/obstacles}}
{{#open}}
{{#internal}}
<p>_("Try a visit together with a colleague. No patient takes part, and it counts in no figures about patients.")</p>
{{/internal}}
<form method="post" action="{{action}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{^internal}}
    <input type="hidden" name="patient" value="{{patient}}">
    {{/internal}}
    {{#patient}}
    <dl class="facts">
        <dt>_("Patient")</dt><dd><bdi>{{patient_name}}</bdi></dd>
    </dl>
    {{/patient}}
    {{#fresh}}
    <h2>_("The patient")</h2>
    {{#first_name}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="first_name">_("First name")</label>
        {{#error}}
        <p class="error" id="first_name-error">{{error}}</p>
        {{/error}}
        <input id="first_name" name="first_name" type="text" value="{{value}}" autocomplete="off" required{{#error}} aria-invalid="true" aria-describedby="first_name-error"{{/error}}>
    </div>
    {{/first_name}}
    {{#last_name}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="last_name">_("Last name")</label>
        {{#error}}
        <p class="error" id="last_name-error">{{error}}</p>
        {{/error}}
        <input id="last_name" name="last_name" type="text" value="{{value}}" autocomplete="off" required{{#error}} aria-invalid="true" aria-describedby="last_name-error"{{/error}}>
    </div>
    {{/last_name}}
    {{#mobile}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="mobile">_("Mobile number")</label>
        <p class="hint" id="mobile-hint">_("The invitation and the reminders go there.")</p>
        {{#error}}
        <p class="error" id="mobile-error">{{error}}</p>
        {{/error}}
        <input id="mobile" name="mobile" type="text" value="{{value}}" autocomplete="off" inputmode="tel" required aria-describedby="mobile-hint{{#error}} mobile-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/mobile}}
    {{#national_id}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="national_id">{{number_name}}</label>
        <p class="hint" id="national_id-hint">_("With it the patient alone can log in to the visit."){{#number_again}} <strong>_("Write it once more: it is not kept.")</strong>{{/number_again}}</p>
        {{#error}}
        <p class="error" id="national_id-error">{{error}}</p>
        {{/error}}
        <input id="national_id" name="national_id" type="text" autocomplete="off" inputmode="numeric" required aria-describedby="national_id-hint{{#error}} national_id-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/national_id}}
    {{#email}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="email">_("E-mail address")</label>
        <p class="hint" id="email-hint">_("You need not fill this in.")</p>
        {{#error}}
        <p class="error" id="email-error">{{error}}</p>
        {{/error}}
        <input id="email" name="email" type="text" value="{{value}}" autocomplete="off" inputmode="email" autocapitalize="none" spellcheck="false" aria-describedby="email-hint{{#error}} email-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/email}}
    <div class="field">
        <label for="language">_("Language of the messages")</label>
        <select id="language" name="language">
            {{#languages}}
            <option value="{{id}}" lang="{{id}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/languages}}
        </select>
    </div>
    {{/fresh}}
    {{#internal}}
    {{#colleague}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="colleague">_("Colleague")</label>
        {{#error}}
        <p class="error" id="colleague-error">{{error}}</p>
        {{/error}}
        <select id="colleague" name="colleague"{{#error}} aria-invalid="true" aria-describedby="colleague-error"{{/error}}>
            {{#colleagues}}
            <option value="{{id}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/colleagues}}
        </select>
    </div>
    {{/colleague}}
    {{/internal}}
    <h2>_("The visit")</h2>
    {{#visit_type}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="visit_type">_("Kind of visit")</label>
        {{#error}}
        <p class="error" id="visit_type-error">{{error}}</p>
        {{/error}}
        <select id="visit_type" name="visit_type"{{#error}} aria-invalid="true" aria-describedby="visit_type-error"{{/error}}>
            {{#visit_types}}
            <option value="{{id}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
            {{/visit_types}}
        </select>
    </div>
    {{/visit_type}}
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
        <p class="hint" id="time-hint">_("You need not keep to the free times.")</p>
        {{#error}}
        <p class="error" id="time-error">{{error}}</p>
        {{/error}}
        <input id="time" name="time" type="time" value="{{value}}" required aria-describedby="time-hint{{#error}} time-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
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
    {{#asks_overlap}}
    <div class="note">
        {{?others}}
        <p>_("At this time you have already:")</p>
        <ul>
            {{#others}}
            <li>{{time}} <bdi>{{person}}</bdi></li>
            {{/others}}
        </ul>
        {{/others}}
        <label class="choice"><input type="checkbox" id="allow_overlap" name="allow_overlap" value="yes"{{#overlap}} checked{{/overlap}}> _("Book beside it all the same")</label>
        {{#reason}}
        <div class="field{{#error}} wrong{{/error}}">
            <label for="reason">_("Why?")</label>
            {{#error}}
            <p class="error" id="reason-error">{{error}}</p>
            {{/error}}
            <input id="reason" name="reason" type="text" value="{{value}}" maxlength="200" autocomplete="off"{{#error}} aria-invalid="true" aria-describedby="reason-error"{{/error}}>
        </div>
        {{/reason}}
    </div>
    {{/asks_overlap}}
    {{#message}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="message">_("Message")</label>
        <p class="hint" id="message-hint">_("You need not write one. It is shown on the visit's page after login, and never sent by mail or text message.")</p>
        {{#error}}
        <p class="error" id="message-error">{{error}}</p>
        {{/error}}
        <textarea id="message" name="message" rows="4" maxlength="1000" aria-describedby="message-hint{{#error}} message-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>{{value}}</textarea>
    </div>
    {{/message}}
    <button name="now" value="">_("Invite")</button>
    <p class="hint" id="now-hint">_("Do you want to meet at once? Then the visit begins now, whatever date and time stand above.")</p>
    <button id="now" class="second" name="now" value="yes" aria-describedby="now-hint">_("Start now")</button>
</form>
{{/open}}
{{#internal}}
<p><a href="/staff/invite">_("Invite a patient instead")</a></p>
{{/internal}}
{{^internal}}
<p><a href="/staff/invite/colleague">_("Invite a colleague instead, to try a visit")</a></p>
{{/internal}}
{{>_foot}}
