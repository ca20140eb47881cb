// BankID in Chromium, in each language: the code with and without script, the app on the same
// device, the way back, and the ends; our own pages shown to axe wide and at 320 px.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { BankIdPortal, make_bankid_clinic, personal_number, phone, read_code } from '../functional/bankid.mjs';
import { axe, launch } from '../functional/browser.mjs';
import { make_patient } from '../functional/clinic.mjs';
import { until } from '../functional/wait.mjs';

const anna = { personalNumber: personal_number(1), givenName: 'Anna', surname: 'Ek' };
const words = {
    en: { button: 'Log in with BankID', go_on: 'Go on', again: 'Try again', elsewhere: 'Go back to where you began', stopped: 'You stopped the login in the BankID app.' },
    sv: { button: 'Logga in med BankID', go_on: 'Fortsätt', again: 'Försök igen', elsewhere: 'Gå tillbaka dit där du började', stopped: 'Du avbröt inloggningen i BankID-appen.' },
    da: { button: 'Log ind med BankID', go_on: 'Fortsæt', again: 'Prøv igen', elsewhere: 'Gå tilbage til det sted, hvor du begyndte', stopped: 'Du afbrød login i BankID-appen.' },
};
const sizes = [{ width: 900, height: 1000 }, { width: 320, height: 640 }];

let browser, both, bankid, origin;
before(async () => {
    browser = await launch();
    both = await BankIdPortal.start({ engine: 'sqlite', now: null }); // a code a second, as it comes
    bankid = both.bankid;
    origin = `http://${both.portal.host('demo')}`;
    await make_bankid_clinic(both.portal);
    await make_patient(both.portal, 'demo', { 'first-name': 'Anna', 'last-name': 'Ek', email: 'anna.ek@patient.example', national_id: anna.personalNumber });
});
after(async () => {
    await browser?.close();
    await both?.close();
});

/** A person at the BankID page, having pressed the login page's button. */
async function begin(language, options = {}) {
    const context = await browser.newContext({ locale: 'fr-FR', ...options });
    const page = await context.newPage();
    await page.goto(`${origin}/login?lang=${language}`);
    await page.getByRole('button', { name: words[language].button }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    return { context, page };
}

/** The code that stands in this page or frame now. */
async function code_of(place) {
    const code = place.locator('svg.code');
    const [box, drawn] = await Promise.all([code.getAttribute('viewBox'), code.locator('path').getAttribute('d')]);
    return read_code({ size: Number(box.split(' ')[2]), path: drawn });
}

/** Violations and overflow of the page at both sizes; a picture of each where a folder is named. */
async function faults_of(page, name) {
    const faults = [];
    for (const [at, size] of sizes.entries()) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme: at === 0 ? 'light' : 'dark' });
        faults.push(...(await axe(page)).map((fault) => `${name}, ${size.width}: ${fault}`));
        if ((await page.evaluate(() => document.documentElement.scrollWidth)) > size.width) faults.push(`${name} is wider than ${size.width}`);
        if (process.env.PORTAL_TEST_PICTURES) await page.screenshot({ path: path.join(process.env.PORTAL_TEST_PICTURES, `${name}-${size.width}.png`), fullPage: true });
    }
    return faults;
}

const logged_in = (page) => page.waitForURL((url) => !url.pathname.startsWith('/login'), { timeout: 15_000 });
const session_of = async (context) => (await context.cookies(origin)).find(({ name }) => name === '__Host-sid');

for (const language of Object.keys(words)) {
    const said = words[language];

    test(`the code changes each second and the page goes on by itself (${language})`, async () => {
        const { context, page } = await begin(language);
        const errors = [];
        page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
        const first = await code_of(page);
        assert.deepEqual(await faults_of(page, `code-${language}`), []);
        const later = await until(async () => { const code = await code_of(page); return code !== first && code; }, 'another code');
        const { order } = await bankid.scan(later);
        await page.locator('svg.code').waitFor({ state: 'hidden', timeout: 10_000 });
        assert.deepEqual(await faults_of(page, `scanned-${language}`), []);
        await bankid.sign(order, anna);
        await logged_in(page);
        assert.ok(await session_of(context));
        assert.deepEqual(errors, []);
        await context.close();
    });

    test(`without script a frame shows the code and then leads on (${language})`, async () => {
        const { context, page } = await begin(language, { javaScriptEnabled: false, viewport: sizes[1] });
        const frame = page.frameLocator('iframe');
        const { order } = await bankid.scan(await code_of(frame));
        if (process.env.PORTAL_TEST_PICTURES) await page.screenshot({ path: path.join(process.env.PORTAL_TEST_PICTURES, `frame-${language}.png`), fullPage: true });
        await bankid.sign(order, anna);
        const on = frame.getByRole('link', { name: said.go_on, exact: true });
        await frame.locator('a.button').waitFor({ timeout: 15_000 });
        await on.click();
        await logged_in(page);
        assert.ok(await session_of(context));
        await context.close();
    });

    test(`on a phone the app comes back to the browser that began, and to no other (${language})`, async () => {
        const { context, page } = await begin(language, { userAgent: phone, viewport: sizes[1], hasTouch: true });
        const link = await page.locator('a.button').getAttribute('href');
        assert.deepEqual(await faults_of(page, `phone-${language}`), []);
        const { order, returnUrl } = await bankid.open(new URL(link).searchParams.get('autostarttoken'));
        await bankid.sign(order, anna, { address: '203.0.113.9' });
        const other = await browser.newContext({ locale: language });
        const stray = await other.newPage();
        await stray.goto(returnUrl);
        assert.equal(await stray.locator('h1').innerText(), said.elsewhere);
        assert.deepEqual(await faults_of(stray, `elsewhere-${language}`), []);
        assert.equal(await session_of(other), undefined);
        await page.goto(returnUrl);
        await logged_in(page);
        assert.ok(await session_of(context));
        await Promise.all([context.close(), other.close()]);
    });

    test(`a login that is stopped in the app says so and can be tried again (${language})`, async () => {
        const { context, page } = await begin(language);
        const { order } = await bankid.scan(await code_of(page));
        await bankid.fail_order(order, 'userCancel');
        await page.getByRole('alert').waitFor({ timeout: 15_000 });
        assert.match(await page.getByRole('alert').innerText(), new RegExp(said.stopped));
        assert.deepEqual(await faults_of(page, `stopped-${language}`), []);
        await page.getByRole('button', { name: said.again }).click();
        assert.match(await code_of(page), /^bankid\./);
        await context.close();
    });
}
