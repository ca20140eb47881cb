{{>_head}}
<p><bdi>{{hello}}</bdi></p>
<p>_("One step is left. Press the button to finish your registration.")</p>
<form method="post" action="/register/confirm/{{link}}?lang={{#frame}}{{lang}}{{/frame}}">
    <input type="hidden" name="form_token" value="{{token}}">
    <button>_("Finish the registration")</button>
</form>
<p>_("Did you not ask for this? Then close this page. Nothing happens.")</p>
{{>_foot}}
