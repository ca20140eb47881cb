{{>_head}}
<p class="place">{{when}}</p>
<p>{{sent_to}} {{works_for}}</p>
<form method="post" action="/guest/code?lang={{#frame}}{{lang}}{{/frame}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#code}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="code">_("Code, six digits")</label>
        {{#error}}
        <p class="error" id="code-error">{{error}}</p>
        {{/error}}
        <input class="short" id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required{{#error}} aria-invalid="true" aria-describedby="code-error"{{/error}}>
    </div>
    {{/code}}
    <button>_("Book the visit")</button>
</form>
<h2>_("Has no code come?")</h2>
<p>_("Wait a minute. Look among unwanted messages too. Then try again.")</p>
<p><a href="/slots">_("Choose a time again")</a></p>
{{>_foot}}
