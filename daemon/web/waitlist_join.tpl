{{>_head}}
<p>_("When somebody cancels, we send you and others who wait a message. The first who answers gets the time.")</p>
<dl class="facts">
    <dt>_("What")</dt><dd>{{visit_type}}</dd>
</dl>
<form method="post" action="/waitlist/join">
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="visit_type" value="{{visit_type_id}}">
    <div class="field">
        <label for="with">_("Whom do you want to see?")</label>
        <select id="with" name="with">
            <option value="anybody">_("It does not matter whom I meet")</option>
            {{#staff_id}}
            <option value="{{staff_id}}">{{staff}}</option>
            {{/staff_id}}
        </select>
    </div>
    <button>_("Yes, tell me when a time becomes free")</button>
</form>
<p><a href="{{back}}">_("Back to the free times")</a></p>
{{>_foot}}
