// Two hundred people and one free time: one gets it, everyone else is told so (P5). The hand that
// presses twice books once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { page_text } from './html.mjs';
import { make_crowd } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const width = 200;
const conflict = 409;
const seen = 303;
const iso = (at) => new Date(at).toISOString().replace('.000', '');

on_each_engine((engine, named) => {
    let portal;
    let clinic;
    let crowd;

    before(async () => {
        portal = await Portal.start({ engine });
        clinic = await make_clinic(portal);
        crowd = await make_crowd(portal, 'demo', width);
    });
    after(() => portal?.close());

    /** Each client's booking form for one of `starts`, open before anyone presses its button. */
    const open_forms = (clients, starts) => Promise.all(clients.map(async (client, i) => {
        await client.get(`/book?${new URLSearchParams({ staff: clinic.staff.id, visit_type: clinic.visit_type.id, starts: starts[i % starts.length] })}`);
        const form = client.form(/^\/book$/);
        return { client, action: form.action, fields: form.filled({}) };
    }));
    const press_all = (asked) => Promise.all(asked.map(({ client, action, fields }) => client.post_raw(action, fields)));
    const tally = (answers) => {
        const statuses = {};
        for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
        return statuses;
    };
    const live = "booking WHERE state IN ('unconfirmed', 'confirmed')";
    const count = async (from) => Number((await portal.sql(`SELECT COUNT(*) FROM ${from}`))[0][0]);
    const overlaps = () => count(`booking a JOIN booking b ON a.staff = b.staff AND a.id < b.id AND a.starts < b.ends AND b.starts < a.ends
        AND a.state IN ('unconfirmed', 'confirmed') AND b.state IN ('unconfirmed', 'confirmed')`);
    /** The same person in the same browser, on a connection of its own. */
    const twin = (client) => {
        const other = portal.client('demo');
        for (const [name, value] of client.cookies) other.cookies.set(name, value);
        return other;
    };

    test(named(`of ${width} patients who book one time at once, one gets it and ${width - 1} are told`), async (t) => {
        const starts = '2027-01-12T07:00:00Z';
        const asked = await open_forms(crowd, [starts]);
        const began = performance.now();
        const answers = await press_all(asked);
        t.diagnostic(`${engine}: ${JSON.stringify(tally(answers))} in ${Math.round(performance.now() - began)} ms`);
        assert.deepEqual(tally(answers), { [seen]: 1, [conflict]: width - 1 });
        for (const answer of answers.filter(({ status }) => status === conflict)) assert.match(page_text(answer.body), /no longer free/);
        assert.equal(await count(`${live} AND starts = ${Date.parse(starts)}`), 1);
        assert.deepEqual([await count('booking'), await count("audit WHERE act = 'booking.create'"), await count('idempotency')], [1, 1, 1], 'the refused left something behind');
        const winner = crowd[answers.findIndex(({ status }) => status === seen)];
        await winner.get('/bookings');
        assert.match(winner.text(), /08:00/);
    });

    test(named(`a form that is sent ${width} times at once makes one booking, and every answer leads to it`), async () => {
        const [asked] = await open_forms(crowd.slice(0, 1), ['2027-01-12T08:00:00Z']);
        const before_it = await count('booking');
        const hands = Array.from({ length: width }, () => ({ ...asked, client: twin(asked.client) }));
        const answers = await press_all(hands);
        for (const { client } of hands) client.close();
        assert.deepEqual(tally(answers), { [seen]: width });
        assert.equal(new Set(answers.map(({ headers }) => headers.location)).size, 1);
        assert.equal(await count('booking'), before_it + 1);
    });

    test(named('a double click on two connections makes one booking, and both answers lead to it'), async () => {
        const before_it = await count('booking');
        const wednesday = Array.from({ length: 16 }, (_, i) => iso(Date.parse('2027-01-13T07:00:00Z') + i * 1_800_000));
        const asked = await open_forms(crowd.slice(0, 16), wednesday);
        const pairs = await Promise.all(asked.map((each) => press_all([each, { ...each, client: twin(each.client) }])));
        for (const [one, other] of pairs) {
            assert.deepEqual([one.status, other.status], [seen, seen]);
            assert.equal(one.headers.location, other.headers.location);
        }
        assert.equal(await count('booking'), before_it + 16);
    });

    test(named(`${width} patients who book, move and cancel overlapping times at once never hold two that meet, and every answer is true`), async (t) => {
        const type = await portal.ask(['visit-type', 'create', '-T', 'demo', 'Short visit', '--duration-minutes', '20', '--kind', 'physical', '--step-minutes', '5']);
        // Four days of 93 starts that overlap their neighbours; the same draws in each run.
        let drawn = 7;
        const draw = () => {
            drawn = (drawn * 16_807) % 2_147_483_647;
            return iso(Date.parse(`2027-01-${19 + (drawn % 4)}T07:00:00Z`) + ((drawn >> 2) % 93) * 300_000);
        };
        const statuses = [];
        const press = async (client, path, wanted) => {
            await client.get(path);
            const form = client.form(wanted);
            const answer = await client.post_raw(form.action, form.filled({}));
            statuses.push(answer);
            return answer;
        };
        const held = new Map(); // id -> its start, as the last answers told
        await Promise.all(crowd.map(async (client, i) => {
            let starts = draw();
            const booked = await press(client, `/book?${new URLSearchParams({ staff: clinic.staff.id, visit_type: type.id, starts })}`, /^\/book$/);
            if (booked.status !== seen) return;
            const id = booked.headers.location.match(/^\/bookings\/([0-9a-f-]{36})/)[1];
            for (let turn = 0; turn < 4; turn += 1) {
                const wish = draw();
                const moved = await press(client, `/bookings/${id}/move?starts=${wish}`, /\/move$/);
                if (moved.status === seen) starts = wish;
            }
            const gone = i % 3 === 0 && (await press(client, `/bookings/${id}/cancel`, /\/cancel$/)).status === seen;
            if (!gone) held.set(id, starts);
        }));
        t.diagnostic(`${engine}: ${JSON.stringify(tally(statuses))}, ${held.size} held at the end`);
        assert.deepEqual(Object.keys(tally(statuses)).sort(), [String(seen), String(conflict)].sort());
        assert.equal(await overlaps(), 0);
        assert.ok(held.size > 0);
        for (const [id, starts] of held) {
            const booking = await portal.ask(['booking', 'show', '-T', 'demo', id]);
            assert.deepEqual([booking.state, booking.starts], ['unconfirmed', starts]);
        }
        assert.equal(await count(`${live} AND starts BETWEEN ${Date.parse('2027-01-19T00:00:00Z')} AND ${Date.parse('2027-01-23T00:00:00Z')}`), held.size);
    });

    test(named('a patient with the same time open on two pages gets it once'), async () => {
        const starts = '2027-01-15T07:00:00Z';
        const asked = [...await open_forms([crowd[0]], [starts]), ...await open_forms([twin(crowd[0])], [starts])];
        assert.deepEqual(tally(await press_all(asked)), { [seen]: 1, [conflict]: 1 });
        assert.equal(await count(`${live} AND starts = ${Date.parse(starts)}`), 1);
    });
});
