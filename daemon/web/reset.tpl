{{>_head}}
<p>_("Write who you are. If we know you here, we send you an e-mail with a link. On the page behind the link we ask for one thing more, so that nobody else can choose your password.")</p>
<form method="post" action="/reset?lang={{#frame}}{{lang}}{{/frame}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
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
        <input id="identifier" name="identifier" type="text" value="{{value}}" autocomplete="username" autocapitalize="none" spellcheck="false" required aria-describedby="identifier-hint{{#error}} identifier-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/identifier}}
    <button>_("Send me the link")</button>
</form>
{{#eid}}
<h2>_("Have you an electronic ID?")</h2>
<p>_("Then you need no link. Log in with it, and choose a new password there.")</p>
<p><a href="/login?lang={{#frame}}{{lang}}{{/frame}}">_("Log in with an electronic ID")</a></p>
{{/eid}}
{{>_foot}}
