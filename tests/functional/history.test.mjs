// Two hundred clients who book, move and cancel at once, and then the books: what was answered is
// what is stored, and nothing that was refused is (L13). The draws are the same in each run; the
// order in which they meet is not.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { personal_number } from './bankid.mjs';
import { make_staff, make_tenant, week } from './clinic.mjs';
import { send } from './http.mjs';
import { is_long, on_each_engine, with_portal } from './portal.mjs';

const width = 200;
const seconds = is_long ? 20 : 5;
const seed = Number(process.env.PORTAL_TEST_SEED ?? 20_270_118);
const group_capacity = 5;
const first_day = Date.parse('2027-01-19T07:00:00Z'); // a Tuesday, eight o'clock
const day_ms = 86_400_000;
const iso = (at) => new Date(at).toISOString().replace('.000', '');
// Nothing is sent meanwhile: the messages stay rows.
const settings = { outbox: { workers: 1, batch: 1, timeout_seconds: 120, lease_seconds: 600 } };

/** Whole numbers below `limit`, the same ones in each run. */
class Draws {
    constructor(start) {
        this.state = (start % 2_147_483_646) + 1;
    }

    below(limit) {
        this.state = (this.state * 16_807) % 2_147_483_647;
        return Math.floor((this.state / 2_147_483_647) * limit);
    }
}

async function make_busy_clinic(portal) {
    await make_tenant(portal, 'demo', { confirmation: 'no', modules: 'booking,sms,communication' });
    const types = [
        { title: 'Check-up', flags: ['--kind', 'physical', '--duration-minutes', '30'] },
        { title: 'Short visit', flags: ['--kind', 'phone', '--duration-minutes', '20', '--step-minutes', '5'] },
        { title: 'Group', flags: ['--kind', 'video-group', '--capacity', String(group_capacity), '--duration-minutes', '60', '--step-minutes', '60'] },
    ];
    for (const { title, flags } of types) await portal.ask(['visit-type', 'create', '-T', 'demo', title, ...flags]);
    const staff = [];
    for (const email of ['a@demo.example', 'b@demo.example', 'c@demo.example']) {
        staff.push((await make_staff(portal, 'demo', { email })).id);
        await portal.ask(['availability', 'set', '-T', 'demo', email, ...week.flatMap((rule) => ['--rule', rule])]);
    }
    const patients = [];
    for (let i = 0; i < width; i += 1) {
        const made = await portal.admin('POST', '/v1/tenants/demo/patients', { first_name: 'Per', last_name: `Patient ${i}`, email: `p${i}@demo.example`, mobile: '0701740605', national_id: personal_number(i + 1) });
        assert.ok(made.status < 300, made.body);
        patients.push(JSON.parse(made.body).id);
    }
    return { staff, patients };
}

/** One client: acts one after the other on a connection of its own, and remembers what it was told. */
class Actor {
    held = []; // {id, type, starts, version} as the last answer said
    made = 0;
    gone = []; // cancelled ones
    moves = 0;
    tally = {};

    constructor(portal, clinic, index) {
        Object.assign(this, { portal, clinic, index, draws: new Draws(seed + index * 7919) });
        this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    }

    async ask(act, at, body) {
        const text = JSON.stringify(body);
        const answer = await send({ socketPath: this.portal.settings.admin.socket, method: 'POST', path: `/v1/tenants/demo/bookings${at}`, body: text, agent: this.agent, headers: { host: 'admin', 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } });
        assert.ok([200, 409].includes(answer.status), `${act}: ${answer.status} ${answer.body}`);
        const name = `${act} ${answer.status}`;
        this.tally[name] = (this.tally[name] ?? 0) + 1;
        return answer.status === 200 ? JSON.parse(answer.body) : null;
    }

    time(type) {
        const step = { 'Check-up': 30, 'Short visit': 5, Group: 60 }[type];
        const day = first_day + this.draws.below(3) * day_ms;
        return iso(day + this.draws.below(Math.floor(7 * 60 / step)) * step * 60_000);
    }

    async book() {
        const type = ['Short visit', 'Check-up', 'Group', 'Short visit'][this.draws.below(4)];
        const overlap = type !== 'Group' && this.draws.below(20) === 0;
        const wish = { staff: this.clinic.staff[this.draws.below(this.clinic.staff.length)], visit_type: type, patient: this.clinic.patients[this.index], starts: this.time(type) };
        const made = overlap ? await this.ask('overlap', '/invite', { ...wish, allow_overlap: true, reason: 'two at once' }) : await this.ask('book', '', wish);
        if (!made) return;
        this.made += 1;
        this.held.push({ id: made.id, type, starts: made.starts, version: 1, overlap });
    }

    async move(booking) {
        const starts = this.time(booking.type);
        if (starts === booking.starts) return;
        const moved = await this.ask('move', `/${booking.id}/move`, { starts });
        if (!moved) return;
        this.moves += 1;
        Object.assign(booking, { starts, version: booking.version + 1 });
    }

    async cancel(booking) {
        if (!await this.ask('cancel', `/${booking.id}/cancel`, {})) return;
        this.held.splice(this.held.indexOf(booking), 1);
        this.gone.push({ ...booking, version: booking.version + 1 });
    }

    async act_until(deadline) {
        while (performance.now() < deadline) {
            const draw = this.draws.below(10);
            const booking = this.held[this.draws.below(Math.max(1, this.held.length))];
            if (!booking || (draw < 4 && this.held.length < 4)) await this.book();
            else if (draw < 7) await this.move(booking);
            else await this.cancel(booking);
        }
        this.agent.destroy();
    }
}

const live = (name) => `${name}.state IN ('unconfirmed', 'confirmed')`;
const hex_of = (engine, column) => (engine === 'sqlite' ? `lower(hex(${column}))` : `encode(${column}, 'hex')`);

/** Rules of the database alone: [what, FROM ... WHERE of rows that may not be there]. */
const wrongs = [
    ['two visits of one staff member meet', `booking a JOIN booking b ON a.staff = b.staff AND a.id < b.id AND a.starts < b.ends AND b.starts < a.ends
        WHERE ${live('a')} AND ${live('b')} AND a.overlap_allowed = 0 AND b.overlap_allowed = 0 AND (a.group_visit IS NULL OR b.group_visit IS NULL OR a.group_visit <> b.group_visit)`],
    ['a group counts other seats than it has', `group_visit g WHERE g.taken > g.capacity OR g.taken <> (SELECT COUNT(*) FROM booking b WHERE b.group_visit = g.id AND ${live('b')})`],
    ['a visit of a group is at another time', `booking b JOIN group_visit g ON g.id = b.group_visit WHERE ${live('b')} AND (b.starts <> g.starts OR b.ends <> g.ends OR b.staff <> g.staff)`],
    ['a live visit has not one reminder of its time', `booking b WHERE ${live('b')} AND (SELECT COUNT(*) FROM reminder r WHERE r.booking = b.id AND r.state = 'pending' AND r.schedule = b.schedule AND r.due_at = b.starts - 1800000) <> CASE WHEN b.state = 'confirmed' THEN 1 ELSE 0 END`],
    ['a reminder waits for a time that is no more', `reminder r JOIN booking b ON b.id = r.booking WHERE r.state = 'pending' AND (NOT (${live('b')}) OR r.schedule <> b.schedule)`],
    ['a visit was not announced once on each channel', "booking b WHERE (SELECT COUNT(*) FROM outbox o WHERE o.booking = b.id AND o.kind IN ('booking-booked', 'booking-invited')) <> 2"],
    ['a move was not told once on each channel', "booking b WHERE (SELECT COUNT(*) FROM outbox o WHERE o.booking = b.id AND o.kind = 'booking-moved') <> 2 * (b.schedule - 1)"],
    ['a cancelled visit was not told of once on each channel, or another was', "booking b WHERE (SELECT COUNT(*) FROM outbox o WHERE o.booking = b.id AND o.kind = 'booking-cancelled') <> CASE WHEN b.state = 'cancelled' THEN 2 ELSE 0 END"],
    ['a version does not count the acts', "booking b WHERE b.version <> b.schedule + CASE WHEN b.state = 'cancelled' THEN 1 ELSE 0 END OR b.sequence <> b.version - 1"],
    ['an act has no row in the audit trail, or too many', "booking b WHERE (SELECT COUNT(*) FROM audit a WHERE a.object = 'booking:' || b.id AND a.act LIKE 'booking.%') <> b.version"],
];

async function check_books(portal, actors) {
    const count = async (from) => Number((await portal.sql(`SELECT COUNT(*) FROM ${from}`))[0][0]);
    for (const [what, from] of wrongs) assert.equal(await count(from), 0, what);
    const rows = await portal.sql(`SELECT ${hex_of(portal.engine, 'public_id')}, state, starts, version FROM booking`);
    const stored = new Map(rows.map(([id, ...rest]) => [id, rest]));
    const told = actors.flatMap(({ held, gone }) => [...held.map((each) => [each, false]), ...gone.map((each) => [each, true])]);
    for (const [booking, cancelled] of told) {
        const [state, starts, version] = stored.get(booking.id.replaceAll('-', '')) ?? [];
        const is_live = ['confirmed', 'unconfirmed'].includes(state);
        assert.deepEqual({ id: booking.id, cancelled: !is_live, starts: iso(Number(starts)), version: Number(version) }, { id: booking.id, cancelled, starts: booking.starts, version: booking.version });
    }
    assert.equal(stored.size, told.length, 'a refused booking left a row, or a booking was lost');
    assert.equal(await count("audit WHERE act = 'booking.create'"), told.length);
    assert.equal(await count("audit WHERE act = 'booking.move'"), actors.reduce((sum, { moves }) => sum + moves, 0));
    assert.equal(await count("audit WHERE act = 'booking.cancel'"), actors.reduce((sum, { gone }) => sum + gone.length, 0));
}

on_each_engine((engine, named) => {
    test(named('two hundred clients book, move and cancel at once, and every answer is true in the end'), (t) => with_portal({ engine, settings }, async (portal) => {
        for (const sink of [portal.mail, portal.sms]) sink.behave('hang');
        const clinic = await make_busy_clinic(portal);
        const actors = clinic.patients.map((_, i) => new Actor(portal, clinic, i));
        const deadline = performance.now() + seconds * 1000;
        await Promise.all(actors.map((actor) => actor.act_until(deadline)));
        const tally = {};
        for (const actor of actors) for (const [name, n] of Object.entries(actor.tally)) tally[name] = (tally[name] ?? 0) + n;
        t.diagnostic(`${engine}, seed ${seed}, ${seconds} s: ${JSON.stringify(tally)}`);
        for (const name of ['book 200', 'book 409', 'move 200', 'move 409', 'cancel 200', 'overlap 200']) assert.ok(tally[name] > 0, `no ${name}`);
        const [[fullest]] = await portal.sql('SELECT MAX(taken) FROM group_visit');
        assert.ok(Number(fullest) >= 2, 'no group had two');
        await check_books(portal, actors);
    }));
});
