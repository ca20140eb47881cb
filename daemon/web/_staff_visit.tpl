<li>
    <span class="time">{{time}}</span>
    <span class="what"><a href="/bookings/{{id}}"><bdi>{{patient}}</bdi></a><br>{{visit_type}}</span>
    <span class="mark {{mark}}">{{state}}</span>
</li>
