{{>_head}}
{{?offers}}
<h2>_("Free for you now")</h2>
<ul class="cards">
    {{#offers}}
    <li>
        <h3>{{when}}</h3>
        <p>_("With") <bdi>{{staff}}</bdi><br>{{place}}</p>
        <p><a class="button" href="/waitlist/offers/{{id}}">_("Look at this time")<span class="hidden">: {{when}}</span></a></p>
    </li>
    {{/offers}}
</ul>
{{/offers}}
{{^entries}}
<p>_("You are not waiting for any visit.")</p>
{{/entries}}
{{?entries}}
<p>_("We send you a message when somebody cancels and a time becomes free. The first who answers gets it.")</p>
<ul class="cards">
    {{#entries}}
    <li>
        <h3>{{visit_type}}</h3>
        <p>{{#staff}}_("With") <bdi>{{staff}}</bdi>{{/staff}}{{^staff}}_("It does not matter whom I meet"){{/staff}}<br>_("Since") {{since}}</p>
        <form method="post" action="/waitlist/{{id}}/leave">
            <input type="hidden" name="form_token" value="{{token}}">
            <button class="second">_("Stop waiting")<span class="hidden">: {{visit_type}}</span></button>
        </form>
    </li>
    {{/entries}}
</ul>
{{/entries}}
<p><a href="/slots">_("Look at the free times")</a></p>
{{>_foot}}
