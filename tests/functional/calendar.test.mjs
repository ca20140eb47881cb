// Visits in other programs' calendars: by mail, by a private address, and taken along.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { make_clinic, make_patient } from './clinic.mjs';
import { send } from './http.mjs';
import { read_calendar, read_event } from './ics.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { until } from './wait.mjs';

on_each_engine((engine, named) => {
    let portal;
    let elsa;
    let anna;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        for (const [title, kind, ...more] of [['By telephone', 'phone'], ['On the screen', 'video'], ['Circle', 'video-group', '--capacity', '4']])
            await portal.ask(['visit-type', 'create', '-T', 'demo', title, '--duration-minutes', '30', '--kind', kind, '--horizon-days', '365', ...more]);
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'On approval', '--duration-minutes', '30', '--kind', 'physical', '--approval']);
        await make_patient(portal, 'demo', { email: 'olle@demo.example', 'first-name': 'Olle' });
        for (const person of ['elsa', 'anna', 'olle']) await choose_password(portal, 'demo', `${person}@demo.example`);
    });
    beforeEach(async () => { // time ends sessions
        elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        anna = await log_in(portal, 'demo', 'anna@demo.example');
    });
    after(() => portal?.close());

    const create = (starts, type = 'Check-up') => portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'elsa@demo.example', '--staff', 'anna@demo.example', '--visit-type', type, '--starts', starts]);
    const mail_about = async (id, subject) => portal.wait_mail((mail) => mail.text.includes(id) && subject.test(mail.subject));
    const told = (id, subject) => mail_about(id, subject).then(read_event);
    const fetch_feed = (address, headers = {}) => send({ port: portal.port, path: address, headers: { host: portal.host('demo'), ...headers } });

    /** A new private address, as the page shows it this once: without its host. */
    async function new_address(client = anna) {
        await client.get('/calendar');
        await client.submit(/^\/calendar$/);
        const address = client.page.body.match(/value="(http:[^"]+\.ics)"/)?.[1];
        assert.ok(address?.startsWith(`http://${portal.host('demo')}/calendar/`), client.text());
        return address.slice(`http://${portal.host('demo')}`.length);
    }

    test(named('booked, confirmed, moved and cancelled are one event that changes: the same id, rising sequence, the method in the mail'), async () => {
        const { id } = await create('2027-01-12T08:00:00Z');
        const events = [await told(id, /needs your confirmation/)];
        await elsa.get(`/bookings/${id}`);
        await elsa.submit(/confirm/);
        events.push(await told(id, /confirmed your visit/));
        await portal.ask(['booking', 'move', '-T', 'demo', id, '--starts', '2027-01-12T12:00:00Z']);
        events.push(await told(id, /new time/));
        await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
        events.push(await told(id, /is cancelled/));
        assert.deepEqual(events.map(({ method }) => method), ['REQUEST', 'REQUEST', 'REQUEST', 'CANCEL']);
        assert.deepEqual(events.map(({ declared_method }) => declared_method), events.map(({ method }) => method));
        assert.equal(new Set(events.map(({ uid }) => uid)).size, 1);
        for (let i = 1; i < events.length; i += 1) assert.ok(events[i].sequence > events[i - 1].sequence, `step ${i}`);
        assert.deepEqual(events.map(({ status }) => status), ['TENTATIVE', 'CONFIRMED', events[2].status, 'CANCELLED']);
        assert.deepEqual(events.slice(1).map(({ starts }) => starts), ['2027-01-12T08:00:00.000Z', '2027-01-12T12:00:00.000Z', '2027-01-12T12:00:00.000Z']);
    });

    test(named('a visit that waits for the clinic is tentative in the calendar'), async () => {
        await elsa.get('/slots');
        const types = (await portal.ask(['visit-type', 'list', '-T', 'demo'])).items;
        const staff = (await portal.ask(['staff', 'list', '-T', 'demo'])).items[0];
        const query = new URLSearchParams({ staff: staff.id, visit_type: types.find(({ title }) => title === 'On approval').id, starts: '2027-01-14T08:00:00Z' });
        await elsa.get(`/book?${query}`);
        await elsa.submit(/^\/book$/);
        const id = elsa.path.match(/bookings\/([0-9a-f-]{36})/)[1];
        const event = await told(id, /your request/);
        assert.deepEqual([event.method, event.status], ['REQUEST', 'TENTATIVE']);
    });

    test(named('the place is the clinic’s address, by telephone or by video, and what the visit is about is not told'), async () => {
        for (const [type, place, starts] of [['Check-up', 'High Street 1', '08:00'], ['By telephone', 'By telephone', '09:00'], ['On the screen', 'Video visit', '10:00'], ['Circle', 'Video visit', '11:00']]) {
            const { id } = await create(`2027-01-13T${starts}:00Z`, type);
            const mail = await mail_about(id, /./);
            const event = read_event(mail);
            assert.equal(event.location, place, type);
            assert.equal(event.summary, 'Clinic demo');
            assert.equal(event.url, `http://${portal.host('demo')}/bookings/${id}`);
            assert.match(event.description, new RegExp(`${/Video/.test(place) ? 'video visit takes place here' : 'page'}.*\\n.*${id}`));
            assert.match(mail.text, new RegExp(`Where: ${place}`));
            assert.doesNotMatch(event.text, /Check-up|Circle|On the screen|Elsa|Nyström|Lind|Physio/);
        }
    });

    test(named('local time and zone stand in every message, on both days of change'), async () => {
        await make_clinic(portal, 'night', { rules: ['sun 00:00-06:00'], language: 'sv' });
        await portal.ask(['visit-type', 'create', '-T', 'night', 'Long ahead', '--duration-minutes', '30', '--kind', 'physical', '--horizon-days', '365']);
        for (const [starts, words] of [
            ['2027-03-28T00:30:00Z', /28 mars 2027 kl\. 01[.:]30 \(tid i Stockholm\)/], ['2027-03-28T01:00:00Z', /28 mars 2027 kl\. 03[.:]00 \(tid i Stockholm\)/],
            ['2027-10-31T00:30:00Z', /31 oktober 2027 kl\. 02[.:]30 \(.*Stockholm.*\)/], ['2027-10-31T02:00:00Z', /31 oktober 2027 kl\. 03[.:]00 \(tid i Stockholm\)/],
        ]) {
            const { id } = await portal.ask(['booking', 'create', '-T', 'night', '--patient', 'elsa@night.example', '--staff', 'anna@night.example', '--visit-type', 'Long ahead', '--starts', starts]);
            const mail = await mail_about(id, /./);
            assert.match(mail.text, words);
            assert.match((await portal.wait_text(({ text }) => text.includes(id))).text, words);
            assert.equal(read_event(mail).starts, new Date(starts).toISOString());
        }
    });

    test(named('a reminder that waits for its provider when the visit is cancelled is never sent, and no provider is told a time'), async () => {
        const { id } = await create('2027-01-11T09:00:00Z');
        await portal.ask(['booking', 'confirm', '-T', 'demo', id]);
        await portal.settle();
        portal.sms.behave('503');
        await portal.set_clock('2027-01-11T08:31:00Z');
        const tried = await until(() => {
            portal.sms.take_new();
            return portal.sms.receipts.find(({ fields }) => /Remember/.test(fields?.text) && fields.text.includes(id));
        }, 'the reminder to be tried');
        assert.doesNotMatch(JSON.stringify(Object.keys(tried.fields)), /time|schedule|at"|delay|when/i);
        await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
        portal.sms.behave('ok');
        await until(async () => { // what else waits is tried again as time goes on
            await portal.advance(2);
            return (await portal.ask(['status'])).outbox_waiting === 0;
        }, 'the outbox to be empty');
        assert.deepEqual((await portal.sms.read()).filter(({ text }) => text.includes(id) && /Remember/.test(text)), []);
        const rows = (await portal.ask(['outbox', 'list', '-T', 'demo', '--booking', id])).items.filter(({ kind }) => kind === 'booking-reminder');
        assert.deepEqual(rows.map(({ state }) => state), ['not-sent']);
    });

    test(named('a staff member’s visits can be read at a private address, by whoever has it and without names'), async () => {
        const { id, starts } = await create('2027-01-15T08:00:00Z');
        const mailed = await told(id, /confirmation/);
        const answer = await fetch_feed(await new_address());
        assert.equal(answer.status, 200);
        assert.match(answer.headers['content-type'], /^text\/calendar; charset=utf-8/);
        assert.match(answer.headers['cache-control'], /private.*no-store/);
        assert.equal(answer.headers['set-cookie'], undefined);
        const feed = read_calendar(answer.body);
        assert.equal(feed.method, 'PUBLISH');
        const event = feed.events.find(({ uid }) => uid === mailed.uid);
        assert.equal(event.starts, new Date(starts).toISOString());
        assert.deepEqual([event.summary, event.status, event.sequence], ['Visit', 'TENTATIVE', mailed.sequence]);
        assert.equal(event.url, `http://${portal.host('demo')}/bookings/${id}`);
        assert.doesNotMatch(answer.body, /Elsa|Olle|Nystr|Check-up|Circle|ATTENDEE|@demo\.example/);
    });

    test(named('the feed follows the visits: moved ones change, cancelled ones are gone, and what has not changed is not sent again'), async () => {
        const { id } = await create('2027-01-18T08:00:00Z');
        const address = await new_address();
        const first = await fetch_feed(address);
        assert.equal((await fetch_feed(address, { 'if-none-match': first.headers.etag })).status, 304);
        await portal.ask(['booking', 'move', '-T', 'demo', id, '--starts', '2027-01-18T09:00:00Z']);
        const moved = await fetch_feed(address, { 'if-none-match': first.headers.etag });
        assert.equal(moved.status, 200);
        assert.equal(read_calendar(moved.body).events.find(({ url }) => url.includes(id)).starts, '2027-01-18T09:00:00.000Z');
        await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
        assert.ok(!(await fetch_feed(address)).body.includes(id));
    });

    test(named('an address is shown once, stands nowhere in the clear, and is worth nothing when it is stopped'), async () => {
        const address = await new_address();
        const token = address.match(/[\w-]{43}/)[0];
        await anna.get('/calendar');
        assert.doesNotMatch(anna.page.body, new RegExp(token));
        assert.equal((await fetch_feed(address)).status, 200);
        const feeds = (await portal.ask(['feed', 'list', '-T', 'demo', '--staff', 'anna@demo.example'])).items;
        assert.ok(feeds[0].fetched_at, 'the use is written down');
        assert.doesNotMatch(JSON.stringify(feeds), new RegExp(token));
        const newest = anna.forms().find(({ action }) => action === '/calendar/address/stop');
        await anna.submit(newest);
        assert.match(anna.text(), /Nobody can read it any more/);
        assert.equal((await fetch_feed(address)).status, 404);
        assert.doesNotMatch(portal.log, new RegExp(token));
        const metrics = await send({ port: portal.metrics_port, path: '/metrics', headers: { host: '127.0.0.1' } });
        assert.doesNotMatch(metrics.body, new RegExp(token));
    });

    test(named('an operator ends an address, and unknown ones are not found'), async () => {
        const address = await new_address();
        const [feed] = (await portal.ask(['feed', 'list', '-T', 'demo'])).items;
        const ended = await portal.ask(['feed', 'revoke', '-T', 'demo', feed.id]);
        assert.ok(ended.revoked_at);
        assert.equal((await portal.ask(['feed', 'revoke', '-T', 'demo', feed.id])).revoked_at, ended.revoked_at, 'once');
        for (const at of [address, `/calendar/${'x'.repeat(43)}.ics`, '/calendar/x.ics', address.replace('.ics', ''), '/calendar/.ics'])
            assert.equal((await fetch_feed(at)).status, 404, at);
        assert.notEqual((await portal.ctl(['feed', 'revoke', '-T', 'demo', '00000000-0000-4000-8000-000000000000'])).status, 0);
    });

    test(named('an address opens at its own clinic alone'), async () => {
        const address = await new_address();
        await make_clinic(portal, 'other');
        assert.equal((await send({ port: portal.port, path: address, headers: { host: portal.host('other') } })).status, 404);
        assert.equal((await fetch_feed(address)).status, 200);
        await portal.ask(['feed', 'revoke', '-T', 'demo', (await portal.ask(['feed', 'list', '-T', 'demo'])).items[0].id]);
    });

    test(named('an address that is read again and again is told to wait, and works a minute later'), async () => {
        const address = await new_address();
        const answers = [];
        for (let i = 0; i < 31; i += 1) answers.push((await fetch_feed(address)).status);
        assert.equal(answers.at(-1), 429);
        assert.equal(answers.filter((status) => status === 200).length, 30);
        await portal.advance(2);
        assert.equal((await fetch_feed(address)).status, 200);
    });

    test(named('nobody makes more than ten addresses'), async () => {
        const client = await log_in(portal, 'demo', 'anna@demo.example');
        const live = async () => (await portal.ask(['feed', 'list', '-T', 'demo'])).items.filter(({ revoked_at }) => !revoked_at).length;
        for (let i = await live(); i < 10; i += 1) await new_address(client);
        await client.get('/calendar');
        await client.submit(/^\/calendar$/);
        assert.equal(client.page.status, 409);
        assert.match(client.text(), /You have 10 addresses already/);
        assert.equal(await live(), 10);
    });

    test(named('a patient takes a live visit of her own along, and no other'), async () => {
        const { id } = await create('2027-01-19T08:00:00Z');
        await elsa.get(`/bookings/${id}`);
        assert.match(elsa.page.body, new RegExp(`href="/bookings/${id}/calendar\\.ics"`));
        const answer = await elsa.get(`/bookings/${id}/calendar.ics`);
        assert.equal(answer.status, 200);
        assert.match(answer.headers['content-disposition'], /attachment; filename="visit\.ics"/);
        const { method, events: [event] } = read_calendar(answer.body);
        const mailed = read_event(await mail_about(id, /./));
        assert.deepEqual([method, event.uid, event.starts, event.summary], ['PUBLISH', mailed.uid, mailed.starts, 'Clinic demo']);
        const olle = await log_in(portal, 'demo', 'olle@demo.example');
        assert.equal((await olle.get(`/bookings/${id}/calendar.ics`)).status, 404);
        await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
        assert.equal((await elsa.get(`/bookings/${id}/calendar.ics`)).status, 404);
    });
});
