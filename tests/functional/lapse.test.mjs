// What the clock does with visits: the unconfirmed lapse, the confirmed are done, and a patient who
// has not answered may be nudged once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, with_portal } from './portal.mjs';
import { until } from './wait.mjs';

const by_cron = { jobs: { reminder_seconds: 0 } };
const booked = async (portal, starts) => (await portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'elsa@demo.example', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', starts])).id;
const state = async (portal, id) => (await portal.ask(['booking', 'show', '-T', 'demo', id])).state;
const texts = async (portal, id) => { await portal.settle(); return (await portal.sms.read()).filter(({ text }) => text.includes(id)); };

on_each_engine((engine, named) => {
    test(named('an unconfirmed visit lapses at its planned end, once, and nobody is told'), () => with_portal({ engine, settings: by_cron }, async (portal) => {
        await make_clinic(portal);
        const id = await booked(portal, '2027-01-12T09:00:00Z');
        const told = (await texts(portal, id)).length;
        await portal.set_clock('2027-01-12T09:29:00Z');
        await portal.ask(['reminder', 'send']);
        assert.equal(await state(portal, id), 'unconfirmed', 'until the end it can be confirmed');
        await portal.set_clock('2027-01-12T09:30:00Z');
        const runs = await Promise.all(Array.from({ length: 8 }, () => portal.ask(['reminder', 'send'])));
        assert.equal(runs.reduce((sum, { lapsed }) => sum + lapsed, 0), 1);
        assert.equal(await state(portal, id), 'lapsed');
        assert.equal((await portal.sql("SELECT COUNT(*) FROM audit WHERE act = 'booking.lapse'"))[0][0], '1');
        assert.equal((await texts(portal, id)).length, told);
        assert.notEqual((await portal.ctl(['booking', 'confirm', '-T', 'demo', id])).status, 0);
    }));

    test(named('the daemon’s own timer lapses what nobody confirmed'), () => with_portal({ engine }, async (portal) => {
        await make_clinic(portal);
        const id = await booked(portal, '2027-01-12T09:00:00Z');
        await portal.set_clock('2027-01-12T09:31:00Z');
        await until(async () => (await state(portal, id)) === 'lapsed', 'the lapse');
    }));

    test(named('a confirmed visit is done an hour after its planned end, unless staff have said otherwise'), () => with_portal({ engine, settings: by_cron }, async (portal) => {
        await make_clinic(portal, 'demo', { confirmation: 'no' });
        const took_place = await booked(portal, '2027-01-12T09:00:00Z');
        const missed = await booked(portal, '2027-01-12T09:30:00Z');
        await portal.set_clock('2027-01-12T10:29:00Z');
        await portal.ask(['booking', 'no-show', '-T', 'demo', missed]);
        await portal.ask(['reminder', 'send']);
        assert.equal(await state(portal, took_place), 'confirmed');
        await portal.set_clock('2027-01-12T11:30:00Z');
        assert.equal((await portal.ask(['reminder', 'send'])).done, 1);
        assert.equal(await state(portal, took_place), 'done');
        assert.equal(await state(portal, missed), 'no-show');
    }));

    test(named('a patient who has not confirmed is nudged once where the clinic wants it'), () => with_portal({ engine, settings: by_cron }, async (portal) => {
        await make_clinic(portal);
        const unasked = await booked(portal, '2027-01-13T09:00:00Z');
        await portal.ask(['tenant', 'set', 'demo', '--nudge', '1d']);
        const asked = await booked(portal, '2027-01-13T10:00:00Z');
        const sure = await booked(portal, '2027-01-13T11:00:00Z');
        await portal.ask(['booking', 'confirm', '-T', 'demo', sure]);
        const told = (await texts(portal, asked)).length;
        await portal.set_clock('2027-01-12T11:30:00Z');
        const runs = await Promise.all(Array.from({ length: 5 }, () => portal.ask(['reminder', 'send'])));
        assert.equal(runs.reduce((sum, { queued }) => sum + queued, 0), 1);
        const sent = await texts(portal, asked);
        assert.equal(sent.length, told + 1);
        assert.match(sent.at(-1).text, /Please confirm your visit/);
        assert.ok((await texts(portal, unasked)).every(({ text }) => !/Please confirm your visit/.test(text)), 'off until the clinic says so');
        const nudges = await portal.sql("SELECT state, reason FROM reminder WHERE kind = 'nudge' ORDER BY id");
        assert.deepEqual(nudges, [['queued', ''], ['not-sent', 'confirmed']]);
    }));

    test(named('who has confirmed is nudged no more, even where the nudge was due already'), () => with_portal({ engine, settings: by_cron }, async (portal) => {
        await make_clinic(portal);
        await portal.ask(['tenant', 'set', 'demo', '--nudge', '1d']);
        await choose_password(portal, 'demo', 'elsa@demo.example');
        const id = await booked(portal, '2027-01-13T10:00:00Z');
        await portal.set_clock('2027-01-12T11:00:00Z');
        const elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        await elsa.get(`/bookings/${id}`);
        await elsa.submit(/confirm$/);
        assert.equal((await portal.ask(['reminder', 'send'])).queued, 0);
        assert.ok((await texts(portal, id)).every(({ text }) => !/Please confirm your visit/.test(text)));
    }));
});
