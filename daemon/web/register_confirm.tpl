{{>_head}}
<p><bdi>{{hello}}</bdi></p>
<p>_("One step is left. Press the button to finish your registration.")</p>
<form method="post" action="/register/confirm/{{link}}?lang={{#frame}}{{lang}}{{/frame}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{#asks_code}}
    {{>_mail_code}}
    {{/asks_code}}
    <button>_("Finish the registration")</button>
</form>
<p>_("Did you not ask for this? Then close this page. Nothing happens.")</p>
{{>_foot}}
