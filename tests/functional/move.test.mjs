// A patient's own move to another time: the visit stays as long as it was booked, with whom and what
// it was booked for, whatever the clinic has changed since.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { flags, make_clinic, make_staff } from './clinic.mjs';
import { links } from './html.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const monday = '2027-01-18'; // its hours end at noon, an hour behind UTC

on_each_engine((engine, named) => {
    let portal;
    let elsa;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal, 'demo', { rules: ['mon 08:00-12:00'] });
        await make_staff(portal, 'demo', { email: 'bo@demo.example', 'first-name': 'Bo', 'last-name': 'Ek' });
        await portal.ask(['availability', 'set', '-T', 'demo', 'bo@demo.example', '--rule', 'mon 08:00-12:00', '--holidays', 'open']);
        await choose_password(portal, 'demo', 'elsa@demo.example');
        elsa = await log_in(portal, 'demo', 'elsa@demo.example');
    });
    after(() => portal?.close());

    const make_type = (title, minutes, over = {}) => portal.ask(['visit-type', 'create', '-T', 'demo', title, ...flags({ 'duration-minutes': minutes, kind: 'physical', ...over })]);
    const set_type = (title, values) => portal.ask(['visit-type', 'set', '-T', 'demo', title, ...flags(values)]);
    const book = async (type, time, day = monday) => (await portal.ask(['booking', 'create', '-T', 'demo', ...flags({ patient: 'elsa@demo.example', staff: 'anna@demo.example', 'visit-type': type, starts: `${day}T${time}:00+01:00` })])).id;
    const show = (id) => portal.ask(['booking', 'show', '-T', 'demo', id]);
    /** The times that the page offers, as a clock on the wall shows them. */
    const offered = async (id, day = monday) => {
        await elsa.get(`/bookings/${id}/move?from=${day}`);
        return links(elsa.page.body).map(({ href }) => href?.match(new RegExp(`^/bookings/${id}/move.starts=${day}T(..):(..)`))).filter(Boolean).map(([, hour, minute]) => `${String(Number(hour) + 1).padStart(2, '0')}:${minute}`);
    };
    /** Sends the form for a time, offered or not. */
    const move = async (id, time, day = monday) => {
        await elsa.get(`/bookings/${id}/move?starts=${day}T${time}:00%2B01:00`);
        await elsa.submit(/move/);
        return { status: elsa.page.status, text: elsa.text(), starts: (await show(id)).starts };
    };
    const at = (time, day = monday) => new Date(`${day}T${time}:00+01:00`).toISOString().replace('.000', '');

    test(named('a visit whose kind was made shorter moves only to where all of it fits'), async () => {
        await make_type('Shorter', 60);
        const id = await book('Shorter', '08:00');
        await set_type('Shorter', { 'duration-minutes': 30, 'step-minutes': 30 });
        assert.deepEqual(await offered(id), ['08:30', '09:00', '09:30', '10:00', '10:30', '11:00']);
        assert.match(elsa.text(), /Shorter \(1 hour\)/, 'as long as it was booked');
        const late = await move(id, '11:30');
        assert.deepEqual([late.status, late.starts], [409, at('08:00')]);
        assert.match(late.text, /Nothing is open at this time/);
        assert.equal((await move(id, '11:00')).starts, at('11:00'));
        assert.equal((await show(id)).ends, at('12:00'));
        await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
    });

    test(named('a visit whose kind was made longer moves to where it fits as it was booked'), async () => {
        await make_type('Longer', 30);
        const id = await book('Longer', '08:00');
        await set_type('Longer', { 'duration-minutes': 120 });
        assert.ok((await offered(id)).includes('11:30'));
        assert.equal((await move(id, '11:30')).starts, at('11:30'));
        assert.equal((await show(id)).ends, at('12:00'));
        await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
    });

    test(named('the free minutes that a visit was booked with go with it when it moves'), async () => {
        await make_type('Spaced', 30, { 'step-minutes': 30, 'after-minutes': 30 });
        const other = await book('Check-up', '10:00');
        const id = await book('Spaced', '08:00');
        await set_type('Spaced', { 'after-minutes': 0 });
        assert.deepEqual(await offered(id), ['08:30', '09:00', '10:30', '11:00', '11:30']);
        const close = await move(id, '09:30');
        assert.deepEqual([close.status, close.starts], [409, at('08:00')]);
        await set_type('Spaced', { 'after-minutes': 60 });
        assert.equal((await move(id, '09:00')).starts, at('09:00'));
        for (const each of [id, other]) await portal.ask(['booking', 'cancel', '-T', 'demo', each]);
    });

    test(named('a visit of a staff member who takes no bookings is moved by the clinic alone, and the page says so'), async () => {
        const id = await book('Check-up', '08:00');
        await elsa.get(`/bookings/${id}/move?starts=${monday}T09:00:00%2B01:00`);
        const form = elsa.form(/move/);
        const { version } = await show(id);
        await portal.ask(['staff', 'set', '-T', 'demo', 'anna@demo.example', '--bookable', 'no']);
        const told = () => {
            assert.equal(elsa.page.status, 409);
            assert.match(elsa.text(), /This visit cannot be moved here just now. Please call the clinic./);
            assert.doesNotMatch(elsa.text(), /no longer free|Bo Ek/);
            assert.ok(links(elsa.page.body).every(({ href }) => !href?.includes('/move')), 'nothing leads to times that it cannot have');
        };
        assert.deepEqual(await offered(id), []);
        told();
        await elsa.submit(form);
        told();
        assert.deepEqual([(await show(id)).starts, (await show(id)).version], [at('08:00'), version]);
        await portal.ask(['staff', 'set', '-T', 'demo', 'anna@demo.example', '--bookable', 'yes']);
        assert.ok((await offered(id)).includes('09:00'));
        await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
    });

    test(named('a visit of a kind that is out of use is offered no other kind’s times'), async () => {
        await make_type('Ending', 30);
        const id = await book('Ending', '08:00');
        for (const { title } of (await portal.ask(['visit-type', 'list', '-T', 'demo'])).items.filter((each) => each.title !== 'Check-up')) await portal.ask(['visit-type', 'delete', '-T', 'demo', title]);
        assert.deepEqual(await offered(id), []);
        assert.match(elsa.text(), /cannot be moved here just now. Please call the clinic./);
        await elsa.get(`/bookings/${id}`);
        assert.equal(elsa.page.status, 200, 'what is booked stays');
    });
});
