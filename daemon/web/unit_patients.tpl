{{>_head}}
<form method="post" action="/unit/patients">
    <input type="hidden" name="form_token" value="{{token}}">
    <div class="field">
        <label for="name">_("Name")</label>
        <p class="hint" id="name-hint">_("A part of the name is enough.")</p>
        <input id="name" name="name" type="text" value="{{name}}" autocomplete="off" aria-describedby="name-hint">
    </div>
    <button>_("Search")</button>
</form>
<p><a href="/unit/patients/new">_("Add a patient")</a></p>
{{#name}}
<p><a href="/unit/patients">_("Show all patients")</a></p>
{{/name}}
{{^patients}}
<p>_("Nobody was found.")</p>
{{/patients}}
{{?patients}}
<ul class="lines">
    {{#patients}}
    <li><a href="/unit/patients/{{id}}"><bdi>{{name}}</bdi></a>{{#contact}}<br>{{contact}}{{/contact}}</li>
    {{/patients}}
</ul>
{{/patients}}
{{#next}}
{{#name}}
<form method="post" action="{{next}}">
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="name" value="{{name}}">
    <button class="second">_("Show more")</button>
</form>
{{/name}}
{{^name}}
<p><a href="{{next}}">_("Show more")</a></p>
{{/name}}
{{/next}}
{{>_foot}}
