// Waiting for a time that is freed: who is told, who gets it, and what the others read.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { flags, make_clinic, make_patient } from './clinic.mjs';
import { page_text } from './html.mjs';
import { choose_password, log_in, make_crowd } from './people.mjs';
import { on_each_engine, Portal, with_portal } from './portal.mjs';
import { until } from './wait.mjs';

const crowd_size = 20;
const offered_at_most = 10;

on_each_engine((engine, named) => {
    let portal;
    let clinic;
    let crowd; // p0 ... p19, logged in
    let elsa;
    let olle;

    const title = 'Check-up';
    const person = (name) => `${name}@demo.example`;
    const book = (name, starts) => portal.ask(['booking', 'create', '-T', 'demo', ...flags({ patient: person(name), staff: person('anna'), 'visit-type': title, starts })]);
    const cancel = (id) => portal.ask(['booking', 'cancel', '-T', 'demo', id]);
    const wait = (name, over = {}) => portal.ask(['waitlist', 'add', '-T', 'demo', ...flags({ patient: person(name), 'visit-type': title, ...over })]);
    const waiting = async () => (await portal.ask(['waitlist', 'list', '-T', 'demo'])).items;
    const offers = async () => (await portal.ask(['waitlist', 'offers', '-T', 'demo'])).items;
    const count = async (from) => Number((await portal.sql(`SELECT COUNT(*) FROM ${from}`))[0][0]);
    const free = async (starts) => (await portal.ask(['slot', 'list', '-T', 'demo', ...flags({ staff: person('anna'), 'visit-type': title, from: starts.slice(0, 10), days: 1 })])).items.some((each) => each.starts === starts);
    const empty_list = async () => {
        for (const { id } of await waiting()) await portal.ask(['waitlist', 'remove', '-T', 'demo', id]);
    };
    const refused = async (args) => {
        const answer = await portal.ctl(args);
        assert.notEqual(answer.status, 0, `${args} was accepted: ${answer.stdout}`);
        return answer.stderr;
    };
    const book_args = (name, starts) => ['booking', 'create', '-T', 'demo', ...flags({ patient: person(name), staff: person('anna'), 'visit-type': title, starts })];

    before(async () => {
        portal = await Portal.start({ engine });
        clinic = await make_clinic(portal, 'demo', { confirmation: 'no' });
        await make_patient(portal, 'demo', { email: 'olle@demo.example', 'first-name': 'Olle' });
        for (const name of ['elsa', 'olle']) await choose_password(portal, 'demo', person(name));
        elsa = await log_in(portal, 'demo', person('elsa'));
        olle = await log_in(portal, 'demo', person('olle'));
        crowd = await make_crowd(portal, 'demo', crowd_size);
    });
    after(() => portal?.close());

    test(named('where the clinic has no waiting list there is none, and a freed time is offered to nobody'), async () => {
        assert.match(await refused(['waitlist', 'add', '-T', 'demo', ...flags({ patient: person('elsa'), 'visit-type': title })]), /no waiting list/);
        for (const at of ['/waitlist', `/waitlist/join?visit_type=${clinic.visit_type.id}`]) assert.equal((await elsa.request('GET', at)).status, 404);
        await elsa.get('/slots');
        assert.doesNotMatch(elsa.text(), /becomes free/);
        await portal.ask(['tenant', 'set', 'demo', '--waitlist', 'yes']);
        await wait('elsa');
        await portal.ask(['tenant', 'set', 'demo', '--waitlist', 'no']);
        const { id } = await book('olle', '2027-01-12T08:00:00Z');
        await cancel(id);
        await portal.settle();
        assert.deepEqual([await count('slot_hold'), await count('waitlist_offer'), await count("outbox WHERE kind = 'waitlist-offer'")], [0, 0, 0]);
        assert.equal(await free('2027-01-12T08:00:00Z'), true);
        await portal.ask(['tenant', 'set', 'demo', '--waitlist', 'yes']);
        await empty_list();
    });

    test(named('of two profiles of one person that become one, the place on the list goes along'), async () => {
        const twice = await Promise.all([1, 2].map((i) => make_patient(portal, 'demo', { email: `twin${i}@demo.example` })));
        await wait('twin1');
        await portal.ask(['user', 'merge', '-T', 'demo', twice[0].id, twice[1].id]);
        assert.deepEqual((await waiting()).map(({ patient_id }) => patient_id), [twice[1].id]);
        const third = await make_patient(portal, 'demo', { email: 'twin3@demo.example' });
        await wait('twin3');
        await portal.ask(['user', 'merge', '-T', 'demo', third.id, twice[1].id]);
        assert.deepEqual((await waiting()).map(({ patient_id }) => patient_id), [twice[1].id], 'and waits once');
        await empty_list();
    });

    test(named('a patient asks on the page of times to be told, sees it and takes it back'), async () => {
        await elsa.get('/slots');
        const link = elsa.page.body.match(/href="(\/waitlist\/join\?[^"]+)"/)[1].replaceAll('&amp;', '&');
        await elsa.get(link);
        await elsa.submit(/waitlist\/join$/, { with: clinic.staff.id });
        assert.match(elsa.text(), /You are on the list now/);
        assert.deepEqual((await waiting()).map(({ patient, staff }) => [patient, staff]), [['Elsa Nyström', 'Anna Lind']]);
        await elsa.get(link);
        const again = await elsa.submit(/waitlist\/join$/, {});
        assert.equal(again.status, 409);
        assert.match(elsa.text(), /on the list for this visit already/);
        await elsa.get('/waitlist');
        await elsa.submit(/leave$/);
        assert.match(elsa.text(), /no longer on the list/);
        assert.deepEqual(await waiting(), []);
    });

    test(named('a freed time is offered by mail and text, held for those who wait, and taken with one button'), async () => {
        const starts = '2027-01-12T09:00:00Z';
        const { id } = await book('olle', starts);
        await wait('elsa');
        await cancel(id);
        const [offer] = await offers();
        assert.deepEqual([offer.state, offer.starts, offer.patient], ['open', starts, 'Elsa Nyström']);
        const at = `http://${portal.host('demo')}/waitlist/offers/${offer.id}`;
        const mail = await portal.wait_mail((each) => each.recipients.includes(person('elsa')) && each.text.includes(at));
        const text = await portal.wait_text(({ text: words }) => words.includes(at));
        for (const words of [mail.text, text.text]) assert.match(words, /12 January 2027.*10:00/);
        assert.doesNotMatch(text.text, /Check-up|Elsa/);
        assert.equal(await free(starts), false, 'the time is held');
        assert.match(await refused(book_args('olle', starts)), /no longer free/);
        await elsa.get(`/waitlist/offers/${offer.id}`);
        assert.match(elsa.text(), /Tuesday 12 January 2027/);
        await elsa.submit(/waitlist\/offers/);
        assert.match(elsa.path, /^\/bookings\/[0-9a-f-]{36}/, elsa.text());
        const booked = await portal.ask(['booking', 'show', '-T', 'demo', elsa.path.match(/[0-9a-f-]{36}/)[0]]);
        assert.deepEqual([booked.starts, booked.origin, booked.state], [starts, 'waitlist', 'confirmed']);
        assert.deepEqual([await count('slot_hold'), await waiting(), (await offers())[0].state], [0, [], 'taken']);
        await elsa.get(`/waitlist/offers/${offer.id}`);
        assert.match(elsa.text(), /You have booked this time already/);
    });

    test(named('the database refuses a held time to everybody else'), async () => {
        const starts = '2027-01-12T10:00:00Z';
        const { id } = await book('olle', starts);
        await wait('elsa');
        const other = await book('olle', '2027-01-12T10:30:00Z');
        await cancel(id);
        for (const at of [starts, '2027-01-12T10:15:00Z']) await refused(book_args('olle', at));
        assert.match(await refused(['booking', 'move', '-T', 'demo', other.id, '--starts', starts]), /no longer free/);
        assert.match(await refused(['booking', 'move', '-T', 'demo', other.id, '--starts', '2027-01-12T10:15:00Z']), /no longer free/, 'staff choose any time, but none that is held');
        await empty_list();
        assert.equal(await count('slot_hold'), 0, 'nobody wants it any more');
        assert.equal(await free(starts), true);
    });

    test(named('of twenty who wait and answer at once, one gets the time and nineteen are told kindly'), async () => {
        const starts = '2027-01-13T08:00:00Z';
        const { id } = await book('elsa', starts);
        for (let i = 0; i < crowd_size; i += 1) await wait(`p${i}`);
        await cancel(id);
        const open = (await offers()).filter(({ state }) => state === 'open');
        assert.equal(open.length, offered_at_most);
        const names = await Promise.all(crowd.map(async (client) => {
            await client.get('/waitlist');
            return client.page.body.match(/\/waitlist\/offers\/([0-9a-f-]{36})/)?.[1];
        }));
        assert.equal(names.filter(Boolean).length, offered_at_most);
        // Those with an offer press its button; the others try to book the time past it.
        const asked = await Promise.all(crowd.map(async (client, i) => {
            if (names[i]) await client.get(`/waitlist/offers/${names[i]}`);
            else await client.get(`/book?${new URLSearchParams({ staff: clinic.staff.id, visit_type: clinic.visit_type.id, starts })}`);
            const form = client.form(names[i] ? /waitlist\/offers/ : /^\/book$/);
            return { client, action: form.action, fields: form.filled({}) };
        }));
        const answers = await Promise.all(asked.map(({ client, action, fields }) => client.post_raw(action, fields)));
        assert.equal(answers.filter(({ status }) => status === 303).length, 1, JSON.stringify(answers.map(({ status }) => status)));
        assert.equal(answers.filter(({ status }) => status === 409).length, crowd_size - 1);
        for (const [i, answer] of answers.entries()) if (answer.status === 409) assert.match(page_text(answer.body), names[i] ? /Somebody else was faster.*still on the list/s : /no longer free/);
        assert.equal(await count(`booking WHERE starts = ${Date.parse(starts)} AND state IN ('unconfirmed', 'confirmed')`), 1);
        assert.deepEqual([(await waiting()).length, await count('slot_hold')], [crowd_size - 1, 0]);
        const states = (await offers()).filter((each) => each.starts === starts).map(({ state }) => state).sort();
        assert.deepEqual(states, [...Array(offered_at_most - 1).fill('lost'), 'taken']);
        await empty_list();
    });

    test(named('a second press of the button answers the same visit'), async () => {
        const { id } = await book('olle', '2027-01-13T09:00:00Z');
        await wait('elsa');
        await cancel(id);
        const [offer] = await offers();
        await elsa.get(`/waitlist/offers/${offer.id}`);
        const form = elsa.form(/waitlist\/offers/);
        const answers = await Promise.all([1, 2, 3].map(() => elsa.post_raw(form.action, form.filled({}))));
        assert.deepEqual(answers.map(({ status }) => status), [303, 303, 303]);
        assert.equal(new Set(answers.map(({ headers }) => headers.location)).size, 1);
    });

    test(named('another’s offer is not there'), async () => {
        const { id } = await book('olle', '2027-01-13T10:00:00Z');
        await wait('elsa');
        await cancel(id);
        const [offer] = await offers();
        assert.equal((await olle.request('GET', `/waitlist/offers/${offer.id}`)).status, 404);
        await olle.get('/waitlist');
        const token = olle.form(/logout/).field('form_token').value;
        assert.equal((await olle.post_raw(`/waitlist/offers/${offer.id}`, { form_token: token })).status, 404);
        await empty_list();
    });

    test(named('whoever wants somebody else, or freed the time himself, is not told'), async () => {
        await portal.ask(['staff', 'create', '-T', 'demo', ...flags({ 'first-name': 'Bo', 'last-name': 'Ek', title: 'Nurse', email: person('bo') })]);
        const moved = await book('olle', '2027-01-13T11:00:00Z');
        await wait('elsa', { staff: person('bo') });
        await wait('olle');
        await portal.ask(['booking', 'move', '-T', 'demo', moved.id, '--starts', '2027-01-13T12:00:00Z']);
        assert.equal(await count('slot_hold'), 0);
        assert.equal(await free('2027-01-13T11:00:00Z'), true);
        await empty_list();
    });

    test(named('a visit that moves away frees its old time for those who wait'), async () => {
        const moved = await book('olle', '2027-01-13T13:00:00Z');
        await wait('elsa');
        await portal.ask(['booking', 'move', '-T', 'demo', moved.id, '--starts', '2027-01-13T14:00:00Z']);
        const [offer] = await offers();
        assert.deepEqual([offer.starts, offer.state], ['2027-01-13T13:00:00Z', 'open']);
        await empty_list();
    });

    test(named('a time that can no longer be booked is offered to nobody'), async () => {
        const late = await book('olle', '2027-01-14T08:00:00Z');
        await wait('elsa');
        await portal.set_clock('2027-01-14T06:30:00Z'); // the type asks for two hours
        await cancel(late.id);
        assert.equal(await count('slot_hold'), 0);
        await empty_list();
    });

    test(named('when a hold runs out its offers expire and the time is free for all'), async () => {
        const starts = '2027-01-15T08:00:00Z';
        const { id } = await book('olle', starts);
        await wait('p1');
        await cancel(id);
        const [offer] = await offers();
        assert.equal(offer.until, '2027-01-14T08:30:00Z', 'two hours, as the clinic holds times');
        await portal.set_clock('2027-01-14T08:29:00Z');
        assert.equal(await free(starts), false);
        await portal.set_clock('2027-01-14T08:31:00Z');
        assert.equal(await free(starts), true, 'the time itself decides, whenever the job comes');
        await until(async () => (await offers())[0].state === 'expired', 'the offer to expire');
        assert.equal(await count('slot_hold'), 0);
        const client = await log_in(portal, 'demo', person('p1'));
        await client.get(`/waitlist/offers/${offer.id}`);
        assert.match(client.text(), /that is over now.*still on the list/s);
        const token = client.form(/logout/).field('form_token').value;
        assert.equal((await client.post_raw(`/waitlist/offers/${offer.id}`, { form_token: token })).status, 409);
        await book('elsa', starts);
        assert.equal((await waiting()).length, 1);
        client.close();
    });

    test(named('a time is held no longer than it may be booked'), async () => {
        const { id } = await book('olle', '2027-01-14T11:30:00Z');
        await cancel(id);
        const [offer] = await offers();
        assert.equal(offer.until, '2027-01-14T09:30:00Z');
    });
});

test('where the timer is off, reminder send ends what is held', () => with_portal({ settings: { jobs: { reminder_seconds: 0, outbox_seconds: 1 } } }, async (portal) => {
    await make_clinic(portal, 'demo', { confirmation: 'no' });
    await portal.ask(['tenant', 'set', 'demo', '--waitlist', 'yes']);
    const visit = { patient: 'elsa@demo.example', 'visit-type': 'Check-up' };
    const olle = await make_patient(portal, 'demo', { email: 'olle@demo.example', 'first-name': 'Olle' });
    const { id } = await portal.ask(['booking', 'create', '-T', 'demo', ...flags({ ...visit, patient: olle.email, staff: 'anna@demo.example', starts: '2027-01-15T08:00:00Z' })]);
    await portal.ask(['waitlist', 'add', '-T', 'demo', ...flags(visit)]);
    await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
    const states = async () => (await portal.ask(['waitlist', 'offers', '-T', 'demo'])).items.map(({ state }) => state);
    await portal.ask(['reminder', 'send']);
    assert.deepEqual(await states(), ['open']);
    await portal.advance(121);
    await portal.ask(['reminder', 'send']);
    assert.deepEqual(await states(), ['expired']);
}));
