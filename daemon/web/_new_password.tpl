{{#password}}
<div class="field{{#error}} wrong{{/error}}">
    <label for="password">_("New password")</label>
    <p class="hint" id="password-hint">_("At least 12 characters. A few words that belong together only for you are good and easy to remember.")</p>
    {{#error}}
    <p class="error" id="password-error">{{error}}</p>
    {{/error}}
    <input id="password" name="password" type="password" autocomplete="new-password" required aria-describedby="password-hint{{#error}} password-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
</div>
{{/password}}
{{#repeated}}
<div class="field{{#error}} wrong{{/error}}">
    <label for="repeated">_("The same password once more")</label>
    {{#error}}
    <p class="error" id="repeated-error">{{error}}</p>
    {{/error}}
    <input id="repeated" name="repeated" type="password" autocomplete="new-password" required{{#error}} aria-invalid="true" aria-describedby="repeated-error"{{/error}}>
</div>
{{/repeated}}
