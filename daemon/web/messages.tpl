{{>_head}}
{{#none}}
<p>_("There are no messages for you.")</p>
{{/none}}
{{#messages}}
<article>
    <h2>{{when}}{{#is_new}} <strong>_("New")</strong>{{/is_new}}</h2>
    {{#paragraphs}}
    <p>{{it}}</p>
    {{/paragraphs}}
</article>
{{/messages}}
{{>_foot}}
