// Booking without a login, or with one only once a time is chosen (K10, K19).
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { BankIdPortal, Visitor, make_bankid_clinic, personal_number } from './bankid.mjs';
import { flags, make_clinic, make_staff, week } from './clinic.mjs';
import { read_event } from './ics.mjs';
import { guest_link, times_of } from './guests.mjs';
import { choose_password, log_in, mailed_code, password } from './people.mjs';
import { Portal, on_each_engine, with_portal } from './portal.mjs';
import { until } from './wait.mjs';

const open_to = (portal, how, slug = 'demo') => portal.ask(['tenant', 'set', slug, '--booking-login', how]);

on_each_engine((engine, named) => {
    let portal;
    let day = 11;
    before(async () => {
        portal = await Portal.start({ engine, settings: { login: { steps_per_network: 1000, codes_per_hour: 10 } } });
        await make_clinic(portal);
        await choose_password(portal, 'demo', 'elsa@demo.example');
    });
    after(() => portal?.close());

    const count = async (table) => Number((await portal.sql(`SELECT COUNT(*) FROM ${table}`))[0][0]);

    /** A browser that has followed a free time of a day nobody has used yet. */
    async function at_a_time() {
        const client = portal.client('demo');
        day += 1;
        await client.get(`/slots?from=2027-01-${day}`);
        await client.get(times_of(client)[0]);
        assert.equal(client.page.status, 200, client.text());
        return client;
    }
    const ask = (client, contact, first_name = 'Gustav') => client.submit(/^\/guest/, { first_name, last_name: 'Gäst', contact });
    const text_code = async (number, seen) => (await until(async () => (await portal.sms.read()).slice(seen).find(({ to, text }) => to === number && /\d{6}/.test(text)), () => `a code for ${number}`)).text.match(/\d{6}/)[0];

    async function book_by_mail(email) {
        const client = await at_a_time();
        const seen = (await portal.mail.read()).length;
        await ask(client, email);
        await client.submit(/^\/guest\/code/, { code: await mailed_code(portal, email, seen) });
        assert.equal(client.page.status, 200, client.text());
        return { client, id: client.path.match(/^\/bookings\/([0-9a-f-]{36})/)[1] };
    }

    test(named('free times are shown to everybody where the clinic says so, and nowhere else'), async () => {
        const client = portal.client('demo');
        const locked = await client.request('GET', '/slots');
        assert.deepEqual([locked.status, locked.headers.location], [303, '/login?next=%2Fslots']);
        await open_to(portal, 'slot');
        await client.get('/slots?from=2027-01-12');
        assert.equal(client.page.status, 200);
        assert.ok(times_of(client).every((href) => href.startsWith('/book?')) && times_of(client).length > 10);
        assert.doesNotMatch(client.page.body, /anna@demo\.example/, 'nobody learns an address');
        assert.equal((await client.request('GET', '/guest?starts=2027-01-12T08:00:00Z')).status, 404);
        assert.equal((await client.request('GET', '/bookings')).status, 303);
    });

    test(named('a visitor who asks by an address is not told whether somebody of that address works here'), async () => {
        const client = portal.client('demo');
        const ask_json = async (staff) => client.request('GET', `/slots.json?${new URLSearchParams({ staff, visit_type: 'Check-up', from: '2027-01-12' })}`);
        const [known, unknown] = [await ask_json('anna@demo.example'), await ask_json('nobody@demo.example')];
        assert.equal(known.status, 404, known.body);
        assert.equal(known.body, unknown.body);
    });

    test(named('a time that was chosen without a login leads to the login and back to the same time'), async () => {
        const client = portal.client('demo');
        await client.get('/slots?from=2027-01-12');
        const time = times_of(client)[3];
        await client.get(time);
        assert.match(client.path, /^\/login\?next=/, client.text());
        const seen = (await portal.mail.read()).length;
        await client.submit(/^\/login/, { identifier: 'elsa@demo.example', password });
        await client.submit(/^\/login\/code/, { code: await mailed_code(portal, 'elsa@demo.example', seen) });
        if (client.path.startsWith('/consent')) await client.submit(/^\/consent$/, { answer: 'yes' });
        const starts = (path) => new URLSearchParams(path.split('?')[1]).get('starts');
        assert.match(client.path, /^\/book\?/);
        assert.equal(starts(client.path), starts(time));
        await client.submit(/^\/book$/);
        assert.match(client.path, /done=booked/, client.text());
    });

    test(named('a visit is booked by name and a code by text message, and its link opens it'), async () => {
        await open_to(portal, 'none');
        const client = await at_a_time();
        const seen = (await portal.sms.read()).length;
        await ask(client, '070-174 06 50');
        assert.match(client.path, /^\/guest\/code/, client.text());
        assert.doesNotMatch(client.text(), /174 ?06 ?50/, 'the number is masked');
        await client.submit(/^\/guest\/code/, { code: await text_code('+46701740650', seen) });
        assert.match(client.path, /^\/bookings\/[0-9a-f-]{36}\?done=booked/, client.text());
        const id = client.path.slice(10, 46);
        const booking = await portal.ask(['booking', 'show', '-T', 'demo', id]);
        assert.deepEqual([booking.origin, booking.patient, booking.state], ['guest', 'Gustav Gäst', 'unconfirmed']);
        const { text } = await portal.wait_text(({ to, text: words }) => to === '+46701740650' && words.includes('/visit/'));
        assert.doesNotMatch(text, /Gustav|Gäst/);
        const link = text.match(/\/visit\/[\w-]{43}/)[0];
        const later = portal.client('demo');
        await later.get(link);
        assert.equal(later.page.status, 200);
        assert.ok(!later.cookies.has('__Host-sid'), 'a program that opens links is not let in');
        assert.doesNotMatch(later.text(), /Gustav|Anna/);
        await later.submit(/^\/visit\//);
        assert.equal(later.path, `/bookings/${id}`);
        await later.submit(/confirm/);
        assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', id])).state, 'confirmed');
        const told = (await portal.ask(['outbox', 'list', '-T', 'demo', '--booking', id])).items.find(({ kind, channel }) => kind === 'booking-confirmed' && channel === 'sms');
        assert.deepEqual([told.state, told.reason], ['not-sent', 'own-act'], 'who confirms gets no text message, with or without an e-mail address (C30)');
    });

    test(named('whoever corrects the address on the form gets the code there'), async () => {
        const client = await at_a_time();
        const form = client.form(/^\/guest/);
        const seen = (await portal.mail.read()).length;
        for (const contact of ['gunn@guest.exmple', 'gunn@guest.example']) assert.equal((await client.post_raw(form.action, form.filled({ first_name: 'Gunn', last_name: 'Gäst', contact }))).status, 303);
        await client.get('/guest/code');
        await client.submit(/^\/guest\/code/, { code: await mailed_code(portal, 'gunn@guest.example', seen) });
        assert.match(client.path, /done=booked/, client.text());
    });

    test(named('nobody’s mailbox is filled with codes'), async () => {
        for (let i = 0; i < 12; i += 1) {
            const client = await at_a_time();
            day -= 1;
            await ask(client, i % 2 === 0 ? 'full@guest.example' : 'Full@guest.example');
            assert.match(client.path, /^\/guest\/code/, 'the same answer');
        }
        const rows = await portal.sql("SELECT reason, COUNT(*) FROM outbox WHERE kind = 'booking-code' AND reason = 'too-many' GROUP BY reason");
        assert.deepEqual(rows, [['too-many', '2']]);
    });

    test(named('a guest whose identity was proved later comes to his visits by a login alone'), async () => {
        const { id } = await book_by_mail('gro@guest.example');
        const at = /\/visit\/[\w-]{43}/;
        const { text } = await portal.wait_mail((each) => each.recipients.includes('gro@guest.example') && at.test(each.text));
        const { patient_id } = await portal.ask(['booking', 'show', '-T', 'demo', id]);
        const link = text.match(at)[0];
        const later = portal.client('demo');
        await later.get(link);
        await portal.ask(['exemption', 'create', '-T', 'demo', patient_id, ...flags({ reason: 'has none', 'identity-checked-by': 'Anna Lind', 'identity-checked-how': 'passport', 'identity-checked-on': '2027-01-10', 'address-owner': 'own' }), '--address-confirmed']);
        await later.submit(/^\/visit\//);
        assert.equal(later.page.status, 404);
        assert.ok(!later.cookies.has('__Host-sid'));
    });

    test(named('by e-mail the calendar file holds no link that lets anybody in'), async () => {
        const { id } = await book_by_mail('gun@guest.example');
        const mail = await portal.wait_mail((each) => each.recipients.includes('gun@guest.example') && each.text.includes('/visit/'));
        read_event(mail);
        assert.ok(!mail.attachments.some((part) => part.content.toString().includes('/visit/')));
        assert.ok(!mail.text.includes(id));
    });

    test(named('a guest reaches own visits and nothing else'), async () => {
        const { client } = await book_by_mail('gud@guest.example');
        const elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        const { items } = await portal.ask(['booking', 'list', '-T', 'demo', '--patient', 'elsa@demo.example']);
        assert.equal((await client.request('GET', `/bookings/${items[0].id}`)).status, 404);
        for (const path of ['/contact', '/messages']) assert.ok([403, 404].includes((await client.request('GET', path)).status), path);
        assert.equal((await client.request('GET', '/bookings')).status, 200);
        elsa.close();
    });

    test(named('a guest is offered no waiting list, which needs a login, and neither gets on it nor is put there'), async () => {
        await portal.ask(['tenant', 'set', 'demo', '--waitlist', 'yes']);
        const { client, id } = await book_by_mail('guy@guest.example');
        const offer = /Tell me when a time becomes free/;
        await client.get('/slots');
        assert.equal(client.page.status, 200);
        assert.doesNotMatch(client.text(), offer);
        const elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        await elsa.get('/slots');
        assert.match(elsa.text(), offer, 'whoever has a login is offered it');
        const { id: type } = await portal.ask(['visit-type', 'show', '-T', 'demo', 'Check-up']);
        await client.get(`/waitlist/join?visit_type=${type}`);
        await client.submit(/^\/waitlist\/join$/, { with: 'anybody' });
        assert.equal(client.page.status, 409);
        assert.match(client.text(), /booked without a login.*call the clinic/);
        const { patient_id } = await portal.ask(['booking', 'show', '-T', 'demo', id]);
        const added = await portal.ctl(['waitlist', 'add', '-T', 'demo', '--visit-type', 'Check-up', '--patient', patient_id]);
        assert.equal(added.status, 6, added.stderr);
        assert.match(added.stderr, /booked without a login/);
        assert.ok(added.stderr.includes(`portalctl user merge -T demo ${patient_id} PATIENT`), added.stderr);
        assert.equal(await count('waitlist_entry'), 0);
        await portal.ask(['tenant', 'set', 'demo', '--waitlist', 'no']);
        elsa.close();
    });

    test(named('five wrong codes end it, and nothing and nobody is made'), async () => {
        const before_it = [await count('booking'), await count('membership')];
        const client = await at_a_time();
        const seen = (await portal.mail.read()).length;
        await ask(client, 'wrong@guest.example');
        const code = await mailed_code(portal, 'wrong@guest.example', seen);
        const wrong = code === '000000' ? '000001' : '000000';
        for (let i = 0; i < 5; i += 1) {
            await client.submit(/^\/guest\/code/, { code: wrong });
            assert.equal(client.page.status, 401);
            if (i < 4) assert.match(client.text(), /not right/);
        }
        const last = await client.post_raw('/guest/code?lang=en', { form_token: 'x', code });
        assert.ok(last.status >= 400);
        await client.get('/guest/code');
        assert.equal(client.page.status, 404);
        assert.deepEqual([await count('booking'), await count('membership')], before_it);
    });

    test(named('a form that was sent twice is one code, and a code that was sent twice one visit'), async () => {
        const client = await at_a_time();
        const seen = (await portal.mail.read()).length;
        const form = client.form(/^\/guest/);
        const fields = form.filled({ first_name: 'Två', last_name: 'Gånger', contact: 'twice@guest.example' });
        const sent = await Promise.all([1, 2].map(() => client.post_raw(form.action, fields)));
        assert.deepEqual(sent.map(({ status }) => status), [303, 303]);
        await client.get('/guest/code');
        const code = await mailed_code(portal, 'twice@guest.example', seen);
        const bookings = await count('booking');
        const press = client.form(/^\/guest\/code/);
        const answers = await Promise.all([1, 2].map(() => client.post_raw(press.action, press.filled({ code }))));
        assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
        assert.equal(await count('booking'), bookings + 1);
        await portal.settle();
        const codes = (await portal.mail.read()).filter((mail) => mail.recipients.includes('twice@guest.example') && /code/i.test(mail.subject));
        assert.equal(codes.length, 1);
    });

    test(named('a time that somebody else took meanwhile is refused, and nobody is made'), async () => {
        const client = await at_a_time();
        const starts = new URLSearchParams(client.path.split('?')[1]).get('starts');
        const seen = (await portal.mail.read()).length;
        await ask(client, 'late@guest.example');
        const code = await mailed_code(portal, 'late@guest.example', seen);
        await portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'elsa@demo.example', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', starts]);
        const people = await count('membership');
        await client.submit(/^\/guest\/code/, { code });
        assert.equal(client.page.status, 409, client.text());
        assert.equal(await count('membership'), people);
    });

    test(named('each field that is missing or wrong is named, and what was typed stays'), async () => {
        const client = await at_a_time();
        for (const [contact, words] of [['', /mobile number or your e-mail/], ['12', /number/], ['a@b', /e-mail/]]) {
            await ask(client, contact);
            assert.equal(client.page.status, 400, `${contact}: ${client.page.status}`);
            assert.match(client.text(), words);
            assert.match(client.page.body, /value="Gustav"/);
        }
        await ask(client, 'x@guest.example', '');
        assert.equal(client.page.status, 400);
    });

    test(named('a clinic that wants a login again ends guests’ sessions and links'), async () => {
        const { client } = await book_by_mail('over@guest.example');
        const mail = await portal.wait_mail((each) => each.recipients.includes('over@guest.example') && each.text.includes('/visit/'));
        await open_to(portal, 'slot');
        assert.equal((await client.request('GET', '/bookings')).status, 303);
        assert.equal((await client.request('GET', mail.text.match(/\/visit\/[\w-]{43}/)[0])).status, 404);
    });

    test(named('a guest’s link follows the visit to a later time, and one from after a change of keys opens too'), () => with_portal({ engine }, async (moved) => {
        await make_clinic(moved, 'demo', { confirmation: 'no' });
        await open_to(moved, 'none');
        const first = await guest_link(moved, 'gun@guest.example', '2027-01-12');
        const [{ id }] = (await moved.ask(['booking', 'list', '-T', 'demo'])).items;
        await moved.ask(['booking', 'move', '-T', 'demo', id, '--starts', '2027-03-22T09:00:00Z']);
        await moved.settle();
        await moved.stop();
        fs.appendFileSync(moved.settings.keys.file, `master 2 ${randomBytes(32).toString('hex')}\n`);
        await moved.serve();
        await moved.set_clock('2027-03-22T08:31:00Z');
        await moved.ask(['reminder', 'send']);
        const { text } = await moved.wait_mail((mail) => /Remember/.test(mail.subject));
        const last = text.match(/\/visit\/[\w-]{43}/)[0];
        assert.notEqual(last, first);
        for (const link of [first, last]) assert.equal((await moved.client('demo').get(link)).status, 200);
    }));
});

on_each_engine((engine, named) => {
    let both;
    before(async () => {
        both = await BankIdPortal.start({ engine });
        await make_bankid_clinic(both.portal);
        const { portal } = both;
        await make_staff(portal);
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'Check-up', '--duration-minutes', '30', '--kind', 'video']);
        await portal.ask(['availability', 'set', '-T', 'demo', 'anna@demo.example', ...week.flatMap((rule) => ['--rule', rule])]);
        await portal.ask(['policy', 'set', '-T', 'demo', '--unknown-by-eid', 'yes']);
        await open_to(portal, 'slot');
    });
    after(() => both?.close());

    test(named('somebody unknown chooses a time, proves who he is with BankID, and books that time'), async () => {
        const visitor = new Visitor(both);
        await visitor.client.get('/slots?from=2027-01-12');
        const time = times_of(visitor.client)[2];
        await visitor.client.get(time);
        const next = new URLSearchParams(visitor.client.path.split('?')[1]).get('next');
        assert.match(next, /^\/book\?/);
        const person = { personalNumber: personal_number(7), givenName: 'Nina', surname: 'Ny', name: 'Nina Ny' };
        await visitor.begin('qr', next);
        await both.bankid.sign(await visitor.scan(), person);
        await visitor.later();
        await visitor.client.get('/login/bankid');
        if (visitor.client.path.startsWith('/consent')) await visitor.client.submit(/^\/consent$/, { answer: 'yes' });
        assert.match(visitor.client.path, /^\/book\?/, visitor.client.text());
        await visitor.client.submit(/^\/book$/);
        const id = visitor.client.path.match(/^\/bookings\/([0-9a-f-]{36})/)?.[1];
        assert.ok(id, visitor.client.text());
        const booking = await both.portal.ask(['booking', 'show', '-T', 'demo', id]);
        assert.equal(booking.patient, 'Nina Ny');
        const patient = await both.portal.ask(['patient', 'show', '-T', 'demo', booking.patient_id]);
        assert.match(patient.national_id, /^19800\d{3}/, 'bound to the verified number');
    });
});
