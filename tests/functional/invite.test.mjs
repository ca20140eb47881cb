// Staff invite to visits: whom, when, with what words, and what is refused.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { personal_number } from './bankid.mjs';
import { flags, make_clinic, make_patient, make_staff, make_tenant } from './clinic.mjs';
import { dump } from './dump.mjs';
import { links, page_text } from './html.mjs';
import { invite, invite_on_page, new_patient, try_invite } from './inviting.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

on_each_engine((engine, named) => {
    let portal;
    let anna;
    let serial = 0;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'Video talk', ...flags({ 'duration-minutes': 45, kind: 'video' })]);
        await make_staff(portal, 'demo', { email: 'bo@demo.example', 'first-name': 'Bo' });
        await choose_password(portal, 'demo', 'anna@demo.example');
        anna = await log_in(portal, 'demo', 'anna@demo.example');
    });
    after(() => portal?.close());

    const fresh = (over) => new_patient(personal_number(serial += 1), over);
    const types = async () => Object.fromEntries((await portal.ask(['visit-type', 'list', '-T', 'demo'])).items.map((type) => [type.title, type.id]));
    const rows_of = async (id, channel) => (await portal.ask(['outbox', 'list', '-T', 'demo', '--booking', id])).items.filter((row) => row.channel === channel);
    const counts = async () => (await portal.sql('SELECT (SELECT COUNT(*) FROM booking), (SELECT COUNT(*) FROM membership), (SELECT COUNT(*) FROM account), (SELECT COUNT(*) FROM outbox)'))[0].join();
    /** The day of the next test's visits: nobody else's lie there. */
    let day = Date.parse('2027-02-01T00:00:00Z');
    const next_day = () => new Date(day += 86_400_000).toISOString().slice(0, 10);
    const error_at = (client, field) => client.page.body.match(new RegExp(`id="${field}-error">([^<]*)`))?.[1];

    test(named('staff invite a new patient by the page, who gets one text message with the time and a link to the clinic’s own host'), async () => {
        const { 'Video talk': visit_type } = await types();
        const id = await invite_on_page(anna, { ...fresh({ mobile: '0739000001' }), visit_type, date: '2027-01-20', time: '09:15' });
        assert.ok(id, `${anna.path}: ${anna.text()}`);
        assert.match(anna.text(), /The invitation is on its way/);
        const text = await portal.wait_text(({ to }) => to === '+46739000001');
        assert.match(text.text, /Clinic demo/);
        assert.match(text.text, /20 January.*09:15|09:15.*20 January/s);
        assert.ok(text.text.includes(`http://${portal.host('demo')}/bookings/${id}`), text.text);
        assert.doesNotMatch(text.text.replace(id, 'ID'), /Ulla|Dahl|Video talk|Check-up|\d{6}-?\d{4}/);
        assert.equal((await rows_of(id, 'sms')).length, 1, 'one message an invitation');
        const shown = await portal.ask(['booking', 'show', '-T', 'demo', id]);
        assert.deepEqual([shown.state, shown.awaits, shown.origin, shown.patient, shown.kind], ['unconfirmed', 'patient', 'staff', 'Ulla Dahl', 'video']);
        assert.deepEqual([shown.starts, shown.ends], ['2027-01-20T08:15:00Z', '2027-01-20T09:00:00Z'], 'the kind of visit says how long');
    });

    test(named('an operator invites with portalctl, and where no confirmation is asked the visit is certain'), async () => {
        await make_clinic(portal, 'plain', { confirmation: 'no' });
        const made = await invite(portal, 'plain', { ...fresh({ mobile: '0739000002', email: 'ulla@plain.example', language: 'sv' }), starts: '2027-01-20T09:15:00+01:00' });
        assert.deepEqual([made.state, made.awaits], ['confirmed', 'nobody']);
        const text = await portal.wait_text(({ to }) => to === '+46739000002');
        assert.match(text.text, /20 januari/);
        const mail = await portal.wait_mail((each) => each.recipients.includes('ulla@plain.example'));
        assert.match(mail.text, new RegExp(made.id));
    });

    test(named('the same person is taken again, and whatever differs from the records is refused at its field'), async () => {
        const who = fresh({ mobile: '0739000003', email: 'vera@demo.example' });
        const date = next_day();
        const first = await invite(portal, 'demo', { ...who, date, time: '09:00' });
        const before_it = await counts();
        const written = `${who.national_id.slice(2, 8)}-${who.national_id.slice(8)}`;
        const again = await invite(portal, 'demo', { ...who, national_id: written, email: undefined, mobile: '+46 73 900 00 03', date, time: '10:00' });
        assert.equal(again.patient_id, first.patient_id);
        const [, members, accounts] = before_it.split(',');
        assert.deepEqual((await counts()).split(',').slice(1, 3), [members, accounts]);
        const other_mobile = await try_invite(portal, 'demo', { ...who, mobile: '0739000099', date, time: '11:00' });
        assert.equal(other_mobile.status, 6);
        assert.match(other_mobile.stderr, /mobile.*ends in 03/);
        const other_mail = await try_invite(portal, 'demo', { ...who, email: 'x@demo.example', date, time: '11:00' });
        assert.equal(other_mail.status, 6);
        assert.match(other_mail.stderr, /email/);
        const by_id = await invite(portal, 'demo', { patient: first.patient_id, date, time: '11:00' });
        assert.equal(by_id.patient_id, first.patient_id);
        await anna.get(`/staff/invite?patient=${first.patient_id}`);
        assert.match(anna.text(), /Ulla Dahl/);
        await anna.submit(/^\/staff\/invite/, { date, time: '13:00' });
        assert.match(anna.path, /^\/bookings\//, anna.text());
    });

    test(named('an empty mobile number is filled in, but not that of somebody who has proved who he is'), async () => {
        const [bare, proved] = [personal_number(serial += 1), personal_number(serial += 1)];
        const date = next_day();
        for (const [i, national_id] of [bare, proved].entries()) await make_patient(portal, 'demo', { email: `bare${i}@demo.example`, mobile: undefined, national_id });
        const { patient_id } = await invite(portal, 'demo', { ...new_patient(bare), date, time: '09:00' });
        assert.equal((await portal.ask(['patient', 'show', '-T', 'demo', patient_id])).mobile, '+46701740605');
        await portal.ask(['exemption', 'create', '-T', 'demo', 'bare1@demo.example', ...flags({ reason: 'has none', 'identity-checked-by': 'Anna Lind', 'identity-checked-how': 'passport', 'identity-checked-on': '2027-01-10', 'address-owner': 'own' }), '--address-confirmed']);
        const refused = await try_invite(portal, 'demo', { ...new_patient(proved), date, time: '10:00' });
        assert.equal(refused.status, 6, refused.stderr);
        assert.match(refused.stderr, /mobile/);
    });

    test(named('a patient who is named needs a mobile number and a personal number as a new one does, else nobody is told'), async () => {
        const { id } = await portal.ask(['patient', 'create', '-T', 'demo', ...flags({ 'first-name': 'Stina', 'last-name': 'Ek' })]);
        const date = next_day();
        const { 'Check-up': visit_type } = await types();
        const before_it = await counts();
        const number = personal_number(serial += 1);
        const steps = [[/no mobile number/, '--mobile NUMBER', ['--mobile', '0739000077'], ''], [/without a personal number/, '--national-id-file FILE', ['--national-id-file', '-'], `${number}\n`]];
        for (const [reason, flag, mend, input] of steps) {
            const refused = await try_invite(portal, 'demo', { patient: id, date, time: '09:00' });
            assert.equal(refused.status, 6, refused.stderr);
            assert.match(refused.stderr, reason);
            assert.ok(refused.stderr.includes(`portalctl user set -T demo ${id} ${flag}`), refused.stderr);
            await anna.get(`/staff/invite?patient=${id}`);
            assert.match(anna.text(), reason);
            assert.ok(!anna.forms().some(({ action }) => action === '/staff/invite'), 'nothing is asked in vain');
            await anna.get('/staff/invite');
            const form = anna.form(/^\/staff\/invite/);
            const sent = await anna.post_raw(form.action, form.filled({ patient: id, visit_type, date, time: '09:00' }));
            assert.equal(sent.status, 409);
            assert.match(page_text(sent.body), reason);
            assert.equal(await counts(), before_it);
            await portal.ask(['user', 'set', '-T', 'demo', id, ...mend], { input });
        }
        const made = await invite(portal, 'demo', { patient: id, date, time: '09:00' });
        await portal.wait_text(({ to, text }) => to === '+46739000077' && text.includes(made.id));
    });

    test(named('who is known at another clinic is answered like anybody else'), async () => {
        await make_tenant(portal, 'elsewhere');
        const [known, unknown] = [personal_number(serial += 1), personal_number(serial += 1)];
        await make_patient(portal, 'elsewhere', { national_id: known, mobile: '0739000044' });
        const answers = [];
        for (const [i, national_id] of [known, unknown].entries()) {
            const made = await try_invite(portal, 'demo', { ...new_patient(national_id), starts: `2027-01-2${i + 5}T08:00:00Z` });
            answers.push([made.status, made.stderr, made.stdout.replace(/[0-9a-f-]{36}|2027\S+|2[56]/g, '')]);
        }
        assert.deepEqual(answers[0], answers[1]);
        assert.equal(answers[0][0], 0, answers[0][1]);
        const [[noted]] = await portal.sql("SELECT COUNT(*) FROM audit WHERE act = 'account.known' AND tenant <> 0");
        assert.equal(noted, '0', 'the installation’s log alone says so');
    });

    test(named('two invitations of one new person at the same moment make one patient'), async () => {
        const who = fresh();
        const date = next_day();
        const made = await Promise.all(['09:00', '10:00', '11:00'].map((time) => invite(portal, 'demo', { ...who, date, time })));
        assert.equal(new Set(made.map(({ patient_id }) => patient_id)).size, 1);
    });

    test(named('each field that is missing or wrong is refused at its place, and nothing is written or sent'), async () => {
        const { 'Check-up': visit_type } = await types();
        const before_it = await counts();
        const good = { ...fresh(), visit_type, date: '2027-01-21', time: '09:00' };
        const wrong_digit = `${good.national_id.slice(0, 11)}${(Number(good.national_id[11]) + 1) % 10}`;
        const cases = { first_name: [''], last_name: [' '], mobile: ['', '12', '08-123 456 78', '+46'], national_id: ['', wrong_digit, '19991332-1234', 'abc'], email: ['nobody'], date: ['', '2027-02-30'], time: ['', '25:00', '9'], visit_type: ['', 'Check-up'] };
        for (const [field, values] of Object.entries(cases)) {
            for (const value of values) {
                assert.equal(await invite_on_page(anna, { ...good, [field]: value }), undefined, `${field}: ${value}`);
                assert.ok([400, 409].includes(anna.page.status), `${field}: ${anna.page.status}`);
                assert.ok(error_at(anna, field), `${field} "${value}": ${anna.text()}`);
                const form = anna.form(/^\/staff\/invite/);
                if (field !== 'first_name') assert.equal(form.field('first_name').value, 'Ulla', 'what was typed stays');
                assert.equal(form.field('national_id').value, '', 'the number is shown nowhere');
                assert.ok(!anna.page.body.includes(good.national_id.slice(2, 12)));
            }
        }
        for (const field of ['first_name', 'last_name', 'mobile', 'national_id']) {
            const done = await try_invite(portal, 'demo', { ...good, visit_type: 'Check-up', [field]: undefined });
            assert.equal(done.status, 2, `${field}: ${done.stderr}`);
            assert.match(done.stderr, new RegExp(field.replace('_', '.')));
        }
        const two = await try_invite(portal, 'demo', { ...good, visit_type: 'Check-up', patient: 'elsa@demo.example' });
        assert.equal(two.status, 2, two.stderr);
        assert.equal(await counts(), before_it);
    });

    test(named('a past time and one that the spring skips are refused, and the doubled hour of autumn is asked about'), async () => {
        const { 'Check-up': visit_type } = await types();
        const who = fresh();
        const ask = (date, time, more = {}) => invite_on_page(anna, { ...who, visit_type, date, time, ...more });
        const before_it = await counts();
        assert.equal(await ask('2027-01-10', '09:00'), undefined);
        assert.match(error_at(anna, 'time'), /already passed/);
        assert.equal(await ask('2027-03-28', '02:30'), undefined);
        assert.match(error_at(anna, 'time'), /does not exist/);
        assert.equal(await ask('2092-03-28', '09:00'), undefined);
        assert.match(error_at(anna, 'time'), /two years/);
        assert.equal(await ask('2027-10-31', '02:30'), undefined);
        assert.match(error_at(anna, 'which'), /comes twice/);
        assert.equal(await counts(), before_it);
        const form = anna.form(/^\/staff\/invite/);
        assert.equal(form.field('time').value, '02:30');
        await anna.submit(form, { which: 'later', national_id: who.national_id });
        const id = anna.path.match(/^\/bookings\/([0-9a-f-]{36})/)?.[1];
        assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', id])).starts, '2027-10-31T01:30:00Z');
        const unsaid = await try_invite(portal, 'demo', { ...who, date: '2027-10-31', time: '02:30' });
        assert.equal(unsaid.status, 2);
        assert.match(unsaid.stderr, /which/);
        const earlier = await invite(portal, 'demo', { ...who, date: '2027-10-31', time: '02:30', which: 'earlier' });
        assert.equal(earlier.starts, '2027-10-31T00:30:00Z');
        const past = await try_invite(portal, 'demo', { ...who, starts: '2027-01-10T09:00:00Z' });
        assert.equal(past.status, 6);
        assert.match(past.stderr, /starts/);
    });

    test(named('book now is certain at once, starts this minute and tells the patient at once'), async () => {
        const { 'Video talk': visit_type } = await types();
        const who = fresh({ mobile: '0739000005' });
        const id = await invite_on_page(anna, { ...who, visit_type, now: 'yes' });
        assert.ok(id, anna.text());
        const shown = await portal.ask(['booking', 'show', '-T', 'demo', id]);
        assert.deepEqual([shown.state, shown.awaits, shown.origin], ['confirmed', 'nobody', 'book-now']);
        const late = portal.now - Date.parse(shown.starts);
        assert.ok(late >= 0 && late < 60_000, shown.starts);
        await portal.wait_text(({ to, text }) => to === '+46739000005' && text.includes(id));
        assert.equal((await rows_of(id, 'sms')).length, 1);
        const second = await try_invite(portal, 'demo', { ...fresh(), now: true });
        assert.equal(second.status, 6, 'two at once need a word of it');
        assert.match(second.stderr, /allow-overlap/);
        await portal.ask(['booking', 'cancel', '-T', 'demo', (await invite(portal, 'demo', { ...fresh(), starts: '2027-02-20T09:00:00Z' })).id]);
    });

    test(named('nobody invites himself, however the number is written'), async () => {
        const own = personal_number(serial += 1);
        const coordination = `${own.slice(0, 6)}${Number(own.slice(6, 8)) + 60}${own.slice(8, 11)}`;
        const digit = (text) => String((10 - ([...text.slice(2)].reduce((sum, each, i) => sum + [...String(Number(each) * (i % 2 === 0 ? 2 : 1))].reduce((a, b) => a + Number(b), 0), 0) % 10)) % 10);
        const numbers = { 'anna@demo.example': own, 'bo@demo.example': `${coordination}${digit(coordination)}` };
        const before_it = (await counts()).split(',').slice(0, 2).join();
        for (const [staff, number] of Object.entries(numbers)) {
            await portal.ask(['user', 'set', '-T', 'demo', staff, '--national-id-file', '-'], { input: `${number}\n` });
            for (const written of [number, `${number.slice(0, 8)}-${number.slice(8)}`, number.slice(2), `${number.slice(2, 8)}-${number.slice(8)}`]) {
                const done = await try_invite(portal, 'demo', { staff, ...new_patient(written), date: '2027-01-22', time: '09:00' });
                assert.equal(done.status, 6, `${staff}: ${done.stderr}`);
                assert.match(done.stderr, /national.id.*invite himself/);
            }
        }
        const { 'Check-up': visit_type } = await types();
        assert.equal(await invite_on_page(anna, { ...new_patient(own), visit_type, date: '2027-01-22', time: '09:00' }), undefined);
        assert.match(error_at(anna, 'national_id'), /invite himself/);
        const { id } = await portal.ask(['user', 'link', '-T', 'demo', '--user', 'anna@demo.example', '--role', 'patient']);
        const as_patient = await try_invite(portal, 'demo', { patient: id, date: '2027-01-22', time: '09:00' });
        assert.match(as_patient.stderr, /patient.*invite himself/);
        const as_colleague = await try_invite(portal, 'demo', { colleague: 'anna@demo.example', date: '2027-01-22', time: '09:00' });
        assert.match(as_colleague.stderr, /colleague.*invite himself/);
        const plus = personal_number(1, 1910);
        await portal.ask(['user', 'link', '-T', 'demo', ...flags({ role: 'staff', title: 'Nurse', 'first-name': 'Old', 'last-name': 'Hand', email: 'old@demo.example' }), '--national-id-file', '-'], { input: `${plus}\n` });
        const aged = await try_invite(portal, 'demo', { staff: 'old@demo.example', ...new_patient(`${plus.slice(2, 8)}+${plus.slice(8)}`), date: '2027-01-22', time: '09:00' });
        assert.match(aged.stderr, /invite himself/);
        assert.equal((await counts()).split(',')[0], before_it.split(',')[0], 'no visit was booked');
    });

    test(named('a colleague is invited to try a visit without a patient record'), async () => {
        await choose_password(portal, 'demo', 'bo@demo.example');
        const bo = await log_in(portal, 'demo', 'bo@demo.example');
        const patients = (await portal.ask(['patient', 'list', '-T', 'demo'])).items.length;
        const { 'Video talk': visit_type } = await types();
        await anna.get('/staff/invite/colleague');
        const form = anna.form(/colleague/);
        const colleague = form.field('colleague').options.find(({ text }) => text.includes('Bo'))?.value;
        assert.ok(form.field('colleague').options.every(({ text }) => !text.includes('Anna')), 'oneself is no choice');
        await anna.submit(form, { colleague, visit_type, date: '2027-01-27', time: '09:00' });
        const id = anna.path.match(/^\/bookings\/([0-9a-f-]{36})/)?.[1];
        assert.ok(id, anna.text());
        assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', id])).origin, 'internal');
        assert.equal((await portal.ask(['patient', 'list', '-T', 'demo'])).items.length, patients);
        await bo.get(`/bookings/${id}`);
        assert.equal(bo.page.status, 200);
        await portal.wait_mail((mail) => mail.recipients.includes('bo@demo.example') && mail.text.includes(id));
        await bo.submit(/confirm/);
        assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', id])).state, 'confirmed');
        const now = await invite(portal, 'demo', { colleague: 'bo@demo.example', staff: 'old@demo.example', now: true });
        assert.deepEqual([now.origin, now.state], ['internal', 'confirmed']);
    });

    test(named('a colleague finds the visits he is invited to among his own, under the name of whoever invited him'), async () => {
        const bo = await log_in(portal, 'demo', 'bo@demo.example');
        const now = new Date(portal.now).toISOString().slice(0, 10);
        const sure = await invite(portal, 'demo', { colleague: 'bo@demo.example', date: now, time: '21:00' });
        await portal.ask(['booking', 'confirm', '-T', 'demo', sure.id]);
        const open = await invite(portal, 'demo', { colleague: 'bo@demo.example', date: now, time: '22:00' });
        await bo.get('/staff');
        const items = (body, id) => body.match(/<li>[\s\S]*?<\/li>/g).filter((item) => item.includes(id)).map(page_text);
        for (const { id } of [sure, open]) {
            const [item, ...more] = items(bo.page.body, id);
            assert.match(item, /Anna Lind/);
            assert.doesNotMatch(item, /Bo /, 'he does not meet himself');
            assert.deepEqual(more, []);
        }
        assert.match(bo.text(), /Will not take place unless confirmed/);
        await bo.get(`/staff/bookings?from=${now}&state=unconfirmed`);
        assert.match(items(bo.page.body, open.id)[0], /Anna Lind/);
        assert.deepEqual(items(bo.page.body, sure.id), []);
        await bo.get(bo.page.body.match(new RegExp(`/bookings/${open.id}`))[0]);
        await bo.submit(/confirm/);
        await anna.get('/staff');
        for (const { id } of [sure, open]) assert.match(items(anna.page.body, id)[0], /Bo Lind/);
        for (const { id } of [sure, open]) await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
    });

    test(named('a colleague reads the words of the visit he was invited to, and cannot write them anew'), async () => {
        const bo = await log_in(portal, 'demo', 'bo@demo.example');
        const file = path.join(portal.folder, 'to_bo.txt');
        fs.writeFileSync(file, 'Bring the grey headset\n');
        const { id } = await invite(portal, 'demo', { colleague: 'bo@demo.example', date: next_day(), time: '09:00', message_file: file });
        await bo.get(`/bookings/${id}`);
        const token = bo.form(/confirm/).field('form_token').value;
        assert.equal((await bo.post_raw(`/bookings/${id}/message`, { form_token: token, message: 'Bring nothing' })).status, 404);
        await anna.get(`/bookings/${id}`);
        assert.match(anna.text(), /grey headset/);
    });

    test(named('without a kind of visit, or with bookings switched off, nobody is invited, and the page says what to do'), async () => {
        await make_tenant(portal, 'new');
        await portal.ask(['policy', 'set', '-T', 'new', '--client-login', 'yes', '--methods', 'password']);
        await make_staff(portal, 'new');
        await choose_password(portal, 'new', 'anna@new.example');
        const client = await log_in(portal, 'new', 'anna@new.example');
        await client.get('/staff/invite');
        assert.match(client.text(), /no kind of visit/);
        assert.equal(links(client.page.body).find(({ text }) => text === 'Go to the kinds of visit')?.href, '/visit-types', 'and leads there');
        assert.ok(!client.forms().some(({ action }) => action === '/staff/invite'));
        const none = await try_invite(portal, 'new', { ...fresh(), date: '2027-01-22', time: '09:00' });
        assert.notEqual(none.status, 0);
        assert.match(none.stderr, /visit.type/);
        await portal.ask(['visit-type', 'create', '-T', 'new', 'Check-up', ...flags({ 'duration-minutes': 30, kind: 'physical' })]);
        await portal.ask(['staff', 'set', '-T', 'new', 'anna@new.example', '--bookable', 'no']);
        await client.get('/staff/invite');
        assert.match(client.text(), /Switch bookings on/);
        assert.equal(links(client.page.body).find(({ text }) => text === 'Go to your profile')?.href, '/profile');
        const off = await try_invite(portal, 'new', { ...fresh(), date: '2027-01-22', time: '09:00' });
        assert.equal(off.status, 6);
        assert.match(off.stderr, /takes no bookings/);
        assert.match(off.stderr, /staff set/);
        await portal.ask(['staff', 'set', '-T', 'new', 'anna@new.example', '--bookable', 'yes']);
        await client.get('/staff/invite');
        assert.ok(client.forms().some(({ action }) => action === '/staff/invite'));
    });

    test(named('beside another visit only on purpose, with a reason that is audited'), async () => {
        const date = next_day();
        const { 'Check-up': visit_type } = await types();
        const first = await invite(portal, 'demo', { ...fresh(), date, time: '09:00' });
        const refused = await try_invite(portal, 'demo', { ...fresh(), date, time: '09:15' });
        assert.equal(refused.status, 6);
        assert.match(refused.stderr, /--allow-overlap --reason/);
        const unsaid = await try_invite(portal, 'demo', { ...fresh(), date, time: '09:15', allow_overlap: true });
        assert.equal(unsaid.status, 2);
        assert.match(unsaid.stderr, /reason/);
        const who = fresh();
        assert.equal(await invite_on_page(anna, { ...who, visit_type, date, time: '09:15' }), undefined);
        assert.equal(anna.page.status, 409);
        assert.match(error_at(anna, 'time'), /another visit/);
        assert.match(anna.text(), /At this time you have already: .*09:00.*Ulla Dahl/);
        await anna.submit(/^\/staff\/invite/, { national_id: who.national_id, allow_overlap: 'yes' });
        assert.ok(error_at(anna, 'reason'), anna.text());
        await anna.submit(/^\/staff\/invite/, { national_id: who.national_id, allow_overlap: 'yes', reason: 'the interpreter serves both' });
        const id = anna.path.match(/^\/bookings\/([0-9a-f-]{36})/)?.[1];
        assert.ok(id, anna.text());
        const [[reason]] = await portal.sql(`SELECT reason FROM audit WHERE act = 'booking.create' AND reason LIKE 'overlap%'`);
        assert.equal(reason, 'overlap: the interpreter serves both');
        const flagged = await portal.sql('SELECT COUNT(*) FROM booking WHERE overlap_allowed = 1');
        assert.equal(flagged[0][0], '1');
        const free = await invite(portal, 'demo', { ...fresh(), date, time: '12:00', allow_overlap: true, reason: 'perhaps' });
        assert.ok(free.id !== first.id);
        assert.equal((await portal.sql('SELECT COUNT(*) FROM booking WHERE overlap_allowed = 1'))[0][0], '1', 'where nothing lies there it is a visit like any');
        await choose_password(portal, 'demo', 'elsa@demo.example');
        const elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        const page = await elsa.get('/staff/invite');
        assert.equal(page.status, 403, 'patients have no such door');
    });

    test(named('the reason for lying beside one visit is none for lying beside another'), async () => {
        const date = next_day();
        await invite(portal, 'demo', { ...fresh(), date, time: '09:00' });
        const { id } = await invite(portal, 'demo', { ...fresh(), date, time: '09:15', allow_overlap: true, reason: 'the interpreter serves both' });
        await invite(portal, 'demo', { ...fresh(), date, time: '14:00' });
        const move = (starts) => portal.ctl(['booking', 'move', '-T', 'demo', id, '--starts', starts]);
        assert.equal((await move(`${date}T13:15:00Z`)).status, 6);
        const far = await move('2031-01-20T09:00:00Z');
        assert.equal(far.status, 2, far.stderr);
        assert.match(far.stderr, /two years/);
        assert.equal((await move(`${date}T15:00:00Z`)).status, 0);
        assert.equal((await try_invite(portal, 'demo', { ...fresh(), date, time: '16:00' })).status, 6, 'it holds its new time like any visit');
    });

    test(named('the message is shown on the visit’s page after login, changed without a word to anybody, and stands nowhere in the open'), async () => {
        const words = 'Please fast from midnight and bring the blue card';
        const file = path.join(portal.folder, 'words.txt');
        fs.writeFileSync(file, `${words}\n`);
        const national_id = personal_number(serial += 1);
        await make_patient(portal, 'demo', { email: 'wera@demo.example', 'first-name': 'Wera', mobile: '0739000006', national_id });
        await choose_password(portal, 'demo', 'wera@demo.example');
        const date = next_day();
        const { id, message } = await invite(portal, 'demo', { patient: 'wera@demo.example', date, time: '09:00', message_file: file });
        assert.equal(message, true);
        fs.rmSync(file);
        const nobody = portal.client('demo');
        await nobody.get(`/bookings/${id}`);
        assert.ok(!nobody.page.body.includes('blue card'));
        const wera = await log_in(portal, 'demo', 'wera@demo.example');
        await wera.get(`/bookings/${id}`);
        assert.ok(wera.text().includes(words), wera.text());
        await portal.settle();
        const sent = (await rows_of(id, 'sms')).length + (await rows_of(id, 'email')).length;
        await anna.get(`/bookings/${id}`);
        assert.ok(anna.text().includes(words), 'who wrote it reads it');
        await anna.get(`/bookings/${id}/message`);
        await anna.submit(/message/, { message: 'Never mind the blue card\nbut come early' });
        assert.match(anna.text(), /The message is saved/);
        await anna.get(`/bookings/${id}/message`);
        assert.equal(anna.form(/message/).field('message').value, 'Never mind the blue card\nbut come early', 'lines stay lines');
        await wera.get(`/bookings/${id}`);
        assert.match(wera.text(), /come early/);
        await portal.settle();
        assert.equal((await rows_of(id, 'sms')).length + (await rows_of(id, 'email')).length, sent, 'nobody is told (C30)');
        const shown = await portal.ctl(['booking', 'show', '-T', 'demo', id, '-o', 'json']);
        assert.ok(!shown.stdout.includes('blue card'));
        const everything = [JSON.stringify(await dump(portal)), portal.log, JSON.stringify(await portal.mail.read()), JSON.stringify(await portal.sms.read())];
        const hidden = ['blue card', Buffer.from('blue card').toString('hex'), national_id, national_id.slice(2), `${national_id.slice(2, 8)}-${national_id.slice(8)}`];
        for (const text of hidden) for (const place of everything) assert.ok(!place.includes(text), text);
        await portal.ask(['booking', 'set', '-T', 'demo', id, '--message-file', '-'], { input: '' });
        assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', id])).message, false);
    });

    test(named('a visit keeps the length that its kind had when the patient was invited'), async () => {
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'Long talk', ...flags({ 'duration-minutes': 50, kind: 'phone' })]);
        const made = await invite(portal, 'demo', { ...fresh(), visit_type: 'Long talk', date: next_day(), time: '09:00' });
        await portal.ask(['visit-type', 'set', '-T', 'demo', 'Long talk', '--duration-minutes', '20', '--kind', 'video']);
        const kept = await portal.ask(['booking', 'show', '-T', 'demo', made.id]);
        assert.deepEqual([kept.ends, kept.kind], [made.ends, 'phone']);
        assert.equal(Date.parse(kept.ends) - Date.parse(kept.starts), 50 * 60_000);
    });

    test(named('pressing the button twice invites once'), async () => {
        const { 'Check-up': visit_type } = await types();
        await anna.get('/staff/invite');
        const form = anna.form(/^\/staff\/invite/);
        const fields = new URLSearchParams(form.filled({ ...fresh(), visit_type, date: next_day(), time: '09:00' }));
        const answers = await Promise.all([1, 2].map(() => anna.post_raw('/staff/invite', fields)));
        assert.deepEqual(answers.map(({ status }) => status), [303, 303], page_text(answers[1].body));
        assert.equal(answers[0].headers.location, answers[1].headers.location);
    });

    test(named('what one is invited to stands between one’s own visits on every page of a long list, and an administrator’s own list has it too'), async () => {
        const made = [];
        await make_patient(portal, 'demo', { email: 'lena@demo.example', national_id: personal_number(serial += 1) });
        for (let i = 0; i < 26; i += 1) {
            const at = { date: `2027-03-${String(i + 1).padStart(2, '0')}`, time: '09:00' };
            made.push((await invite(portal, 'demo', { colleague: 'bo@demo.example', ...at })).id);
            made.push((await invite(portal, 'demo', { staff: 'bo@demo.example', patient: 'lena@demo.example', ...at })).id);
        }
        await portal.ask(['staff', 'set', '-T', 'demo', 'bo@demo.example', '--administrator', 'yes']);
        const bo = await log_in(portal, 'demo', 'bo@demo.example');
        const ids = () => [...bo.page.body.matchAll(/<a href="\/bookings\/([0-9a-f-]{36})">/g)].map(([, id]) => id);
        await bo.get('/staff/bookings?from=2027-03-01');
        const first = ids();
        await bo.get(links(bo.page.body).find(({ text }) => text === 'Later bookings').href.replaceAll('&amp;', '&'));
        assert.deepEqual([first.length, ids().length], [50, 2]);
        assert.deepEqual([...first, ...ids()], made, 'by start, and each once');
        const { items } = await portal.ask(['staff', 'list', '-T', 'demo']);
        await bo.get(`/unit/bookings?from=2027-03-01&staff=${items.find(({ name }) => name.startsWith('Bo')).id}`);
        assert.deepEqual(ids(), made.filter((_, i) => i % 2 === 1), 'the clinic’s list asks who gives the visit');
        await bo.get('/unit/bookings?from=2027-03-01');
        assert.match(bo.text(), /Bo Lind.*With Anna Lind/s);
    });
});
