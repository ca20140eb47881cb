<div class="field{{#error}} wrong{{/error}}">
    <label for="{{name}}">{{label}}</label>
    {{#hint}}
    <p class="hint" id="{{name}}-hint">{{hint}}</p>
    {{/hint}}
    {{#error}}
    <p class="error" id="{{name}}-error">{{error}}</p>
    {{/error}}
    <input class="few" id="{{name}}" name="{{name}}" type="text" value="{{value}}" inputmode="numeric" autocomplete="off"{{#hint}} aria-describedby="{{name}}-hint{{#error}} {{name}}-error{{/error}}"{{/hint}}{{#error}} aria-invalid="true"{{^hint}} aria-describedby="{{name}}-error"{{/hint}}{{/error}}>
</div>
