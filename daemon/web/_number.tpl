<div class="field{{#error}} wrong{{/error}}">
    <label for="{{name}}">{{label}}</label>
    {{#hint}}
    <p class="hint" id="{{name}}-hint">{{hint}}</p>
    {{/hint}}
    {{#error}}
    <p class="error" id="{{name}}-error">{{error}}</p>
    {{/error}}
    <input class="few" id="{{name}}" name="{{name}}" type="text" value="{{value}}" inputmode="numeric" autocomplete="off" aria-describedby="{{name}}-hint{{#error}} {{name}}-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
</div>
