// The kinds of visit of a clinic: on the command line and in the pages of staff.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { flags, make_clinic, make_staff, make_tenant } from './clinic.mjs';
import { links } from './html.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

on_each_engine((engine, named) => {
    let portal;
    let anna;
    let bo;

    const types = async (...more) => (await portal.ask(['visit-type', 'list', '-T', 'demo', ...more])).items;
    const create = (title, values = {}) => portal.ask(['visit-type', 'create', '-T', 'demo', title, ...flags({ 'duration-minutes': 30, kind: 'physical', ...values })]);
    const refused = async (args) => {
        const answer = await portal.ctl(args);
        assert.notEqual(answer.status, 0, `${args} was accepted: ${answer.stdout}`);
        return answer.stderr;
    };
    const set = (title, values) => portal.ask(['visit-type', 'set', '-T', 'demo', title, ...flags(values)]);
    const book = (type, starts) => portal.ask(['booking', 'create', '-T', 'demo', ...flags({ patient: 'elsa@demo.example', staff: 'anna@demo.example', 'visit-type': type, starts })]);
    const messages_of = async (id) => {
        const mail = await portal.wait_mail((each) => each.text.includes(id));
        const text = await portal.wait_text(({ text: words }) => words.includes(id));
        return { mail: mail.text, sms: text.text };
    };

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        await make_staff(portal, 'demo', { email: 'bo@demo.example', 'first-name': 'Bo' });
        for (const name of ['anna', 'bo']) await choose_password(portal, 'demo', `${name}@demo.example`);
        anna = await log_in(portal, 'demo', 'anna@demo.example');
        bo = await log_in(portal, 'demo', 'bo@demo.example');
    });
    after(() => portal?.close());

    test(named('a clinic without a visit type is told so and how to make one'), async () => {
        await make_tenant(portal, 'bare');
        await make_staff(portal, 'bare');
        const said = await refused(['slot', 'list', '-T', 'bare', ...flags({ staff: 'anna@bare.example', 'visit-type': 'Talk' })]);
        assert.match(said, /no kind of visit to choose yet/);
        assert.match(said, /portalctl visit-type create -T bare/);
    });

    test(named('a visit type needs title, length and kind'), async () => {
        assert.match(await refused(['visit-type', 'create', '-T', 'demo', '--duration-minutes', '30', '--kind', 'phone']), /title/i);
        assert.match(await refused(['visit-type', 'create', '-T', 'demo', 'A', '--kind', 'phone']), /duration-minutes/);
        assert.match(await refused(['visit-type', 'create', '-T', 'demo', 'A', '--duration-minutes', '30']), /kind/);
        assert.match(await refused(['visit-type', 'create', '-T', 'demo', 'A', '--duration-minutes', '0', '--kind', 'phone']), /duration/);
        assert.ok(!(await types()).some(({ title }) => title === 'A'));
    });

    test(named('a visit is no longer than the clinic allows, and the error names the mend'), async () => {
        await portal.ask(['tenant', 'set', 'demo', '--visit-max-minutes', '60']);
        const said = await refused(['visit-type', 'create', '-T', 'demo', 'Long', ...flags({ 'duration-minutes': 61, kind: 'video' })]);
        assert.match(said, /1 to 60 minutes/);
        assert.match(said, /tenant set demo --visit-max-minutes/);
        assert.equal((await create('Long', { 'duration-minutes': 60 })).duration_minutes, 60);
        await portal.ask(['tenant', 'set', 'demo', '--visit-max-minutes', '240']);
    });

    test(named('only a group has several places, and it has two to fifty'), async () => {
        for (const [kind, capacity] of [['video-group', 0], ['video-group', 1], ['video-group', 51], ['video', 2], ['physical', 3]]) assert.match(await refused(['visit-type', 'create', '-T', 'demo', 'Places', ...flags({ 'duration-minutes': 30, kind, capacity })]), /places|capacity/, `${kind} ${capacity}`);
        assert.equal((await create('Group', { kind: 'video-group', capacity: 8 })).capacity, 8);
        assert.equal((await create('Alone', { kind: 'video' })).capacity, 1);
        assert.deepEqual([(await set('Group', { kind: 'phone' })).capacity, (await types()).find(({ title }) => title === 'Group').kind], [1, 'phone']);
    });

    test(named('a visit that is booked keeps its length and kind when its type changes'), async () => {
        await create('Changing', { kind: 'video' });
        const booked = await book('Changing', '2027-01-12T08:00:00Z');
        const changed = await set('Changing', { 'duration-minutes': 60, kind: 'phone', title: 'Changed' });
        assert.deepEqual([changed.duration_minutes, changed.kind], [60, 'phone']);
        const now = await portal.ask(['booking', 'show', '-T', 'demo', booked.id]);
        assert.deepEqual([now.starts, now.ends, now.kind, now.version], [booked.starts, booked.ends, 'video', booked.version]);
        const later = await book('Changed', '2027-01-12T09:00:00Z');
        assert.deepEqual([later.ends, later.kind], ['2027-01-12T10:00:00Z', 'phone']);
    });

    test(named('a change that was asked of an older version is refused'), async () => {
        const { version } = await create('Versioned');
        await set('Versioned', { 'lead-minutes': 30, version });
        await refused(['visit-type', 'set', '-T', 'demo', 'Versioned', ...flags({ 'lead-minutes': 60, version })]);
        assert.equal((await portal.ask(['visit-type', 'show', '-T', 'demo', 'Versioned'])).lead_minutes, 30);
        assert.match(await refused(['visit-type', 'set', '-T', 'demo', 'Versioned', '--title', 'Check-up']), /title exists/);
    });

    test(named('a type that is taken out of use keeps its visits and is booked no more'), async () => {
        await create('Ending');
        const booked = await book('Ending', '2027-01-12T12:00:00Z');
        const deleted = await portal.ask(['visit-type', 'delete', '-T', 'demo', 'Ending']);
        assert.deepEqual([deleted.coming_bookings, deleted.past_bookings], [1, 0]);
        assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', booked.id])).visit_type, 'Ending');
        assert.match(await refused(['booking', 'create', '-T', 'demo', ...flags({ patient: 'elsa@demo.example', staff: 'anna@demo.example', 'visit-type': 'Ending', starts: '2027-01-12T13:00:00Z' })]), /no longer be booked/);
        assert.ok(!(await types()).some(({ title }) => title === 'Ending'));
        assert.equal((await types('--inactive')).find(({ title }) => title === 'Ending').active, false);
        await set('Ending', { active: 'yes' });
        assert.ok((await types()).some(({ title }) => title === 'Ending'));
    });

    test(named('each type’s own words go with its mails and texts, and another’s have none'), async () => {
        await create('With words', { 'extra-mail': 'Log in with BankID.\nBring nothing.', 'extra-sms': 'Log in with BankID.' });
        await create('Without words');
        const [told, plain] = [await messages_of((await book('With words', '2027-01-13T08:00:00Z')).id), await messages_of((await book('Without words', '2027-01-13T09:00:00Z')).id)];
        assert.match(told.mail, /\n\nLog in with BankID\.\r?\nBring nothing\.\r?\n/);
        assert.match(told.sms, / Log in with BankID\.$/);
        for (const words of [plain.mail, plain.sms]) assert.doesNotMatch(words, /BankID|Bring/);
    });

    test(named('only mails have words where only mails were given some'), async () => {
        await create('Mail words', { 'extra-mail': 'Come five minutes early.' });
        const told = await messages_of((await book('Mail words', '2027-01-13T10:00:00Z')).id);
        assert.match(told.mail, /Come five minutes early\./);
        assert.doesNotMatch(told.sms, /early/);
    });

    test(named('the number of text messages is answered wherever the words are written'), async () => {
        const plain = await create('Counted');
        assert.deepEqual([plain.sms_encoding, plain.sms_segments], ['gsm7', Math.ceil(plain.sms_units / 153)]);
        const longer = await set('Counted', { 'extra-sms': 'x'.repeat(200) });
        assert.equal(longer.sms_units, plain.sms_units + 201);
        assert.equal(longer.sms_segments, Math.ceil(longer.sms_units / 153));
        const typographic = await set('Counted', { 'extra-sms': '“Hej” – välkommen…' });
        assert.equal(typographic.sms_encoding, 'gsm7', 'typographic marks are made plain');
        const wide = await set('Counted', { 'extra-sms': 'Zażółć' });
        assert.deepEqual([wide.sms_encoding, wide.sms_segments], ['ucs2', Math.ceil(wide.sms_units / 67)]);
        const shown = await portal.ask(['visit-type', 'show', '-T', 'demo', 'Counted']);
        assert.deepEqual([shown.sms_units, shown.sms_segments], [wide.sms_units, wide.sms_segments]);
    });

    // ---- pages ----------------------------------------------------------------------------------

    const new_form = async (client, values) => {
        await client.get('/visit-types/new');
        return client.submit(/visit-types\/new/, values);
    };
    const fields = { title: 'Talk by video', kind: 'video', duration_minutes: '45', capacity: '' };

    test(named('staff make a visit type of their own and see how many text messages it takes'), async () => {
        const answer = await new_form(anna, { ...fields, extra_sms: 'Log in with BankID.' });
        assert.equal(answer.status, 200, anna.text());
        assert.match(anna.text(), /can be booked/);
        const made = (await types()).find(({ title }) => title === 'Talk by video');
        assert.deepEqual([made.kind, made.duration_minutes, made.staff], ['video', 45, 'Anna Lind']);
        const { sms_segments, sms_units } = await portal.ask(['visit-type', 'show', '-T', 'demo', made.id]);
        assert.match(anna.text(), new RegExp(`Text messages needed each time: ${sms_segments} \\(${sms_units} of`));
        await anna.submit(new RegExp(`visit-types/${made.id}$`), { extra_sms: 'y'.repeat(250) });
        const longer = await portal.ask(['visit-type', 'show', '-T', 'demo', made.id]);
        assert.ok(longer.sms_segments > sms_segments);
        assert.match(anna.text(), new RegExp(`needed each time: ${longer.sms_segments} `));
    });

    test(named('what is wrong in the form of a visit type is said beside its field, and the rest is kept'), async () => {
        const answer = await new_form(anna, { title: '', kind: '', duration_minutes: 'long', capacity: '', extra_mail: 'Keep these words.' });
        assert.equal(answer.status, 400);
        for (const id of ['title', 'kind', 'duration_minutes']) assert.match(answer.body, new RegExp(`id="${id}-error"`), id);
        assert.match(answer.body, /Keep these words\./);
        const many = await new_form(anna, { ...fields, title: 'Too many', capacity: '7' });
        assert.match(many.body, /id="capacity-error"/);
        const taken = await new_form(anna, { ...fields, title: 'Check-up' });
        assert.equal(taken.status, 409);
        assert.match(taken.body, /id="title-error"/);
        assert.ok(!(await types('--inactive')).some(({ title }) => title === 'Too many'));
    });

    test(named('staff change their own visit types and nobody else’s'), async () => {
        const list = await types('--inactive');
        const [own, shared] = ['Talk by video', 'Check-up'].map((title) => list.find((each) => each.title === title).id);
        for (const [client, id] of [[bo, own], [bo, shared], [anna, shared]]) {
            assert.equal((await client.request('GET', `/visit-types/${id}`)).status, 404);
            await client.get('/visit-types');
            assert.ok(!links(client.page.body).some(({ href }) => href?.endsWith(id)));
            const token = client.form(/logout/).field('form_token').value;
            assert.equal((await client.post_raw(`/visit-types/${id}/active`, { form_token: token, active: 'no' })).status, 404);
        }
        assert.match(anna.text(), /Check-up/);
        await anna.get(`/visit-types/${own}`);
        await anna.submit(/active$/);
        assert.equal((await types('--inactive')).find(({ id }) => id === own).active, false);
        assert.match(anna.text(), /Nobody can book this/);
        await anna.submit(/active$/);
        assert.equal((await types('--inactive')).find(({ id }) => id === own).active, true);
    });

    test(named('the unit’s administrator changes every visit type'), async () => {
        await portal.ask(['staff', 'set', '-T', 'demo', 'bo@demo.example', '--administrator', 'yes']);
        const chief = await log_in(portal, 'demo', 'bo@demo.example');
        const { id } = (await types()).find(({ title }) => title === 'Check-up');
        await chief.get(`/visit-types/${id}`);
        await chief.submit(new RegExp(`visit-types/${id}$`), { lead_minutes: '15' });
        assert.equal((await types()).find((each) => each.id === id).lead_minutes, 15);
        chief.close();
    });
});
