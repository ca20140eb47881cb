// Logging in with BankID, against a peer that speaks the whole protocol: who gets in, in which
// browser, what is said on the way, and what BankID is asked.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { BankIdPortal, code_in, make_bankid_clinic, personal_number, phone, read_code, Visitor } from './bankid.mjs';
import { make_authority } from './certificates.mjs';
import { make_patient, make_staff } from './clinic.mjs';
import { format_settings, on_each_engine, portald, run } from './portal.mjs';
import { sentences } from './words.mjs';

const anna = { personalNumber: personal_number(1), givenName: 'Anna', surname: 'Ek' };
const bo = { personalNumber: personal_number(2), givenName: 'Bo', surname: 'Alm' };
const languages = ['en', 'sv', 'da'];

on_each_engine((engine, named) => {
    let both;
    let portal;
    let bankid;

    before(async () => {
        both = await BankIdPortal.start({ engine });
        ({ portal, bankid } = both);
        await make_bankid_clinic(portal);
        await make_patient(portal, 'demo', { 'first-name': 'Anna', 'last-name': 'Ek', email: 'anna.ek@patient.example', national_id: anna.personalNumber });
    });
    after(() => both?.close());

    const visitor = (slug, options) => new Visitor(both, slug, options);
    const order_of = async (visit) => (await bankid.orders()).at(-1) ?? visit;
    const path_of = (url) => {
        const at = new URL(url.replace(/^googlechromes:/, 'https:'));
        return at.pathname + at.search;
    };

    /** What the database holds of orders, bytes as letters. */
    async function stored_bytes() {
        if (engine === 'sqlite') return ['portal.db', 'portal.db-wal'].map((name) => fs.readFileSync(path.join(portal.folder, name), 'latin1')).join('');
        const rows = await portal.sql('SELECT * FROM eid_order');
        return rows.flat().map((value) => (value.startsWith('\\x') ? Buffer.from(value.slice(2), 'hex').toString('latin1') : value)).join('\n');
    }

    test(named('a person logs in by the QR code that changes each second'), async () => {
        const visit = visitor();
        const page = await visit.begin('qr', '/slots');
        assert.equal(page.status, 200, visit.client.text());
        assert.equal(code_in(page.body), read_code(await visit.status()));
        const first = read_code(await visit.status());
        assert.match(first, /^bankid\.[0-9a-f-]{36}\.0\.[0-9a-f]{64}$/);
        const second = read_code(await visit.later(1));
        assert.match(second, /\.1\.[0-9a-f]{64}$/);
        const order = await visit.scan();
        const scanned = await visit.later(1);
        assert.equal(scanned.path, '', 'a code is shown after it was scanned');
        assert.match(scanned.text, /security code/);
        await bankid.sign(order, anna);
        assert.equal((await visit.later()).waiting, false);
        assert.ok(!visit.is_in, 'logged in before the page was asked for');
        await visit.client.get('/login/bankid');
        assert.ok(visit.is_in, visit.client.text());
        assert.equal(visit.client.path, '/consent?next=%2Fslots');
        assert.match(visit.client.text(), /Anna Ek/);
        assert.ok(!visit.client.cookies.has('__Host-eid'));
        assert.deepEqual(await portal.sql("SELECT COUNT(*) FROM membership WHERE last_name = 'Ek'"), [['1']]);
    });

    test(named('BankID is told of the browser, the clinic and nothing else'), async () => {
        const visit = visitor('demo', { language: 'sv' });
        await visit.begin('device');
        const { body, subject, type } = bankid.read().findLast(({ path: at }) => at === '/auth');
        assert.equal(subject, 'clinic');
        assert.equal(type, 'application/json');
        assert.equal(body.endUserIp, '127.0.0.1');
        assert.equal(Buffer.from(body.userVisibleData, 'base64').toString(), 'Du loggar in hos Clinic demo.');
        assert.match(body.returnUrl, new RegExp(`^http://${portal.host('demo')}/login/bankid/return\\?nonce=[\\w-]{43}$`));
        assert.equal(body.returnRisk, true);
        assert.equal(body.web.referringDomain, 'demo.localhost');
        assert.match(body.web.userAgent, /^Mozilla/);
        assert.equal('requirement' in body, false);
    });

    test(named('on a phone the app opens by a link and comes back to be logged in'), async () => {
        const visit = visitor('demo', { agent: phone });
        const page = await visit.begin();
        const link = page.body.match(/href="(https:\/\/app\.bankid\.com\/[^"]*)"/)[1].replaceAll('&amp;', '&');
        const { order, returnUrl } = await bankid.open(new URL(link).searchParams.get('autostarttoken'));
        await bankid.sign(order, anna, { address: '203.0.113.9' }); // the carrier's address
        await both.pass(2);
        await visit.client.get(path_of(returnUrl));
        assert.ok(visit.is_in, visit.client.text());
        assert.match(visit.client.text(), /Anna Ek/);
        assert.deepEqual(await portal.sql("SELECT reason FROM audit WHERE act = 'login.bankid' ORDER BY id DESC LIMIT 1"), [['risk-low app-elsewhere']]);
        await visit.client.get(path_of(returnUrl)); // the tab is opened again
        assert.equal(visit.client.page.status, 200);
    });

    test(named('on a computer the program opens by its own scheme'), async () => {
        const visit = visitor();
        const page = await visit.begin('device');
        const [, token] = page.body.match(/href="bankid:\/\/\/\?autostarttoken=([0-9a-f-]{36})&amp;redirect=null"/);
        const { order } = await bankid.open(token);
        await bankid.sign(order, anna); // at the same address
        assert.equal((await visit.later()).waiting, false);
        await visit.client.get('/login/bankid');
        assert.ok(visit.is_in, visit.client.text());
    });

    test(named('an app that comes back to another browser logs nobody in there, and the first goes on'), async () => {
        const [first, other] = [visitor(), visitor()];
        await first.begin('device');
        const { autoStartToken } = await order_of();
        const { order, returnUrl } = await bankid.open(autoStartToken);
        await bankid.sign(order, anna);
        await both.pass(2);
        await other.client.get(path_of(returnUrl));
        assert.match(other.client.text(), /Go back to where you began/);
        assert.ok(!other.is_in);
        await first.client.get('/login/bankid');
        assert.ok(first.is_in, first.client.text());
    });

    test(named('on a phone the same address is not enough: who made the link and shares the carrier with its victim gets nowhere'), async () => {
        const [stranger, victim] = [visitor('demo', { agent: phone }), visitor('demo', { agent: phone })];
        await stranger.begin('device');
        const { autoStartToken } = await order_of();
        const { order, returnUrl } = await bankid.open(autoStartToken);
        await bankid.sign(order, anna); // at the same address
        await both.pass(2);
        await victim.client.get(path_of(returnUrl));
        assert.ok(!victim.is_in);
        for (const seconds of [0, 5, 5, 10]) {
            await both.pass(seconds);
            await stranger.client.get('/login/bankid');
            assert.ok(!stranger.is_in);
        }
    });

    test(named('who comes back from another network than where it began is not logged in, and audit says so'), async () => {
        const visit = visitor('demo', { agent: phone });
        await visit.begin('device');
        const { autoStartToken } = await order_of();
        const { order, returnUrl } = await bankid.open(autoStartToken);
        await bankid.sign(order, anna);
        await both.pass(2);
        visit.client.agent.destroy();
        visit.client.address = '127.0.0.9';
        await visit.client.get(path_of(returnUrl));
        assert.ok(!visit.is_in);
        await visit.client.get('/login/bankid');
        assert.ok(!visit.is_in);
        assert.deepEqual(await portal.sql("SELECT reason FROM audit WHERE act = 'login.bankid-failed' ORDER BY id DESC LIMIT 1"), [['address-changed']]);
    });

    test(named('a link that somebody else opened in his app logs the stranger who made it nowhere'), async () => {
        const stranger = visitor();
        await stranger.begin('device');
        const { autoStartToken } = await order_of();
        const { order, returnUrl } = await bankid.open(autoStartToken);
        await bankid.sign(order, anna, { address: '203.0.113.9' });
        const wrong = path_of(returnUrl).replace(/nonce=./, (start) => `nonce=${start.endsWith('A') ? 'B' : 'A'}`);
        await stranger.client.get(wrong);
        await both.pass(2);
        for (const seconds of [0, 5, 5, 10]) {
            await both.pass(seconds);
            await stranger.client.get('/login/bankid');
            assert.ok(!stranger.is_in);
        }
        assert.match(stranger.client.text(), /could not log you in safely/);
    });

    test(named('the attempt survives a change of tab, and ends once'), async () => {
        const visit = visitor();
        await visit.begin('qr');
        await bankid.sign(await visit.scan(), anna);
        await both.pass(2);
        const [one, two] = await Promise.all([visit.client.request('GET', '/login/bankid'), visit.client.request('GET', '/login/bankid')]);
        const sessions = [one, two].filter((answer) => (answer.headers['set-cookie'] ?? []).some((line) => line.startsWith('__Host-sid=')));
        assert.equal(sessions.length, 1);
        await visit.client.get('/login/bankid');
        assert.match(visit.client.text(), /Anna Ek/);
    });

    test(named('a new attempt of a browser cancels its old one, and so does the button'), async () => {
        const visit = visitor();
        await visit.begin('qr');
        const { orderRef: old } = await order_of();
        await visit.client.submit(/Use BankID on this computer/, { flow: 'device' });
        const { orderRef: fresh } = await order_of();
        await visit.client.submit(/cancel/);
        assert.match(visit.client.path, /^\/login\?/);
        const ends = (await bankid.orders()).filter(({ orderRef }) => [old, fresh].includes(orderRef)).map(({ status, hint }) => [status, hint]);
        assert.deepEqual(ends, [['failed', 'cancelled'], ['failed', 'cancelled']]);
        assert.ok(!visit.client.cookies.has('__Host-eid'));
        await visit.client.get('/login/bankid');
        assert.match(visit.client.path, /^\/login\?/);
    });

    test(named('a login that was proved is not ended a quarter of an hour later'), async () => {
        const visit = visitor();
        await visit.begin('qr');
        await bankid.sign(await visit.scan(), anna);
        assert.equal((await visit.later()).waiting, false);
        await both.pass(15 * 60);
        await visit.client.get('/login/bankid');
        assert.ok(!visit.is_in);
        assert.match(visit.client.text(), /did not answer in time/);
    });

    test(named('a browser whose address changes on the way is logged in, and audit says so'), async () => {
        const visit = visitor();
        await visit.begin('qr');
        await bankid.sign(await visit.scan(), anna);
        await both.pass(2);
        visit.client.agent.destroy();
        visit.client.address = '127.0.0.9';
        await visit.client.get('/login/bankid');
        assert.ok(visit.is_in, visit.client.text());
        assert.deepEqual(await portal.sql("SELECT reason FROM audit WHERE act = 'login.bankid' ORDER BY id DESC LIMIT 1"), [['risk-low address-changed']]);
    });

    test(named('a code that nobody scans is renewed for three minutes, then says so'), async () => {
        const visit = visitor();
        await visit.begin('qr');
        const tokens = new Set();
        let status = await visit.status();
        for (let seconds = 0; seconds < 178; seconds += 2) {
            const code = read_code(status);
            tokens.add(code.split('.')[1]);
            status = await visit.later();
            assert.equal(status.waiting, true, `it ended after ${seconds} s: ${status.text}`);
        }
        assert.ok(tokens.size >= 5 && tokens.size <= 7, `${tokens.size} orders`);
        for (let seconds = 0; seconds < 40 && status.waiting; seconds += 2) status = await visit.later();
        assert.equal(status.waiting, false);
        await visit.client.get('/login/bankid');
        assert.match(visit.client.text(), /was not scanned in time/);
        await visit.client.submit(/Try again/);
        assert.equal((await visit.status()).waiting, true);
    });

    test(named('an app that is not found, and an order that expires, end with what to do next'), async () => {
        const visit = visitor('demo', { agent: phone });
        await visit.begin('device');
        await visit.later(31);
        await visit.client.get('/login/bankid');
        assert.match(visit.client.text(), /No BankID app was found/);
        await visit.client.submit(/Show a QR code/, { flow: 'qr' });
        await visit.scan();
        await visit.later(170);
        assert.equal((await visit.status()).waiting, true);
        assert.equal((await visit.later(12)).waiting, false);
        await visit.client.get('/login/bankid');
        assert.match(visit.client.text(), /did not answer in time/);
    });

    test(named('every hint has its sentence in Swedish, Danish and English'), async () => {
        const pending = ['outstandingTransaction', 'noClient', 'started', 'userMrtd', 'userCallConfirm', 'userSign', 'processing', 'newHint'];
        const failed = ['expiredTransaction', 'certificateErr', 'userCancel', 'cancelled', 'startFailed', 'userDeclinedCall', 'notSupportedByUserApp', 'transactionRiskBlocked', 'newHint'];
        const said = new Map();
        for (const language of languages) {
            const known = sentences(language);
            const texts = [];
            for (const flow of ['qr', 'device']) {
                const visit = visitor('demo', { language });
                await visit.begin(flow);
                const { orderRef } = await order_of();
                for (const hint of pending) {
                    await bankid.hint(orderRef, hint);
                    const { text } = await visit.later();
                    assert.ok(known.some((each) => each.test(text)), `${language} ${hint}: ${text}`);
                    texts.push(text);
                }
                for (const hint of failed) {
                    await visit.begin(flow);
                    await bankid.fail_order((await order_of()).orderRef, hint);
                    await both.pass(2);
                    const page = (await visit.client.get('/login/bankid')).body;
                    if (hint === 'startFailed' && flow === 'qr') continue; // begins anew
                    const text = page.match(/role="alert">\s*<p><strong>([^<]*)<\/strong><\/p>\s*<p>([^<]+)<\/p>/);
                    assert.ok(text, `${language} ${hint} ${flow}: no words and what next`);
                    texts.push(text[1], text[2]);
                }
            }
            said.set(language, texts);
        }
        const [en, ...others] = languages.map((language) => said.get(language));
        for (const texts of others) texts.forEach((text, at) => assert.notEqual(text, en[at]));
        assert.ok(new Set(en).size >= 24, `${new Set(en).size} sentences`);
    });

    test(named('an unknown person is told so, and nothing is made'), async () => {
        const before_it = await portal.sql('SELECT (SELECT COUNT(*) FROM membership), (SELECT COUNT(*) FROM account)');
        const visit = visitor();
        await visit.log_in(bo);
        assert.ok(!visit.is_in);
        assert.match(visit.client.text(), /not registered at this clinic/);
        assert.deepEqual(await portal.sql('SELECT (SELECT COUNT(*) FROM membership), (SELECT COUNT(*) FROM account)'), before_it);
    });

    test(named('a name or an address without the personal number is nobody to BankID'), async () => {
        await make_patient(portal, 'demo', { 'first-name': 'Bo', 'last-name': 'Alm', email: 'bo.alm@patient.example' });
        const visit = visitor();
        await visit.log_in(bo);
        assert.ok(!visit.is_in);
        assert.match(visit.client.text(), /not registered at this clinic/);
    });

    test(named('ten first logins of one unknown person at once make one profile'), async () => {
        await make_bankid_clinic(portal, 'open');
        await portal.ask(['policy', 'set', '-T', 'open', '--unknown-by-eid', 'yes']);
        const visits = Array.from({ length: 10 }, () => visitor('open'));
        for (const visit of visits) await visit.begin('qr'); // BankID is asked by eight requests at most at once
        for (const visit of visits) await bankid.sign(await visit.scan(), bo);
        for (const _ of ['at once', 'those for whom BankID was busy']) {
            await both.pass(2);
            await Promise.all(visits.filter(({ is_in }) => !is_in).map((visit) => visit.client.get('/login/bankid')));
        }
        assert.ok(visits.every(({ is_in }) => is_in), visits.find(({ is_in }) => !is_in)?.client.text());
        const made = "SELECT m.first_name, m.last_name, m.origin FROM membership m JOIN tenant t ON t.id = m.tenant WHERE t.slug = 'open' AND m.role = 'patient'";
        assert.deepEqual(await portal.sql(made), [['Bo', 'Alm', 'bankid-self']]);
    });

    test(named('where the clinic has no BankID there is no page, and no order'), async () => {
        const asked = async () => bankid.read().filter(({ path: at }) => at === '/auth').length;
        await make_bankid_clinic(portal, 'without', { modules: 'booking,sms' });
        const visit = visitor('without');
        const count = await asked();
        assert.equal((await visit.begin('qr')).status, 404);
        await make_bankid_clinic(portal, 'other');
        const late = visitor('other');
        await late.begin('qr');
        await portal.ask(['policy', 'set', '-T', 'other', '--methods', 'password']);
        await bankid.sign(await late.scan(), anna);
        await both.pass(2);
        assert.equal((await late.client.get('/login/bankid')).status, 403);
        assert.ok(!late.is_in);
        const again = visitor('other');
        assert.equal((await again.begin('qr')).status, 403);
        await portal.ask(['policy', 'set', '-T', 'other', '--methods', 'bankid', '--client-login', 'no']);
        assert.equal((await again.begin('qr')).status, 403);
        assert.equal(await asked(), count + 1);
    });

    test(named('staff log in with BankID where the clinic has no password for them'), async () => {
        await make_bankid_clinic(portal, 'staffed');
        await make_staff(portal, 'staffed', { email: 'bo@staffed.example', 'first-name': 'Bo', 'last-name': 'Alm' });
        await portal.ask(['user', 'set', '-T', 'staffed', 'bo@staffed.example', '--national-id-file', '-'], { input: `${bo.personalNumber}\n` });
        for (const audience of ['staff', 'relative']) await portal.ask(['policy', 'set', '-T', 'staffed', '--audience', audience, '--methods', 'bankid', '--assurance', 'eid']);
        const visit = visitor('staffed');
        const page = await visit.client.get('/login');
        assert.doesNotMatch(page.body, /type="password"/);
        const token = visit.client.form(/bankid/).field('form_token').value;
        const refused = await visit.client.post_raw('/login', { form_token: token, identifier: 'bo@staffed.example', password: 'a long enough password', next: '' });
        assert.ok(refused.status >= 400, `a password was taken: ${refused.status}`);
        await visit.log_in(bo);
        assert.equal(visit.client.path, '/staff');
        assert.deepEqual(await portal.sql("SELECT s.method, s.rests_on FROM session s JOIN tenant t ON t.id = s.tenant WHERE t.slug = 'staffed'"), [['bankid', 'eid']]);
    });

    test(named('nobody but an eID makes a profile by logging in'), async () => {
        await portal.ask(['policy', 'set', '-T', 'open', '--methods', 'bankid,password']);
        const count = "SELECT COUNT(*) FROM membership m JOIN tenant t ON t.id = m.tenant WHERE t.slug = 'open'";
        const [[before_it]] = await portal.sql(count);
        const visit = visitor('open');
        await visit.client.get('/login');
        await visit.client.submit(/password/, { identifier: 'nobody@patient.example', password: 'a long enough password' });
        assert.match(visit.client.text(), /not right/);
        assert.ok(!visit.is_in);
        assert.deepEqual(await portal.sql(count), [[before_it]]);
    });

    test(named('what only BankID and the daemon know is on no page'), async () => {
        const [code, device] = [visitor(), visitor('demo', { agent: phone })];
        await code.begin('qr');
        const first = await order_of();
        await code.status();
        await code.client.get('/login/bankid/frame');
        await device.begin('device');
        const second = await order_of();
        await device.status();
        await device.client.get('/login/bankid/frame');
        for (const [{ seen }, order] of [[code, first], [device, second]]) {
            for (const secret of [order.orderRef, order.qrStartSecret]) assert.ok(!seen.join('\n').includes(secret));
            assert.ok(!portal.log.includes(order.orderRef) && !portal.log.includes(order.autoStartToken));
        }
        assert.ok(!code.seen.join('\n').includes(first.autoStartToken));
        const stored = await stored_bytes();
        for (const { orderRef, qrStartSecret, autoStartToken } of await bankid.orders()) for (const secret of [orderRef, qrStartSecret, autoStartToken]) assert.ok(!stored.includes(secret));
        assert.ok(stored.includes('outstandingTransaction'), 'the rows were not looked at');
    });

    test(named('the frame of a browser without script shows the code and then leads on'), async () => {
        const visit = visitor();
        const page = await visit.begin('qr');
        assert.match(page.headers['content-security-policy'], /frame-src 'self'.*frame-ancestors 'none'/);
        const at = page.body.match(/<noscript>\s*<iframe[^>]*src="([^"]*)"/)[1].replaceAll('&amp;', '&');
        const framed = await visit.client.request('GET', at);
        assert.match(framed.headers['content-security-policy'], /frame-ancestors 'self'/);
        assert.match(framed.body, /<meta http-equiv="refresh" content="1">/);
        assert.doesNotMatch(framed.body, /Clinic demo/);
        const { order } = await bankid.scan(code_in(framed.body));
        await bankid.sign(order, anna);
        await both.pass(2);
        const done = await visit.client.request('GET', at);
        assert.doesNotMatch(done.body, /http-equiv="refresh"/);
        assert.match(done.body, /<a class="button" href="\/login\/bankid\?lang=en" target="_top">/);
        for (const other of ['/login', '/login/bankid/return']) assert.match((await visitor().client.request('GET', other)).headers['content-security-policy'], /frame-ancestors 'none'/);
    });

    test(named('an order is asked after once in two seconds, by however many requests'), async () => {
        const visit = visitor();
        await visit.begin('qr');
        await both.pass(2);
        const more = Array.from({ length: 19 }, () => {
            const tab = visitor();
            tab.client.cookies = visit.client.cookies;
            return tab;
        });
        await Promise.all([visit, ...more].map((tab) => tab.status()));
        assert.equal((await order_of()).collects.length, 1);
        await visit.later(1);
        assert.equal((await order_of()).collects.length, 1);
        await visit.later(1);
        assert.equal((await order_of()).collects.length, 2);
        assert.ok((await bankid.orders()).every(({ too_fast }) => !too_fast), 'an order was asked after too fast');
    });

    test(named('a fault while waiting is waited out, one at the start is said'), async () => {
        const visit = visitor();
        await visit.begin('qr');
        const order = await visit.scan();
        for (const kind of ['reset', '500', 'html', 'cut']) {
            await bankid.fail('/collect', kind);
            assert.equal((await visit.later()).waiting, true, kind);
        }
        await bankid.fail('/collect', '429', { reset: 7 });
        await visit.later();
        const asked = (await order_of()).collects.length;
        await visit.later(4);
        assert.equal((await order_of()).collects.length, asked, 'it was asked before the time that BankID named');
        await visit.later(4);
        await bankid.sign(order, anna);
        await visit.later();
        await visit.client.get('/login/bankid');
        assert.ok(visit.is_in, visit.client.text());

        for (const [kind, times, words] of [
            ['maintenance', 2, /BankID does not answer properly/], ['429', 1, /BankID does not answer properly/], ['cut', 1, /BankID does not answer properly/],
            ['alreadyInProgress', 1, /already under way/], ['invalidParameters', 1, /The fault is ours/], ['401', 1, /The fault is ours/],
        ]) {
            await bankid.fail('/auth', kind, { times });
            const late = visitor();
            await late.begin('qr');
            assert.match(late.client.text(), words, kind);
        }
        await bankid.fail('/auth', 'Maintenance');
        const lucky = visitor();
        await lucky.begin('qr');
        assert.ok(read_code(await lucky.status()), 'maintenance once is tried again');
    });

    test(named('a form of another page begins and cancels nothing'), async () => {
        const visit = visitor();
        for (const at of ['/login/bankid', '/login/bankid/cancel']) assert.equal((await visit.client.post_raw(at, { form_token: 'x' })).status, 403);
        assert.equal((await visit.client.post_raw('/login/bankid', { form_token: 'x' }, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status, 403);
    });

    test(named('the settings of mutual TLS are checked before anybody logs in'), async () => {
        const other = make_authority(both.folder, `other-${engine}`);
        const locked = bankid.authority.sign('locked', { password: 'a password' });
        const secret = path.join(both.folder, 'password');
        fs.writeFileSync(secret, 'a password\n', { mode: 0o600 });
        const old = bankid.authority.sign('old', { expired: true });
        const check = async (over) => {
            const file = path.join(both.folder, 'checked.toml');
            fs.writeFileSync(file, format_settings({ ...portal.settings, bankid: { ...bankid.settings(), ...over } }), { mode: 0o600 });
            return run(portald, ['check-config', '--config', file]);
        };
        assert.equal((await check({})).status, 0);
        assert.equal((await check({ certificate_file: locked.cert, key_file: locked.key, key_password_file: secret })).status, 0);
        for (const [over, words] of [
            [{ key_file: other.sign('stranger').key }, /another certificate/],
            [{ certificate_file: locked.cert, key_file: locked.key }, /no key in PEM that this password opens/],
            [{ certificate_file: old.cert, key_file: old.key }, /not valid any more/],
            [{ certificate_file: secret }, /no certificate in PEM/],
            [{ ca_file: secret }, /no certificate in PEM/],
            [{ key_file: '' }, /stand together/],
            [{ url: 'http://127.0.0.1/rp/v6.0' }, /https/],
        ]) {
            const done = await check(over);
            assert.notEqual(done.status, 0, JSON.stringify(over));
            assert.match(done.stderr, words);
        }
    });

    test(named('only the pinned authority vouches for BankID, and only our certificate is shown'), async () => {
        const other = make_authority(both.folder, `pinned-${engine}`);
        const stranger = other.sign('stranger');
        const usual = portal.settings;
        const asked = () => bankid.read().filter(({ path: at }) => at === '/auth').length;
        const count = asked();
        for (const over of [{ ca_file: other.file }, { certificate_file: stranger.cert, key_file: stranger.key }]) {
            await portal.stop();
            portal.write_settings({ ...usual, bankid: { ...bankid.settings(), ...over } });
            await portal.serve();
            const visit = visitor();
            await visit.begin('qr');
            assert.match(visit.client.text(), /BankID does not answer properly/);
        }
        assert.equal(asked(), count);
        await portal.stop();
        portal.write_settings(usual);
        await portal.serve();
        const visit = visitor();
        await visit.log_in(anna);
        assert.ok(visit.is_in, visit.client.text());
    });
});
