{{>_head}}
<p>_("Here you see your visit. You can confirm, move or cancel it.")</p>
<form method="post" action="/visit/{{link}}?lang={{#frame}}{{lang}}{{/frame}}">
    <input type="hidden" name="form_token" value="{{token}}">
    <button>_("Open my visit")</button>
</form>
{{>_foot}}
