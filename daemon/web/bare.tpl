<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>_("Not found")</title>
</head>
<body>
<main>
<h1>_("Not found")</h1>
<p>{{text}}</p>
</main>
</body>
</html>
