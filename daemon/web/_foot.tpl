</main>
{{#frame}}
<footer>
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
</footer>
{{/frame}}
</body>
</html>
