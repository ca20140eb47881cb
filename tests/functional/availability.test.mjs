// When staff can be booked: weekly hours, days that differ, public holidays, and what a change says
// of visits that are booked already; from the command line and on the pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { flags, make_clinic, make_staff, make_tenant, week } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const usage = 2;
const missing = 5;

on_each_engine((engine, named) => {
    let portal;
    before(async () => {
        portal = await Portal.start({ engine, now: '2027-01-04T07:00:00Z' });
        await make_clinic(portal, 'demo', { holidays: undefined });
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'Far', '--duration-minutes', '60', '--kind', 'physical', '--horizon-days', '730']);
    });
    after(() => portal?.close());

    let serial = 0;
    /** A staff member with the hours of the week; answers the e-mail address. */
    async function new_staff(over = {}, slug = 'demo') {
        const email = `staff${serial += 1}@${slug}.example`;
        await make_staff(portal, slug, { email, 'last-name': `Lind${serial}` });
        await portal.ask(['availability', 'set', '-T', slug, email, ...week.flatMap((rule) => ['--rule', rule]), ...flags(over)]);
        return email;
    }
    const ask = (verb, email, over = {}) => portal.ask(['availability', verb, '-T', 'demo', email, ...flags(over)]);
    const ctl = (verb, email, over = {}) => portal.ctl(['availability', verb, '-T', 'demo', email, ...flags(over)]);
    const times = async (staff, from, days = 1) => (await portal.ask(['slot', 'list', '-T', 'demo', '--staff', staff, '--visit-type', 'Far', ...flags({ from, days })])).items.map(({ local }) => local);
    const book = (staff, starts) => portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'elsa@demo.example', '--staff', staff, '--visit-type', 'Far', '--starts', starts]);

    test(named('hours follow the holidays of the clinic’s country until somebody says otherwise'), async () => {
        const email = await new_staff();
        const first = await ask('show', email);
        assert.equal(first.holidays, 'se');
        assert.deepEqual(first.next_holidays.slice(0, 2).map(({ date, name }) => [date, name]), [['2027-01-06', 'Epiphany'], ['2027-03-26', 'Good Friday']]);
        assert.deepEqual(await times(email, '2027-01-06'), []);
        assert.equal((await times(email, '2027-06-25')).length, 0, 'Midsummer Eve');
        await ask('set', email, { rule: 'wed 08:00-10:00', holidays: 'dk' });
        assert.deepEqual(await times(email, '2027-01-06'), ['2027-01-06 08:00', '2027-01-06 09:00']);
        assert.equal((await ask('set', email, { rule: 'wed 08:00-11:00' })).holidays, 'dk');
        await make_tenant(portal, 'dansk', { country: 'dk', language: 'da' });
        const danish = await new_staff({}, 'dansk');
        assert.equal((await portal.ask(['availability', 'show', '-T', 'dansk', danish])).holidays, 'dk');
    });

    test(named('hours that a change does not name stay, an empty option leaves none, and a change of nothing is refused'), async () => {
        const email = await new_staff({ exception: '2027-02-01 closed', zone: 'Europe/Helsinki' });
        const kept = ({ zone, rules, exceptions }) => [zone, rules.length, exceptions.length];
        assert.deepEqual(kept(await ask('set', email, { holidays: 'dk' })), ['Europe/Helsinki', week.length, 1]);
        assert.deepEqual(kept(await ask('set', email, { exception: '' })), ['Europe/Helsinki', week.length, 0]);
        assert.deepEqual(kept(await ask('set', email, { rule: '' })), ['Europe/Helsinki', 0, 0]);
        const before = (await ask('show', email)).version;
        const nothing = await ctl('set', email);
        assert.equal(nothing.status, usage, nothing.stderr);
        assert.match(nothing.stderr, /Say what to change\..*availability set -T SLUG STAFF/s);
        assert.equal((await ask('show', email)).version, before);
    });

    test(named('an exception opens a holiday, and without it the day is closed again'), async () => {
        const email = await new_staff();
        const opened = await ask('add-exception', email, { exception: '2027-01-06 10:00-12:00' });
        assert.equal(opened.next_holidays[0].date, '2027-03-26');
        assert.deepEqual(await times(email, '2027-01-06'), ['2027-01-06 10:00', '2027-01-06 11:00']);
        const closed = await ask('remove-exception', email, { date: '2027-01-06' });
        assert.deepEqual(closed.exceptions, []);
        assert.deepEqual(await times(email, '2027-01-06'), []);
        const none = await ctl('remove-exception', email, { date: '2027-01-06' });
        assert.equal(none.status, missing, none.stderr);
        assert.match(none.stderr, /No exception stands for this date/);
    });

    test(named('an exception takes the place of what stood for its date and leaves other dates'), async () => {
        const email = await new_staff();
        await ask('add-exception', email, { exception: '2027-02-01 closed' });
        await portal.ask(['availability', 'add-exception', '-T', 'demo', email, '--exception', '2027-02-02 13:00-14:00', '--exception', '2027-02-02 08:00-09:00']);
        const both = await ask('add-exception', email, { exception: '2027-02-01 15:00-16:00' });
        assert.deepEqual(both.exceptions.map(({ date, closed, from_minute }) => [date, closed, from_minute]), [['2027-02-01', false, 900], ['2027-02-02', false, 480], ['2027-02-02', false, 780]]);
        assert.deepEqual(await times(email, '2027-02-01', 2), ['2027-02-01 15:00', '2027-02-02 08:00', '2027-02-02 13:00']);
    });

    test(named('many days close at once, and booked visits that lie in them are listed and stay'), async () => {
        const email = await new_staff();
        const inside = await book(email, '2027-02-10T09:00:00+01:00');
        const after_it = await book(email, '2027-02-22T09:00:00+01:00');
        const closed = await ask('close', email, { from: '2027-02-08', to: '2027-02-19' });
        assert.equal(closed.exceptions.length, 12);
        assert.deepEqual(closed.outside.map(({ id, local, patient }) => [id, local, patient]), [[inside.id, '2027-02-10 09:00', 'Elsa Nyström']]);
        assert.deepEqual(await times(email, '2027-02-08', 12), []);
        assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', inside.id])).state, inside.state);
        const again = await ask('close', email, { from: '2027-02-19', to: '2027-02-22' });
        assert.deepEqual(again.outside.map(({ id }) => id), [after_it.id], 'only what this change leaves outside');
        assert.deepEqual((await ask('show', email)).outside.map(({ id }) => id), [inside.id, after_it.id]);
        const back = await ask('remove-exception', email, { date: '2027-02-08', to: '2027-02-28' });
        assert.deepEqual([back.exceptions, (await ask('show', email)).outside], [[], []]);
    });

    test(named('days that end before they begin, or are more than a year, are refused'), async () => {
        const email = await new_staff();
        for (const [from, to] of [['2027-02-08', '2027-02-07'], ['2027-02-08', '2028-02-09'], ['2027-02-08', '2027-02-30']]) {
            const told = await ctl('close', email, { from, to });
            assert.equal(told.status, usage, told.stderr);
            assert.match(told.stderr, /to/);
        }
        assert.deepEqual((await ask('show', email)).exceptions, []);
    });

    test(named('staff set their weekly hours, close days and open one on the pages'), async () => {
        const email = await new_staff();
        await choose_password(portal, 'demo', email);
        const client = await log_in(portal, 'demo', email);
        await client.get('/availability');
        assert.equal(client.page.status, 200, client.text());
        assert.match(client.text(), /Wednesday 6 January 2027\s*Epiphany/);
        await client.submit(/^\/availability$/, { mon_from_1: '9', mon_to_1: '11.30', mon_from_2: '13:00', mon_to_2: '15:00', tue_from_1: '', tue_to_1: '', holidays: 'open' });
        assert.match(client.text(), /The hours are saved/);
        const own = await ask('show', email);
        assert.equal(own.holidays, 'open');
        assert.deepEqual(own.rules.filter(({ weekday }) => weekday === 'mon' || weekday === 'tue').map(({ from_minute, to_minute }) => [from_minute, to_minute]), [[540, 690], [780, 900]]);

        const kept = await book(email, '2027-01-18T09:00:00+01:00');
        await client.get('/availability/close');
        await client.submit(/close$/, { from: '2027-01-18', to: '2027-01-20' });
        assert.match(client.text(), /The days are closed/);
        assert.match(client.text(), /Monday 18 January 2027 to Wednesday 20 January 2027/);
        assert.match(client.text(), /Booked visits outside these hours/);
        assert.match(client.page.body, new RegExp(`/bookings/${kept.id}`));

        await client.get('/availability/day');
        await client.submit(/day$/, { date: '2027-01-19', day_from_1: '10', day_to_1: '12' });
        assert.match(client.text(), /The day is saved/);
        assert.deepEqual(await times(email, '2027-01-18', 3), ['2027-01-19 10:00', '2027-01-19 11:00']);
        await client.submit(/remove$/, {});
        assert.match(client.text(), /The weekly hours are back/);
        assert.equal((await ask('show', email)).exceptions.filter(({ date }) => date === '2027-01-18').length, 0);
        client.close();
    });

    test(named('hours that cannot be are refused beside their day with what was typed'), async () => {
        const email = await new_staff();
        await choose_password(portal, 'demo', email);
        const client = await log_in(portal, 'demo', email);
        for (const [typed, sentence] of [[{ wed_from_1: '12', wed_to_1: '8' }, /ends before it begins/], [{ wed_from_1: 'noon', wed_to_1: '15' }, /Write both times/], [{ wed_from_2: '09:00', wed_to_2: '10:00' }, /overlap/], [{ wed_from_1: '', wed_to_1: '10:00' }, /Write both times/]]) {
            await client.get('/availability');
            const answer = await client.submit(/^\/availability$/, typed);
            assert.equal(answer.status, 400, client.text());
            assert.match(client.text(), sentence);
            assert.match(client.page.body, /href="#wed"/);
        }
        await client.get('/availability/day');
        assert.equal((await client.submit(/day$/, { date: '2027-01-19' })).status, 400);
        assert.equal((await client.submit(/day$/, { date: '', day_from_1: '8', day_to_1: '9' })).status, 400);
        await client.get('/availability/close');
        assert.equal((await client.submit(/close$/, { from: '2027-01-19', to: '2027-01-18' })).status, 400);
        assert.match(client.text(), /The last day is before the first/);
        assert.equal((await ask('show', email)).version, 1);
        client.close();
    });

    test(named('a form of hours that were changed meanwhile is refused, one sent twice is saved once'), async () => {
        const email = await new_staff();
        await choose_password(portal, 'demo', email);
        const client = await log_in(portal, 'demo', email);
        await client.get('/availability');
        const form = client.form(/^\/availability$/);
        await client.submit(form, { fri_from_1: '10:00' });
        assert.match(client.text(), /The hours are saved/);
        await client.submit(form, { fri_from_1: '10:00' });
        assert.match(client.text(), /The hours are saved/);
        assert.equal((await ask('show', email)).version, 2);
        const late = await client.submit(form, { fri_from_1: '11:00' });
        assert.equal(late.status, 409, client.text());
        client.close();
    });

    test(named('administrators change the hours of others, staff see no hours but their own'), async () => {
        const email = await new_staff();
        const { id } = (await portal.ask(['staff', 'show', '-T', 'demo', email]));
        const chief = 'chief@demo.example';
        await portal.ask(['staff', 'create', '-T', 'demo', ...flags({ 'first-name': 'Cecilia', 'last-name': 'Chef', title: 'Manager', email: chief }), '--administrator']);
        const other = await new_staff();
        for (const person of [chief, other]) await choose_password(portal, 'demo', person);
        const colleague = await log_in(portal, 'demo', other);
        for (const address of [`/availability?staff=${id}`, `/availability/close?staff=${id}`, `/availability/day?staff=${id}`]) assert.equal((await colleague.get(address)).status, 404, address);
        await colleague.get('/availability/close');
        const theirs = colleague.form(/close$/);
        theirs.fields.push({ name: 'staff', value: id, type: 'hidden' });
        assert.equal((await colleague.submit(theirs, { from: '2027-01-18', to: '2027-01-18', staff: id })).status, 404);
        assert.deepEqual((await ask('show', email)).exceptions, []);
        const client = await log_in(portal, 'demo', chief);
        await client.get('/availability');
        assert.match(client.page.body, new RegExp(`/availability\\?staff=${id}`));
        await client.get(`/availability?staff=${id}`);
        await client.submit(/^\/availability$/, { mon_from_1: '07:00', mon_to_1: '08:00' });
        assert.match(client.text(), /The hours are saved/);
        assert.equal((await ask('show', email)).rules.find(({ weekday }) => weekday === 'mon').from_minute, 420);
        await client.get(`/availability/close?staff=${id}`);
        await client.submit(/close$/, { from: '2027-01-18', to: '2027-01-18' });
        assert.equal((await ask('show', email)).exceptions.length, 1);
        for (const one of [client, colleague]) one.close();
    });
});
