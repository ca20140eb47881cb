{{>_head}}
{{#over}}
<p class="note">{{over}}</p>
{{/over}}
<dl class="facts">
    <dt>_("When")</dt><dd><strong>{{when}}</strong></dd>
    <dt>_("With")</dt><dd><bdi>{{staff}}</bdi></dd>
    <dt>_("What")</dt><dd>{{visit_type}}</dd>
    <dt>_("Where")</dt><dd>{{place}}</dd>
</dl>
{{^over}}
<p>_("Others who wait have been told too: the first who answers gets the time. It is held until") <strong>{{until}}</strong>.</p>
<form method="post" action="/waitlist/offers/{{id}}">
    <input type="hidden" name="form_token" value="{{token}}">
    <button>_("Yes, book this time")</button>
</form>
<p><a href="/waitlist">_("No, I go on waiting")</a></p>
{{/over}}
{{#over}}
<p><a class="button" href="/slots">_("Look at the free times")</a></p>
<p><a href="/waitlist">_("What I am waiting for")</a></p>
{{/over}}
{{>_foot}}
