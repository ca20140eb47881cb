<ul class="weeks">
    {{#earlier}}
    <li>{{#booking}}<a href="/bookings/{{booking}}/move?from={{earlier}}">{{/booking}}{{^booking}}<a href="/slots?visit_type={{visit_type}}&amp;staff={{staff_id}}&amp;from={{earlier}}">{{/booking}}<span aria-hidden="true">← </span>_("Earlier days")</a></li>
    {{/earlier}}
    <li>{{#booking}}<a href="/bookings/{{booking}}/move?from={{later}}">{{/booking}}{{^booking}}<a href="/slots?visit_type={{visit_type}}&amp;staff={{staff_id}}&amp;from={{later}}">{{/booking}}_("Later days")<span aria-hidden="true"> →</span></a></li>
</ul>
