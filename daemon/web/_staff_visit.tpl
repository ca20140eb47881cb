<li>
    <span class="time">{{time}}</span>
    <span class="what"><a href="/bookings/{{id}}"><bdi>{{patient}}</bdi></a><br>{{visit_type}}{{#staff}}<br>_("With") <bdi>{{staff}}</bdi>{{/staff}}{{#start}}<br><a class="button" href="{{start}}">_("Start the visit")<span class="hidden">: {{time}}, {{patient}}</span></a>{{/start}}</span>
    <span class="mark {{mark}}">{{state}}</span>
</li>
