{{>_head}}
{{#ends_login}}
<p class="note">_("The clinic has to confirm the new address before you can log in again. When you have written the code, you are logged out. Then call the clinic.")</p>
{{/ends_login}}
<form method="post" action="{{action}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#value}}
    <div class="field{{#error}} wrong{{/error}}">
        {{#email}}
        <label for="value">_("New e-mail address")</label>
        {{/email}}
        {{^email}}
        <label for="value">_("New mobile number")</label>
        {{/email}}
        <p class="hint" id="value-hint">_("We send a code there, so that we know that it is right."){{#had}} _("We tell the old one about the change."){{/had}}</p>
        {{#error}}
        <p class="error" id="value-error">{{error}}</p>
        {{/error}}
        <input id="value" name="value" type="{{#email}}email{{/email}}{{^email}}tel{{/email}}" value="{{value}}" autocomplete="{{#email}}email{{/email}}{{^email}}tel{{/email}}" required aria-describedby="value-hint{{#error}} value-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/value}}
    <button>_("Send the code")</button>
</form>
<p><a href="/contact">_("No, change nothing")</a></p>
{{>_foot}}
