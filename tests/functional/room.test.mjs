// The room of a video visit: when it opens and to whom, and the pages that lead there (C12, C24,
// C32, C33, C40, C44, C47, D9, K8, K28).
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { make_clinic, make_patient, make_staff, password } from './clinic.mjs';
import { links } from './html.mjs';
import { choose_password, log_in, mailed_code } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { until } from './wait.mjs';

const second = 1000;
const minute = 60 * second;
const starts = Date.parse('2027-01-12T09:00:00Z'); // ten o'clock
const ends = starts + 30 * minute;

on_each_engine((engine, named) => {
    let portal;
    let elsa;
    let olle;
    let anna;
    let bo;

    before(async () => {
        portal = await Portal.start({ engine, now: '2027-01-12T00:00:00Z', settings: { login: { patient_idle_minutes: 1440, patient_absolute_minutes: 43_200, staff_idle_minutes: 1440, staff_absolute_minutes: 43_200 }, jobs: { cleanup_seconds: 1 } } });
        await make_clinic(portal);
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'Video talk', '--duration-minutes', '30', '--kind', 'video']);
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'Video group', '--duration-minutes', '30', '--kind', 'video-group', '--capacity', '2']);
        await make_patient(portal, 'demo', { email: 'olle@demo.example', 'first-name': 'Olle' });
        await make_patient(portal, 'demo', { email: 'pia@demo.example', 'first-name': 'Pia' });
        await make_staff(portal, 'demo', { email: 'bo@demo.example', 'first-name': 'Bo' });
        for (const name of ['elsa', 'olle', 'pia', 'anna', 'bo']) await choose_password(portal, 'demo', `${name}@demo.example`);
        [elsa, olle, anna, bo] = await Promise.all(['elsa', 'olle', 'anna', 'bo'].map((name) => log_in(portal, 'demo', `${name}@demo.example`)));
    });
    after(() => portal?.close());
    afterEach(async () => {
        await early();
        for (const id of made.splice(0)) if (['unconfirmed', 'confirmed'].includes((await portal.ask(['booking', 'show', '-T', 'demo', id])).state)) await cancel(id);
    });

    const at = (time) => portal.set_clock(new Date(time).toISOString());
    const early = () => at(Date.parse('2027-01-12T00:00:00Z'));
    const made = []; // ids of this test's visits
    async function make(start, { patient = 'elsa', type = 'Video talk' } = {}) {
        const booked = await portal.ask(['booking', 'create', '-T', 'demo', '--patient', `${patient}@demo.example`, '--staff', 'anna@demo.example', '--visit-type', type, '--starts', new Date(start).toISOString().replace('.000', '')]);
        made.push(booked.id);
        return booked;
    }
    const confirm = (id) => portal.ask(['booking', 'confirm', '-T', 'demo', id]);
    const cancel = (id) => portal.ask(['booking', 'cancel', '-T', 'demo', id]);
    const acts = async (act) => Number((await portal.sql(`SELECT COUNT(*) FROM audit WHERE act = '${act}'`))[0][0]);

    /** How many hold a place in the room of the newest visit. */
    const inside = async () => (await portal.sql('SELECT COUNT(*) FROM room_entry WHERE left_at IS NULL AND booking = (SELECT MAX(id) FROM booking)'))[0][0];

    /** A confirmed video visit, made the day before. */
    async function visit(start = starts, options = {}) {
        await early();
        const { id } = await make(start, options);
        await confirm(id);
        return id;
    }
    const room_of = (id) => `/bookings/${id}/room`;
    /** "open", "too-early" ... as the page's script is told. */
    async function state(client, id) {
        const answer = await client.request('GET', `${room_of(id)}.json`);
        assert.equal(answer.status, 200, answer.body);
        return JSON.parse(answer.body);
    }
    const offers = (client) => links(client.page.body).filter(({ href, text }) => href?.endsWith('/room') && text.startsWith('Start the visit')).map(({ href }) => href);
    const popup = (client) => client.page.body.includes('class="room-now"');
    async function enter(client, id) {
        await client.get(room_of(id));
        await client.submit(/^\/bookings\/[0-9a-f-]+\/room$/);
    }
    async function leave(client, id) {
        await client.get(room_of(id));
        await client.submit(/leave/);
    }
    /** A post with the token of the client's own menu. */
    async function press(client, path) {
        await client.get('/contact');
        return client.post_raw(path, { form_token: client.form(/logout/).field('form_token').value });
    }

    test(named('the room is closed a second before its quarter of an hour and open at it'), async () => {
        const id = await visit();
        await at(starts - 15 * minute - second);
        for (const client of [elsa, anna]) {
            const early_room = await state(client, id);
            assert.deepEqual([early_room.state, early_room.seconds, early_room.inside], ['too-early', 1, false]);
            await client.get(room_of(id));
            assert.match(client.text(), /The room opens: Tuesday 12 January 2027 at 09:45\..*It opens in 1 minute\./s);
            assert.ok(!client.forms().some(({ action }) => action === room_of(id)), 'no button leads in');
        }
        const refused = await press(elsa, room_of(id));
        assert.equal(refused.status, 409);
        assert.match(refused.body, /The room is not open yet/);
        await at(starts - 27 * minute);
        await elsa.get(room_of(id));
        assert.match(elsa.text(), /It opens in 12 minutes\./);
        await at(starts - 15 * minute);
        for (const client of [elsa, anna]) assert.equal((await state(client, id)).state, 'open');
        await enter(elsa, id);
        assert.match(elsa.text(), /You are in the room\..*Anna Lind has not come yet\..*Please wait here\./s);
        await anna.get(room_of(id));
        assert.match(anna.text(), /Elsa Nyström is here\./);
        await enter(anna, id);
        assert.match(anna.text(), /You are in the room\./);
        await elsa.get(room_of(id));
        assert.match(elsa.text(), /Anna Lind is here\./);
        await leave(elsa, id);
        await leave(anna, id);
    });

    test(named('every page of both offers the meeting from a quarter before until five minutes after the end'), async () => {
        const id = await visit();
        const pages = [[elsa, ['/bookings', `/bookings/${id}`, '/slots', '/contact', '/sessions', '/consent', '/nowhere', '/bookings/00000000-0000-4000-8000-000000000000', '/staff']], [anna, ['/staff', '/contact', '/sessions', `/bookings/${id}`, '/nowhere', '/slots']]];
        for (const [time, shown] of [[starts - 15 * minute - second, false], [starts - 15 * minute, true], [starts, true], [ends + 5 * minute, true], [ends + 5 * minute + second, false]]) {
            await at(time);
            for (const [client, paths] of pages) {
                for (const path of paths) {
                    await client.get(path);
                    assert.equal(popup(client), shown, `${path} at ${new Date(time).toISOString()}`);
                    assert.equal(client.page.body.includes('Start video meeting'), shown, path);
                    if (shown) assert.ok(offers(client).includes(room_of(id)), path);
                }
            }
            for (const client of [olle, bo]) {
                await client.get('/contact');
                assert.ok(!popup(client), 'others are not told');
            }
        }
        await at(starts - second);
        await elsa.get('/contact');
        assert.match(elsa.text(), /Start video meeting Tuesday 12 January 2027 at 10:00 You meet Anna Lind ?\./);
        await anna.get('/contact');
        assert.match(anna.text(), /You meet Elsa Nyström ?\./);
        await cancel(id);
        await elsa.get('/contact');
        assert.ok(!popup(elsa), 'a cancelled visit is not offered');
    });

    test(named('the visit’s tile is there from a quarter before the start, and not before'), async () => {
        const id = await visit();
        for (const [time, shown] of [[starts - 15 * minute - second, false], [starts - 15 * minute, true]]) {
            await at(time);
            for (const path of ['/bookings', `/bookings/${id}`]) {
                await elsa.get(path);
                assert.equal(offers(elsa).length, shown ? 2 : 0, `${path}: the tile and the pop-up`);
            }
        }
    });

    test(named('the clinic’s own minutes count'), async () => {
        const id = await visit();
        await portal.ask(['tenant', 'set', 'demo', '--room-minutes', '30', '--popup-minutes', '0']);
        try {
            for (const [time, wanted, shown] of [[starts - 30 * minute - second, 'too-early', false], [starts - 30 * minute, 'open', true], [ends, 'open', true], [ends + second, 'over', false]]) {
                await at(time);
                assert.equal((await state(elsa, id)).state, wanted);
                await elsa.get('/contact');
                assert.equal(popup(elsa), shown);
            }
        } finally {
            await portal.ask(['tenant', 'set', 'demo', '--room-minutes', '15', '--popup-minutes', '5']);
        }
    });

    test(named('an unconfirmed visit’s room opens to neither side, and at once when it is confirmed late'), async () => {
        await early();
        const { id } = await make(starts);
        await at(starts - 5 * minute);
        for (const client of [elsa, anna]) {
            assert.equal((await state(client, id)).state, 'unconfirmed');
            const refused = await press(client, room_of(id));
            assert.equal(refused.status, 409);
            assert.match(refused.body, /stays closed until the visit is confirmed/);
            await client.get('/contact');
            assert.ok(!popup(client));
        }
        await elsa.get(room_of(id));
        assert.match(elsa.text(), /Please confirm that you are coming\./);
        await anna.get(room_of(id));
        assert.match(anna.text(), /The patient has not confirmed it yet\./);
        await elsa.get(`/bookings/${id}`);
        await elsa.submit(/confirm/);
        assert.ok(popup(elsa));
        for (const client of [elsa, anna]) assert.equal((await state(client, id)).state, 'open');
        const texts = (await portal.ask(['outbox', 'list', '-T', 'demo', '--booking', id])).items.filter(({ kind }) => kind === 'booking-reminder');
        assert.deepEqual(texts.filter(({ state: sent }) => sent !== 'not-sent'), [], 'no reminder of a visit that begins in five minutes');
    });

    test(named('a visit that is cancelled or was not confirmed in time has a closed room'), async () => {
        await early();
        const { id: lapsed } = await make(starts);
        const cancelled = await visit(starts + 60 * minute);
        await cancel(cancelled);
        await at(starts);
        assert.equal((await state(elsa, cancelled)).state, 'cancelled');
        assert.equal((await press(elsa, room_of(cancelled))).status, 409);
        await at(ends);
        assert.equal((await state(elsa, lapsed)).state, 'lapsed');
        await elsa.get(room_of(lapsed));
        assert.match(elsa.text(), /This visit was not confirmed in time\./);
        assert.equal((await press(anna, room_of(lapsed))).status, 409);
    });

    test(named('the room stays while both are inside, past the planned end too, and nobody comes in late'), async () => {
        const id = await visit();
        await at(ends - minute);
        await enter(elsa, id);
        await enter(anna, id);
        const look_on = async (until) => {
            for (let time = portal.now; time <= until; time += 50 * second) {
                await at(time);
                for (const client of [elsa, anna]) assert.deepEqual([(await state(client, id)).state, (await state(client, id)).inside], ['open', true], new Date(time).toISOString());
            }
        };
        await look_on(ends + 8 * minute);
        await elsa.get('/contact');
        assert.ok(!popup(elsa), 'the pop-up alone ends at five minutes after the end');
        const second_device = await log_in(portal, 'demo', 'elsa@demo.example');
        assert.equal((await state(second_device, id)).state, 'over');
        assert.equal((await press(second_device, room_of(id))).status, 409);
        await leave(anna, id);
        assert.equal((await state(elsa, id)).state, 'over');
        assert.equal((await state(elsa, id)).inside, false);
        assert.equal((await press(anna, room_of(id))).status, 409);
        assert.equal((await press(elsa, `${room_of(id)}/leave`)).status, 303);
    });

    test(named('without consent there is no room, and the answer leads back to it'), async () => {
        const id = await visit();
        await early();
        await elsa.get('/consent');
        await elsa.submit(/withdraw/);
        await at(starts - 10 * minute);
        await elsa.get(room_of(id));
        assert.match(elsa.text(), /Before you meet by video, the clinic asks for your consent\./);
        assert.ok(!elsa.forms().some(({ action }) => action === room_of(id)));
        const refused = await press(elsa, room_of(id));
        assert.deepEqual([refused.status, refused.headers.location], [303, `/consent?next=${encodeURIComponent(room_of(id))}`]);
        assert.equal((await state(elsa, id)).inside, false);
        await elsa.get(room_of(id));
        await elsa.get(links(elsa.page.body).find(({ text }) => text === 'Read and answer').href);
        await elsa.submit(/^\/consent$/, { answer: 'yes' });
        assert.equal(elsa.path, room_of(id));
        await enter(elsa, id);
        assert.match(elsa.text(), /You are in the room\./);
        await elsa.get('/consent');
        await elsa.submit(/withdraw/);
        assert.equal((await state(elsa, id)).inside, false, 'withdrawn inside: out');
        await elsa.get('/consent');
        await elsa.submit(/^\/consent$/, { answer: 'yes' });
    });

    test(named('who is not logged in is led to the login and back to the room'), async () => {
        const id = await visit();
        await at(starts - 10 * minute);
        const client = portal.client('demo');
        await client.get(room_of(id));
        assert.equal(client.path, `/login?next=${encodeURIComponent(room_of(id))}`);
        assert.equal((await client.request('GET', `${room_of(id)}.json`)).status, 401);
        const seen = (await portal.mail.read()).length;
        await client.submit(/password/, { identifier: 'elsa@demo.example', password });
        await client.submit(/code/, { code: await mailed_code(portal, 'elsa@demo.example', seen) });
        assert.deepEqual([client.page.status, client.path], [200, room_of(id)], client.text());
        client.close();
    });

    test(named('a login that is worth less than video asks for is led to a stronger one and back'), async () => {
        const id = await visit();
        await at(starts - 10 * minute);
        await portal.ask(['policy', 'set', '-T', 'demo', '--feature', 'video=eid']);
        try {
            for (const client of [elsa, anna]) {
                const page = await client.get(room_of(id));
                assert.equal(page.status, 403);
                assert.match(client.text(), /log in with your electronic ID/);
                const up = links(page.body).find(({ href }) => href?.startsWith('/login?again=eid'));
                assert.equal(new URLSearchParams(up.href.split('?')[1]).get('next'), room_of(id));
                assert.equal((await client.request('GET', `${room_of(id)}.json`)).status, 403);
                assert.equal((await press(client, room_of(id))).status, 403);
            }
            assert.equal((await elsa.request('GET', `/bookings/${id}`)).status, 200, 'the visit itself asks for less');
        } finally {
            await portal.ask(['policy', 'set', '-T', 'demo', '--feature', 'video=password-code']);
        }
        assert.equal((await state(elsa, id)).state, 'open');
    });

    test(named('nobody but the two whose visit it is finds the room'), async () => {
        const id = await visit();
        await at(starts);
        await enter(elsa, id);
        await enter(anna, id);
        const absent = '/bookings/00000000-0000-4000-8000-000000000000';
        const masked = (text) => text.replace(/name="form_token" value="[^"]*"/g, '').replace(/[0-9a-f-]{36}/g, 'ID');
        for (const client of [olle, bo]) {
            const [theirs, none] = [await client.request('GET', room_of(id)), await client.request('GET', `${absent}/room`)];
            assert.deepEqual([theirs.status, none.status], [404, 404]);
            assert.equal(masked(theirs.body), masked(none.body), 'as one that is not there');
            assert.equal((await client.request('GET', `${room_of(id)}.json`)).status, 404);
            assert.equal((await press(client, room_of(id))).status, 404, 'a third one is refused');
            assert.equal((await press(client, `${room_of(id)}/leave`)).status, 404);
        }
        assert.equal(await inside(), '2');
        await leave(elsa, id);
        await leave(anna, id);
    });

    test(named('one person is in the room once: the device that came last has the place'), async () => {
        const id = await visit();
        await at(starts);
        const telephone = await log_in(portal, 'demo', 'elsa@demo.example');
        await enter(elsa, id);
        await enter(telephone, id);
        assert.match(telephone.text(), /You are in the room\./);
        await elsa.get(room_of(id));
        assert.match(elsa.text(), /You have opened this visit on another device\./);
        assert.ok(!elsa.forms().some(({ action }) => action?.endsWith('/leave')));
        await anna.get(room_of(id));
        assert.equal(anna.text().match(/Elsa Nyström is here/g).length, 1);
        await elsa.submit(/Go on here/);
        assert.match(elsa.text(), /You are in the room\./);
        assert.equal((await state(telephone, id)).inside, false);
        assert.equal(await inside(), '1');
        await leave(elsa, id);
        assert.match(elsa.text(), /You have left the room\./);
    });

    test(named('a double click enters once, and both ways in and out are in the audit'), async () => {
        const id = await visit();
        await at(starts);
        const [entered, left] = [await acts('room.enter'), await acts('room.leave')];
        await elsa.get(room_of(id));
        const form = elsa.form(/^\/bookings\/[0-9a-f-]+\/room$/);
        const fields = form.filled({});
        const answers = await Promise.all([1, 2, 3].map(() => elsa.post_raw(form.action, fields)));
        assert.deepEqual(answers.map(({ status }) => status), [303, 303, 303]);
        assert.equal((await state(elsa, id)).inside, true);
        assert.equal(await acts('room.enter'), entered + 1);
        await leave(elsa, id);
        await press(elsa, `${room_of(id)}/leave`);
        assert.equal(await acts('room.leave'), left + 1);
        const hashes = await portal.sql('SELECT token_hash FROM room_entry');
        assert.ok(hashes.length > 0);
    });

    test(named('who shows no sign for a minute is not in the room any more'), async () => {
        const id = await visit();
        await at(starts);
        await enter(elsa, id);
        await at(starts + 59 * second);
        await anna.get(room_of(id));
        assert.match(anna.text(), /Elsa Nyström is here/);
        await at(starts + 61 * second);
        await anna.get(room_of(id));
        assert.match(anna.text(), /Elsa Nyström has not come yet/);
        assert.equal((await state(elsa, id)).inside, true, 'looking is a sign');
        await anna.get(room_of(id));
        assert.match(anna.text(), /Elsa Nyström is here/);
        await leave(elsa, id);
    });

    test(named('a group meets in one room, with its staff member and no more patients than seats'), async () => {
        const pia = await log_in(portal, 'demo', 'pia@demo.example');
        const group = starts + 120 * minute;
        const ids = {};
        await early();
        for (const name of ['elsa', 'olle']) ids[name] = (await make(group, { patient: name, type: 'Video group' })).id;
        for (const id of Object.values(ids)) await confirm(id);
        await at(group);
        await enter(anna, ids.olle);
        await enter(elsa, ids.elsa);
        await enter(olle, ids.olle);
        await anna.get(room_of(ids.elsa));
        assert.match(anna.text(), /You are in the room\./, 'one room, whichever visit leads there');
        assert.match(anna.text(), /Elsa Nyström is here\..*Olle Nyström is here\./s);
        await elsa.get(room_of(ids.elsa));
        assert.match(elsa.text(), /Anna Lind is here\..*Patients in the room: 2/s);
        assert.doesNotMatch(elsa.text(), /Olle/, 'patients are not told each other’s names');
        assert.equal((await press(olle, room_of(ids.elsa))).status, 404);
        assert.equal((await press(pia, room_of(ids.elsa))).status, 404);
        await anna.get('/contact');
        assert.ok(popup(anna));
    });

    test(named('a visit at the clinic has no room'), async () => {
        const id = await visit(starts, { type: 'Check-up' });
        await at(starts);
        assert.equal((await state(elsa, id)).state, 'no-room');
        assert.equal((await press(elsa, room_of(id))).status, 409);
        await elsa.get('/bookings');
        assert.deepEqual(offers(elsa), []);
        assert.ok(!popup(elsa));
    });

    test(named('a Book now has its room open at once, and a colleague who tries a visit comes in as its patient'), async () => {
        await portal.ask(['tenant', 'set', 'demo', '--room-minutes', '0']);
        try {
            await at(starts + 20 * second);
            const now = await portal.ask(['booking', 'invite', '-T', 'demo', '--staff', 'anna@demo.example', '--visit-type', 'Video talk', '--colleague', 'bo@demo.example', '--now']);
            made.push(now.id);
            for (const client of [bo, anna]) assert.equal((await state(client, now.id)).state, 'open');
            await enter(bo, now.id);
            assert.match(bo.text(), /You are in the room\..*Anna Lind has not come yet\./s);
            await anna.get('/contact');
            assert.ok(offers(anna).includes(room_of(now.id)));
            await bo.get('/contact');
            assert.match(bo.text(), /You meet Anna Lind/);
            await leave(bo, now.id);
        } finally {
            await portal.ask(['tenant', 'set', 'demo', '--room-minutes', '15']);
        }
    });

    test(named('who was in a room is forgotten two days later, but for the audit'), async () => {
        const id = await visit();
        await at(starts);
        await enter(elsa, id);
        await leave(elsa, id);
        assert.notEqual((await portal.sql('SELECT COUNT(*) FROM room_entry'))[0][0], '0');
        await at(starts + 72 * 60 * minute);
        await until(async () => (await portal.sql('SELECT COUNT(*) FROM room_entry'))[0][0] === '0', 'the rooms’ rows to go');
        assert.ok(await acts('room.enter') > 0);
    });
});
