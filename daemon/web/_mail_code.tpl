{{#mail_code}}
<p>_("You have opened the link in another browser or on another device than the one where you asked for it.")</p>
<div class="field{{#error}} wrong{{/error}}">
    <label for="mail_code">_("The four digits that stand in the e-mail, below the link")</label>
    {{#error}}
    <p class="error" id="mail_code-error">{{error}}</p>
    {{/error}}
    <input class="short" id="mail_code" name="mail_code" type="text" value="{{value}}" inputmode="numeric" autocomplete="off" required{{#error}} aria-invalid="true" aria-describedby="mail_code-error"{{/error}}>
</div>
{{/mail_code}}
