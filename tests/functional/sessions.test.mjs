// Sessions: seen and ended by their owner and by an administrator, warned of before they end, and
// what was typed when they had ended.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { make_clinic, make_patient } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { open_book_form } from './visits.mjs';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0';
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

on_each_engine((engine, named) => {
    let portal;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        await make_clinic(portal, 'other');
        await make_patient(portal, 'demo', { email: 'olle@demo.example', 'first-name': 'Olle' });
        for (const email of ['elsa@demo.example', 'olle@demo.example', 'anna@demo.example']) await choose_password(portal, 'demo', email);
        await choose_password(portal, 'other', 'elsa@other.example');
    });
    after(() => portal?.close());
    beforeEach(async () => {
        for (const slug of ['demo', 'other']) await portal.ask(['session', 'end', '-T', slug, '--all']);
    });

    async function enter(email = 'elsa@demo.example', { agent = firefox, slug = 'demo', ...options } = {}) {
        return log_in(portal, slug, email, { agent, ...options });
    }
    const is_open = async (client) => (await client.request('GET', '/sessions')).status === 200;

    test(named('a person sees each device with when it was used, and logs one of them out'), async () => {
        const here = await enter();
        const there = await enter('elsa@demo.example', { agent: phone });
        await here.get('/sessions');
        assert.match(here.text(), /Firefox on Windows/);
        assert.match(here.text(), /Safari on iPhone/);
        assert.match(here.text(), /Logged in with password and code/);
        assert.equal(here.forms().filter(({ action }) => action === '/sessions/end').length, 1, 'the session in use has no such button');
        await here.submit(/sessions\/end$/);
        assert.equal(await is_open(there), false);
        assert.equal(await is_open(here), true);
        await here.get('/sessions?lang=sv');
        assert.match(here.text(), /Firefox på Windows/);
    });

    test(named('all other devices are logged out at once, this one and other people’s are not'), async () => {
        const [here, second, third, olle] = [await enter(), await enter(), await enter(), await enter('olle@demo.example')];
        await here.get('/sessions');
        await here.submit(/end-others/);
        assert.match(here.text(), /All your other devices are logged out/);
        assert.deepEqual(await Promise.all([here, second, third, olle].map(is_open)), [true, false, false, true]);
    });

    test(named('another person’s session is not found, by whatever id'), async () => {
        const [elsa, olle] = [await enter(), await enter('olle@demo.example')];
        const { items } = await portal.ask(['session', 'list', '-T', 'demo', 'olle@demo.example']);
        assert.equal(items.length, 1);
        await elsa.get('/sessions');
        const token = elsa.form(/logout/).field('form_token').value;
        for (const session of [items[0].id, '00000000-0000-4000-8000-000000000000', 'x']) {
            assert.equal((await elsa.post_raw('/sessions/end', { form_token: token, session })).status, 404, session);
        }
        assert.equal(await is_open(olle), true);
    });

    test(named('an administrator lists sessions and ends one, one person’s or all of a clinic'), async () => {
        const [elsa, again, olle, anna] = [await enter(), await enter('elsa@demo.example', { agent: phone }), await enter('olle@demo.example'), await enter('anna@demo.example')];
        const foreign = await enter('elsa@other.example', { slug: 'other' });
        const { items } = await portal.ask(['session', 'list', '-T', 'demo']);
        assert.equal(items.length, 4);
        assert.deepEqual(items.map(({ audience }) => audience).sort(), ['patient', 'patient', 'patient', 'staff']);
        const on_phone = items.find(({ device }) => device === 'Safari on iPhone');
        assert.equal((await portal.ask(['session', 'end', '-T', 'demo', on_phone.id])).ended, 1);
        assert.deepEqual([await is_open(elsa), await is_open(again)], [true, false]);
        assert.equal((await portal.ctl(['session', 'end', '-T', 'demo', on_phone.id])).status, 5);
        assert.equal((await portal.ctl(['session', 'end', '-T', 'other', items[0].id])).status, 5, 'of another clinic');
        assert.equal((await portal.ask(['session', 'end', '-T', 'demo', '--person', 'elsa@demo.example'])).ended, 1);
        assert.deepEqual([await is_open(elsa), await is_open(olle)], [false, true]);
        assert.equal((await portal.ask(['session', 'end', '-T', 'demo', '--all'])).ended, 2);
        assert.deepEqual([await is_open(olle), await is_open(anna), await is_open(foreign)], [false, false, true]);
        for (const args of [[], ['--all', '--person', 'elsa@demo.example']]) assert.equal((await portal.ctl(['session', 'end', '-T', 'demo', ...args])).status, 2, args.join(' '));
        const acts = (await portal.sql("SELECT act, actor FROM audit WHERE act IN ('session.list', 'session.end')")).map((row) => row.join(' '));
        assert.ok(acts.includes('session.end uid:0') && acts.includes('session.list uid:0'), acts.join());
    });

    test(named('a session that is blocked, idle or too old is in no list'), async () => {
        const was = portal.now;
        await enter('olle@demo.example');
        await portal.advance(31);
        assert.equal((await portal.ask(['session', 'list', '-T', 'demo'])).items.length, 0);
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('the page says when the session ends, and a button without script makes it go on'), async () => {
        const was = portal.now;
        const elsa = await enter();
        await elsa.get('/bookings');
        assert.match(elsa.page.body, /<noscript>[\s\S]*you will be logged out: 0?8[:.]30/i);
        await portal.advance(28);
        const answer = await elsa.submit(/session\/extend/);
        assert.equal(answer.status, 200);
        assert.match(elsa.path, /^\/bookings/, 'back on the same page');
        await portal.advance(28);
        assert.equal(await is_open(elsa), true);
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('the script is told how long it may wait, and never past the session’s own end'), async () => {
        const was = portal.now;
        const elsa = await enter();
        await elsa.get('/bookings');
        assert.match(elsa.page.body, /data-left="1800" data-most="43200"/);
        const form = elsa.form(/session\/extend/);
        for (let i = 0; i < 24; i += 1) {
            await portal.advance(29);
            const answer = await elsa.post_raw('/session/extend', form.filled({ here: '' }));
            assert.equal(answer.status, 200);
            const { left, most } = JSON.parse(answer.body);
            assert.equal(most, 43_200 - (i + 1) * 29 * 60);
            assert.equal(left, Math.min(1800, most));
        }
        await portal.advance(25);
        assert.equal(await is_open(elsa), false, 'twelve hours after the login');
        await portal.set_clock(new Date(was).toISOString());
    });

    /** Elsa's form for a time that is free, sent when her session is over. */
    let next = 0;
    async function send_late() {
        const elsa = await enter();
        const form = await open_book_form(elsa, `2027-01-13T${String(8 + next++).padStart(2, '0')}:00:00Z`);
        await portal.advance(31);
        const answer = await elsa.post('/book', form.filled({}));
        return { elsa, form, answer };
    }
    async function log_in_again(client, email = 'elsa@demo.example') {
        const other = await enter(email);
        client.cookies.set('__Host-sid', other.cookies.get('__Host-sid'));
    }

    test(named('what was typed is kept over a new login of the same person and sent by one button'), async () => {
        const was = portal.now;
        const { elsa } = await send_late();
        assert.match(elsa.path, /^\/login/);
        assert.match(elsa.text(), /What you wrote is kept/);
        assert.equal(elsa.form(/password/).field('next').value, '/draft');
        const [row] = await portal.sql('SELECT COUNT(*) FROM draft');
        assert.equal(row[0], '1');
        await log_in_again(elsa);
        await elsa.get('/draft');
        assert.match(elsa.text(), /13 January 2027/);
        await elsa.submit(/^\/book$/);
        assert.match(elsa.path, /^\/bookings\/[0-9a-f-]{36}/);
        assert.equal((await portal.sql('SELECT COUNT(*) FROM draft'))[0][0], '0');
        assert.ok(!elsa.cookies.has('__Host-draft'));
        assert.equal((await elsa.get('/draft')).status, 404);
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('another person never sees it, nor the same person at another clinic, nor anybody after half an hour'), async () => {
        const was = portal.now;
        const { elsa } = await send_late();
        const draft = elsa.cookies.get('__Host-draft');
        const olle = await enter('olle@demo.example');
        const foreign = await enter('elsa@other.example', { slug: 'other' });
        for (const client of [olle, foreign]) {
            client.cookies.set('__Host-draft', draft);
            assert.equal((await client.get('/draft')).status, 404);
            assert.doesNotMatch(client.text(), /13 January/);
        }
        await log_in_again(elsa);
        await portal.advance(29);
        assert.equal((await elsa.get('/draft')).status, 200);
        await portal.advance(2);
        assert.equal((await elsa.get('/draft')).status, 404);
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('nothing is kept of a form that was not of that session, or without one'), async () => {
        const was = portal.now;
        const elsa = await enter();
        const form = await open_book_form(elsa, '2027-01-13T13:00:00Z');
        await portal.advance(31);
        const fields = form.filled({});
        const altered = fields.map(([name, value]) => [name, name === 'form_token' ? value.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) : value]);
        for (const [pairs, sid] of [[altered, elsa.cookies.get('__Host-sid')], [fields, 'A'.repeat(43)], [fields, undefined]]) {
            const client = portal.client('demo');
            if (sid) client.cookies.set('__Host-sid', sid);
            assert.equal((await client.post_raw('/book', pairs)).status, 401);
            assert.ok(!client.cookies.has('__Host-draft'));
        }
        assert.equal((await portal.sql(`SELECT COUNT(*) FROM draft WHERE expires_at > ${portal.now}`))[0][0], '0');
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('what is kept is sealed'), async () => {
        const was = portal.now;
        await send_late();
        const [[sealed]] = await portal.sql(engine === 'sqlite' ? 'SELECT hex(sealed) FROM draft' : "SELECT encode(sealed, 'hex') FROM draft");
        assert.ok(!Buffer.from(sealed, 'hex').includes('2027-01-13'));
        await portal.set_clock(new Date(was).toISOString());
    });
});
