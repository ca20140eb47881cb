// portald killed with SIGKILL under load, again and again: what it acknowledged is there, nothing is
// there by halves, and who got no answer may ask again.
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

/** Between 10 and 100 ms, spread evenly over the kills: the golden ratio leaves no gap. */
const moment_ms = (round) => 10 + 90 * ((round * 0.618034) % 1);

/** Two staff members who are there day and night: more free times than the clients can book. */
async function make_busy_clinic(portal) {
    await make_tenant(portal, 'demo', { confirmation: 'no' });
    await portal.ask(['policy', 'set', '-T', 'demo', '--client-login', 'yes', '--methods', 'password']);
    const type = await portal.ask(['visit-type', 'create', '-T', 'demo', 'Vaccination', '--duration-minutes', '5', '--horizon-days', '60']);
    const staff = [];
    for (const email of ['a@demo.example', 'b@demo.example']) {
        staff.push((await make_staff(portal, 'demo', { email })).id);
        await portal.ask(['availability', 'set', '-T', 'demo', email, ...always.flatMap((rule) => ['--rule', rule])]);
    }
    let taken = 0;
    const next = () => {
        const at = taken++;
        assert.ok(at < slots_each * staff.length, 'the free times are used up');
        const starts = new Date(first_start + Math.floor(at / staff.length) * 300_000).toISOString().replace('.000Z', 'Z');
        return new URLSearchParams({ staff: staff[at % staff.length], visit_type: type.id, starts });
    };
    return { next };
}

class Load {
    acknowledged = [];
    unanswered = [];
    repeated = 0;

    constructor(portal, clients, clinic) {
        Object.assign(this, { portal, clients, clinic });
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
                await client.get(`/book?${this.clinic.next()}`);
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

const count = async (portal, from) => Number((await portal.sql(`SELECT COUNT(*) FROM ${from}`))[0][0]);

async function check_nothing_by_halves(portal, bookings) {
    const queued = (channel) => `booking b WHERE (SELECT COUNT(*) FROM outbox o WHERE o.tenant = b.tenant AND o.booking = b.id AND o.kind = 'booking-booked' AND o.channel = '${channel}') <> 1`;
    assert.equal(await count(portal, queued('email')), 0, 'bookings without their mail');
    assert.equal(await count(portal, queued('sms')), 0, 'bookings without their text message');
    assert.equal(await count(portal, 'outbox o WHERE o.booking IS NOT NULL AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.id = o.booking)'), 0, 'messages without their booking');
    assert.equal(await count(portal, 'reminder'), bookings);
    assert.equal(await count(portal, "audit WHERE act = 'booking.create'"), bookings);
    assert.equal(await count(portal, "idempotency WHERE act = 'booking.create'"), bookings);
    assert.equal(await count(portal, 'booking a JOIN booking b ON a.staff = b.staff AND a.id < b.id AND a.starts < b.ends AND b.starts < a.ends'), 0, 'overlaps');
    if (portal.engine !== 'sqlite') return;
    assert.deepEqual(await portal.sql('PRAGMA integrity_check'), [['ok']]);
    assert.deepEqual(await portal.sql('PRAGMA foreign_key_check'), []);
}

on_each_engine((engine, named) => {
    test(named(`no acknowledged booking is lost when portald is killed ${kills} times under load`), (t) => with_portal({ engine }, async (portal) => {
        const started = performance.now();
        const clinic = await make_busy_clinic(portal);
        const load = new Load(portal, await make_crowd(portal, 'demo', width), clinic);
        const figures = { kills, acknowledged: 0, unacknowledged_but_stored: 0, lost: 0 };
        const prepared = performance.now();
        let restarts_ms = 0;
        for (let round = 0; round < kills; round += 1) {
            await load.run_into_kill(moment_ms(round));
            const killed = performance.now();
            await portal.serve();
            restarts_ms += performance.now() - killed;
            const more = (await count(portal, 'booking')) - load.acknowledged.length;
            assert.ok(more >= 0 && more <= load.unanswered.length, `${more} bookings over the ${load.acknowledged.length} acknowledged, ${load.unanswered.length} unanswered`);
            figures.unacknowledged_but_stored += more;
            await load.repeat();
        }
        const hex = engine === 'sqlite' ? 'lower(hex(public_id))' : "encode(public_id, 'hex')";
        const stored = new Set((await portal.sql(`SELECT ${hex} FROM booking`)).map(([id]) => id));
        figures.acknowledged = load.acknowledged.length;
        figures.stored = stored.size;
        figures.lost = load.acknowledged.filter((id) => !stored.has(id)).length;
        figures.repeated = load.repeated;
        figures.prepared_s = ((prepared - started) / 1000).toFixed(1);
        figures.seconds = ((performance.now() - prepared) / 1000).toFixed(1);
        figures.restart_ms = Math.round(restarts_ms / kills);
        t.diagnostic(`${engine}: ${JSON.stringify(figures)}`);
        assert.equal(figures.lost, 0);
        assert.deepEqual([...stored].sort(), [...load.acknowledged].sort());
        assert.ok(figures.acknowledged > kills, 'too little load to prove anything');
        await check_nothing_by_halves(portal, stored.size);
    }));
});
