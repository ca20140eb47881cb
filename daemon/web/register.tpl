{{>_head}}
{{#needs_approval}}
<p>_("Tell us who you are. The clinic looks at it and answers you.")</p>
{{/needs_approval}}
{{^needs_approval}}
<p>_("Tell us who you are. Then you can use the clinic's pages.")</p>
{{/needs_approval}}
<form method="post" action="/register?lang={{#frame}}{{lang}}{{/frame}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#first_name}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="first_name">_("First name")</label>
        {{#error}}
        <p class="error" id="first_name-error">{{error}}</p>
        {{/error}}
        <input id="first_name" name="first_name" type="text" value="{{value}}" autocomplete="given-name" required{{#error}} aria-invalid="true" aria-describedby="first_name-error"{{/error}}>
    </div>
    {{/first_name}}
    {{#last_name}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="last_name">_("Last name")</label>
        {{#error}}
        <p class="error" id="last_name-error">{{error}}</p>
        {{/error}}
        <input id="last_name" name="last_name" type="text" value="{{value}}" autocomplete="family-name" required{{#error}} aria-invalid="true" aria-describedby="last_name-error"{{/error}}>
    </div>
    {{/last_name}}
    {{#number_name}}
    {{#national_id}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="national_id">{{number_name}}</label>
        <p class="hint" id="national_id-hint">_("Leave this empty if you have none.")</p>
        {{#error}}
        <p class="error" id="national_id-error">{{error}}</p>
        {{/error}}
        <input id="national_id" name="national_id" type="text" value="{{value}}" autocomplete="off" inputmode="numeric" aria-describedby="national_id-hint{{#error}} national_id-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/national_id}}
    {{/number_name}}
    {{#email}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="email">_("E-mail address")</label>
        <p class="hint" id="email-hint">_("We send a message there. With it you finish your registration.")</p>
        {{#error}}
        <p class="error" id="email-error">{{error}}</p>
        {{/error}}
        <input id="email" name="email" type="text" value="{{value}}" autocomplete="email" inputmode="email" autocapitalize="none" spellcheck="false" required aria-describedby="email-hint{{#error}} email-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/email}}
    {{#mobile}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="mobile">_("Mobile number")</label>
        <p class="hint" id="mobile-hint">_("You need not fill this in.")</p>
        {{#error}}
        <p class="error" id="mobile-error">{{error}}</p>
        {{/error}}
        <input id="mobile" name="mobile" type="text" value="{{value}}" autocomplete="tel" inputmode="tel" aria-describedby="mobile-hint{{#error}} mobile-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/mobile}}
    <button>_("Register")</button>
</form>
<p>_("Have you a profile here already? Then you need not register.") <a href="/login?lang={{#frame}}{{lang}}{{/frame}}">_("Log in")</a></p>
{{>_foot}}
