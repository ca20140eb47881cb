{{#frame}}
<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{{?errors}}_("Error:") {{/errors}}{{title}} – {{clinic}}</title>
<link rel="stylesheet" href="/static/portal.css?v={{style}}">
{{#person}}
<script src="/static/session.js?v={{script}}" defer></script>
{{/person}}
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
</head>
<body class="accent-{{accent}}">
<a class="skip" href="#main">_("Skip to the content")</a>
<header>
    <p class="clinic"><a href="/"><bdi>{{clinic}}</bdi></a></p>
    {{#person}}
    <nav aria-label="_("Menu")">
        <ul>
        {{#patient}}
            {{#booking}}
            <li><a href="/bookings">_("Your visits")</a></li>
            <li><a href="/slots">_("Book a visit")</a></li>
            {{/booking}}
            <li><a href="/staff-members">_("Our staff")</a></li>
            {{#communication}}
            <li><a href="/messages">_("Messages")</a></li>
            {{/communication}}
        {{/patient}}
        {{#staff}}
            <li><a href="/staff">_("Overview")</a></li>
            {{#booking}}
            <li><a href="/staff/bookings">_("Bookings")</a></li>
            <li><a href="/staff/invite">_("Invite to a visit")</a></li>
            <li><a href="/visit-types">_("Visit types")</a></li>
            <li><a href="/availability">_("Opening hours")</a></li>
            <li><a href="/calendar">_("Calendar")</a></li>
            {{/booking}}
            <li><a href="/profile">_("Your profile")</a></li>
        {{/staff}}
            <li><a href="/contact">_("Contact details")</a></li>
            <li><a href="/sessions">_("Security")</a></li>
        </ul>
        {{#administrator}}
        <ul class="unit" aria-label="_("The clinic")">
            {{#booking}}
            <li><a href="/unit/bookings">_("All bookings")</a></li>
            {{/booking}}
            <li><a href="/unit/patients">_("Patients")</a></li>
            <li><a href="/unit/staff">_("Staff")</a></li>
        </ul>
        {{/administrator}}
    </nav>
    <form class="who" method="post" action="/logout">
        <input type="hidden" name="form_token" value="{{menu_token}}">
        <p>_("Logged in as") <bdi>{{person}}</bdi></p>
        <button class="quiet">_("Log out")</button>
    </form>
    {{/person}}
</header>
{{#room}}
<section class="room-now" aria-labelledby="room-now">
    <h2 id="room-now">_("Start video meeting")</h2>
    <p class="place">{{when}}</p>
    {{#with}}
    <p>_("You meet") <bdi>{{with}}</bdi>.</p>
    {{/with}}
    <p><a class="button" href="{{href}}">_("Start the visit")</a></p>
</section>
{{/room}}
<main id="main" tabindex="-1">
<h1>{{title}}</h1>
{{#done}}
<p class="done" role="status">{{done}}</p>
{{/done}}
{{?errors}}
<div class="problem" role="alert">
    <p><strong>_("Something is not right")</strong></p>
    <ul>
    {{#errors}}
        <li>{{#field}}<a href="#{{field}}">{{text}}</a>{{/field}}{{^field}}{{text}}{{/field}}</li>
    {{/errors}}
    </ul>
</div>
{{/errors}}
{{/frame}}
