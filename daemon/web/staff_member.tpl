{{>_head}}
{{#title}}
<p class="place">{{title}}</p>
{{/title}}
{{#paragraphs}}
<p class="written">{{#lines}}{{it}}<br>{{/lines}}</p>
{{/paragraphs}}
{{#book}}
<p><a class="button" href="{{book}}">_("Find a time")</a></p>
{{/book}}
<p><a href="/staff-members">_("All staff")</a></p>
{{>_foot}}
