// Staff's side of visits: what they see, and what they do with one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { links } from './html.mjs';
import { flags, make_clinic, make_patient, make_staff } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

on_each_engine((engine, named) => {
    let portal;
    let anna;
    let elsa;

    before(async () => {
        portal = await Portal.start({ engine, settings: { jobs: { reminder_seconds: 0 } } });
        await make_clinic(portal);
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'On request', '--duration-minutes', '30', '--kind', 'physical', '--approval']);
        await make_staff(portal, 'demo', { email: 'bo@demo.example', 'first-name': 'Bo', 'last-name': 'Ek' });
        await make_patient(portal, 'demo', { email: 'olle@demo.example', 'first-name': 'Olle' });
        for (const name of ['anna', 'bo', 'elsa']) await choose_password(portal, 'demo', `${name}@demo.example`);
        anna = await log_in(portal, 'demo', 'anna@demo.example');
        elsa = await log_in(portal, 'demo', 'elsa@demo.example');
    });
    after(() => portal?.close());

    const show = (id) => portal.ask(['booking', 'show', '-T', 'demo', id]);
    const booked = async (starts, { type = 'Check-up', staff = 'anna', patient = 'elsa' } = {}) => (await portal.ask(['booking', 'create', '-T', 'demo', '--patient', `${patient}@demo.example`, '--staff', `${staff}@demo.example`, '--visit-type', type, '--starts', starts])).id;
    const rows = async (id) => (await portal.ask(['outbox', 'list', '-T', 'demo', '--booking', id])).items;
    const texts = async (id) => { await portal.settle(); return (await portal.sms.read()).filter(({ text }) => text.includes(id)); };
    const link = (words) => links(anna.page.body).find(({ text }) => text === words).href.replaceAll('&amp;', '&');
    const section = (body, id) => body.match(new RegExp(`<section[^>]*aria-labelledby="${id}"[\\s\\S]*?</section>`))?.[0] ?? '';

    test(named('a confirmed visit stands on the overview and an unconfirmed one does not'), async () => {
        const open = await booked('2027-01-20T08:00:00Z');
        const sure = await booked('2027-01-20T09:00:00Z');
        await portal.ask(['booking', 'confirm', '-T', 'demo', sure]);
        await anna.get('/staff');
        assert.match(anna.page.body, new RegExp(sure));
        assert.doesNotMatch(anna.page.body, new RegExp(open), 'it begins too far ahead for a warning');
        await anna.get('/staff/bookings');
        for (const id of [open, sure]) assert.match(anna.page.body, new RegExp(id));
    });

    test(named('what will not take place unless it is confirmed is shown from the first warning on, the most urgent first'), async () => {
        await portal.ask(['tenant', 'set', 'demo', '--warnings', '2h,1d']);
        const later = await booked('2027-01-12T07:30:00Z');
        const sooner = await booked('2027-01-12T07:00:00Z');
        const was = portal.now;
        await portal.set_clock('2027-01-11T07:29:00Z');
        anna = await log_in(portal, 'demo', 'anna@demo.example');
        await anna.get('/staff');
        assert.match(section(anna.page.body, 'risks'), new RegExp(sooner));
        assert.doesNotMatch(section(anna.page.body, 'risks'), new RegExp(later), 'a minute too early');
        assert.match(anna.text(), /23 hours 31 minutes left until it begins/);
        await portal.set_clock('2027-01-11T07:30:00Z');
        await anna.get('/staff');
        const box = section(anna.page.body, 'risks');
        assert.ok(box.indexOf(sooner) > 0 && box.indexOf(sooner) < box.indexOf(later), 'the most urgent first');
        await portal.ask(['booking', 'confirm', '-T', 'demo', sooner]);
        await anna.get('/staff');
        assert.doesNotMatch(section(anna.page.body, 'risks'), new RegExp(sooner));
        await portal.settle(); // what was queued at the later time would wait for it
        await portal.set_clock(new Date(was).toISOString().replace('.000', ''));
    });

    test(named('staff read that a message goes out where it can reach the patient, and else to call'), async () => {
        const patients = [{}, { mobile: '0739000081' }, { email: 'stina@demo.example' }];
        const bare = 'The patient has no address that we could write to. Please call.';
        const told = 'The patient gets a message about it.';
        const says = (words, not) => {
            assert.ok(anna.text().includes(words), anna.text());
            assert.ok(!not || !anna.text().includes(not), anna.text());
        };
        for (const [i, over] of patients.entries()) {
            const { id: patient } = await portal.ask(['patient', 'create', '-T', 'demo', ...flags({ 'first-name': 'Stina', 'last-name': 'Ek', ...over })]);
            const make = async (hour) => (await portal.ask(['booking', 'create', '-T', 'demo', '--patient', patient, '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', `2027-01-2${5 + i}T${hour}:00:00Z`])).id;
            const [last, not] = i === 0 ? [bare, told] : [told, bare];
            const id = await make('08');
            await anna.get(`/bookings/${id}?done=invited`);
            says(i === 0 ? `The visit is booked. ${bare}` : 'The invitation is on its way.', i === 0 ? 'on its way' : bare);
            await anna.submit(/confirm$/);
            says(`The visit is confirmed. ${last}`, not);
            await anna.get(`/staff/bookings/${id}/move`);
            says(i === 0 ? bare : 'The patient gets a message with the old and the new time.', i === 0 ? 'gets a message' : bare);
            await anna.submit(/move$/, { time: '16:00' });
            says(`The visit has a new time. ${last}`, not);
            await anna.get(`/bookings/${id}/cancel`);
            says(i === 0 ? bare : 'The patient gets a message that the visit is cancelled.', i === 0 ? 'gets a message' : bare);
            await anna.submit(/cancel$/);
            says(`The visit is cancelled. ${last}`, not);
            if (i !== 1) continue;
            await portal.ask(['tenant', 'set', 'demo', '--modules', 'booking']);
            await anna.get(`/bookings/${id}?done=cancelled`);
            says(bare, told); // a number alone, where the clinic sends no text messages
            await portal.ask(['tenant', 'set', 'demo', '--modules', 'booking,sms']);
        }
    });

    test(named('a clinic may have no warnings'), async () => {
        await portal.ask(['tenant', 'set', 'demo', '--warnings', '']);
        await booked('2027-01-12T10:00:00Z');
        await anna.get('/staff');
        assert.equal(section(anna.page.body, 'risks'), '');
    });

    test(named('a clinic that asks for no confirmation has certain visits from the start'), async () => {
        await portal.ask(['tenant', 'set', 'demo', '--confirmation', 'no']);
        const id = await booked('2027-01-19T08:00:00Z');
        assert.deepEqual([(await show(id)).state, (await show(id)).awaits], ['confirmed', 'nobody']);
        await portal.ask(['tenant', 'set', 'demo', '--confirmation', 'yes']);
    });

    test(named('the list of bookings shows one state when asked, from a day on'), async () => {
        const gone = await booked('2027-01-21T08:00:00Z');
        const kept = await booked('2027-01-21T09:00:00Z');
        await portal.ask(['booking', 'cancel', '-T', 'demo', gone]);
        await anna.get('/staff/bookings?state=cancelled&from=2027-01-21');
        assert.match(anna.page.body, new RegExp(gone));
        assert.doesNotMatch(anna.page.body, new RegExp(kept));
        await anna.get('/staff/bookings?state=unconfirmed&from=2027-01-21');
        assert.match(anna.page.body, new RegExp(kept));
        assert.doesNotMatch(anna.page.body, new RegExp(gone));
        await anna.get('/staff/bookings?from=2027-01-22');
        assert.doesNotMatch(anna.page.body, new RegExp(kept));
    });

    test(named('a long list of bookings comes page by page'), async () => {
        const ids = [];
        for (let i = 0; i < 55; i += 1) ids.push(await booked(new Date(Date.parse('2027-02-01T07:00:00Z') + Math.floor(i / 16) * 86_400_000 + (i % 16) * 1_800_000).toISOString().replace('.000', '')));
        await anna.get('/staff/bookings?from=2027-02-01');
        assert.match(anna.page.body, new RegExp(ids[49]));
        assert.doesNotMatch(anna.page.body, new RegExp(ids[50]));
        await anna.get(link('Later bookings'));
        for (const id of ids.slice(50)) assert.match(anna.page.body, new RegExp(id));
        assert.doesNotMatch(anna.page.body, new RegExp(ids[49]));
    });

    test(named('staff see nobody else’s bookings, an administrator all of the clinic'), async () => {
        const hers = await booked('2027-01-25T08:00:00Z');
        const bo = await log_in(portal, 'demo', 'bo@demo.example');
        await bo.get('/staff/bookings?from=2027-01-25');
        assert.doesNotMatch(bo.page.body, new RegExp(hers));
        assert.equal((await bo.request('GET', `/bookings/${hers}`)).status, 404);
        assert.equal((await bo.request('GET', '/unit/bookings')).status, 403);
        await portal.ask(['staff', 'set', '-T', 'demo', 'bo@demo.example', '--administrator', 'yes']);
        const chief = await log_in(portal, 'demo', 'bo@demo.example');
        await chief.get('/staff/bookings?from=2027-01-25');
        assert.doesNotMatch(chief.page.body, new RegExp(hers), 'the own list stays the own');
        await chief.get('/unit/bookings?from=2027-01-25');
        assert.match(chief.page.body, new RegExp(hers));
        const { items } = await portal.ask(['staff', 'list', '-T', 'demo']);
        const [a, b] = ['Anna', 'Bo'].map((name) => items.find((each) => each.name.startsWith(name)).id);
        await chief.get(`/unit/bookings?from=2027-01-25&staff=${a}`);
        assert.match(chief.page.body, new RegExp(hers));
        await chief.get(`/unit/bookings?from=2027-01-25&staff=${b}`);
        assert.doesNotMatch(chief.page.body, new RegExp(hers));
        assert.equal((await chief.request('GET', `/bookings/${hers}`)).status, 200);
    });

    test(named('the visit’s page tells staff whom they can call'), async () => {
        const id = await booked('2027-01-26T08:00:00Z');
        await anna.get(`/bookings/${id}`);
        assert.match(anna.text(), /Elsa Nyström/);
        assert.match(anna.page.body, /href="tel:\+46701740605"/);
        await elsa.get(`/bookings/${id}`);
        assert.doesNotMatch(elsa.page.body, /46701740605/);
    });

    test(named('staff confirm for the patient, once however often they press'), async () => {
        const id = await booked('2027-01-26T09:00:00Z');
        await anna.get(`/bookings/${id}`);
        const form = anna.form(/confirm$/);
        const fields = form.filled({});
        for (const answer of await Promise.all([1, 2].map(() => anna.post_raw(form.action, fields)))) assert.equal(answer.status, 303);
        const { state, version } = await show(id);
        assert.deepEqual([state, version], ['confirmed', 2]);
        const told = (await rows(id)).filter(({ kind }) => kind !== 'booking-invited').map(({ kind, channel, reason }) => [kind, channel, reason]).sort();
        assert.deepEqual(told, [['booking-booked', 'email', ''], ['booking-booked', 'sms', 'confirmed-by-staff']], 'nothing says that the patient did it');
        const { id: tore } = await portal.ask(['patient', 'create', '-T', 'demo', '--first-name', 'Tore', '--last-name', 'Öst', '--mobile', '0701740699']);
        const { id: by_phone } = await portal.ask(['booking', 'create', '-T', 'demo', '--patient', tore, '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', '2027-01-26T10:00:00Z']);
        await portal.ask(['booking', 'confirm', '-T', 'demo', by_phone]);
        assert.match((await texts(by_phone)).at(-1).text, /Your visit is booked:/, 'who has no e-mail address is told all the same');
    });

    test(named('what a patient books on approval waits for the clinic, and staff approve it from the overview'), async () => {
        const types = (await portal.ask(['visit-type', 'list', '-T', 'demo'])).items;
        const type = types.find(({ title }) => title === 'On request').id;
        const { staff_id } = await show(await booked('2027-01-27T07:00:00Z'));
        await elsa.get(`/book?staff=${staff_id}&visit_type=${type}&starts=2027-01-27T08:00:00Z`);
        assert.match(elsa.text(), /The clinic looks at this first/);
        await elsa.submit(/^\/book$/);
        assert.match(elsa.text(), /You have asked for this time/);
        assert.match(elsa.text(), /Waits for the clinic's answer/);
        assert.doesNotMatch(elsa.text(), /is booked/);
        const id = elsa.path.match(/bookings\/([0-9a-f-]{36})/)[1];
        assert.deepEqual([(await show(id)).state, (await show(id)).awaits], ['unconfirmed', 'clinic']);
        assert.ok(elsa.forms().every(({ action }) => !/confirm$/.test(action)), 'the patient has nothing to confirm');
        await anna.get('/staff');
        assert.match(section(anna.page.body, 'answers'), new RegExp(id));
        await anna.submit(new RegExp(`${id}/confirm`));
        assert.equal((await show(id)).state, 'confirmed');
        const answers = await texts(id);
        assert.equal(answers.length, 1);
        assert.match(answers[0].text, /Your visit is booked:/, 'the clinic’s answer');
        await anna.get('/staff');
        assert.doesNotMatch(section(anna.page.body, 'answers'), new RegExp(id));
        await elsa.get(`/bookings/${id}/move?starts=2027-01-27T09:00:00Z`);
        await elsa.submit(/move$/);
        const mail = await portal.wait_mail(({ subject, text }) => subject === 'You have asked for a new time' && text.includes(id));
        assert.match(mail.text, /The clinic looks at it/);
        assert.doesNotMatch(mail.text, /This is the new time/);
    });

    test(named('staff who move a visit tell the old and the new time once, and it waits for a confirmation again'), async () => {
        const id = await booked('2027-01-28T08:00:00Z');
        await portal.ask(['booking', 'confirm', '-T', 'demo', id]);
        await portal.settle();
        const before_move = (await texts(id)).length;
        await anna.get(`/bookings/${id}`);
        await anna.get(link('Move the visit'));
        const form = anna.form(/move$/);
        const fields = form.filled({ date: '2027-01-28', time: '21:10' });
        for (const answer of await Promise.all([1, 2].map(() => anna.post_raw(form.action, fields)))) assert.equal(answer.status, 303, answer.body);
        const moved = await show(id);
        assert.deepEqual([moved.starts, moved.state, moved.awaits], ['2027-01-28T20:10:00Z', 'unconfirmed', 'patient'], 'any time, outside the hours too');
        const sent = await texts(id);
        assert.equal(sent.length, before_move + 1);
        assert.match(sent.at(-1).text, /09:00[\s\S]*21:10|21:10[\s\S]*09:00/);
        assert.match(sent.at(-1).text, /Please confirm: http/, 'without it the visit lapses');
        const mail = (await portal.mail.read()).findLast(({ text }) => text.includes(id));
        assert.equal(mail.subject, 'Your visit has a new time that needs your confirmation');
        const reminders = await portal.sql(`SELECT state, reason FROM reminder WHERE booking = (SELECT MAX(booking) FROM reminder) ORDER BY id`);
        assert.deepEqual(reminders, [['not-sent', 'moved']], 'none for the new time until it is confirmed');
    });

    test(named('staff who choose a time that comes twice are asked which, and one that does not exist is refused'), async () => {
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'Far ahead', '--duration-minutes', '30', '--kind', 'physical', '--horizon-days', '365']);
        const id = await booked('2027-01-29T08:00:00Z');
        await anna.get(`/staff/bookings/${id}/move`);
        await anna.submit(/move$/, { date: '2027-10-31', time: '02:30' });
        assert.equal(anna.page.status, 400);
        assert.match(anna.text(), /Which one/);
        await anna.submit(/move$/, { date: '2027-10-31', time: '02:30', which: 'later' });
        assert.equal((await show(id)).starts, '2027-10-31T01:30:00Z');
        await anna.get(`/staff/bookings/${id}/move`);
        await anna.submit(/move$/, { date: '2027-03-28', time: '02:30' });
        assert.equal(anna.page.status, 400);
        await anna.submit(/move$/, { date: '2026-12-01', time: '09:00' });
        assert.equal(anna.page.status, 409);
        assert.match(anna.text(), /already passed/);
        assert.equal((await show(id)).starts, '2027-10-31T01:30:00Z');
    });

    test(named('staff who move a visit onto another are told that the time is taken'), async () => {
        await booked('2027-01-29T10:00:00Z');
        const id = await booked('2027-01-29T11:00:00Z');
        await anna.get(`/staff/bookings/${id}/move`);
        await anna.submit(/move$/, { date: '2027-01-29', time: '11:15' });
        assert.equal(anna.page.status, 409);
        assert.match(anna.text(), /no longer free/);
        assert.equal((await show(id)).starts, '2027-01-29T11:00:00Z');
    });

    test(named('staff who cancel tell the patient once, and a reminder on its way is withdrawn'), async () => {
        const id = await booked('2027-01-29T13:00:00Z');
        await portal.ask(['booking', 'confirm', '-T', 'demo', id]);
        await portal.settle();
        const before_cancel = (await texts(id)).length;
        await anna.get(`/bookings/${id}`);
        await anna.get(link('Cancel the visit'));
        assert.match(anna.text(), /The patient gets a message/);
        await anna.submit(/cancel$/);
        assert.match(anna.text(), /The visit is cancelled/);
        assert.equal((await texts(id)).length, before_cancel + 1);
        const [[state, reason]] = await portal.sql('SELECT state, reason FROM reminder ORDER BY id DESC LIMIT 1');
        assert.deepEqual([state, reason], ['not-sent', 'cancelled']);
    });

    test(named('a patient’s own confirmation sends no text message, and a row says why'), async () => {
        const id = await booked('2027-01-29T14:00:00Z');
        const told = (await texts(id)).length;
        await elsa.get(`/bookings/${id}`);
        await elsa.submit(/confirm$/);
        assert.equal((await texts(id)).length, told);
        const row = (await rows(id)).find(({ kind, channel }) => kind === 'booking-confirmed' && channel === 'sms');
        assert.deepEqual([row.state, row.reason], ['not-sent', 'own-act']);
    });

    test(named('staff mark a visit as done or missed once it has begun, and can correct it'), async () => {
        const id = await booked('2027-01-12T12:00:00Z');
        await portal.ask(['booking', 'confirm', '-T', 'demo', id]);
        await portal.settle();
        const told = (await texts(id)).length;
        const was = portal.now;
        await anna.get(`/bookings/${id}`);
        assert.ok(anna.forms().every(({ action }) => !/done|missed/.test(action)), 'not before it begins');
        assert.notEqual((await portal.ctl(['booking', 'done', '-T', 'demo', id])).status, 0);
        await portal.set_clock('2027-01-12T12:05:00Z');
        anna = await log_in(portal, 'demo', 'anna@demo.example');
        await anna.get(`/bookings/${id}`);
        await anna.submit(/missed$/);
        assert.equal((await show(id)).state, 'no-show');
        assert.match(anna.text(), /marked as missed/);
        await anna.submit(/done$/);
        assert.equal((await show(id)).state, 'done');
        await portal.ask(['booking', 'no-show', '-T', 'demo', id]);
        assert.equal((await show(id)).state, 'no-show');
        assert.equal((await texts(id)).length, told, 'nobody is told');
        const acts = await portal.sql("SELECT act FROM audit WHERE act IN ('booking.finish', 'booking.miss') ORDER BY id");
        assert.deepEqual(acts.flat(), ['booking.miss', 'booking.finish', 'booking.miss']);
        await portal.settle(); // what was queued at the later time would wait for it
        await portal.set_clock(new Date(was).toISOString().replace('.000', ''));
    });
});
