// Free times through the real interface on the days when the clocks change. The oracle is the zone
// data of the test's own ICU, not portald's. And whose times they are: several staff, groups, times
// that are held, and the minutes kept free around a visit.
import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { flags, make_clinic, make_patient, make_staff } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { default_now, on_each_engine, Portal } from './portal.mjs';

const days = [
    ['the day that loses an hour', '2027-03-28'],
    ['the day that gains an hour', '2027-10-31'],
    ['a day like any other', '2027-06-13'],
];
const zones = ['Europe/Stockholm', 'Europe/Copenhagen'];
const half_hour = 30 * 60_000;

/** "2027-03-28 01:30" of an instant, by ICU. */
function local_text(zone, ms) {
    const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' }).formatToParts(ms).map(({ type, value }) => [type, value]));
    return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** Every half hour whose local time lies in [00:00, 06:00) of the date, as a clock on the wall shows it. */
function expected(zone, date) {
    const first = Date.parse(`${date}T00:00:00Z`) - 3 * 3_600_000;
    return Array.from({ length: 48 }, (_, i) => first + i * half_hour)
        .map((ms) => ({ starts: new Date(ms).toISOString().replace('.000Z', 'Z'), local: local_text(zone, ms) }))
        .filter(({ local }) => local.startsWith(date) && local.slice(11) < '06:00');
}

on_each_engine((engine, named) => {
    let portal;
    before(async () => {
        portal = await Portal.start({ engine });
        for (const [i, zone] of zones.entries()) {
            await make_clinic(portal, `clinic${i}`, { zone, rules: ['sun 00:00-06:00'] });
            await portal.ask(['visit-type', 'create', '-T', `clinic${i}`, 'Night', '--duration-minutes', '30', '--kind', 'physical', '--horizon-days', '730']);
        }
    });
    after(() => portal?.close());

    test(named('free times follow the rules’ local hours on both days when the clocks change'), async () => {
        const hours = [];
        for (const [i, zone] of zones.entries()) {
            for (const [what, date] of days) {
                const { items, zone: told } = await portal.ask(['slot', 'list', '-T', `clinic${i}`, '--staff', `anna@clinic${i}.example`, '--visit-type', 'Night', '--from', date, '--days', '1']);
                assert.equal(told, zone);
                assert.deepEqual(items.map(({ starts, local }) => ({ starts, local })), expected(zone, date), `${zone}, ${what}`);
                hours.push(items.length / 2);
            }
        }
        assert.deepEqual(hours, [5, 7, 6, 5, 7, 6]);
    });

    const slots = async (over = {}) => (await portal.ask(['slot', 'list', '-T', 'many', ...flags({ from: '2027-03-01', days: 1, 'visit-type': 'Talk', ...over })])).items;
    const make_type = (title, over = {}) => portal.ask(['visit-type', 'create', '-T', 'many', title, ...flags({ 'duration-minutes': 60, kind: 'physical', 'lead-minutes': 0, ...over })]);
    const book = (visit_type, starts, over = {}) => portal.admin('POST', '/v1/tenants/many/bookings', { patient: 'elsa@many.example', staff: 'anna@many.example', visit_type, starts, ...over });
    const hours = (items) => items.map(({ local }) => local.slice(11));
    let many;
    before(async () => {
        many = await make_clinic(portal, 'many', { rules: ['mon 08:00-12:00'] });
        await make_staff(portal, 'many', { email: 'bo@many.example', 'first-name': 'Bo', 'last-name': 'Ek' });
        await portal.ask(['availability', 'set', '-T', 'many', 'bo@many.example', '--rule', 'mon 10:00-14:00', '--holidays', 'open']);
        await make_type('Talk');
        for (let i = 0; i < 3; i += 1) await make_patient(portal, 'many', { email: `p${i}@many.example`, mobile: undefined });
    });

    test(named('without a name the times of all who give the visit come, each with its staff member'), async () => {
        const all = await slots();
        assert.deepEqual(hours(all), ['08:00', '09:00', '10:00', '10:00', '11:00', '11:00', '12:00', '13:00']);
        assert.deepEqual(all.slice(2, 4).map(({ staff }) => staff).sort(), ['Anna Lind', 'Bo Ek']);
        const bo = (await portal.ask(['staff', 'show', '-T', 'many', 'bo@many.example'])).id;
        assert.ok(all.every(({ staff, staff_id }) => (staff_id === bo) === (staff === 'Bo Ek')));
        assert.deepEqual(hours(await slots({ staff: 'bo@many.example' })), ['10:00', '11:00', '12:00', '13:00']);
        const two = (await portal.ask(['slot', 'list', '-T', 'many', '--visit-type', 'Talk', '--from', '2027-03-01', '--days', '1', '--staff', 'bo@many.example', '--staff', 'anna@many.example', '--staff', bo])).items;
        assert.equal(two.length, all.length, 'who is named twice comes once');
    });

    test(named('who takes no bookings, and whose own visit it is not, has no times'), async () => {
        await make_type('Own', { staff: 'bo@many.example' });
        assert.deepEqual([...new Set((await slots({ 'visit-type': 'Own' })).map(({ staff }) => staff))], ['Bo Ek']);
        assert.deepEqual(await slots({ 'visit-type': 'Own', staff: 'anna@many.example' }), []);
        await portal.ask(['staff', 'set', '-T', 'many', 'bo@many.example', '--bookable', 'no']);
        assert.deepEqual([...new Set((await slots()).map(({ staff }) => staff))], ['Anna Lind']);
        assert.deepEqual(await slots({ staff: 'bo@many.example' }), []);
        await portal.ask(['staff', 'set', '-T', 'many', 'bo@many.example', '--bookable', 'yes']);
    });

    test(named('a group visit says how many seats are left, and its start alone stays free'), async () => {
        await make_type('Group', { kind: 'video-group', capacity: 3, 'step-minutes': 30 });
        const mine = { 'visit-type': 'Group', staff: 'anna@many.example', from: '2027-02-08' };
        assert.deepEqual((await slots(mine)).map(({ seats_left }) => seats_left), [3, 3, 3, 3, 3, 3, 3]);
        assert.equal((await slots({ from: '2027-02-08' }))[0].seats_left ?? null, null);
        for (const [i, left] of [[0, 2], [1, 1]]) {
            const made = await book('Group', '2027-02-08T09:00:00+01:00', { patient: `p${i}@many.example` });
            assert.equal(made.status, 200, made.body);
            assert.deepEqual((await slots(mine)).map(({ local, seats_left }) => [local.slice(11), seats_left]), [['08:00', 3], ['09:00', left], ['10:00', 3], ['10:30', 3], ['11:00', 3]]);
        }
        const beside = await book('Group', '2027-02-08T09:30:00+01:00');
        assert.equal(beside.status, 409, 'a start inside the group is no free time');
        assert.equal((await book('Group', '2027-02-08T09:00:00+01:00', { patient: 'p2@many.example' })).status, 200);
        assert.deepEqual(hours(await slots(mine)), ['08:00', '10:00', '10:30', '11:00']);
        assert.equal((await book('Group', '2027-02-08T09:00:00+01:00')).status, 409);
        assert.deepEqual(hours(await slots({ from: '2027-02-08', staff: 'anna@many.example' })), ['08:00', '10:00', '11:00']);
    });

    /** As the waiting list holds a time. */
    async function write(text) {
        if (portal.engine === 'postgresql') return portal.sql(text);
        const database = new DatabaseSync(path.join(portal.folder, 'portal.db'), { timeout: 5000 });
        database.exec(text);
        database.close();
    }
    test(named('a held time is free for nobody until the hold runs out'), async () => {
        const from = '2027-01-25';
        const until = (at) => write(`INSERT INTO slot_hold (tenant, staff, visit_type, starts, ends, until) SELECT s.tenant, s.id, t.id, ${Date.parse(`${from}T09:00:00+01:00`)}, ${Date.parse(`${from}T10:00:00+01:00`)}, ${at} FROM staff s JOIN membership m ON m.id = s.membership JOIN visit_type t ON t.tenant = s.tenant WHERE m.email = 'anna@many.example' AND t.title = 'Talk'`);
        const now = Date.parse(default_now);
        await until(now - 1);
        assert.deepEqual(hours(await slots({ from, staff: 'anna@many.example' })), ['08:00', '09:00', '10:00', '11:00']);
        await until(now + 86_400_000);
        assert.deepEqual(hours(await slots({ from, staff: 'anna@many.example' })), ['08:00', '10:00', '11:00']);
        assert.equal((await book('Talk', `${from}T09:00:00+01:00`)).status, 409);
        await write('DELETE FROM slot_hold');
    });

    test(named('the longer of two visits’ free minutes lies between them'), async () => {
        await make_type('Careful', { 'duration-minutes': 30, 'step-minutes': 10, 'before-minutes': 20, 'after-minutes': 10 });
        await make_type('Plain', { 'duration-minutes': 30, 'step-minutes': 10, 'after-minutes': 30 });
        const day = { from: '2027-02-01', staff: 'anna@many.example' };
        assert.equal((await book('Careful', '2027-02-01T10:00:00+01:00')).status, 200);
        const careful = hours(await slots({ ...day, 'visit-type': 'Careful' }));
        assert.deepEqual([careful.filter((at) => at < '10:00').at(-1), careful.find((at) => at > '10:00')], ['09:10', '10:50']);
        const plain = hours(await slots({ ...day, 'visit-type': 'Plain' }));
        assert.deepEqual([plain.filter((at) => at < '10:00').at(-1), plain.find((at) => at > '10:00')], ['09:00', '10:40']);
        const close = await book('Plain', '2027-02-01T10:30:00+01:00');
        assert.equal(close.status, 409, close.body);
    });

    test(named('an empty list says why, and a time that is not free is refused with the same reason'), async () => {
        const ask = (over) => portal.ask(['slot', 'list', '-T', 'many', ...flags({ from: '2027-03-08', days: 1, 'visit-type': 'Talk', ...over })]);
        const why = async (over) => {
            const { reason, items } = await ask(over);
            assert.deepEqual(items, []);
            return reason;
        };
        assert.equal((await ask({})).reason, null);
        assert.equal(await why({ from: '2027-03-09' }), 'closed');
        assert.equal(await why({ from: '2027-01-04' }), 'too-near');
        assert.equal(await why({ from: '2027-06-07' }), 'too-far');
        await make_staff(portal, 'many', { email: 'new@many.example' });
        assert.equal(await why({ staff: 'new@many.example' }), 'no-hours');
        await portal.ask(['staff', 'set', '-T', 'many', 'new@many.example', '--bookable', 'no']);
        assert.equal(await why({ staff: 'new@many.example' }), 'bookings-off');
        await make_type('Mine', { staff: 'anna@many.example' });
        assert.equal(await why({ 'visit-type': 'Mine', staff: 'bo@many.example' }), 'not-offered');
        await make_type('Long', { 'duration-minutes': 240 });
        assert.equal((await book('Long', '2027-03-08T07:00:00Z')).status, 200);
        assert.equal(await why({ 'visit-type': 'Long', staff: 'anna@many.example' }), 'taken');
        const message = async (starts) => JSON.parse((await book('Talk', starts)).body).error.message;
        assert.match(await message('2027-03-09T09:00:00Z'), /^Nothing is open/);
        assert.match(await message('2027-03-15T07:10:00Z'), /does not begin at this time/);
        assert.match(await message('2027-06-07T06:00:00Z'), /cannot be booked yet/);
        assert.match(await message('2027-03-08T07:00:00Z'), /no longer free/);
        const told = await portal.ctl(['slot', 'list', '-T', 'many', '--visit-type', 'Talk', '--from', '2027-03-09', '--days', '1']);
        assert.deepEqual([told.status, told.stdout, told.stderr], [0, '', 'none: closed\n']);
    });

    test(named('errors of the free times as JSON name the field in the reader’s language'), async () => {
        await make_patient(portal, 'many', { email: 'sven@many.example', language: 'sv' });
        await choose_password(portal, 'many', 'sven@many.example');
        const patient = await log_in(portal, 'many', 'sven@many.example', { language: 'sv' });
        const error_of = async (query) => {
            const { status, body } = await patient.get(`/slots.json?${new URLSearchParams(query)}`);
            return { status, ...JSON.parse(body).error };
        };
        const visit_type = many.visit_type.id;
        const cases = [
            [{ staff: 'nobody@many.example', visit_type }, 404, 'staff', 'Det finns ingen sådan person här.'],
            [{}, 400, 'visit_type', 'saknas'],
            [{ visit_type, days: '99' }, 400, 'days', 'Skriv ett tal från 1 till 31.'],
            [{ visit_type, wrong: '1' }, 400, 'wrong', 'är okänt'],
        ];
        for (const [query, status, field, message] of cases) {
            const error = await error_of(query);
            assert.deepEqual([error.status, error.field, error.message, error.hint], [status, field, message, '']);
        }
        const free = JSON.parse((await patient.get(`/slots.json?${new URLSearchParams({ visit_type, from: '2027-03-01' })}`)).body);
        assert.ok(free.items.some(({ staff }) => staff === 'Bo Ek') && free.items.some(({ staff }) => staff === 'Anna Lind'));
        patient.close();
    });
});
