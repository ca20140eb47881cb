// A visit from the free times to its cancellation, as a patient with the plainest browser has it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { free_times, open_book_form, book } from './visits.mjs';
import { make_clinic, make_patient } from './clinic.mjs';
import { read_event } from './ics.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

on_each_engine((engine, named) => {
    let portal;
    let elsa;
    let olle;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        await make_patient(portal, 'demo', { email: 'olle@demo.example', 'first-name': 'Olle' });
        for (const email of ['elsa@demo.example', 'olle@demo.example']) await choose_password(portal, 'demo', email);
        elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        olle = await log_in(portal, 'demo', 'olle@demo.example');
    });
    after(() => portal?.close());

    const show = async (id) => (await portal.ask(['booking', 'show', '-T', 'demo', id]));

    test(named('the free times are those of the rules, and a booked one is gone'), async () => {
        const times = await free_times(elsa, '2027-01-12');
        assert.equal(times.length, 16 * 5, 'five working days, eight to four, each half hour');
        assert.equal(times[0].starts, '2027-01-12T07:00:00Z');
        await book(elsa, '2027-01-12T07:00:00Z');
        assert.ok(!(await free_times(olle, '2027-01-12')).some(({ starts }) => starts === '2027-01-12T07:00:00Z'));
    });

    test(named('a booked visit is told by mail with a calendar file and by text message'), async () => {
        const id = await book(elsa, '2027-01-12T08:00:00Z');
        const mail = await portal.wait_mail((each) => each.recipients.includes('elsa@demo.example') && each.text.includes('09:00'));
        const event = read_event(mail);
        assert.deepEqual([event.starts, event.ends], ['2027-01-12T08:00:00.000Z', '2027-01-12T08:30:00.000Z']);
        assert.match(event.uid, /^[0-9a-f-]{36}@demo\.localhost$/);
        assert.equal(event.method, event.declared_method);
        assert.doesNotMatch(mail.text + mail.subject, /\{\{|undefined/);
        assert.match(mail.text, new RegExp(`http://${portal.host('demo')}/bookings/${id}`));
        const rows = (await portal.ask(['outbox', 'list', '-T', 'demo', '--booking', id])).items;
        assert.deepEqual(rows.map(({ channel, reason }) => [channel, reason]).toSorted(), [['email', ''], ['sms', 'own-act']], 'who books himself needs no text message (C30)');
        const booked = await portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'elsa@demo.example', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', '2027-01-12T08:30:00Z']);
        const text = await portal.wait_text(({ to, text: words }) => to === '+46701740605' && words.includes(booked.id));
        assert.match(text.text, /Clinic demo/);
        assert.doesNotMatch(text.text, /Elsa|Nyström/);
    });

    test(named('the calendar file’s name belongs to the visit and to no row number'), async () => {
        const ids = [await book(elsa, '2027-01-12T09:00:00Z'), await book(olle, '2027-01-12T09:30:00Z')];
        const uids = [];
        for (const id of ids) uids.push(read_event(await portal.wait_mail((mail) => mail.text.includes(id))).uid);
        assert.notEqual(uids[0], uids[1]);
        for (const uid of uids) assert.match(uid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}@demo\.localhost$/);
    });

    test(named('a visit in the repeated hour of autumn has its own times in the calendar file'), async () => {
        await make_clinic(portal, 'night', { rules: ['sun 00:00-06:00'] });
        await portal.ask(['visit-type', 'create', '-T', 'night', 'Long ahead', '--duration-minutes', '30', '--kind', 'physical', '--horizon-days', '365']);
        for (const [starts, ends] of [['2027-10-31T00:30:00Z', '2027-10-31T01:00:00Z'], ['2027-10-31T01:00:00Z', '2027-10-31T01:30:00Z']]) {
            const { id } = await portal.ask(['booking', 'create', '-T', 'night', '--patient', 'elsa@night.example', '--staff', 'anna@night.example', '--visit-type', 'Long ahead', '--starts', starts]);
            const event = read_event(await portal.wait_mail((mail) => mail.text.includes(id)));
            assert.deepEqual([event.starts, event.ends], [starts, ends].map((each) => new Date(each).toISOString()));
        }
    });

    test(named('a visit is confirmed once, however often the button is pressed'), async () => {
        const id = await book(elsa, '2027-01-12T10:00:00Z');
        assert.equal((await show(id)).state, 'unconfirmed');
        await elsa.get(`/bookings/${id}`);
        const form = elsa.form(/confirm/);
        const fields = form.filled({});
        const answers = await Promise.all([1, 2, 3].map(() => elsa.post_raw(form.action, fields)));
        for (const answer of answers) assert.equal(answer.status, 303, answer.body.slice(0, 500));
        const confirmed = await show(id);
        assert.deepEqual([confirmed.state, confirmed.version], ['confirmed', 2]);
        await portal.settle();
        const mails = (await portal.mail.read()).filter((mail) => mail.text.includes(id) && /confirmed/i.test(mail.subject));
        assert.equal(mails.length, 1);
        const acts = await portal.sql("SELECT COUNT(*) FROM audit WHERE act = 'booking.confirm'");
        assert.equal(acts[0][0], '1');
    });

    test(named('a double click on the booking form makes one booking'), async () => {
        const form = await open_book_form(elsa, '2027-01-12T11:00:00Z');
        const fields = form.filled({});
        const answers = await Promise.all([1, 2].map(() => elsa.post_raw(form.action, fields)));
        assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
        assert.equal(answers[0].headers.location, answers[1].headers.location);
    });

    test(named('a moved visit keeps its calendar name and raises its number'), async () => {
        const id = await book(elsa, '2027-01-13T08:00:00Z');
        const first = read_event(await portal.wait_mail((mail) => mail.text.includes(id)));
        await elsa.get(`/bookings/${id}/move?starts=2027-01-13T12:00:00Z`);
        await elsa.submit(/move/);
        assert.equal((await show(id)).starts, '2027-01-13T12:00:00Z');
        const moved = read_event(await portal.wait_mail((mail) => mail.text.includes(id) && mail.text.includes('13:00')));
        assert.equal(moved.uid, first.uid);
        assert.ok(moved.sequence > first.sequence);
        assert.equal(moved.starts, '2027-01-13T12:00:00.000Z');
        assert.ok((await free_times(olle, '2027-01-13')).some(({ starts }) => starts === '2027-01-13T08:00:00Z'), 'the old time is free again');
    });

    test(named('a cancelled visit is cancelled in the calendar too, and its time is free again'), async () => {
        const id = await book(elsa, '2027-01-14T08:00:00Z');
        const first = read_event(await portal.wait_mail((mail) => mail.text.includes(id)));
        await elsa.get(`/bookings/${id}/cancel`);
        await elsa.submit(/cancel/);
        assert.equal((await show(id)).state, 'cancelled');
        const mail = await portal.wait_mail((each) => /cancelled/i.test(each.subject) && each.attachments.some((part) => part.content.toString().includes(first.uid)));
        const event = read_event(mail);
        assert.deepEqual([event.method, event.declared_method, event.status, event.uid], ['CANCEL', 'CANCEL', 'CANCELLED', first.uid]);
        assert.ok(event.sequence > first.sequence);
        assert.ok((await free_times(olle, '2027-01-14')).some(({ starts }) => starts === '2027-01-14T08:00:00Z'));
    });

    test(named('a patient sees own bookings only'), async () => {
        const id = await book(elsa, '2027-01-14T09:00:00Z');
        const absent = await olle.request('GET', '/bookings/00000000-0000-4000-8000-000000000000');
        assert.equal(absent.status, 404);
        const masked = (text) => text.replace(/name="form_token" value="[^"]*"/g, '').replace(/[0-9a-f-]{36}/g, 'ID');
        for (const act of ['', '/confirm', '/move', '/cancel']) {
            const other = await olle.request('GET', `/bookings/${id}${act}`);
            assert.equal(other.status, 404, `GET ${act}`);
            if (act === '') assert.equal(masked(other.body), masked(absent.body), 'another’s looks as one that is not there');
        }
        await olle.get('/bookings');
        const token = olle.form(/logout/).field('form_token').value;
        for (const act of ['confirm', 'move', 'cancel']) {
            const answer = await olle.post_raw(`/bookings/${id}/${act}`, { form_token: token, ...(act === 'move' ? { starts: '2027-01-14T10:00:00Z' } : {}) });
            assert.equal(answer.status, 404, `POST ${act}`);
        }
        assert.equal((await show(id)).state, 'unconfirmed');
        assert.doesNotMatch(olle.page.body, new RegExp(id));
    });

    test(named('a form that was made before the visit changed is told so and changes nothing'), async () => {
        const id = await book(elsa, '2027-01-14T10:00:00Z');
        await elsa.get(`/bookings/${id}/move?starts=2027-01-14T11:00:00Z`);
        const old = elsa.form(/move/);
        const fields = old.filled({});
        await portal.ask(['booking', 'move', '-T', 'demo', id, '--starts', '2027-01-14T12:00:00Z']);
        const answer = await elsa.post_raw(old.action, fields);
        assert.equal(answer.status, 409);
        assert.equal((await show(id)).starts, '2027-01-14T12:00:00Z');
    });

    test(named('a time that was taken meanwhile is told on the page of times'), async () => {
        const form = await open_book_form(olle, '2027-01-14T13:00:00Z');
        await book(elsa, '2027-01-14T13:00:00Z');
        const answer = await olle.post(form.action, form.filled({}));
        assert.equal(answer.status, 409);
        assert.match(olle.text(), /no longer free|Something is not right/);
    });

    const refused = [
        ['in the past', '2027-01-04T08:00:00Z'], ['in the missing hour of spring', '2027-03-28T02:30:00'], ['that is no time', 'tomorrow'],
        ['in year 0', '0000-01-01T00:00:00Z'], ['in year 9999', '9999-12-31T23:59:59Z'], ['outside the hours', '2027-01-12T02:00:00Z'],
        ['between two starts', '2027-01-15T08:07:00Z'],
    ];
    for (const [what, starts] of refused) {
        test(named(`a start ${what} books nothing`), async () => {
            const form = await open_book_form(elsa, '2027-01-15T08:00:00Z');
            const count = (await portal.sql('SELECT COUNT(*) FROM booking'))[0][0];
            const answer = await elsa.post_raw(form.action, form.filled({ starts }));
            assert.ok([400, 404, 409, 422].includes(answer.status), `answered ${answer.status}`);
            assert.equal((await portal.sql('SELECT COUNT(*) FROM booking'))[0][0], count);
        });
    }

    test(named('nobody books or waits for a patient who is blocked or was merged into another'), async () => {
        const made = await Promise.all(['shut', 'twin', 'kept'].map((name) => make_patient(portal, 'demo', { email: `${name}@demo.example` })));
        const [shut, twin, kept] = made.map(({ id }) => id);
        await portal.ask(['user', 'set', '-T', 'demo', shut, '--status', 'blocked']);
        await portal.ask(['user', 'merge', '-T', 'demo', twin, kept]);
        await portal.ask(['tenant', 'set', 'demo', '--waitlist', 'yes']);
        const counts = async () => (await portal.sql('SELECT (SELECT COUNT(*) FROM booking), (SELECT COUNT(*) FROM waitlist_entry), (SELECT COUNT(*) FROM outbox)'))[0].join();
        const before_it = await counts();
        const acts = [['booking', 'create', '--staff', 'anna@demo.example', '--starts', '2027-01-15T10:00:00Z'], ['waitlist', 'add']];
        for (const patient of [shut, twin]) {
            for (const act of acts) {
                const refused = await portal.ctl([...act, '-T', 'demo', '--visit-type', 'Check-up', '--patient', patient]);
                assert.equal(refused.status, 6, refused.stderr);
                assert.match(refused.stderr, /patient.*profile is closed here/);
            }
        }
        assert.equal(await counts(), before_it);
        for (const act of acts) await portal.ask([...act, '-T', 'demo', '--visit-type', 'Check-up', '--patient', kept]);
    });

    test(named('a visit that has begun is neither moved nor cancelled by its patient'), async () => {
        const id = await book(elsa, '2027-01-15T09:00:00Z');
        const was = portal.now;
        await portal.set_clock('2027-01-15T09:10:00Z');
        const client = await log_in(portal, 'demo', 'elsa@demo.example');
        await client.get('/bookings');
        const token = client.form(/logout/).field('form_token').value;
        for (const act of ['cancel', 'confirm', 'move']) {
            const answer = await client.post_raw(`/bookings/${id}/${act}`, { form_token: token, ...(act === 'move' ? { starts: '2027-01-15T13:00:00Z' } : {}) });
            assert.ok([404, 409].includes(answer.status), `${act}: ${answer.status}`);
        }
        assert.equal((await show(id)).starts, '2027-01-15T09:00:00Z');
        await portal.set_clock(new Date(was).toISOString());
    });
});
