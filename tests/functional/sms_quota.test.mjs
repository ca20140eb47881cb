// Text messages cost money and can be pumped: what each quota keeps back, who notices, and what goes
// on meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic, make_patient } from './clinic.mjs';
import { open_guest_form } from './guests.mjs';
import { send } from './http.mjs';
import { choose_password, log_in, password } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const quotas = { per_number_hour: 2, per_number_day: 3, per_network_hour: 5, per_tenant_day: 9, per_country_day: 12, per_day: 14 };

on_each_engine((engine, named) => {
    let portal;
    let last = 0;

    before(async () => {
        portal = await Portal.start({ engine, settings: { sms: quotas } });
        for (const slug of ['demo', 'other']) {
            await make_clinic(portal, slug, { modules: 'booking,sms,two-factor-sms' });
            await portal.ask(['policy', 'set', '-T', slug, '--code', 'sms']);
        }
    });
    after(() => portal?.close());

    async function make_person(slug, mobile) {
        last += 1;
        const email = `sms${last}@${slug}.example`;
        await make_patient(portal, slug, { email, mobile });
        await choose_password(portal, slug, email);
        return email;
    }
    const network = () => `127.0.9.${(last += 1)}`;

    /** The answer to a right password, and how its text message fared. */
    async function ask_code(slug, email, address = network()) {
        const client = portal.client(slug, { address });
        await client.get('/login');
        const form = client.form(/password/);
        const answer = await client.post_raw(form.action, form.filled({ identifier: email, password }));
        const [row] = await portal.sql("SELECT state, reason FROM outbox WHERE kind = 'login-code' ORDER BY id DESC LIMIT 1");
        return { where: `${answer.status} ${answer.headers.location}`, reason: row[1] };
    }
    async function refused(quota) {
        const { body } = await send({ port: portal.metrics_port, path: '/metrics', headers: { host: '127.0.0.1' } });
        return Number(body.match(new RegExp(`^portal_sms_over_quota\\{quota="${quota}"\\} (\\d+)`, 'm'))[1]);
    }
    const ok = (answer) => assert.deepEqual(answer, { where: '303 /login/code?lang=en', reason: '' });
    const kept = (answer, quota) => assert.deepEqual(answer, { where: '303 /login/code?lang=en', reason: `sms-quota-${quota}` });

    test(named('a number gets so many codes an hour and a day; whoever asks for more sees no difference, the row and the metric say it'), async () => {
        const email = await make_person('demo', '0701740605');
        ok(await ask_code('demo', email));
        ok(await ask_code('demo', email));
        kept(await ask_code('demo', email), 'number-hour');
        assert.equal(await refused('number-hour'), 1);
        await portal.advance(61);
        ok(await ask_code('demo', email));
        kept(await ask_code('demo', email), 'number-day');
        const neighbour = await make_person('demo', '+46 70 174 06 05');
        kept(await ask_code('demo', neighbour), 'number-day');
    });

    test(named('visits are told and reminded of while the codes of a number are used up'), async () => {
        const [{ starts }] = (await portal.ask(['slot', 'list', '-T', 'demo', '--staff', 'anna@demo.example', '--visit-type', 'Check-up'])).items;
        await portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'sms1@demo.example', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', starts]);
        const rows = await portal.sql("SELECT state, reason FROM outbox WHERE kind LIKE 'booking-%' AND channel = 'sms' ORDER BY id");
        assert.ok(rows.length > 0);
        for (const [, reason] of rows) assert.equal(reason, '');
    });

    test(named('a network causes so many an hour, other networks as many as before'), async () => {
        await portal.set_clock('2027-01-13T07:00:00Z');
        const address = network();
        for (let i = 0; i < 5; i += 1) ok(await ask_code('demo', await make_person('demo', `07017406${10 + i}`), address));
        const sixth = await make_person('demo', '0701740620');
        kept(await ask_code('demo', sixth, address), 'network-hour');
        ok(await ask_code('demo', sixth));
    });

    test(named('staff who cancel a day’s visits write to every patient, however many share their network'), async () => {
        await portal.set_clock('2027-02-01T07:00:00Z');
        await make_clinic(portal, 'ward', { modules: 'booking' });
        const ids = [];
        for (let i = 0; i < 6; i += 1) {
            const patient = await make_person('ward', `07017406${60 + i}`);
            const { id } = await portal.ask(['booking', 'create', '-T', 'ward', '--patient', patient, '--staff', 'anna@ward.example', '--visit-type', 'Check-up', '--starts', `2027-02-02T${String(8 + i).padStart(2, '0')}:00:00Z`]);
            ids.push(id);
        }
        await portal.ask(['tenant', 'set', 'ward', '--modules', 'booking,sms']);
        await choose_password(portal, 'ward', 'anna@ward.example');
        const anna = await log_in(portal, 'ward', 'anna@ward.example');
        for (const id of ids) {
            await anna.get(`/bookings/${id}/cancel`);
            await anna.submit(/cancel$/);
        }
        const rows = await portal.sql("SELECT channel, reason FROM outbox WHERE kind = 'booking-cancelled' AND channel = 'sms'");
        assert.deepEqual(rows, ids.map(() => ['sms', '']));
    });

    test(named('a clinic, a country and a day have their budgets, and a clinic does not use up another’s'), async () => {
        await portal.set_clock('2027-01-14T07:00:00Z');
        for (let i = 0; i < 9; i += 1) ok(await ask_code('demo', await make_person('demo', `07017406${30 + i}`)));
        kept(await ask_code('demo', await make_person('demo', '0701740645')), 'clinic-day');
        for (let i = 0; i < 3; i += 1) ok(await ask_code('other', await make_person('other', `07017406${50 + i}`)));
        kept(await ask_code('other', await make_person('other', '0701740655')), 'country-day');
        for (let i = 0; i < 2; i += 1) ok(await ask_code('other', await make_person('other', `+45 20 12 34 5${i}`)));
        kept(await ask_code('other', await make_person('other', '+45 20 12 34 59')), 'day');
        await portal.set_clock('2027-01-15T07:00:00Z');
        ok(await ask_code('other', await make_person('other', '0701740660')));
    });

    test(named('no number stands in what is counted'), async () => {
        const subjects = await portal.sql(engine === 'sqlite' ? 'SELECT hex(subject) FROM sms_quota' : "SELECT encode(subject, 'hex') FROM sms_quota");
        assert.ok(subjects.length > 5);
        const numbers = ['+46701740605', '46701740605', '0701740605'].map((number) => Buffer.from(number).toString('hex'));
        for (const [subject] of subjects) for (const number of numbers) assert.ok(!subject.toLowerCase().includes(number));
    });
});

on_each_engine((engine, named) => {
    let portal;
    before(async () => {
        portal = await Portal.start({ engine, settings: { sms: { ...quotas, per_number_day: 2, per_tenant_day: 3 } } });
        await make_clinic(portal, 'demo', { modules: 'booking,sms' });
        await portal.ask(['tenant', 'set', 'demo', '--booking-login', 'none']);
    });
    after(() => portal?.close());

    test(named('guests are counted each by the own number, and their codes take nothing from what tells of visits'), async () => {
        const reasons = async (kind) => (await portal.sql(`SELECT reason || '.' FROM outbox WHERE kind = '${kind}' AND channel = 'sms'`)).flat().toSorted();
        for (let i = 0; i < 4; i += 1) {
            const client = portal.client('demo', { address: `127.0.8.${i + 1}` });
            const form = await open_guest_form(client, '2027-01-13');
            await client.submit(form, { first_name: 'Gun', last_name: 'Gäst', contact: `07017406${30 + i}` });
            assert.match(client.path, /^\/guest\/code/, client.text());
        }
        assert.deepEqual(await reasons('booking-code'), ['.', '.', '.', 'sms-quota-clinic-day.']);
        await make_patient(portal, 'demo', { email: 'ebba@demo.example', mobile: '0701740650' });
        await portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'ebba@demo.example', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', '2027-01-14T09:00:00Z']);
        assert.deepEqual(await reasons('booking-invited'), ['.']);
    });
});
