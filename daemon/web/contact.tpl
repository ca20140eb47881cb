{{>_head}}
{{#lacks}}
<p class="note">{{lacks}}</p>
{{/lacks}}
<h2>_("E-mail address")</h2>
{{#email}}
<p><bdi>{{email}}</bdi></p>
{{/email}}
{{^email}}
<p>_("None")</p>
{{/email}}
{{#code_address}}
<p>_("Codes for logging in go to") <bdi>{{code_address}}</bdi></p>
{{/code_address}}
<p><a href="/contact/email">{{#email}}_("Change the e-mail address"){{/email}}{{^email}}_("Add an e-mail address"){{/email}}</a></p>
<h2>_("Mobile number")</h2>
{{#mobile}}
<p><bdi>{{mobile}}</bdi></p>
{{/mobile}}
{{^mobile}}
<p>_("None")</p>
{{/mobile}}
<p><a href="/contact/mobile">{{#mobile}}_("Change the mobile number"){{/mobile}}{{^mobile}}_("Add a mobile number"){{/mobile}}</a></p>
<h2>_("Language of messages and pages")</h2>
<form method="post" action="/contact">
    <input type="hidden" name="form_token" value="{{token}}">
    <fieldset class="languages">
        <legend>_("Choose a language")</legend>
        {{#languages}}
        <button class="quiet" name="language" value="{{code}}" lang="{{code}}"{{#current}} aria-current="true"{{/current}}>{{name}}</button>
        {{/languages}}
    </fieldset>
</form>
{{>_foot}}
