{{>_head}}
{{#given}}
<p class="note">{{given}}</p>
{{/given}}
{{^given}}
{{#gave_earlier}}
<p class="note">_("You have said yes before. The clinic has changed the text since, so we ask you again.")</p>
{{/gave_earlier}}
<p>_("Please read this before you go on. You answer below.")</p>
{{/given}}
{{#other_language}}
<p class="note">_("The clinic does not have this text in your language. Here it is in another one:") <span lang="{{text_lang}}">{{other_language}}</span>. _("If you need help with it, call the clinic.")</p>
{{/other_language}}
<div class="text" lang="{{text_lang}}">
{{#paragraphs}}
<p>{{first}}{{#more}}<br>{{it}}{{/more}}</p>
{{/paragraphs}}
</div>
{{^given}}
<form method="post" action="/consent">
    <input type="hidden" name="form_token" value="{{token}}">
    <input type="hidden" name="text" value="{{text_hash}}">
    <input type="hidden" name="next" value="{{next}}">
    <p id="not-now">_("You can also answer later: until then you can use everything here except video visits. You find this page again at the bottom of every page.")</p>
    <ul class="acts">
        <li><button name="answer" value="yes">_("Yes, I consent")</button></li>
        <li><button class="second" name="answer" value="not-now" aria-describedby="not-now">_("Not now")</button></li>
    </ul>
</form>
{{/given}}
{{#given}}
{{#next}}
<p><a class="button" href="{{next}}">_("Go on")</a></p>
{{/next}}
<h2>_("Do you no longer want this?")</h2>
<form method="post" action="/consent/withdraw">
    <input type="hidden" name="form_token" value="{{token}}">
    <p>_("When you withdraw your consent, you cannot meet the clinic by video. Your booked visits stay.")</p>
    <button class="danger">_("Withdraw my consent")</button>
</form>
{{/given}}
{{>_foot}}
