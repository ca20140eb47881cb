// MitID in Chromium, through a certified provider: without script, in each language, our own pages
// shown to axe wide and at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launch } from '../functional/browser.mjs';
import { mette, nsis, start_with_providers } from '../functional/oidc.mjs';

let browser, portal, real, close;
before(async () => {
    browser = await launch();
    ({ portal, real, close } = await start_with_providers({ slugs: ['demo', 'other'] }));
    await real.control({ people: {
        mette,
        shy: { ...mette, 'mitid.uuid': 'shy', 'dk.cpr': undefined },
        low: { ...mette, 'mitid.uuid': 'low', loa: nsis('Low') },
    } });
    await portal.ask(['policy', 'set', '-T', 'other', '--unknown-by-eid', 'no']);
});
after(async () => {
    await browser?.close();
    await close?.();
});

const words = {
    en: { sentence: 'a patient logs in and out by MitID in Chromium without script, in English', button: 'Log in with MitID', visits: 'Your visits', out: 'Log out', stopped: 'You stopped the login. Nothing was changed.' },
    sv: { sentence: 'a patient logs in and out by MitID in Chromium without script, in Swedish', button: 'Logga in med MitID', visits: 'Dina besök', out: 'Logga ut', stopped: 'Du avbröt inloggningen. Inget har ändrats.' },
    da: { sentence: 'a patient logs in and out by MitID in Chromium without script, in Danish', button: 'Log ind med MitID', visits: 'Dine besøg', out: 'Log ud', stopped: 'Du afbrød login. Intet er ændret.' },
};

async function person_at(language, slug = 'demo') {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR' });
    const page = await context.newPage();
    const origin = `http://${portal.host(slug)}`;
    await page.goto(`${origin}/login?lang=${language}`);
    return { context, page, origin };
}

/** Through the provider's own pages: who it is, and consent as often as it asks. */
async function prove_at_provider(page, person) {
    for (let pages = 0; pages < 5 && page.url().startsWith(real.issuer); pages += 1) {
        if (await page.locator('input[name=login]').count()) {
            await page.locator('input[name=login]').fill(person);
            await page.locator('input[name=password]').fill('any');
        }
        await page.locator('button[type=submit]').first().click();
    }
}

/** What axe and the width say of a page as it stands, at both sizes. */
async function faults_of(page) {
    const [url, html] = [page.url(), await page.content()];
    const faults = [];
    for (const width of [1280, 320]) {
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: width === 320 ? 'dark' : 'light' });
        const copy = await context.newPage();
        await copy.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
        await copy.goto(url);
        faults.push(...(await axe(copy)).map((fault) => `${url}, ${width}: ${fault}`));
        if ((await copy.evaluate(() => document.documentElement.scrollWidth)) > width) faults.push(`${url} is wider than ${width}`);
        await context.close();
    }
    return faults;
}

for (const [language, { sentence, button, visits, out, stopped }] of Object.entries(words)) {
    test(sentence, async () => {
        const { context, page, origin } = await person_at(language);
        assert.deepEqual(await faults_of(page), []);
        await page.getByRole('button', { name: button }).click();
        assert.ok(page.url().startsWith(real.issuer), page.url());
        await prove_at_provider(page, 'mette');
        assert.equal(new URL(page.url()).origin, origin, await page.content());
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        await page.goto(`${origin}/bookings`);
        assert.equal(await page.locator('h1').innerText(), visits);
        await page.getByRole('button', { name: out, exact: true }).click();
        assert.ok(page.url().startsWith(`${real.issuer}/session/end`), page.url());
        await page.locator('button').first().click();
        assert.equal(page.url(), `${origin}/login?done=logged-out`);
        await page.goto(`${origin}/bookings`);
        assert.match(page.url(), /\/login\?next=/);
        await context.close();
    });

    test(`who stops at MitID reads so in plain words (${language})`, async () => {
        const { context, page } = await person_at(language);
        await page.getByRole('button', { name: button }).click();
        await page.getByRole('link', { name: /Cancel/ }).click();
        assert.equal(await page.locator('main p').first().innerText(), stopped);
        assert.deepEqual(await faults_of(page), []);
        await page.locator('main a.button').click();
        assert.ok(await page.getByRole('button', { name: button }).isVisible());
        await context.close();
    });
}

test('every other end of a login by MitID passes axe and leads on', async () => {
    const ends = [
        { slug: 'demo', person: 'low', title: 'You are not logged in' },
        { slug: 'other', person: 'mette', title: 'You are not registered here' },
        { slug: 'demo', person: 'shy', title: 'Your CPR number was not confirmed' },
    ];
    for (const { slug, person, title } of ends) {
        const { context, page } = await person_at('en', slug);
        await page.getByRole('button', { name: words.en.button }).click();
        await prove_at_provider(page, person);
        assert.equal(await page.locator('h1').innerText(), title);
        assert.deepEqual(await faults_of(page), []);
        await page.locator('main a.button').click();
        if (person === 'shy') assert.equal(await page.locator('h1').innerText(), title, 'the provider knows already who it is');
        else assert.match(page.url(), /\/login\?lang=en$/);
        await context.close();
    }
});
