// The time-out in Chromium with script: warned of two minutes before, put off by a button, and said
// when it is over. Sessions' pages pass axe.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launch } from '../functional/browser.mjs';
import { make_clinic } from '../functional/clinic.mjs';
import { choose_password, mailed_code, password } from '../functional/people.mjs';
import { with_portal } from '../functional/portal.mjs';

const email = 'elsa@demo.example';
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function enter(portal, context) {
    const page = await context.newPage();
    const seen = (await portal.mail.read()).length;
    await page.goto(`http://${portal.host('demo')}/login`);
    await page.getByLabel('E-mail address', { exact: true }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByLabel('Code, six digits', { exact: true }).fill(await mailed_code(portal, email, seen));
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    return page;
}

test('two minutes before the end a dialog asks, its button puts the end off, and the end itself is told', { timeout: 120_000 }, async () => {
    await with_portal({}, async (portal) => {
        await make_clinic(portal);
        await choose_password(portal, 'demo', email);
        const context = await browser.newContext({ locale: 'en-GB' });
        await context.clock.install();
        const page = await enter(portal, context);
        const foreign = [];
        page.on('request', (request) => { if (new URL(request.url()).host !== portal.host('demo')) foreign.push(request.url()); });
        await page.goto(`http://${portal.host('demo')}/bookings`);
        const dialog = page.getByRole('dialog', { name: 'Are you still there?' });
        const pass = async (minutes) => {
            await portal.advance(minutes);
            await page.clock.fastForward(minutes * 60_000);
        };
        await pass(27.5);
        assert.equal(await dialog.isVisible(), false);
        await pass(1);
        await dialog.waitFor();
        assert.match(await dialog.innerText(), /In two minutes you will be logged out/);
        assert.deepEqual(await axe(page), []);
        await dialog.getByRole('button', { name: 'Stay logged in' }).click();
        await dialog.waitFor({ state: 'hidden' });
        await pass(27.5);
        assert.equal(await dialog.isVisible(), false);
        assert.equal(await page.evaluate(() => fetch('/sessions', { redirect: 'manual' }).then(({ status }) => status)), 200, 'the session goes on');
        await pass(31);
        await dialog.waitFor();
        assert.match(await dialog.innerText(), /You have been logged out/);
        assert.equal(await dialog.getByRole('button', { name: 'Stay logged in' }).isVisible(), false);
        assert.deepEqual(foreign, []);
    });
});

test('the page of one’s own sessions passes axe in each language', { timeout: 120_000 }, async () => {
    await with_portal({}, async (portal) => {
        await make_clinic(portal);
        await choose_password(portal, 'demo', email);
        const [here, there] = [await browser.newContext({ locale: 'en-GB' }), await browser.newContext({ locale: 'en-GB' })];
        await enter(portal, there);
        const page = await enter(portal, here);
        for (const language of ['sv', 'da', 'en']) {
            await page.goto(`http://${portal.host('demo')}/sessions?lang=${language}`);
            assert.deepEqual(await axe(page), [], language);
        }
        assert.match(await page.locator('main').innerText(), /Chrome on Linux/);
        await page.getByRole('button', { name: /Log out all other devices/ }).click();
        assert.match(await page.locator('main').innerText(), /All your other devices are logged out/);
    });
});
