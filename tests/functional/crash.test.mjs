// portald killed with SIGKILL under load, again and again: what it acknowledged is there, nothing is
// there by halves, who got no answer may ask again, and every message arrives (P1, P3, P4).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { make_staff, make_tenant } from './clinic.mjs';
import { is_long, on_each_engine, with_portal } from './portal.mjs';
import { make_crowd } from './people.mjs';

const kills = is_long ? 300 : 100;
const width = 8;
const always = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day} 00:00-24:00`);
const first_start = Date.parse('2027-01-12T00:00:00Z');
const slots_each = 40 * 288; // 40 days of 5 minutes
const workers = 2; // that send each channel

/** Between 10 and 100 ms, spread evenly over the kills: the golden ratio leaves no gap. */
const moment_ms = (round) => 10 + 90 * ((round * 0.618034) % 1);

/** Two staff members who are there day and night; answers what gives the next free time to book. */
async function make_busy_clinic(portal) {
    await make_tenant(portal, 'demo', { confirmation: 'no' });
    await portal.ask(['policy', 'set', '-T', 'demo', '--client-login', 'yes', '--methods', 'password']);
    const type = await portal.ask(['visit-type', 'create', '-T', 'demo', 'Vaccination', '--duration-minutes', '5', '--kind', 'physical', '--horizon-days', '60']);
    const staff = [];
    for (const email of ['a@demo.example', 'b@demo.example']) {
        staff.push((await make_staff(portal, 'demo', { email })).id);
        await portal.ask(['availability', 'set', '-T', 'demo', email, '--holidays', 'open', ...always.flatMap((rule) => ['--rule', rule])]);
    }
    let taken = 0;
    return () => {
        const at = taken++;
        assert.ok(at < slots_each * staff.length, 'the free times are used up');
        const starts = new Date(first_start + Math.floor(at / staff.length) * 300_000).toISOString().replace('.000Z', 'Z');
        return new URLSearchParams({ staff: staff[at % staff.length], visit_type: type.id, starts });
    };
}

class Load {
    acknowledged = [];
    unanswered = [];
    repeated = 0;

    constructor(portal, next_time, clients) {
        Object.assign(this, { portal, next_time, clients });
    }

    accept(answer) {
        assert.equal(answer.status, 303, answer.body.slice(0, 1000));
        const [, id] = answer.headers.location.match(/^\/bookings\/([0-9a-f-]{36})\?/);
        this.acknowledged.push(id.replaceAll('-', ''));
    }

    /** One client's bookings until portald is gone. */
    async book_on(client, round) {
        let asked = null;
        try {
            while (!round.killed) {
                await client.get(`/book?${this.next_time()}`);
                asked = { client, fields: client.form(/^\/book$/).filled({}) };
                const answer = await client.post_raw('/book', asked.fields);
                asked = null;
                this.accept(answer);
            }
        } catch (error) {
            if (!round.killed || error instanceof assert.AssertionError) throw error;
            if (asked) this.unanswered.push(asked);
        }
    }

    /** Everyone books until portald is killed `ms` after the first request. */
    async run_into_kill(ms) {
        const round = { killed: false };
        const clients = this.clients.map((client) => this.book_on(client, round));
        const killed = delay(ms).then(() => {
            round.killed = true;
            return this.portal.kill();
        });
        await Promise.all([killed, ...clients]);
    }

    /** Who got no answer sends the same form again, as a person who presses "reload". */
    async repeat() {
        const again = this.unanswered.splice(0);
        this.repeated += again.length;
        for (const answer of await Promise.all(again.map(({ client, fields }) => client.post_raw('/book', fields)))) this.accept(answer);
        return again.length;
    }
}

const hex_of = (engine, column) => (engine === 'sqlite' ? `lower(hex(${column}))` : `encode(${column}, 'hex')`);
const count = async (portal, from) => Number((await portal.sql(`SELECT COUNT(*) FROM ${from}`))[0][0]);

async function check_nothing_by_halves(portal, bookings) {
    const queued = (channel) => `booking b WHERE (SELECT COUNT(*) FROM outbox o WHERE o.tenant = b.tenant AND o.booking = b.id AND o.kind = 'booking-booked' AND o.channel = '${channel}') <> 1`;
    assert.equal(await count(portal, queued('email')), 0, 'bookings without their mail');
    assert.equal(await count(portal, queued('sms')), 0, 'bookings without their text message, or the row that says why none goes out (C30)');
    assert.equal(await count(portal, 'outbox o WHERE o.booking IS NOT NULL AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.id = o.booking)'), 0, 'messages without their booking');
    assert.equal(await count(portal, 'reminder'), bookings);
    assert.equal(await count(portal, "audit WHERE act = 'booking.create'"), bookings);
    assert.equal(await count(portal, "idempotency WHERE act LIKE 'booking.create:%'"), bookings);
    assert.equal(await count(portal, 'booking a JOIN booking b ON a.staff = b.staff AND a.id < b.id AND a.starts < b.ends AND b.starts < a.ends'), 0, 'overlaps');
    if (portal.engine !== 'sqlite') return;
    assert.deepEqual(await portal.sql('PRAGMA integrity_check'), [['ok']]);
    assert.deepEqual(await portal.sql('PRAGMA foreign_key_check'), []);
}

/** The messages that were in hand at a kill go out once their leases have ended; none twice for another reason. */
async function check_messages_arrive(portal, figures) {
    await portal.advance(10);
    await portal.settle(60_000);
    const queued = await portal.sql(`SELECT channel, state, ${hex_of(portal.engine, 'public_id')} FROM outbox WHERE kind = 'booking-booked'`);
    const arrived = new Map();
    const note = (id) => arrived.set(id, (arrived.get(id) ?? 0) + 1);
    portal.mail.take_new();
    for (const { raw } of portal.mail.receipts) note(raw.match(/^Message-ID: <([0-9a-f-]{36})@/m)[1].replaceAll('-', ''));
    for (const { id } of await portal.sms.read()) note(id.replaceAll('-', ''));
    for (const channel of ['email', 'sms']) {
        const rows = queued.filter((row) => row[0] === channel && row[1] !== 'not-sent');
        figures[channel] = {
            sent: rows.filter((row) => row[1] === 'sent').length,
            missing: rows.filter(([, , id]) => !arrived.has(id)).length,
            doubled: rows.reduce((sum, [, , id]) => sum + Math.max(0, (arrived.get(id) ?? 0) - 1), 0),
        };
    }
}

on_each_engine((engine, named) => {
    test(named(`no acknowledged booking is lost when portald is killed ${kills} times under load`), (t) => with_portal({ engine, settings: { outbox: { workers } } }, async (portal) => {
        const load = new Load(portal, await make_busy_clinic(portal), await make_crowd(portal, 'demo', width));
        // Every second patient has no e-mail address, and is told by text message.
        for (let i = 0; i < width; i += 2) await portal.ask(['user', 'set', '-T', 'demo', `p${i}@demo.example`, '--email', '']);
        const figures = { kills, unacknowledged_but_stored: 0 };
        const began = performance.now();
        let restarting = 0;
        for (let round = 0; round < kills; round += 1) {
            await load.run_into_kill(moment_ms(round));
            const killed = performance.now();
            await portal.serve();
            restarting += performance.now() - killed;
            const more = (await count(portal, 'booking')) - load.acknowledged.length;
            assert.ok(more >= 0 && more <= load.unanswered.length, `${more} more than the ${load.acknowledged.length} acknowledged, and ${load.unanswered.length} unanswered`);
            figures.unacknowledged_but_stored += more;
            await load.repeat();
        }
        figures.seconds = Math.round((performance.now() - began) / 1000);
        figures.restart_ms = Math.round(restarting / kills);

        const stored = new Set((await portal.sql(`SELECT ${hex_of(engine, 'public_id')} FROM booking`)).map(([id]) => id));
        figures.acknowledged = load.acknowledged.length - load.repeated;
        figures.acknowledged_when_repeated = load.repeated;
        figures.stored = stored.size;
        figures.lost = load.acknowledged.filter((id) => !stored.has(id)).length;
        await check_messages_arrive(portal, figures);
        t.diagnostic(`${engine}: ${JSON.stringify(figures)}`);

        assert.equal(figures.lost, 0);
        assert.deepEqual([...stored].sort(), [...load.acknowledged].sort());
        assert.ok(figures.acknowledged > kills / 2, 'too little load to prove anything');
        await check_nothing_by_halves(portal, stored.size);
        assert.equal(figures.email.sent + figures.sms.sent, stored.size, 'one message each (C30)');
        for (const channel of ['email', 'sms']) {
            const { sent, missing, doubled } = figures[channel];
            assert.ok(sent > kills / 4 && missing === 0, `${channel}: ${sent} sent, ${missing} missing`);
            assert.ok(doubled <= kills * workers, `${doubled} messages came twice`);
        }
    }));
});
