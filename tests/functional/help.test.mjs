// Help with logging in: the ways that a clinic offers, step by step, in three languages (P23).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BankIdPortal } from './bankid.mjs';
import { make_clinic, make_tenant } from './clinic.mjs';
import { attributes, links, page_text } from './html.mjs';
import { on_each_engine } from './portal.mjs';
import { ask } from './raw.mjs';

const languages = ['sv', 'da', 'en'];
const titles = {
    en: { index: 'Help with logging in', password: 'Log in with a password and a code', bankid: 'Log in with BankID', letter: 'Log in the first time with a letter' },
    sv: { index: 'Hjälp med att logga in', password: 'Logga in med lösenord och kod', bankid: 'Logga in med BankID', letter: 'Logga in första gången med ett brev' },
    da: { index: 'Hjælp til at logge ind', password: 'Log ind med adgangskode og kode', bankid: 'Log ind med BankID', letter: 'Log ind første gang med et brev' },
};
const heading = (html) => page_text(html.match(/<h1>([\s\S]*?)<\/h1>/)[1]);
const pictures = (html) => [...html.matchAll(/<img\b([^>]*)>/g)].map(([, tag]) => attributes(tag));

/** Width and height of a lossy WebP (RFC 9649, section 2.5 and 2.7). */
function webp_size(bytes) {
    assert.equal(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 12), 'RIFFWEBP');
    if (bytes.toString('latin1', 12, 16) === 'VP8X') return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
    assert.equal(bytes.toString('latin1', 12, 16), 'VP8 ');
    return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
}

on_each_engine((engine, named) => {
    let both;
    let portal;

    before(async () => {
        both = await BankIdPortal.start({ engine });
        portal = both.portal;
        await make_clinic(portal, 'demo', { modules: 'booking,bankid', phone: '08-123 45 67' });
        await portal.ask(['policy', 'set', '-T', 'demo', '--methods', 'password,bankid']);
    });
    after(() => both?.close());

    test(named('the login page leads to help, which lists the ways that the clinic offers and no others'), async () => {
        for (const language of languages) {
            const client = portal.client('demo');
            await client.get(`/login?lang=${language}`);
            const way = links(client.page.body).find(({ href }) => href.startsWith('/help'));
            await client.get(way.href);
            assert.equal(heading(client.page.body), titles[language].index);
            const listed = links(client.page.body).filter(({ href }) => href.startsWith('/help/'));
            assert.deepEqual(listed.map(({ href, text }) => [href.split('?')[0], text]), ['bankid', 'password', 'letter'].map((name) => [`/help/${name}`, titles[language][name]]));
            for (const { href, text } of listed) {
                await client.get(href);
                assert.equal(heading(client.page.body), text);
            }
        }
    });

    test(named('a way that the clinic does not offer has no help page'), async () => {
        const client = portal.client('demo');
        for (const name of ['mitid', 'oidc', 'nothing', '..', 'PASSWORD']) assert.equal((await client.request('GET', `/help/${name}`)).status, 404, name);
        const allow = (methods) => Promise.all(['patient', 'relative', 'staff'].map((audience) => portal.ask(['policy', 'set', '-T', 'demo', '--audience', audience, '--methods', methods])));
        await allow('bankid');
        for (const name of ['password', 'letter']) assert.equal((await client.request('GET', `/help/${name}`)).status, 404, name);
        await allow('password,bankid');
        for (const name of ['password', 'letter']) assert.equal((await client.request('GET', `/help/${name}`)).status, 200, name);
    });

    test(named('each page has numbered steps, the clinic’s own address and telephone, and pictures that say what they show'), async () => {
        for (const language of languages) {
            for (const [name, wanted] of [['password', 2], ['bankid', 2], ['letter', 2]]) {
                const client = portal.client('demo');
                await client.get(`/help/${name}?lang=${language}`);
                const html = client.page.body;
                assert.ok(html.match(/<ol class="steps">[\s\S]*?<\/ol>/)[0].match(/<li>/g).length >= 4, name);
                assert.ok(client.text().includes(`http://${portal.host('demo')}`), name);
                assert.ok(links(html).some(({ href }) => href === 'tel:081234567'), name);
                const shown = pictures(html);
                assert.equal(shown.length, wanted, `${name} in ${language}`);
                for (const { src, alt } of shown) {
                    assert.match(src, new RegExp(`^/static/help_${name}_\\d\\.${language}\\.webp\\?v=[0-9a-f]{16}$`));
                    assert.ok(alt.length > 15 && (language === 'en' || !/^The /.test(alt)), alt);
                }
            }
        }
    });

    test(named('the pictures are small, kept for a year, and as large as their page says'), async () => {
        const client = portal.client('demo');
        let sum = 0;
        for (const language of languages) {
            for (const name of ['password', 'bankid', 'letter']) {
                const { body } = await client.request('GET', `/help/${name}?lang=${language}`);
                for (const { src, width, height } of pictures(body)) {
                    const { text } = await ask(portal.port, [`GET ${src} HTTP/1.1`, `Host: ${portal.host('demo')}`, 'Connection: close']);
                    const [head] = text.split('\r\n\r\n');
                    const bytes = Buffer.from(text.slice(head.length + 4), 'latin1');
                    assert.match(head, /^content-type: image\/webp/im);
                    assert.match(head, /^cache-control: public, max-age=31536000/im);
                    assert.deepEqual(webp_size(bytes), [2 * Number(width), 2 * Number(height)], src);
                    assert.ok(bytes.length < 40_000, `${src} has ${bytes.length} bytes`);
                    sum += bytes.length;
                }
            }
        }
        assert.ok(sum < 600_000, `${sum} bytes`);
    });

    test(named('help says what the clinic has set: a text message, a personal number'), async () => {
        await make_tenant(portal, 'sms', { modules: 'booking,sms,two-factor-sms,cpr-password' });
        await portal.ask(['policy', 'set', '-T', 'sms', '--client-login', 'yes', '--methods', 'password', '--code', 'sms', '--identifier', 'national-id']);
        const client = portal.client('sms');
        await client.get('/help/password?lang=en');
        assert.match(client.text(), /Write your personal number and your password/);
        assert.match(client.text(), /to your mobile phone/);
        const mail = portal.client('demo');
        await mail.get('/help/password?lang=en');
        assert.match(mail.text(), /Write your e-mail address and your password.*to your e-mail address/);
    });
});
