// People who work at a clinic, from the command line: what is kept of them, who administers the
// unit, whether they take bookings, and how their work ends.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { flags, make_clinic, make_patient, make_staff, make_tenant } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const conflict = 6;
const iso = (at) => new Date(at).toISOString().replace('.000', '');

on_each_engine((engine, named) => {
    let portal;
    let clinic;
    let serial = 0;

    before(async () => {
        portal = await Portal.start({ engine });
        clinic = await make_clinic(portal);
    });
    after(() => portal?.close());

    const count = async (from) => Number((await portal.sql(`SELECT COUNT(*) FROM ${from}`))[0][0]);
    const staff = (verb, who, over = {}, slug = 'demo') => portal.ctl(['staff', verb, '-T', slug, who, ...flags(over)]);
    const ask_staff = (verb, who, over = {}, slug = 'demo') => portal.ask(['staff', verb, '-T', slug, who, ...flags(over)]);
    /** A unit with so many administrators; their addresses. */
    async function make_unit(administrators) {
        const slug = `unit${serial += 1}`;
        await make_tenant(portal, slug);
        const people = [];
        for (let i = 0; i < administrators; i += 1) {
            const email = `chief${i}@${slug}.example`;
            const made = await portal.ask(['staff', 'create', '-T', slug, ...flags({ 'first-name': 'Chief', 'last-name': `Number ${i}`, title: 'Manager', email }), '--administrator']);
            people.push({ id: made.id, email });
        }
        return { slug, people };
    }
    const book = (starts, over = {}) => portal.admin('POST', '/v1/tenants/demo/bookings', { patient: 'elsa@demo.example', staff: 'anna@demo.example', visit_type: 'Check-up', starts, ...over });

    test(named('a new staff member has the rights, bookings and description that are asked for'), async () => {
        const made = await portal.ask(['staff', 'create', '-T', 'demo', ...flags({ 'first-name': 'Cecilia', 'last-name': 'Chef', title: 'Manager', email: 'cecilia@demo.example', bookable: 'no', description: 'Answers for the clinic.' }), '--administrator']);
        const shown = await ask_staff('show', 'cecilia@demo.example');
        assert.deepEqual(shown, { ...made, email: 'cecilia@demo.example', name: 'Cecilia Chef', title: 'Manager', status: 'active', bookable: false, listed: false, administrator: true, description: 'Answers for the clinic.', version: 1 });
        const plain = await ask_staff('show', 'anna@demo.example');
        assert.deepEqual([plain.bookable, plain.listed, plain.administrator, plain.description], [true, false, false, '']);
        const { items } = await portal.ask(['staff', 'list', '-T', 'demo']);
        assert.deepEqual(items.map(({ email, bookable, listed, administrator }) => [email, bookable, listed, administrator]), [['cecilia@demo.example', false, false, true], ['anna@demo.example', true, false, false]]);
        assert.equal(await count("audit WHERE act = 'staff.administrator-on'"), 1);
    });

    test(named('a key adds a staff member once'), async () => {
        const words = ['staff', 'create', '-T', 'demo', ...flags({ 'first-name': 'Kim', 'last-name': 'Key', title: 'Nurse', email: 'kim@demo.example', key: 'kim-1' })];
        const first = await portal.ask(words);
        assert.deepEqual(await portal.ask(words), first);
        assert.equal(await count("staff s JOIN membership m ON m.id = s.membership WHERE m.first_name = 'Kim'"), 1);
        const other = await portal.ctl(words.map((word) => (word === 'Kim' ? 'Tim' : word)));
        assert.equal(other.status, conflict, other.stderr);
    });

    test(named('staff set changes what it names and nothing else, and keeps to the version'), async () => {
        const was = await ask_staff('show', 'kim@demo.example');
        const now = await ask_staff('set', 'kim@demo.example', { title: 'Head nurse', listed: 'yes', description: 'I see children.', version: was.version });
        assert.deepEqual(now, { ...was, title: 'Head nurse', listed: true, description: 'I see children.', version: was.version + 1 });
        const late = await staff('set', 'kim@demo.example', { title: 'Nurse', version: was.version });
        assert.notEqual(late.status, 0);
        assert.equal((await ask_staff('set', 'kim@demo.example', { description: '' })).description, '');
        for (const [field, value] of [['title', ''], ['title', ' '], ['title', 'x'.repeat(61)], ['listed', 'perhaps'], ['description', 'x'.repeat(2001)]]) {
            const done = await staff('set', 'kim@demo.example', { [field]: value });
            assert.equal(done.status, 2, `${field} ${value.slice(0, 5)}: ${done.stderr}`);
        }
        assert.equal((await ask_staff('show', 'kim@demo.example')).title, 'Head nurse');
        assert.equal((await staff('show', 'nobody@demo.example')).status, 5);
    });

    test(named('the only administrator stays one, whatever way is tried'), async () => {
        const { slug, people: [chief, second] } = await make_unit(2);
        await ask_staff('set', second.email, { administrator: 'no' }, slug);
        await make_staff(portal, slug);
        const ways = {
            'staff set': ['staff', 'set', '-T', slug, chief.email, '--administrator', 'no'],
            'staff delete': ['staff', 'delete', '-T', slug, chief.email],
            'user set': ['user', 'set', '-T', slug, chief.email, '--status', 'blocked'],
        };
        for (const [way, words] of Object.entries(ways)) {
            const done = await portal.ctl(words);
            assert.equal(done.status, conflict, `${way}: ${done.stderr}`);
            assert.match(done.stderr, /This is the only administrator here\. Make somebody else an administrator first\./, way);
            assert.match(done.stderr, new RegExp(`portalctl staff set -T ${slug} STAFF --administrator yes`), way);
        }
        const merged = await portal.ctl(['user', 'merge', '-T', slug, chief.id, second.id]);
        assert.equal(merged.status, conflict, merged.stderr);
        // Somebody who is blocked administers nothing.
        await ask_staff('set', second.email, { administrator: 'yes' }, slug);
        await portal.ask(['user', 'set', '-T', slug, second.email, '--status', 'blocked']);
        assert.equal((await staff('set', chief.email, { administrator: 'no' }, slug)).status, conflict);
        const still = await ask_staff('show', chief.email, {}, slug);
        assert.deepEqual([still.administrator, still.status], [true, 'active']);
        await ask_staff('set', `anna@${slug}.example`, { administrator: 'yes' }, slug);
        assert.equal((await ask_staff('set', chief.email, { administrator: 'no' }, slug)).administrator, false);
    });

    test(named('of two administrators who are taken away at once one stays, by whatever ways'), async () => {
        const ways = [
            ({ slug }, { email }) => portal.admin('POST', `/v1/tenants/${slug}/staff/set`, { staff: email, administrator: false }),
            ({ slug }, { email }) => portal.admin('POST', `/v1/tenants/${slug}/staff/delete`, { staff: email }),
            ({ slug }, { email }) => portal.admin('POST', `/v1/tenants/${slug}/users/set`, { user: email, status: 'blocked' }),
        ];
        for (const first of ways) {
            for (const second of ways) {
                const unit = await make_unit(2);
                const answers = await Promise.all([first(unit, unit.people[0]), second(unit, unit.people[1])]);
                assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409], answers.map(({ body }) => body).join('\n'));
                const left = await count(`staff s JOIN membership m ON m.id = s.membership JOIN tenant t ON t.id = s.tenant WHERE t.slug = '${unit.slug}' AND s.administrator = 1 AND m.status = 'active'`);
                assert.equal(left, 1, unit.slug);
            }
        }
    });

    test(named('without the booking function there are no free times and no new visits, and those that are booked stay'), async () => {
        const made = await book('2027-01-14T08:00:00Z');
        assert.equal(made.status, 200, made.body);
        await ask_staff('set', 'anna@demo.example', { bookable: 'no' });
        const { items } = await portal.ask(['slot', 'list', '-T', 'demo', ...flags({ staff: 'anna@demo.example', 'visit-type': 'Check-up' })]);
        assert.deepEqual(items, []);
        const refused = await book('2027-01-14T09:00:00Z');
        assert.equal(refused.status, 409);
        assert.match(refused.body, /takes no bookings just now/);
        const invited = await portal.ctl(['booking', 'invite', '-T', 'demo', ...flags({ staff: 'anna@demo.example', 'visit-type': 'Check-up', patient: 'elsa@demo.example', date: '2027-01-14', time: '11:00' })]);
        assert.equal(invited.status, conflict, invited.stderr);
        assert.match(invited.stderr, /takes no bookings just now/);
        assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', JSON.parse(made.body).id])).state, 'unconfirmed');
        await ask_staff('set', 'anna@demo.example', { bookable: 'yes' });
        assert.equal((await book('2027-01-14T09:00:00Z')).status, 200);
        assert.deepEqual([await count("audit WHERE act = 'staff.booking-off'"), await count("audit WHERE act = 'staff.booking-on'")], [1, 1]);
    });

    test(named('name and title stand in bookings also where the profile is not listed'), async () => {
        assert.equal((await ask_staff('show', 'anna@demo.example')).listed, false);
        await choose_password(portal, 'demo', 'elsa@demo.example');
        const elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        const made = JSON.parse((await book('2027-01-15T08:00:00Z')).body);
        await elsa.get(`/bookings/${made.id}`);
        assert.match(elsa.text(), /Anna Lind, Physiotherapist/);
        await elsa.get(`/staff-members/${clinic.staff.id}`);
        assert.equal(elsa.page.status, 404);
    });

    test(named('work does not end while visits are still to come, and they are named'), async () => {
        const done = await staff('delete', 'anna@demo.example');
        assert.equal(done.status, conflict, done.stderr);
        assert.match(done.stderr, /Visits are still to come: 2027-01-14 09:00 \([0-9a-f-]{36}\), 2027-01-14 10:00 /);
        assert.match(done.stderr, /portalctl booking list -T demo/);
        assert.equal((await ask_staff('show', 'anna@demo.example')).status, 'active');
    });

    test(named('when work ends the login ends and nothing that was is lost, and it can begin again'), async () => {
        await choose_password(portal, 'demo', 'anna@demo.example');
        const anna = await log_in(portal, 'demo', 'anna@demo.example');
        const ids = (await portal.sql("SELECT id FROM booking WHERE state IN ('unconfirmed', 'confirmed')")).length;
        assert.ok(ids >= 3);
        const { items } = await portal.ask(['booking', 'list', '-T', 'demo']);
        for (const { id, state } of items) if (['unconfirmed', 'confirmed'].includes(state)) await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
        const was = await count('booking');
        const ended = await ask_staff('delete', 'anna@demo.example');
        assert.deepEqual([ended.status, ended.bookable, ended.listed, ended.administrator], ['blocked', false, false, false]);
        assert.deepEqual(await ask_staff('delete', 'anna@demo.example'), ended, 'twice is as once');
        await anna.get('/staff');
        assert.match(anna.path, /^\/login/);
        assert.equal(await count('booking'), was);
        const [{ id }] = items;
        const old = await portal.ask(['booking', 'show', '-T', 'demo', id]);
        assert.deepEqual([old.staff, old.staff_title], ['Anna Lind', 'Physiotherapist']);
        const by_status = await portal.ask(['staff', 'list', '-T', 'demo', '--status', 'blocked']);
        assert.deepEqual(by_status.items.map(({ email }) => email), ['anna@demo.example']);
        assert.equal((await book('2027-01-18T08:00:00Z')).status, 409);
        await portal.ask(['user', 'set', '-T', 'demo', 'anna@demo.example', '--status', 'active']);
        const again = await ask_staff('set', 'anna@demo.example', { bookable: 'yes' });
        assert.deepEqual([again.id, again.status, again.bookable], [clinic.staff.id, 'active', true]);
        assert.equal((await book('2027-01-18T08:00:00Z')).status, 200);
    });

    test(named('nobody gets a visit with someone whose work ends in the same moment'), async () => {
        const outcomes = new Set();
        for (let round = 0; round < 12; round += 1) {
            const email = `short${round}@demo.example`;
            await make_staff(portal, 'demo', { email, 'first-name': 'Short', 'last-name': `Stay ${round}` });
            await portal.ask(['availability', 'set', '-T', 'demo', email, '--rule', 'mon 08:00-16:00']);
            await make_patient(portal, 'demo', { email: `p${round}@demo.example` });
            const [booked, ended] = await Promise.all([book(iso(Date.parse('2027-01-18T08:00:00Z')), { staff: email, patient: `p${round}@demo.example` }), portal.admin('POST', '/v1/tenants/demo/staff/delete', { staff: email })]);
            assert.deepEqual([booked.status, ended.status].sort(), [200, 409], `${booked.body}\n${ended.body}`);
            outcomes.add(ended.status);
        }
        assert.ok(outcomes.size >= 1);
    });
});
