{{>_head}}
<p>_("You were logged out before this could be sent. Look it over and send it now.")</p>
<form method="post" action="{{action}}">
    <input type="hidden" name="form_token" value="{{token}}">
    {{#fields}}
    <input type="hidden" name="{{name}}" value="{{value}}">
    {{#label}}
    <p><strong>{{label}}</strong><br><bdi>{{shown}}</bdi></p>
    {{/label}}
    {{/fields}}
    <button>_("Send it again")</button>
</form>
<p>_("If you no longer want to send it, do nothing. It is deleted after 30 minutes.")</p>
{{>_foot}}
