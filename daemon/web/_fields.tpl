    {{#fields}}
    {{?choices}}
    <fieldset class="field{{#error}} wrong{{/error}}" id="{{id}}"{{#error}} aria-describedby="{{id}}-error"{{/error}}>
        <legend>{{label}}</legend>
        {{#hint}}
        <p class="hint">{{hint}}</p>
        {{/hint}}
        {{#error}}
        <p class="error" id="{{id}}-error">{{error}}</p>
        {{/error}}
        {{#choices}}
        <label class="choice"><input type="radio" name="{{id}}" value="{{option}}"{{#chosen}} checked{{/chosen}}> {{text}}</label>
        {{/choices}}
    </fieldset>
    {{/choices}}
    {{#lines}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="{{id}}">{{label}}</label>
        {{#hint}}
        <p class="hint" id="{{id}}-hint">{{hint}}</p>
        {{/hint}}
        {{#error}}
        <p class="error" id="{{id}}-error">{{error}}</p>
        {{/error}}
        <textarea id="{{id}}" name="{{id}}" rows="8" aria-describedby="{{#hint}}{{id}}-hint{{/hint}}{{#error}} {{id}}-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>{{value}}</textarea>
    </div>
    {{/lines}}
    {{#one}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="{{id}}">{{label}}</label>
        {{#hint}}
        <p class="hint" id="{{id}}-hint">{{hint}}</p>
        {{/hint}}
        {{#error}}
        <p class="error" id="{{id}}-error">{{error}}</p>
        {{/error}}
        <input id="{{id}}" name="{{id}}" type="{{type}}" value="{{value}}" autocomplete="{{complete}}"{{#hint}} aria-describedby="{{id}}-hint{{#error}} {{id}}-error{{/error}}"{{/hint}}{{^hint}}{{#error}} aria-describedby="{{id}}-error"{{/error}}{{/hint}}{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/one}}
    {{/fields}}
