{{>_head}}
<p>_("You are logged in on these devices. If you do not know one of them, log it out.")</p>
<ul class="cards">
    {{#sessions}}
    <li>
        <h2>{{device}}</h2>
        <p>{{method}}, {{since}}.<br>_("Last used:") {{seen}}.</p>
        {{#current}}
        <p><span class="mark good">_("This is the device that you use now")</span></p>
        {{/current}}
        {{^current}}
        <form method="post" action="/sessions/end">
            <input type="hidden" name="form_token" value="{{token}}">
            <input type="hidden" name="session" value="{{id}}">
            <button class="second">_("Log out this device")<span class="hidden">: {{device}}, {{since}}</span></button>
        </form>
        {{/current}}
    </li>
    {{/sessions}}
</ul>
<p><a href="/password">_("Change the password")</a></p>
{{#others}}
<form method="post" action="/sessions/end-others">
    <input type="hidden" name="form_token" value="{{token}}">
    <button class="second">_("Log out all other devices")</button>
</form>
{{/others}}
{{>_foot}}
