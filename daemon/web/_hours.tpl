        {{#rows}}
        <div class="hours">
            <label for="{{from_id}}"><span class="hidden">{{spoken}}: </span>_("From")</label>
            <input id="{{from_id}}" name="{{from_id}}" value="{{from}}" size="5" autocomplete="off"{{#wrong}} aria-invalid="true"{{/wrong}}>
            <label for="{{to_id}}"><span class="hidden">{{spoken}}: </span>_("to")</label>
            <input id="{{to_id}}" name="{{to_id}}" value="{{to}}" size="5" autocomplete="off"{{#wrong}} aria-invalid="true"{{/wrong}}>
        </div>
        {{/rows}}
