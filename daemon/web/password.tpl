{{>_head}}
{{#hello}}
<p><bdi>{{hello}}</bdi></p>
{{/hello}}
{{#invited}}
<p>_("You can log in here in these ways:")</p>
{{#ways}}
<ul class="ways">
    {{#bankid}}
    <li><a href="/login">_("With BankID")</a></li>
    {{/bankid}}
    {{#mitid}}
    <li><a href="/login">_("With MitID")</a></li>
    {{/mitid}}
    {{#oidc}}
    <li><a href="/login">_("With another electronic ID")</a></li>
    {{/oidc}}
    {{#password}}
    {{#choose}}
    <li>_("With a password that you choose below, and a code that we send you")</li>
    {{/choose}}
    {{^choose}}
    <li><a href="/login">_("With your password and a code that we send you")</a></li>
    {{/choose}}
    {{/password}}
</ul>
{{/ways}}
{{/invited}}
{{#chooses}}
{{^everywhere}}
<p>_("Choose a password that only you know. You will log in with it.") _("It works at this clinic.")</p>
{{/everywhere}}
{{#everywhere}}
<p>_("You have logged in with an electronic ID. The password that you choose now works at every clinic where you log in this way, and replaces the one that you had.")</p>
{{/everywhere}}
<form method="post" action="{{action}}?lang={{#frame}}{{lang}}{{/frame}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#asks_code}}
    <p>{{sent_to}}</p>
    {{#code}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="code">_("Code, six digits")</label>
        {{#error}}
        <p class="error" id="code-error">{{error}}</p>
        {{/error}}
        <input class="short" id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required{{#error}} aria-invalid="true" aria-describedby="code-error"{{/error}}>
    </div>
    {{/code}}
    {{/asks_code}}
    {{#asks_current}}
    {{#current}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="current">_("The password that you have now")</label>
        {{#error}}
        <p class="error" id="current-error">{{error}}</p>
        {{/error}}
        <input id="current" name="current" type="password" autocomplete="current-password" required{{#error}} aria-invalid="true" aria-describedby="current-error"{{/error}}>
    </div>
    {{/current}}
    {{/asks_current}}
    {{>_new_password}}
    <button>_("Save the password")</button>
</form>
{{#asks_code}}
<h2>_("Has no code come?")</h2>
<form method="post" action="{{action}}/code?lang={{#frame}}{{lang}}{{/frame}}">
    <input type="hidden" name="form_token" value="{{token}}">
    <button class="second">_("Send a new code")</button>
</form>
{{/asks_code}}
{{/chooses}}
{{^chooses}}
<p><a class="button" href="/login">_("Log in")</a></p>
{{/chooses}}
{{>_foot}}
