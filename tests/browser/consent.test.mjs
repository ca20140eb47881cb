// Consent and the help pages in Chromium: without script and by keyboard, in each language, shown to
// axe wide and light and at 320 px and dark.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { BankIdPortal } from '../functional/bankid.mjs';
import { axe, launch } from '../functional/browser.mjs';
import { make_clinic, make_patient } from '../functional/clinic.mjs';
import { choose_password, log_in } from '../functional/people.mjs';

const words = {
    sv: { heading: 'Ditt samtycke', yes: 'Ja, jag samtycker', later: 'Inte nu', given: 'Du sa ja till detta', withdraw: 'Ta tillbaka mitt samtycke', withdrawn: 'Ditt samtycke är återtaget.' },
    da: { heading: 'Dit samtykke', yes: 'Ja, jeg giver samtykke', later: 'Ikke nu', given: 'Du sagde ja til dette', withdraw: 'Træk mit samtykke tilbage', withdrawn: 'Dit samtykke er trukket tilbage.' },
    en: { heading: 'Your consent', yes: 'Yes, I consent', later: 'Not now', given: 'You said yes to this', withdraw: 'Withdraw my consent', withdrawn: 'Your consent is withdrawn.' },
};
const languages = Object.keys(words);
const sizes = [{ width: 1000, height: 900 }, { width: 320, height: 640 }];

let browser, both, portal, origin;
before(async () => {
    browser = await launch();
    both = await BankIdPortal.start({ engine: 'sqlite' });
    portal = both.portal;
    origin = `http://${portal.host('demo')}`;
    await make_clinic(portal, 'demo', { modules: 'booking,bankid', phone: '08-123 45 67' });
    await portal.ask(['policy', 'set', '-T', 'demo', '--methods', 'password,bankid']);
});
after(async () => {
    await browser?.close();
    await both?.close();
});

/** A context of somebody who has just logged in and stands before the question. */
async function newcomer(language, name, options = {}) {
    const email = `${name}.${language}@demo.example`;
    await make_patient(portal, 'demo', { email, 'first-name': 'Ulla', language });
    await choose_password(portal, 'demo', email);
    const client = await log_in(portal, 'demo', email, { language, consent: null });
    const context = await browser.newContext({ javaScriptEnabled: false, ...options });
    await context.addCookies([{ name: '__Host-sid', value: client.cookies.get('__Host-sid'), domain: `demo.localhost`, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
    const page = await context.newPage();
    await page.goto(`${origin}${client.path}`);
    return { context, page, email };
}

/** What is wrong with the page as it stands: the same text in contexts with script, at both sizes. */
async function faults_of(page, name) {
    const [url, html] = [page.url(), await page.content()];
    const faults = [];
    for (const [at, viewport] of sizes.entries()) {
        const context = await browser.newContext({ viewport, colorScheme: at === 0 ? 'light' : 'dark' });
        const copy = await context.newPage();
        await copy.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
        await copy.goto(url);
        faults.push(...(await axe(copy)).map((fault) => `${name}, ${viewport.width}: ${fault}`));
        const needed = await copy.evaluate(() => document.documentElement.scrollWidth);
        if (needed > viewport.width) faults.push(`${name} is ${needed} px wide at ${viewport.width}`);
        const broken = await copy.evaluate(async () => {
            const all = [...document.images];
            for (const each of all) each.loading = 'eager';
            await Promise.all(all.map((each) => each.decode().catch(() => {})));
            return all.filter((each) => each.naturalWidth !== 2 * Number(each.getAttribute('width')) || each.naturalHeight !== 2 * Number(each.getAttribute('height'))).map((each) => each.src);
        });
        faults.push(...broken.map((src) => `${name}: ${src} is not as large as it says`));
        if (process.env.PORTAL_TEST_PICTURES) await copy.screenshot({ path: path.join(process.env.PORTAL_TEST_PICTURES, `${name}-${viewport.width}.png`), fullPage: true });
        await context.close();
    }
    return faults;
}

for (const language of languages) {
    test(`consent is read, given, seen and withdrawn without script, and each page passes axe (${language})`, async () => {
        const said = words[language];
        const { context, page, email } = await newcomer(language, 'reader');
        const faults = [];
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        assert.equal(await page.locator('h1').innerText(), said.heading);
        assert.ok(await page.getByRole('button', { name: said.later }).isVisible());
        faults.push(...(await faults_of(page, `consent-asked-${language}`)));
        await page.getByRole('button', { name: said.yes }).click();
        assert.equal(new URL(page.url()).pathname, '/bookings');
        await page.getByRole('link', { name: said.heading }).click();
        assert.ok((await page.locator('main').innerText()).includes(said.given));
        faults.push(...(await faults_of(page, `consent-given-${language}`)));
        await page.getByRole('button', { name: said.withdraw }).click();
        assert.equal(await page.getByRole('status').innerText(), said.withdrawn);
        faults.push(...(await faults_of(page, `consent-withdrawn-${language}`)));
        assert.deepEqual(faults, []);
        assert.deepEqual((await portal.ask(['consent', 'list', '-T', 'demo', email])).items.map(({ state, language: read }) => [state, read]), [['withdrawn', language]]);
        await context.close();
    });
}

test('consent is given, and put off, by keyboard alone, the focus always to be seen', async () => {
    for (const [choice, state] of [['yes', 'given'], ['not-now', 'not-now']]) {
        const { context, page, email } = await newcomer('en', choice);
        for (let i = 0; i < 40; i += 1) {
            await page.keyboard.press('Tab');
            const outline = await page.locator(':focus').evaluate((element) => getComputedStyle(element).outlineStyle);
            assert.notEqual(outline, 'none', 'the focus cannot be seen');
            if (await page.locator(`button[value=${choice}]:focus`).count()) break;
        }
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/bookings/);
        assert.deepEqual((await portal.ask(['consent', 'list', '-T', 'demo', email])).items.map((each) => each.state), [state]);
        await context.close();
    }
});

test('an own text with long words and signs of markup stays in its frame at 320 px', async () => {
    await portal.ask(['consent', 'set-text', '-T', 'demo', '--text-file', '-'], { input: `<script>alert(1)</script> {{x}} & ${'Personuppgiftsbehandling'.repeat(8)}\n\nLine one\nline two` });
    const { context, page } = await newcomer('en', 'long');
    assert.deepEqual(await faults_of(page, 'consent-own-text'), []);
    assert.ok((await page.locator('.text').innerText()).startsWith('<script>alert(1)</script> {{x}} &'));
    assert.match(await page.locator('.text p').last().innerText(), /^Line one\nline two$/);
    await context.close();
});

for (const language of languages) {
    test(`the help pages show their pictures, pass axe and ask no other host (${language})`, async () => {
        const context = await browser.newContext({ javaScriptEnabled: false });
        const page = await context.newPage();
        const asked = [];
        page.on('request', (request) => asked.push(request.url()));
        const faults = [];
        await page.goto(`${origin}/help?lang=${language}`);
        faults.push(...(await faults_of(page, `help-${language}`)));
        const ways = await page.locator('ul.lines a').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
        assert.equal(ways.length, 3);
        for (const way of ways) {
            await page.goto(origin + way);
            assert.equal(await page.locator('html').getAttribute('lang'), language);
            faults.push(...(await faults_of(page, `help-${way.match(/help\/(\w+)/)[1]}-${language}`)));
        }
        assert.deepEqual(faults, []);
        assert.deepEqual(asked.filter((url) => !url.startsWith(origin)), []);
        await context.close();
    });
}
