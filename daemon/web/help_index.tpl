{{>_head}}
{{?ways}}
<p>_("Choose how you log in. You then see every step.")</p>
<ul class="lines">
    {{#ways}}
    <li><a href="{{href}}">{{text}}</a></li>
    {{/ways}}
</ul>
{{/ways}}
{{^ways}}
<p>_("Nobody can log in here just now. Please call the clinic.")</p>
{{/ways}}
<h2>_("Do you need help from a person?")</h2>
<p>{{#frame}}{{#phone}}_("Call the clinic:") {{#dial}}<a href="tel:{{dial}}">{{phone}}</a>{{/dial}}{{^dial}}{{phone}}{{/dial}}{{/phone}}{{^phone}}_("Call the clinic."){{/phone}}{{/frame}}</p>
<p><a href="{{login_path}}">_("Log in")</a></p>
{{>_foot}}
