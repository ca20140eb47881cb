// Reminders: in time, once, and never for what is not to be (D3).
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal, with_portal } from './portal.mjs';
import { until } from './wait.mjs';
import { book } from './visits.mjs';

const hour = 60 * 60_000;
const at = (ms) => new Date(ms).toISOString().replace('.000Z', 'Z');

async function patient_of(portal) {
    await choose_password(portal, 'demo', 'elsa@demo.example');
    return log_in(portal, 'demo', 'elsa@demo.example');
}

const reminders = async (portal, id) => (await portal.sms.read()).filter(({ text }) => text.includes(id) && /Remember/.test(text));
const decisions = (portal) => portal.sql("SELECT state, reason FROM reminder ORDER BY id");

on_each_engine((engine, named) => {
    test(named('a due reminder goes out once by the daemon’s own timer'), () => with_portal({ engine }, async (portal) => {
        await make_clinic(portal, 'demo', { confirmation: 'no' });
        const id = await book(await patient_of(portal), '2027-01-12T09:00:00Z');
        await portal.set_clock('2027-01-12T08:29:00Z');
        await portal.ask(['status']);
        assert.equal((await reminders(portal, id)).length, 0, 'a minute too early');
        await portal.set_clock('2027-01-12T08:30:00Z');
        await until(async () => (await reminders(portal, id)).length > 0, 'the reminder');
        for (let minute = 31; minute < 60; minute += 7) await portal.set_clock(`2027-01-12T08:${minute}:00Z`);
        const { queued } = await portal.ask(['reminder', 'send']);
        assert.equal(queued, 0, 'the timer had sent it');
        await portal.settle();
        assert.equal((await reminders(portal, id)).length, 1);
    }));

    test(named('a due reminder goes out once by cron, also when it runs many times at once'), () => with_portal({ engine, settings: { jobs: { reminder_seconds: 0 } } }, async (portal) => {
        await make_clinic(portal, 'demo', { confirmation: 'no' });
        const id = await book(await patient_of(portal), '2027-01-12T09:00:00Z');
        await portal.set_clock('2027-01-12T08:31:00Z');
        const runs = await Promise.all(Array.from({ length: 10 }, () => portal.ask(['reminder', 'send'])));
        assert.equal(runs.reduce((sum, run) => sum + run.queued, 0) > 0, true);
        await portal.settle();
        assert.equal((await reminders(portal, id)).length, 1);
    }));

    test(named('a reminder that was due while nothing ran goes out late until the start, and not after it'), () => with_portal({ engine, settings: { jobs: { reminder_seconds: 0 } } }, async (portal) => {
        await make_clinic(portal, 'demo', { confirmation: 'no' });
        const elsa = await patient_of(portal);
        const late = await book(elsa, '2027-01-12T09:00:00Z');
        const over = await book(elsa, '2027-01-12T08:30:00Z');
        await portal.set_clock('2027-01-12T08:40:00Z');
        await portal.ask(['reminder', 'send']);
        await portal.settle();
        assert.equal((await reminders(portal, late)).length, 1);
        assert.equal((await reminders(portal, over)).length, 0);
        assert.ok((await decisions(portal)).some(([state, reason]) => state !== 'pending' && /expired|start/.test(reason + state)), JSON.stringify(await decisions(portal)));
    }));

    test(named('two reminders that are late together are one, the nearer'), () => with_portal({ engine, settings: { jobs: { reminder_seconds: 0 } } }, async (portal) => {
        await make_clinic(portal, 'demo', { confirmation: 'no', reminders: '24h,2h,30m' });
        const id = await book(await patient_of(portal), '2027-01-13T09:00:00Z');
        await portal.set_clock('2027-01-13T08:00:00Z');
        assert.deepEqual((await portal.ask(['reminder', 'send'])).queued, 1, 'of 24 h and 2 h');
        await portal.settle();
        assert.equal((await reminders(portal, id)).length, 1);
        assert.deepEqual((await decisions(portal)).map((each) => each.join(' ').trim()).sort(), ['not-sent overtaken', 'pending', 'queued']);
        const rows = (await portal.ask(['outbox', 'list', '-T', 'demo', '--booking', id])).items.filter(({ kind }) => kind === 'booking-reminder');
        assert.ok(rows.some(({ state, reason }) => state === 'not-sent' && reason === 'overtaken'), JSON.stringify(rows));
    }));

    test(named('what waits for its provider does not go after the news of a later change'), () => with_portal({ engine, settings: { jobs: { reminder_seconds: 0 } } }, async (portal) => {
        await make_clinic(portal, 'demo');
        await portal.sms.behave('503');
        const { id } = await portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'elsa@demo.example', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', '2027-01-13T09:00:00Z']);
        const texts = async () => (await portal.ask(['outbox', 'list', '-T', 'demo', '--booking', id])).items.filter(({ channel }) => channel === 'sms').map(({ kind, state, reason }) => `${kind} ${state} ${state === 'deferred' ? '' : reason}`.trim()).sort();
        await until(async () => (await texts())[0] === 'booking-invited deferred', async () => `a text that waits, not ${await texts()}`);
        await portal.ask(['booking', 'move', '-T', 'demo', id, '--starts', '2027-01-13T14:00:00Z']);
        await portal.sms.behave('ok');
        let minute = 10; // a provider that was down is left alone for a while
        await until(async () => {
            await portal.set_clock(`2027-01-11T08:${minute += 1}:00Z`);
            return (await texts()).every((row) => !/deferred|queued|sending/.test(row));
        }, 'nothing to wait');
        assert.deepEqual(await texts(), ['booking-invited not-sent outdated', 'booking-moved sent']);
    }));

    test(named('a reminder that waits for its provider is looked at again before it goes, and goes no more'), () => with_portal({ engine, settings: { jobs: { reminder_seconds: 0 } } }, async (portal) => {
        await make_clinic(portal, 'demo', { confirmation: 'no' });
        const elsa = await patient_of(portal);
        const cancelled = await book(elsa, '2027-01-12T09:00:00Z');
        const off = await book(elsa, '2027-01-12T09:30:00Z');
        await portal.sms.stop();
        const state = async (id) => (await portal.ask(['outbox', 'list', '-T', 'demo', '--booking', id])).items.filter(({ kind }) => kind === 'booking-reminder').map((row) => `${row.state} ${row.reason}`.trim());
        await portal.set_clock('2027-01-12T08:59:00Z');
        assert.equal((await portal.ask(['reminder', 'send'])).queued, 1);
        await until(async () => /deferred/.test((await state(cancelled))[0]), 'a reminder that waits');
        await portal.ask(['booking', 'cancel', '-T', 'demo', cancelled]);
        assert.deepEqual(await state(cancelled), ['not-sent cancelled'], 'withdrawn with the visit (C28)');
        await portal.set_clock('2027-01-12T09:01:00Z');
        assert.equal((await portal.ask(['reminder', 'send'])).queued, 1);
        await until(async () => /deferred/.test((await state(off))[0]), 'a reminder that waits');
        await portal.ask(['tenant', 'set', 'demo', '--modules', 'sms']);
        let minute = 10; // a provider that was down is left alone for a while
        await until(async () => {
            await portal.set_clock(`2027-01-12T09:${minute += 1}:00Z`);
            const rows = await portal.sql("SELECT state, reason FROM outbox WHERE kind = 'booking-reminder'");
            return rows.some(([is, why]) => is === 'not-sent' && why === 'module-off');
        }, 'the look before sending (L19)');
    }));
});

on_each_engine((engine, named) => {
    let portal;
    let elsa;

    before(async () => {
        portal = await Portal.start({ engine, settings: { jobs: { reminder_seconds: 0 } } });
        await make_clinic(portal);
        await choose_password(portal, 'demo', 'elsa@demo.example');
    });
    beforeEach(async () => { elsa = await log_in(portal, 'demo', 'elsa@demo.example'); }); // time ends sessions
    after(() => portal?.close());

    async function confirm(id) {
        await elsa.get(`/bookings/${id}`);
        await elsa.submit(/confirm/);
    }
    async function send_at(ms) {
        const was = portal.now;
        await portal.set_clock(at(ms));
        await portal.ask(['reminder', 'send']);
        await portal.settle();
        await portal.settle(); // what was queued at the later time would wait for it
        await portal.set_clock(at(was));
    }

    test(named('a visit that is not confirmed gets no reminder'), async () => {
        const id = await book(elsa, '2027-01-13T08:00:00Z');
        await send_at(Date.parse('2027-01-13T07:35:00Z'));
        assert.equal((await reminders(portal, id)).length, 0);
    });

    test(named('a visit confirmed inside a lead gets none for it, and a row says why'), async () => {
        const id = await book(elsa, '2027-01-13T09:00:00Z');
        const was = portal.now;
        await portal.set_clock('2027-01-13T08:31:00Z');
        elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        await confirm(id);
        await portal.ask(['reminder', 'send']);
        await portal.settle();
        assert.equal((await reminders(portal, id)).length, 0);
        assert.ok((await decisions(portal)).some(([state, reason]) => state === 'not-sent' && reason === 'inside-lead'));
        await portal.settle(); // what was queued at the later time would wait for it
        await portal.set_clock(at(was));
    });

    test(named('a moved visit is reminded of its new time alone'), async () => {
        const id = await book(elsa, '2027-01-14T08:00:00Z');
        await confirm(id);
        await elsa.get(`/bookings/${id}/move?starts=2027-01-14T12:00:00Z`);
        await elsa.submit(/move/);
        await send_at(Date.parse('2027-01-14T07:40:00Z'));
        assert.equal((await reminders(portal, id)).length, 0, 'the old time');
        await send_at(Date.parse('2027-01-14T11:40:00Z'));
        const sent = await reminders(portal, id);
        assert.equal(sent.length, 1);
        assert.match(sent[0].text, /13[:.]00/);
    });

    test(named('a cancelled visit is not reminded of'), async () => {
        const id = await book(elsa, '2027-01-15T08:00:00Z');
        await confirm(id);
        await elsa.get(`/bookings/${id}/cancel`);
        await elsa.submit(/cancel/);
        await send_at(Date.parse('2027-01-15T08:00:00Z') - hour / 3);
        assert.equal((await reminders(portal, id)).length, 0);
    });
});
