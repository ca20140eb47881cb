<form method="post" action="/login?lang={{#frame}}{{lang}}{{/frame}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="next" value="{{next}}">
    <input type="hidden" name="again" value="{{again}}">
    {{#identifier}}
    <div class="field{{#error}} wrong{{/error}}">
        {{#national_id}}
        <label for="identifier">{{national_id}}</label>
        <p class="hint" id="identifier-hint">_("Staff write their e-mail address instead.")</p>
        {{/national_id}}
        {{#login_name}}
        <label for="identifier">_("Login name")</label>
        <p class="hint" id="identifier-hint">_("Staff write their e-mail address instead.")</p>
        {{/login_name}}
        {{^national_id}}{{^login_name}}
        <label for="identifier">_("E-mail address")</label>
        <p class="hint" id="identifier-hint">_("The address that the clinic writes to you at.")</p>
        {{/login_name}}{{/national_id}}
        {{#error}}
        <p class="error" id="identifier-error">{{error}}</p>
        {{/error}}
        <input id="identifier" name="identifier" type="text" value="{{value}}" autocomplete="username" autocapitalize="none" spellcheck="false" inputmode="{{#national_id}}text{{/national_id}}{{#login_name}}text{{/login_name}}{{^national_id}}{{^login_name}}email{{/login_name}}{{/national_id}}" required aria-describedby="identifier-hint{{#error}} identifier-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/identifier}}
    {{#password_field}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="password">_("Password")</label>
        {{#error}}
        <p class="error" id="password-error">{{error}}</p>
        {{/error}}
        <input id="password" name="password" type="password" autocomplete="current-password" required{{#error}} aria-invalid="true" aria-describedby="password-error"{{/error}}>
    </div>
    {{/password_field}}
    <p>_("When you go on, we send you a code. You need it to log in.")</p>
    <button>_("Go on")</button>
</form>
{{#reset}}
<p><a href="/reset?lang={{#frame}}{{lang}}{{/frame}}">_("Have you forgotten your password?")</a></p>
{{/reset}}
{{#password}}
<p><a href="/activate?lang={{#frame}}{{lang}}{{/frame}}">_("Have you got a letter with a code?")</a></p>
{{/password}}
{{^reset}}
<h2>_("Have you forgotten your password?")</h2>
<p>_("Call the clinic. We will send you a link to choose a new one.")</p>
{{/reset}}
