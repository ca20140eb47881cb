{{>_head}}
<p>{{text}}</p>
{{#next}}
<p><a class="button" href="{{next}}">{{next_label}}</a></p>
{{/next}}
{{>_foot}}
