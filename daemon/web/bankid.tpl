{{>_head}}
{{#waiting}}
<div id="bankid" data-status="{{status_path}}" data-page="{{page_path}}" hidden>
    <p id="bankid-text" role="status">{{text}}</p>
    <svg id="bankid-code" class="code" viewBox="0 0 {{size}} {{size}}" role="img" aria-label="_("QR code for the BankID app")"{{^path}} hidden{{/path}}><path d="{{path}}"/></svg>
</div>
<noscript>
    <iframe class="code-frame" src="{{frame_path}}" title="_("Your BankID login")"></iframe>
</noscript>
<script src="/static/eid.js" defer></script>
{{#phone_link}}
<p><a class="button" href="{{phone_link}}">_("Open the BankID app")</a></p>
{{/phone_link}}
{{#auto_start}}
<p><a class="button" href="bankid:///?autostarttoken={{auto_start}}&amp;redirect=null">_("Open BankID on this computer")</a></p>
{{/auto_start}}
{{/waiting}}
{{^waiting}}
<div class="problem" role="alert">
    <p><strong>{{text}}</strong></p>
    <p>{{what_next}}</p>
</div>
<form method="post" action="{{start_path}}">
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="next" value="{{next}}">
    <button name="flow" value="{{#same_device}}device{{/same_device}}{{^same_device}}qr{{/same_device}}">_("Try again")</button>
</form>
{{/waiting}}
<div class="other-ways">
    <form method="post" action="{{start_path}}">
        <input type="hidden" name="form_token" value="{{token}}">
        <input type="hidden" name="next" value="{{next}}">
        {{#same_device}}
        <button class="quiet" name="flow" value="qr">_("Show a QR code instead")</button>
        {{/same_device}}
        {{^same_device}}
        <button class="quiet" name="flow" value="device">{{#on_phone}}_("Use BankID on this phone"){{/on_phone}}{{^on_phone}}_("Use BankID on this computer"){{/on_phone}}</button>
        {{/same_device}}
    </form>
    {{#waiting}}
    <form method="post" action="{{cancel_path}}">
        <input type="hidden" name="form_token" value="{{cancel_token}}">
        <button class="quiet">_("Cancel")</button>
    </form>
    {{/waiting}}
    {{^waiting}}
    <p><a href="{{login_path}}">_("Choose another way to log in")</a></p>
    {{/waiting}}
</div>
{{>_foot}}
