{{>_head}}
<ol class="steps">
    {{#steps}}
    <li>
        <p>{{text}}</p>
        {{#picture}}
        <img src="{{picture}}" width="{{width}}" height="{{height}}" alt="{{alt}}" loading="lazy">
        {{/picture}}
    </li>
    {{/steps}}
</ol>
<p><a class="button" href="{{start_path}}">{{start_label}}</a></p>
<h2>_("Good to know")</h2>
<ul>
    {{#hints}}
    <li>{{it}}</li>
    {{/hints}}
    <li>{{#frame}}{{#phone}}_("Do you need help? Call the clinic:") {{#dial}}<a href="tel:{{dial}}">{{phone}}</a>{{/dial}}{{^dial}}{{phone}}{{/dial}}{{/phone}}{{^phone}}_("Do you need help? Call the clinic."){{/phone}}{{/frame}}</li>
</ul>
<p><a href="{{index_path}}">_("Other ways to log in")</a></p>
{{>_foot}}
