<dl class="facts">
    <dt>_("When")</dt><dd><strong>{{when}}</strong></dd>
    {{#patient}}
    <dt>_("Patient")</dt><dd><bdi>{{patient}}</bdi></dd>
    {{#mobile}}
    <dt>_("Mobile")</dt><dd><a href="tel:{{mobile}}">{{mobile}}</a></dd>
    {{/mobile}}
    {{/patient}}
    <dt>_("With")</dt><dd><bdi>{{staff}}</bdi></dd>
    <dt>_("What")</dt><dd>{{visit_type}}</dd>
    <dt>_("Where")</dt><dd>{{place}}</dd>
    <dt>_("Status")</dt><dd><span class="mark {{mark}}">{{state}}</span></dd>
</dl>
