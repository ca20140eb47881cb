{{>_head}}
<p>_("The code stands in the letter that you have from the clinic. It has 16 letters and digits in groups of four.")</p>
<form method="post" action="/activate?lang={{#frame}}{{lang}}{{/frame}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#code}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="code">_("The code of the letter")</label>
        <p class="hint" id="code-hint">_("Small or capital letters, with or without hyphens: all is well.")</p>
        {{#error}}
        <p class="error" id="code-error">{{error}}</p>
        {{/error}}
        <input id="code" name="code" type="text" value="{{value}}" autocomplete="off" autocapitalize="characters" spellcheck="false" required aria-describedby="code-hint{{#error}} code-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/code}}
    <button>_("Go on")</button>
</form>
<h2>_("Have you no letter?")</h2>
<p>_("Call the clinic.")</p>
{{>_foot}}
