{{>_head}}
<dl class="facts">
    <dt>_("When")</dt><dd><strong>{{when}}</strong></dd>
    <dt>_("With")</dt><dd><bdi>{{staff}}</bdi></dd>
    <dt>_("What")</dt><dd>{{visit_type}}</dd>
    <dt>_("Where")</dt><dd>{{place}}</dd>
</dl>
<form method="post" action="/guest?lang={{#frame}}{{lang}}{{/frame}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="starts" value="{{starts}}">
    <input type="hidden" name="staff" value="{{staff_id}}">
    <input type="hidden" name="visit_type" value="{{visit_type_id}}">
    {{#first_name}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="first_name">_("First name")</label>
        {{#error}}
        <p class="error" id="first_name-error">{{error}}</p>
        {{/error}}
        <input id="first_name" name="first_name" type="text" value="{{value}}" autocomplete="given-name" required{{#error}} aria-invalid="true" aria-describedby="first_name-error"{{/error}}>
    </div>
    {{/first_name}}
    {{#last_name}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="last_name">_("Last name")</label>
        {{#error}}
        <p class="error" id="last_name-error">{{error}}</p>
        {{/error}}
        <input id="last_name" name="last_name" type="text" value="{{value}}" autocomplete="family-name" required{{#error}} aria-invalid="true" aria-describedby="last_name-error"{{/error}}>
    </div>
    {{/last_name}}
    {{#contact}}
    <div class="field{{#error}} wrong{{/error}}">
        <label for="contact">{{#sms}}_("Mobile number or e-mail address"){{/sms}}{{^sms}}_("E-mail address"){{/sms}}</label>
        <p class="hint" id="contact-hint">_("We send a code there now, and later what you need to know about the visit.")</p>
        {{#error}}
        <p class="error" id="contact-error">{{error}}</p>
        {{/error}}
        <input id="contact" name="contact" type="text" value="{{value}}" autocomplete="{{#sms}}tel{{/sms}}{{^sms}}email{{/sms}}" required aria-describedby="contact-hint{{#error}} contact-error{{/error}}"{{#error}} aria-invalid="true"{{/error}}>
    </div>
    {{/contact}}
    <button>_("Send me a code")</button>
</form>
<p><a href="/slots?visit_type={{visit_type_id}}&amp;staff={{staff_id}}">_("Choose another time")</a></p>
<p><a href="{{login}}">_("I have a login here")</a></p>
{{>_foot}}
