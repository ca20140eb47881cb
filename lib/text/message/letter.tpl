<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>_("Letter for logging in") – {{clinic}}</title>
<style>
@page { size: A4; margin: 22mm 20mm; }
* { box-sizing: border-box; }
html { font: 16pt/1.5 "Atkinson Hyperlegible", "Noto Sans", "DejaVu Sans", Arial, sans-serif; color: #000; background: #fff; }
body { max-width: 170mm; margin: 0 auto; padding: 6mm 0; overflow-wrap: break-word; }
header { display: flex; justify-content: space-between; gap: 10mm; margin-bottom: 10mm; }
header p { margin: 0; }
h1 { font-size: 24pt; line-height: 1.2; margin: 0 0 6mm; }
ol { margin: 0 0 6mm; padding-left: 10mm; }
li { margin-bottom: 4mm; break-inside: avoid; }
.clinic, .page { font-weight: 700; }
.page { font-size: 19pt; }
.code { font: 700 24pt/1.4 "DejaVu Sans Mono", "Liberation Mono", monospace; border: 2pt solid #000; border-radius: 2mm; padding: 3mm 5mm; margin: 3mm 0 0; white-space: nowrap; width: max-content; max-width: 100%; }
.small { font-size: 13pt; }
svg { width: 32mm; height: 32mm; flex: none; display: block; }
.open { display: flex; gap: 8mm; align-items: center; justify-content: space-between; }
@media screen and (max-width: 40rem) {
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
<h1>_("So you log in the first time")</h1>
<ol>
<li>
<div class="open">
<div>_("On a computer, tablet or telephone, open this address:")
<div class="page">{{page}}</div>
<div class="small">_("Or point the camera at the picture.")</div></div>
<svg viewBox="0 0 {{qr_size}} {{qr_size}}" role="img" aria-label="_("The address as a picture for a camera")" shape-rendering="crispEdges"><path d="{{qr_path}}"></path></svg>
</div>
</li>
<li>_("Write this code there. Small or capital letters make no difference:")
<p class="code">{{code}}</p></li>
<li>_("Choose a password that only you know, and write it twice. You are then logged in.")</li>
<li>_("Add an e-mail address or a mobile number, your own or that of somebody you trust. Codes are sent there when you log in the next time.")</li>
</ol>
<p>_("The code works once, until") {{valid}}.</p>
<p>_("Keep this letter to yourself. We never ask you for the code by telephone.") {{#phone}}_("Questions? Call us:") {{phone}}{{/phone}}</p>
</main>
</body>
</html>
