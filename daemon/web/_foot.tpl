</main>
{{#frame}}
<footer>
    {{#phone}}
    <p>_("Telephone:") {{#dial}}<a href="tel:{{dial}}">{{phone}}</a>{{/dial}}{{^dial}}{{phone}}{{/dial}}</p>
    {{/phone}}
    {{#consents}}
    <p><a href="/consent">_("Your consent")</a></p>
    {{/consents}}
    {{#person}}
    <form method="post" action="/language">
        <input type="hidden" name="form_token" value="{{menu_token}}">
        <input type="hidden" name="here" value="{{here}}">
        <fieldset class="languages">
            <legend>_("Language")</legend>
            {{#languages}}
            <button class="quiet" name="language" value="{{code}}" lang="{{code}}"{{#current}} aria-current="true"{{/current}}>{{name}}</button>
            {{/languages}}
        </fieldset>
    </form>
    {{/person}}
    {{^person}}
    <nav class="languages" aria-label="_("Language")">
        <ul>
        {{#languages}}
            <li><a href="{{href}}" lang="{{code}}" hreflang="{{code}}"{{#current}} aria-current="true"{{/current}}>{{name}}</a></li>
        {{/languages}}
        </ul>
    </nav>
    {{/person}}
    {{#person}}
    <noscript>
    <form method="post" action="/session/extend">
        <input type="hidden" name="form_token" value="{{menu_token}}">
        <input type="hidden" name="here" value="{{here}}">
        <p>{{ends}} <button class="quiet">_("Stay logged in")</button></p>
    </form>
    </noscript>
    {{/person}}
</footer>
{{#person}}
<dialog id="time-out" aria-labelledby="time-out-title" data-left="{{left}}" data-most="{{most}}">
    <h2 id="time-out-title">_("Are you still there?")</h2>
    <p data-when="soon">_("In two minutes you will be logged out, so that nobody else sees what is yours.")</p>
    <p data-when="last" hidden>_("You have been logged in for a long time. In two minutes you must log in again. Send what you have written now.")</p>
    <p data-when="over" hidden>_("You have been logged out. If you have written something on this page, send it as usual: it is kept while you log in again.")</p>
    <form method="post" action="/session/extend">
        <input type="hidden" name="form_token" value="{{menu_token}}">
        <input type="hidden" name="here" value="{{here}}">
        <button>_("Stay logged in")</button>
    </form>
    <form method="dialog">
        <button class="second">_("Close")</button>
    </form>
</dialog>
{{/person}}
{{/frame}}
</body>
</html>
