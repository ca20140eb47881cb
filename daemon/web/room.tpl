{{>_head}}
<p class="place">{{when}}</p>
<p>{{#with}}_("You meet") <bdi>{{with}}</bdi>. {{/with}}{{what}}.</p>
<div id="room" data-key="{{key}}" data-look="{{look}}" data-status="/bookings/{{id}}/room.json" data-page="/bookings/{{id}}/room">
    <div id="room-says" role="status" tabindex="-1">
        <p class="{{#inside}}done{{/inside}}{{^inside}}note{{/inside}}"><strong>{{says}}</strong>{{#people}}<br>{{it}}{{/people}}{{#hint}}<br>{{hint}}{{/hint}}</p>
    </div>
    <div id="room-count">{{#count}}<p>{{count}}</p>{{/count}}</div>
    <div id="room-acts" class="room-acts">
        {{#start}}
        <form method="post" action="/bookings/{{id}}/room">
            <input type="hidden" name="form_token" value="{{token}}">
            <button>{{start}}</button>
        </form>
        {{/start}}
        {{#next}}
        <p><a class="button" href="{{next}}">{{next_label}}</a></p>
        {{/next}}
        {{#looks}}
        <p><a href="/bookings/{{id}}/room">_("Look again")</a></p>
        {{/looks}}
        {{#inside}}
        <form method="post" action="/bookings/{{id}}/room/leave">
            <input type="hidden" name="form_token" value="{{token}}">
            <button class="second">_("Leave the room")</button>
        </form>
        {{/inside}}
    </div>
</div>
<p><a href="{{back}}">_("Back to all visits")</a></p>
<script src="{{script}}" defer></script>
{{>_foot}}
