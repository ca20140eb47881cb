{{>_head}}
<p>_("In bookings, patients see you as:") <strong><bdi>{{shown_as}}</bdi></strong>.<br>_("An administrator at the clinic can change the title.")</p>
<form method="post" action="/profile" novalidate>
    <input type="hidden" name="form_token" value="{{token}}">
    {{>_fields}}
    <button>_("Save the profile")</button>
</form>
{{#see}}
<p><a href="{{see}}">_("See the profile as patients see it")</a></p>
{{/see}}
{{#has_booking}}
<h2>_("Your bookings")</h2>
<form method="post" action="/profile/booking">
    <input type="hidden" name="form_token" value="{{token}}">
    {{#bookable}}
    <p><span class="mark good">_("On")</span> _("Patients can book times with you, and you can invite them.")</p>
    <p>_("If you turn bookings off, nobody can book a new time with you. Visits that are booked already stay. You can turn bookings on again at any time.")</p>
    <input type="hidden" name="bookable" value="no">
    <button class="second">_("Turn bookings off")</button>
    {{/bookable}}
    {{^bookable}}
    <p><span class="mark open">_("Off")</span> _("Nobody can book a new time with you, and you cannot invite anybody. Visits that are booked already stay.")</p>
    <input type="hidden" name="bookable" value="yes">
    <button class="second">_("Turn bookings on")</button>
    {{/bookable}}
</form>
{{/has_booking}}
{{>_foot}}
