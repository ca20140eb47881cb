<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>_("Letter for logging in") – {{clinic}}</title>
<style>
@page { size: A4; margin: 18mm 20mm; }
* { box-sizing: border-box; }
html { font: 15pt/1.45 "Atkinson Hyperlegible", "Noto Sans", "DejaVu Sans", Arial, sans-serif; color: #000; background: #fff; }
body { max-width: 170mm; margin: 0 auto; padding: 0; overflow-wrap: break-word; }
header { display: flex; justify-content: space-between; gap: 10mm; margin-bottom: 9mm; }
header p { margin: 0; }
h1 { font-size: 22pt; line-height: 1.2; margin: 0 0 6mm; }
ol { margin: 0 0 6mm; padding-left: 10mm; }
li { margin-bottom: 3mm; break-inside: avoid; }
.clinic, .page { font-weight: 700; }
.page { font-size: 18pt; }
.code { font: 700 24pt/1.4 "DejaVu Sans Mono", "Liberation Mono", monospace; border: 2pt solid #000; border-radius: 2mm; padding: 3mm 5mm; margin: 3mm 0 0; white-space: nowrap; width: max-content; max-width: 100%; }
.small { font-size: 13pt; }
@media screen {
body { padding: 10mm 4mm; }
}
svg { width: 28mm; height: 28mm; flex: none; display: block; }
.open { display: flex; gap: 6mm; align-items: center; margin-top: 2mm; }
.open svg { margin: -2mm 0 -2mm -3mm; }
@media screen and (max-width: 40rem) {
header, .open { flex-wrap: wrap; }
.open > div { min-width: 0; }
html { font-size: 14pt; }
.code { white-space: normal; }
}
</style>
</head>
<body>
<header>
<div>
<p class="clinic"><bdi>{{clinic}}</bdi></p>
{{#address}}
<p>{{address}}</p>
{{/address}}
{{#phone}}
<p>{{phone}}</p>
{{/phone}}
</div>
<p><bdi>{{person}}</bdi></p>
</header>
<main>
<h1>_("How you log in the first time")</h1>
<ol>
<li>
_("On a computer, tablet or telephone, open this address:")
<div class="page">{{page}}</div>
<div class="open">
<svg viewBox="0 0 {{qr_size}} {{qr_size}}" role="img" aria-label="_("The address as a picture for a camera")" shape-rendering="crispEdges"><path d="{{qr_path}}"></path></svg>
<div class="small">_("Or point the camera at the picture.")</div>
</div>
</li>
<li>_("Write this code there. Small or capital letters make no difference:")
<p class="code">{{code}}</p></li>
<li>_("Choose a password that only you know, and write it twice. You are then logged in.")</li>
{{#add_email}}
<li>_("Add an e-mail address, your own or that of somebody you trust. Codes are sent there when you log in the next time.")</li>
{{/add_email}}
{{#add_mobile}}
<li>_("Add a mobile number, your own or that of somebody you trust. Codes are sent there when you log in the next time.")</li>
{{/add_mobile}}
</ol>
<p>_("The code works once, until") {{valid}}.</p>
<p>_("Keep this letter to yourself. We never ask you for the code by telephone.") {{#phone}}_("Questions? Call us:") {{phone}}{{/phone}}</p>
</main>
</body>
</html>
