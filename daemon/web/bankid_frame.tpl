<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
{{#waiting}}
<meta http-equiv="refresh" content="1">
{{/waiting}}
<title>_("Your BankID login")</title>
<link rel="stylesheet" href="/static/portal.css?v={{style}}">
</head>
<body class="accent-blue framed">
<main>
{{#waiting}}
<p>{{text}}</p>
{{#path}}
<svg class="code" viewBox="0 0 {{size}} {{size}}" role="img" aria-label="_("QR code for the BankID app")"><path d="{{path}}"/></svg>
{{/path}}
{{/waiting}}
{{^waiting}}
<p><a class="button" href="{{page_path}}" target="_top">_("Go on")</a></p>
{{/waiting}}
</main>
</body>
</html>
