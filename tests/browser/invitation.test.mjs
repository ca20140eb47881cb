// Invitation, letter and reset in Chromium, without script and in each language; every page and
// state on the way is shown to axe, wide and light, at 320 px and dark. The letter as it is printed.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { axe, launch } from '../functional/browser.mjs';
import { make_tenant, password } from '../functional/clinic.mjs';
import { choose_password, mailed_code } from '../functional/people.mjs';
import { Portal } from '../functional/portal.mjs';
import { until } from '../functional/wait.mjs';
import { confirm_reset, invitation_link, mailed_path, new_patient } from '../functional/ways_in.mjs';

const pictures = process.env.PORTAL_TEST_PICTURES; // a folder that the states are painted into
const fresh = 'a quite new password';

let browser;
let portal;
before(async () => {
    browser = await launch();
    portal = await Portal.start();
    await make_tenant(portal, 'demo', { modules: 'booking,sms,two-factor-sms', phone: '08-123 45 67' });
    await portal.ask(['policy', 'set', '-T', 'demo', '--client-login', 'yes', '--methods', 'password']);
});
after(async () => {
    await browser?.close();
    await portal?.close();
});

const words = {
    en: { new_password: 'New password', again: 'The same password once more', save: 'Save the password', identifier: 'E-mail address', log_in: 'Log in', go_on: 'Go on', code: 'Code, six digits', letter_code: 'The code of the letter', forgotten: 'Have you forgotten your password?', send_link: 'Send me the link', send_code: 'Send me the code', current: 'The password that you have now' },
    sv: { new_password: 'Nytt lösenord', again: 'Samma lösenord en gång till', save: 'Spara lösenordet', identifier: 'E-postadress', log_in: 'Logga in', go_on: 'Fortsätt', code: 'Kod, sex siffror', letter_code: 'Brevets kod', forgotten: 'Har du glömt ditt lösenord?', send_link: 'Skicka länken till mig', send_code: 'Skicka koden till mig', current: 'Lösenordet som du har nu' },
    da: { new_password: 'Ny adgangskode', again: 'Den samme adgangskode en gang til', save: 'Gem adgangskoden', identifier: 'E-mailadresse', log_in: 'Log ind', go_on: 'Fortsæt', code: 'Kode, seks cifre', letter_code: 'Brevets kode', forgotten: 'Har du glemt din adgangskode?', send_link: 'Send mig linket', send_code: 'Send mig koden', current: 'Den adgangskode, som du har nu' },
};

/** Somebody at a browser without script; each state is looked at by axe when it is kept. */
class Person {
    faults = [];

    static async at(language) {
        const person = new Person();
        person.language = language;
        person.say = words[language];
        person.context = await browser.newContext({ javaScriptEnabled: false, locale: `${language}-SE`, extraHTTPHeaders: { 'accept-language': language } });
        person.page = await person.context.newPage();
        return person;
    }

    open(at) {
        return this.page.goto(`http://${portal.host('demo')}${at}`);
    }
    async fill(values) {
        for (const [label, value] of Object.entries(values)) await this.page.getByLabel(label, { exact: true }).fill(value);
    }
    press(name) {
        return this.page.getByRole('button', { name, exact: true }).click();
    }
    async choose(secret) {
        await this.fill({ [this.say.new_password]: secret, [this.say.again]: secret });
        await this.press(this.say.save);
    }

    /** Keeps what is seen now under a name, as axe and a narrow dark screen see it. */
    async look(name) {
        assert.equal(await this.page.locator('html').getAttribute('lang'), this.language, `${name} is in another language`);
        const [url, html] = [this.page.url(), await this.page.content()];
        for (const width of [1280, 320]) {
            const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: width === 320 ? 'dark' : 'light' });
            const copy = await context.newPage();
            await copy.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
            await copy.goto(url);
            this.faults.push(...(await axe(copy)).map((fault) => `${name}, ${width}: ${fault}`));
            if ((await copy.evaluate(() => document.documentElement.scrollWidth)) > width) this.faults.push(`${name} is wider than ${width}`);
            if (pictures) await copy.screenshot({ path: path.join(pictures, `${name.replaceAll(' ', '-')}.${this.language}.${width}.png`), fullPage: true });
            await context.close();
        }
    }

    async end() {
        assert.deepEqual(this.faults, []);
        await this.context.close();
    }
}

for (const [language, say] of Object.entries(words)) {
    test(`an invited patient chooses a password and logs in without script (${language})`, async () => {
        const person = await Person.at(language);
        const who = await new_patient(portal, 'demo', { language });
        await person.open(await invitation_link(portal, 'demo', who));
        await person.look('invitation');
        await person.press(say.save);
        await person.look('invitation nothing written');
        await person.choose(password);
        await person.look('invitation password saved');
        const seen = (await portal.mail.read()).length;
        await person.fill({ [say.identifier]: who.email, [language === 'en' ? 'Password' : language === 'sv' ? 'Lösenord' : 'Adgangskode']: password });
        await person.press(say.go_on);
        await person.fill({ [say.code]: await mailed_code(portal, who.email, seen) });
        await person.press(say.log_in);
        await person.page.goto(`http://${portal.host('demo')}/password?lang=${language}`);
        await person.look('own password');
        await person.fill({ [say.current]: 'not the right one' });
        await person.choose(fresh);
        await person.look('own password wrong');
        await person.fill({ [say.current]: password });
        await person.choose(fresh);
        assert.match(person.page.url(), /done=saved/);
        await person.end();
    });

    test(`a forgotten password is reset by mail and SMS without script (${language})`, async () => {
        const person = await Person.at(language);
        const who = await new_patient(portal, 'demo', { language });
        await choose_password(portal, 'demo', who.email);
        await person.open('/login');
        await person.page.getByRole('link', { name: say.forgotten }).click();
        await person.look('reset');
        await person.fill({ [say.identifier]: 'elsa at home' });
        await person.press(say.send_link);
        await person.look('reset wrong address');
        await person.fill({ [say.identifier]: who.email });
        const seen = (await portal.mail.read()).length;
        await person.press(say.send_link);
        await person.look('reset sent');
        await person.open(await mailed_path(portal, who.email, 'new-password', seen));
        await person.look('reset second proof');
        const texts = (await portal.sms.read()).length;
        await person.press(say.send_code);
        const text = await until(async () => (await portal.sms.read()).slice(texts).find((each) => /^\d{6} /.test(each.text)), 'a code by SMS', 15_000);
        await person.look('reset code and password');
        await person.fill({ [say.code]: '000000' });
        await person.choose(fresh);
        await person.look('reset code wrong');
        await person.fill({ [say.code]: text.text.slice(0, 6) });
        await person.choose(fresh);
        assert.match(person.page.url(), /\/login\?done=password/);
        await person.end();
    });

    test(`without a mobile number the clinic confirms a reset (${language})`, async () => {
        const person = await Person.at(language);
        const who = await new_patient(portal, 'demo', { language, mobile: undefined });
        await choose_password(portal, 'demo', who.email);
        const seen = (await portal.mail.read()).length;
        await person.open('/reset');
        await person.fill({ [say.identifier]: who.email });
        await person.press(say.send_link);
        const link = await mailed_path(portal, who.email, 'new-password', seen);
        await person.open(link);
        await person.look('reset waits for the clinic');
        await confirm_reset(portal, 'demo', who.id);
        await person.open(link);
        await person.look('reset confirmed');
        await person.choose(fresh);
        assert.match(person.page.url(), /\/login\?done=password/);
        await person.open(link);
        await person.look('reset link used');
        await person.end();
    });

    test(`a letter is read on paper and its code typed without script (${language})`, async () => {
        const person = await Person.at(language);
        const { id } = await portal.ask(['patient', 'create', '-T', 'demo', '--first-name', 'Siv', '--last-name', `Dahl ${language}`, '--language', language]);
        const file = path.join(portal.folder, `letter-${language}.html`);
        await portal.ask(['invite', 'letter', '-T', 'demo', id, '--identity-checked-by', 'Anna Lind', '--how', 'passport', '--out', file]);
        await person.page.goto(`file://${file}`);
        await person.page.emulateMedia({ media: 'print' });
        const code = await person.page.locator('.code').innerText();
        assert.match(code, /^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
        const size = await person.page.locator('.code').evaluate((element) => parseFloat(getComputedStyle(element).fontSize)).catch(() => null);
        if (size !== null) assert.ok(size >= 24, `the code is ${size} px`);
        const pdf = await person.page.pdf({ preferCSSPageSize: true, printBackground: true });
        assert.equal((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length, 1, 'the letter is more than one page of A4');
        assert.match(pdf.toString('latin1'), /\/MediaBox\s*\[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/);
        if (pictures) {
            fs.writeFileSync(path.join(pictures, `letter.${language}.pdf`), pdf);
            await person.page.setViewportSize({ width: 794, height: 1123 });
            await person.page.screenshot({ path: path.join(pictures, `letter.${language}.png`), fullPage: true });
        }
        const script = await browser.newPage();
        await script.goto(`file://${file}`);
        assert.deepEqual(await axe(script), []);
        await script.close();
        await person.page.emulateMedia({ media: 'screen' });
        await person.open('/activate');
        await person.look('letter code');
        await person.fill({ [say.letter_code]: 'AAAA-BBBB-CCCC-DDDD' });
        await person.press(say.go_on);
        await person.look('letter code wrong');
        await person.fill({ [say.letter_code]: code.toLowerCase().replaceAll('-', ' ') });
        await person.press(say.go_on);
        await person.look('letter password');
        await person.choose(password);
        if (/\/consent/.test(person.page.url())) await person.page.locator('button[value="yes"]').click();
        await person.open(`/activate/done?lang=${language}`);
        await person.look('letter done');
        await person.end();
    });
}
