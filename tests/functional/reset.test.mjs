// A forgotten password, and a new one in a session: the mailed link is never enough alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_patient, make_staff, make_tenant, password } from './clinic.mjs';
import { exempt, make_eid_clinic } from './exemption.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { mail_code } from './registering.mjs';
import { until } from './wait.mjs';

const fresh_password = 'a quite new password';
const mobile = '+46701740605';

on_each_engine((engine, named) => {
    let portal;
    let serial = 0;

    before(async () => {
        portal = await Portal.start({ engine, settings: { login: { codes_per_hour: 20 }, sms: { per_number_hour: 1000, per_number_day: 1000 } } });
        for (const slug of ['demo', 'other']) {
            await make_tenant(portal, slug, { modules: 'booking,sms,two-factor-sms', phone: '08-123 45 67' });
            await portal.ask(['policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', 'password']);
        }
    });
    after(() => portal?.close());

    /** A patient with a password; without a mobile number where that is said. */
    async function make_person({ with_mobile = true, with_password = true, slug = 'demo' } = {}) {
        const email = `r${serial += 1}@${slug}.example`;
        await make_patient(portal, slug, { email, ...(with_mobile ? {} : { mobile: undefined }) });
        if (with_password) await choose_password(portal, slug, email);
        return email;
    }

    async function ask(identifier, slug = 'demo', client = portal.client(slug)) {
        await client.get('/reset');
        return client.submit(/reset/, { identifier });
    }
    const link_in = (mail) => mail.text?.match(/http:\/\/[^/\s]+(\/new-password\/[\w-]{43})\b/)?.[1];
    async function links_to(email) {
        return (await portal.mail.read()).filter(({ recipients }) => recipients.includes(email)).map(link_in).filter(Boolean);
    }
    /** Asks and opens the mailed link. */
    async function open_link(email, slug = 'demo', mailbox = email) {
        const seen = (await links_to(mailbox)).length;
        const client = portal.client(slug);
        assert.equal((await ask(email, slug, client)).status, 200);
        const link = await until(async () => (await links_to(mailbox))[seen], () => `a reset link for ${mailbox}`, 15_000);
        await client.get(link);
        return { client, link };
    }
    const texts = async () => (await portal.sms.read()).filter(({ to, text }) => to === mobile && /code for a new password/.test(text));
    /** Presses the button for a code; the code that came. */
    async function get_code(client) {
        const seen = (await texts()).length;
        await client.submit(/\/code/, {});
        const text = await until(async () => (await texts())[seen], () => 'a code by SMS', 15_000);
        return text.text.match(/\d{6}/)[0];
    }
    const choose = (client, code, secret = fresh_password) => client.submit(/^\/new-password\/[^/]+\?/, { code, password: secret, repeated: secret });
    async function can_log_in(email, secret, slug = 'demo') {
        const client = portal.client(slug);
        await client.get('/login');
        return (await client.submit(/password/, { identifier: email, password: secret })).status === 200;
    }

    test(named('a link by mail and a code by SMS together give a new password, end every session and tell the person'), async () => {
        const email = await make_person();
        const session = await log_in(portal, 'demo', email);
        const { client, link } = await open_link(email);
        assert.match(client.text(), /we send a code to your mobile number/);
        assert.doesNotMatch(client.text(), /70174/, 'the whole number is shown');
        assert.equal(client.forms().filter(({ names }) => names.includes('password')).length, 0, 'a password could be chosen by the link alone');
        const code = await get_code(client);
        assert.equal((await choose(client, code)).status, 200, client.text());
        assert.match(client.path, /^\/login\?done=password/);
        assert.equal((await session.request('GET', '/bookings')).status, 303, 'a session from before');
        assert.equal((await portal.client('demo').get(link)).status, 404, 'the link works once');
        assert.ok(await can_log_in(email, fresh_password));
        assert.ok(!(await can_log_in(email, password)), 'the forgotten password');
        await portal.wait_mail(({ recipients, subject }) => recipients.includes(email) && subject === 'Your password has been changed');
    });

    test(named('the link alone changes nothing, whatever is posted to it'), async () => {
        const email = await make_person();
        const { client, link } = await open_link(email);
        const { form_token } = Object.fromEntries(client.form(/\/code/).filled({}));
        for (const fields of [{ form_token }, { form_token, password: fresh_password, repeated: fresh_password }, { form_token, code: '', password: fresh_password, repeated: fresh_password }, { form_token, code: '000000', password: fresh_password, repeated: fresh_password }]) {
            const answer = await client.post_raw(link, fields);
            assert.ok(answer.status >= 400, `${JSON.stringify(fields)}: ${answer.status}`);
        }
        assert.ok(await can_log_in(email, password));
    });

    test(named('looking and pressing the empty form uses neither link nor code up'), async () => {
        const email = await make_person();
        const { client, link } = await open_link(email);
        for (let i = 0; i < 3; i += 1) assert.equal((await portal.client('demo').get(link)).status, 200);
        const code = await get_code(client);
        const scanner = portal.client('demo');
        await scanner.get(link);
        assert.equal((await scanner.submit(/^\/new-password\/[^/]+\?/, {})).status, 400);
        assert.equal((await choose(client, code)).status, 200, client.text());
    });

    test(named('without a mobile number the clinic must say who it is, and then the link is enough'), async () => {
        const email = await make_person({ with_mobile: false });
        const { client, link } = await open_link(email);
        assert.match(client.text(), /The clinic must say that it is you[\s\S]*Telephone: 08-123 45 67/);
        assert.deepEqual(client.forms().filter(({ action }) => action.startsWith('/new-password')), [], 'a form without a second proof');
        const confirm = ['reset', 'confirm', '-T', 'demo', email];
        assert.equal((await portal.ctl(confirm)).status, 2, 'without saying who checked, and how');
        await portal.ask([...confirm, '--identity-checked-by', 'Anna Lind', '--how', 'called back on the number in the record']);
        await client.get(link);
        assert.equal((await client.submit(/^\/new-password\/[^/]+\?/, { password: fresh_password, repeated: fresh_password })).status, 200, client.text());
        assert.ok(await can_log_in(email, fresh_password));
        assert.deepEqual(await portal.sql("SELECT checked_by, checked_how FROM password_link WHERE purpose = 'reset' ORDER BY id DESC LIMIT 1"), [['Anna Lind', 'called back on the number in the record']]);
        assert.equal((await portal.sql("SELECT act FROM audit WHERE act = 'reset.confirm'")).length, 1);
    });

    test(named('the clinic confirms only what somebody has asked for'), async () => {
        const email = await make_person({ with_mobile: false });
        const done = await portal.ctl(['reset', 'confirm', '-T', 'demo', email, '--identity-checked-by', 'A', '--how', 'B']);
        assert.equal(done.status, 6);
        assert.match(done.stderr, /has not asked for a new password/);
    });

    test(named('link and code never go to the same mailbox: no code is mailed for a reset'), async () => {
        const email = await make_person();
        const { client } = await open_link(email);
        await get_code(client);
        await portal.settle();
        const mails = (await portal.mail.read()).filter(({ recipients, text }) => recipients.includes(email) && /(?<!\w)\d{6}(?!\w)/.test(text));
        assert.deepEqual(mails, []);
        const rows = await portal.sql("SELECT DISTINCT channel FROM outbox WHERE kind = 'reset-code'");
        assert.deepEqual(rows, [['sms']]);
    });

    test(named('an exempt person’s link goes to the code address, and needs the second thing all the same'), async () => {
        await make_eid_clinic(portal, 'eid', { modules: 'booking,cpr-password,mitid,two-factor-sms' });
        const email = 'inge@eid.example';
        await make_patient(portal, 'eid', { email, mobile: '+4520123456', national_id: '070761-4285' });
        await exempt(portal, 'eid', email);
        const link = await until(async () => (await portal.mail.read()).filter(({ recipients }) => recipients.includes(email)).map(({ text }) => text.match(/(\/set-password\/\S+)/)?.[1]).find(Boolean), 'the link of the exemption', 15_000);
        const first = portal.client('eid');
        await first.get(link);
        await first.submit(/password/, { password, repeated: password });
        const { client } = await open_link('070761-4285', 'eid', email);
        assert.match(client.text(), /we send a code to your mobile number/);
        assert.equal(client.forms().filter(({ names }) => names.includes('password')).length, 0);
    });

    test(named('one message row each, whoever is named: a mail or the reason for none'), async () => {
        const blocked = await make_person();
        await portal.ask(['user', 'set', '-T', 'demo', blocked, '--status', 'blocked']);
        const cases = [[await make_person(), 'queued', ''], ['nobody@demo.example', 'not-sent', 'unknown-person'], [blocked, 'not-sent', 'unknown-person'], [await make_person({ with_password: false }), 'not-sent', 'no-password']];
        const pages = new Set();
        for (const [email, state, reason] of cases) {
            const [[was]] = await portal.sql('SELECT COALESCE(MAX(id), 0) FROM outbox');
            const client = portal.client('demo');
            await client.get('/reset');
            pages.add((await client.submit(/reset/, { identifier: email })).body);
            const rows = await portal.sql(`SELECT kind, state, reason FROM outbox WHERE id > ${was}`);
            assert.equal(rows.length, 1, email);
            assert.equal(rows[0][0], 'password-reset');
            assert.deepEqual([rows[0][1] === 'not-sent', rows[0][2]], [state === 'not-sent', reason], email);
        }
        assert.equal(pages.size, 1, 'the page tells them apart');
    });

    test(named('where the policy has no password, nobody is sent a link'), async () => {
        const email = await make_person({ slug: 'other' });
        await portal.ask(['policy', 'set', '-T', 'other', '--client-login', 'no']);
        assert.equal((await ask(email, 'other')).status, 200);
        assert.deepEqual(await portal.sql("SELECT state, reason FROM outbox WHERE kind = 'password-reset' ORDER BY id DESC LIMIT 1"), [['not-sent', 'client_login_disabled']]);
        await portal.ask(['policy', 'set', '-T', 'other', '--client-login', 'yes']);
    });

    test(named('staff reset as patients do'), async () => {
        const email = `s${serial += 1}@demo.example`;
        await make_staff(portal, 'demo', { email, mobile: '0701740605' });
        await choose_password(portal, 'demo', email);
        const { client } = await open_link(email);
        assert.equal((await choose(client, await get_code(client))).status, 200, client.text());
    });

    test(named('five wrong codes end the link, the right code included, also when fifty come at once'), async () => {
        const email = await make_person();
        const { client, link } = await open_link(email);
        const code = await get_code(client);
        const wrong = (i) => String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0');
        const form = client.form(/^\/new-password\/[^/]+\?/);
        const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => portal.client('demo').post_raw(form.action, form.filled({ code: wrong(i), password: fresh_password, repeated: fresh_password }))));
        assert.ok(answers.every(({ status }) => status === 401 || status === 404), answers.map(({ status }) => status).join());
        const [[tries]] = await portal.sql("SELECT tries FROM login_attempt WHERE purpose = 'reset' ORDER BY id DESC LIMIT 1");
        assert.equal(tries, '5');
        assert.equal((await choose(client, code)).status, 404);
        assert.equal((await portal.client('demo').get(link)).status, 404);
        assert.ok(await can_log_in(email, password));
    });

    test(named('a code works ten minutes, and three are sent an hour'), async () => {
        const email = await make_person();
        const { client } = await open_link(email);
        const first = await get_code(client);
        const was = portal.now;
        await portal.advance(10 + 1 / 60);
        assert.equal((await choose(client, first)).status, 401, 'ten minutes later');
        assert.match(client.text(), /The code is too old[\s\S]*Send me the code/);
        const again = await open_link(email);
        for (let i = 0; i < 3; i += 1) await get_code(again.client);
        assert.equal((await again.client.submit(/\/code/, {})).status, 429);
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('a program that opens the link and presses the button sends no text message: another browser must type the digits of the mail'), async () => {
        const email = await make_person();
        const { link } = await open_link(email);
        const was = (await texts()).length;
        const scanner = portal.client('demo');
        await scanner.get(link);
        assert.equal((await scanner.submit(/\/code/, {})).status, 400);
        const digits = await mail_code(portal, link);
        assert.equal((await scanner.submit(/\/code/, { mail_code: String((Number(digits) + 1) % 10_000).padStart(4, '0') })).status, 401);
        await portal.settle();
        assert.equal((await texts()).length, was);
        assert.equal((await scanner.submit(/\/code/, { mail_code: digits })).status, 200, scanner.text());
        await until(async () => (await texts()).length > was, () => 'a code by SMS', 15_000);
    });

    test(named('whoever asks again ends no link, neither an open one nor one that the clinic has confirmed'), async () => {
        const email = await make_person({ with_mobile: false });
        const first = await open_link(email);
        const strangers = await open_link(email);
        await portal.ask(['reset', 'confirm', '-T', 'demo', email, '--identity-checked-by', 'Anna Lind', '--how', 'called back']);
        await open_link(email);
        await first.client.get(first.link);
        assert.equal((await first.client.submit(/^\/new-password\/[^/]+\?/, { password: fresh_password, repeated: fresh_password })).status, 200, first.client.text());
        assert.equal((await portal.client('demo').get(strangers.link)).status, 404);
    });

    test(named('a newer password ends every older link, and no link opens another clinic'), async () => {
        const email = await make_person();
        const first = await open_link(email);
        const second = await open_link(email);
        assert.equal((await portal.client('demo').get(first.link)).status, 200);
        assert.equal((await portal.client('other').get(second.link)).status, 404);
        await choose_password(portal, 'demo', email);
        for (const { link } of [first, second]) assert.equal((await portal.client('demo').get(link)).status, 404);
        const third = await open_link(email);
        await portal.advance(61);
        assert.equal((await portal.client('demo').get(third.link)).status, 404, 'an hour later');
    });

    test(named('what is no address is told at its field, and too many askings of one address are stopped alike'), async () => {
        assert.equal((await ask('')).status, 400);
        assert.equal((await ask('elsa at home')).status, 400);
        const statuses = {};
        for (const email of [await make_person(), 'stranger@demo.example']) {
            statuses[email] = [];
            for (let i = 0; i < 21; i += 1) statuses[email].push((await ask(email)).status);
        }
        const [known, unknown] = Object.values(statuses);
        assert.deepEqual(known, unknown);
        assert.deepEqual(known.slice(-2), [200, 429]);
    });

    // ---- a new password in a session

    test(named('a new password in a session needs the old one, keeps this session and ends the others'), async () => {
        const email = await make_person();
        const other = await log_in(portal, 'demo', email);
        const client = await log_in(portal, 'demo', email);
        await client.get('/password');
        const change = (values) => client.submit(/^\/password\?/, { current: password, password: fresh_password, repeated: fresh_password, ...values });
        assert.equal((await change({ current: '' })).status, 400);
        assert.equal((await change({ current: 'not the password' })).status, 401);
        assert.equal((await change({ password: 'short', repeated: 'short' })).status, 400);
        assert.equal((await change({ repeated: 'another one entirely' })).status, 400);
        assert.ok(await can_log_in(email, password));
        assert.equal((await change({})).status, 200, client.text());
        assert.match(client.text(), /Your password is saved/);
        assert.equal((await client.request('GET', '/bookings')).status, 200, 'this session');
        assert.equal((await other.request('GET', '/bookings')).status, 303, 'the other session');
        assert.ok(await can_log_in(email, fresh_password));
        await portal.wait_mail(({ recipients, subject }) => recipients.includes(email) && subject === 'Your password has been changed');
        const [[proved_by, made_by]] = await portal.sql('SELECT proved_by, made_by FROM credential ORDER BY id DESC LIMIT 1');
        assert.deepEqual([proved_by, made_by], ['tenant', 'session']);
    });

    test(named('a session cannot guess its owner’s password'), async () => {
        const email = await make_person();
        const client = await log_in(portal, 'demo', email);
        await client.get('/password');
        const statuses = [];
        for (let i = 0; i < 6; i += 1) statuses.push((await client.submit(/^\/password\?/, { current: `guess number ${i}`, password: fresh_password, repeated: fresh_password })).status);
        assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
    });
});
