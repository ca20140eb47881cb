// Changing one's e-mail address in Chromium; each page passes axe in each language.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launch } from '../functional/browser.mjs';
import { make_clinic } from '../functional/clinic.mjs';
import { choose_password, mailed_code, password } from '../functional/people.mjs';
import { with_portal } from '../functional/portal.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

async function enter(portal, page, email) {
    const seen = (await portal.mail.read()).length;
    await page.goto(`http://${portal.host('demo')}/login`);
    await page.getByLabel('E-mail address', { exact: true }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByLabel('Code, six digits', { exact: true }).fill(await mailed_code(portal, email, seen));
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

test('an e-mail address is changed by forms alone, and the pages for it pass axe in each language', { timeout: 120_000 }, async () => {
    await with_portal({}, async (portal) => {
        await make_clinic(portal);
        await choose_password(portal, 'demo', 'elsa@demo.example');
        const context = await browser.newContext({ locale: 'en-GB' });
        const [page, looker] = [await context.newPage(), await context.newPage()];
        await enter(portal, page, 'elsa@demo.example');
        const look = async () => {
            for (const language of ['sv', 'da', 'en']) {
                await looker.goto(`${page.url().split('?')[0]}?lang=${language}`);
                assert.equal(await looker.locator('html').getAttribute('lang'), language);
                assert.deepEqual(await axe(looker), [], `${page.url()} in ${language}`);
            }
        };
        await page.goto(`http://${portal.host('demo')}/bookings`);
        await page.getByRole('link', { name: 'Contact details' }).click();
        assert.match(await page.locator('main').innerText(), /elsa@demo\.example/);
        await look();
        await page.getByRole('link', { name: 'Change the e-mail address' }).click();
        await look();
        await page.getByRole('button', { name: 'Send the code' }).click();
        assert.match(await page.getByRole('alert').innerText(), /Write something here/);
        const seen = (await portal.mail.read()).length;
        await page.getByLabel('New e-mail address', { exact: true }).fill('elsa@new.example');
        await page.getByRole('button', { name: 'Send the code' }).click();
        assert.equal(await page.locator('h1').innerText(), 'Write the code');
        await look();
        await page.getByLabel('Code, six digits', { exact: true }).fill(await mailed_code(portal, 'elsa@new.example', seen));
        await page.getByRole('button', { name: 'Save the new one' }).click();
        assert.match(await page.getByRole('status').innerText(), /Your new e-mail address is saved/);
        assert.match(await page.locator('main').innerText(), /elsa@new\.example/);
        await portal.advance(11);
        await page.getByRole('link', { name: 'Change the mobile number' }).click();
        assert.equal(await page.locator('h1').innerText(), 'Log in once more first');
        await look();
    });
});
