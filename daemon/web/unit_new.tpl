{{>_head}}
{{#known}}
<p><a href="{{known}}">_("Show the person who is here already")</a></p>
{{/known}}
<form method="post" action="{{action}}" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{>_fields}}
    <button>{{submit}}</button>
</form>
<p><a href="{{back}}">_("No, change nothing")</a></p>
{{>_foot}}
