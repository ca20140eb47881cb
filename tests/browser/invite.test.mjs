// Inviting to a visit in Chromium: the page with every question it can ask passes axe in each language,
// is no wider than a small phone, and needs no script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { personal_number } from '../functional/bankid.mjs';
import { axe, launch } from '../functional/browser.mjs';
import { make_clinic, make_staff } from '../functional/clinic.mjs';
import { choose_password, mailed_code, password } from '../functional/people.mjs';
import { with_portal } from '../functional/portal.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A page on which Anna has logged in, 320 px wide. */
async function enter(portal, options) {
    const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 320, height: 800 }, ...options })).newPage();
    const [seen, email] = [(await portal.mail.read()).length, 'anna@demo.example'];
    await page.goto(`http://${portal.host('demo')}/login`);
    await page.getByLabel('E-mail address', { exact: true }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByLabel('Code, six digits', { exact: true }).fill(await mailed_code(portal, email, seen));
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    return page;
}

test('staff invite by a form without script, which passes axe and fits a small phone', { timeout: 180_000 }, async () => {
    await with_portal({}, async (portal) => {
        await make_clinic(portal);
        await make_staff(portal, 'demo', { email: 'bo@demo.example', 'first-name': 'Bo' });
        await choose_password(portal, 'demo', 'anna@demo.example');
        const [plain, looker] = [await enter(portal, { javaScriptEnabled: false }), await enter(portal)];
        const start = `http://${portal.host('demo')}/staff/invite`;
        for (const path of [start, `${start}/colleague`]) {
            for (const language of ['sv', 'da', 'en']) {
                await looker.goto(`${path}?lang=${language}`);
                assert.deepEqual(await axe(looker), [], `${path} in ${language}`);
                assert.equal(await looker.evaluate('document.documentElement.scrollWidth'), 320, `${path} in ${language}`);
            }
        }
        for (const page of [plain, looker]) {
            await page.goto(start);
            await page.getByLabel('First name', { exact: true }).fill('Ulla');
            await page.getByLabel('Last name', { exact: true }).fill('Dahl');
            await page.getByLabel('Mobile number', { exact: true }).fill('0701740605');
            await page.getByLabel('Personal number', { exact: true }).fill(personal_number(1));
            await page.getByLabel('Date', { exact: true }).fill('2027-10-31');
            await page.getByLabel('Time of day', { exact: true }).fill('02:30');
            await page.getByRole('button', { name: 'Invite', exact: true }).click();
            assert.match(await page.getByRole('alert').innerText(), /comes twice/);
            await page.getByLabel('Personal number', { exact: true }).fill(personal_number(1));
            await page.getByLabel(/The earlier/).check();
            if (page === looker) assert.deepEqual(await axe(page), []);
            await page.getByRole('button', { name: 'Invite', exact: true }).click();
            if (page === plain) {
                assert.match(page.url(), /\/bookings\/[0-9a-f-]{36}/);
                assert.match(await page.getByRole('status').innerText(), /on its way/);
                continue;
            }
            assert.match(await page.getByRole('alert').innerText(), /another visit/);
            assert.deepEqual(await axe(page), []);
            assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320);
        }
    });
});
