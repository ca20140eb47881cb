// `portalctl booking list` and what it stands on: filters, pages that neither lose nor repeat a
// booking, CSV that no spreadsheet runs, and lists that break off honestly (C21, K28).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { make_clinic, make_patient, make_staff, week } from './clinic.mjs';
import { on_each_engine, Portal, portalctl, run } from './portal.mjs';
import { until } from './wait.mjs';

const hostile = ['=HYPERLINK("http://evil.example")', '+1', '-2+3', '@SUM(A1)', '＝1', ' =1'];
const iso = (at) => new Date(at).toISOString().replace('.000', '');
const monday = Date.parse('2027-01-18T07:00:00Z');
const half_hour = 1_800_000;

/** Rows of RFC 4180 text. */
function parse_csv(text) {
    const rows = [[]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
        rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
        if (end === '\n') rows.push([]);
    }
    return rows.slice(0, -1);
}

on_each_engine((engine, named) => {
    let portal;
    let clinic;
    let patients;
    let staff;
    let made = []; // as the daemon answered, in the order of making

    const path_of = (slug) => `/v1/tenants/${slug}/bookings/find`;
    const find = async (body, slug = 'demo') => {
        const answer = await portal.admin('POST', path_of(slug), body);
        return { status: answer.status, ...JSON.parse(answer.body) };
    };
    const everything = { from: '2027-01-01', days: 60 };
    const listed = async (...flags) => (await portal.ask(['booking', 'list', '-T', 'demo', '--from', '2027-01-01', '--days', '60', ...flags])).items;
    const ids = (items) => items.map(({ id }) => id).sort();
    const book = async (i, at) => {
        const answer = await portal.ask(['booking', 'create', '-T', 'demo', '--patient', patients[i % patients.length].id, '--staff', staff[i % staff.length].id, '--visit-type', i % 2 === 0 ? 'Check-up' : 'Talk', '--starts', iso(at)]);
        made.push(answer);
    };

    before(async () => {
        portal = await Portal.start({ engine });
        clinic = await make_clinic(portal, 'demo', { confirmation: 'yes' });
        await make_clinic(portal, 'other', { confirmation: 'no' });
        await portal.ask(['visit-type', 'create', '-T', 'demo', 'Talk', '--duration-minutes', '30', '--kind', 'phone']);
        staff = [clinic.staff];
        for (let i = 1; i < 4; i += 1) {
            const email = `staff${i}@demo.example`;
            staff.push(await make_staff(portal, 'demo', { email }));
            await portal.ask(['availability', 'set', '-T', 'demo', email, ...week.flatMap((rule) => ['--rule', rule])]);
        }
        patients = [];
        for (const [i, name] of hostile.entries()) {
            const answer = await portal.admin('POST', '/v1/tenants/demo/patients', { first_name: name, last_name: 'Berg', email: `h${i}@demo.example`, mobile: '0701740605' });
            assert.ok(answer.status < 300, answer.body);
            patients.push(JSON.parse(answer.body));
        }
        for (let i = 0; i < 12; i += 1) await book(i, monday + Math.floor(i / 4) * half_hour); // four at each start
        await portal.ask(['booking', 'confirm', '-T', 'demo', made[0].id]);
        await portal.ask(['booking', 'confirm', '-T', 'demo', made[1].id]);
        await portal.ask(['booking', 'cancel', '-T', 'demo', made[2].id]);
        await portal.settle();
    });
    after(() => portal?.close());

    test(named('pages of every size give each booking once, in one order, also where many begin at the same time'), async () => {
        const whole = await find(everything);
        assert.equal(whole.next, null);
        assert.deepEqual(ids(whole.items), ids(made));
        const order = whole.items.map(({ starts }) => starts);
        assert.deepEqual(order, [...order].sort());
        for (const limit of [1, 2, 3, 5, 11, 12]) {
            const seen = [];
            let after = null;
            for (let turn = 0; turn <= 12; turn += 1) {
                const page = await find({ ...everything, limit, ...(after ? { after } : {}) });
                assert.equal(page.status, 200);
                assert.ok(page.items.length <= limit);
                seen.push(...page.items);
                after = page.next;
                if (!after) break;
            }
            assert.deepEqual(seen.map(({ id }) => id), whole.items.map(({ id }) => id), `pages of ${limit}`);
        }
    });

    test(named('a page goes on where it was left though a booking was cancelled, moved or made meanwhile'), async () => {
        const first = await find({ ...everything, limit: 6 });
        await book(1, monday + 5 * half_hour);
        const last = first.items.at(-1);
        await portal.ask(['booking', 'move', '-T', 'demo', last.id, '--starts', iso(monday + 8 * half_hour + 2 * 86_400_000)]);
        const second = await find({ ...everything, after: first.next });
        const rest = ids(second.items);
        assert.deepEqual([...new Set([...ids(first.items), ...rest])].sort(), ids(made), 'a booking is missing');
        assert.ok(rest.includes(last.id), 'the moved one stands at its new time');
        await portal.settle();
    });

    test(named('bookings are listed by state, several at once'), async () => {
        const by_state = async (words) => ids(await listed('--state', words));
        assert.deepEqual(await by_state('cancelled'), [made[2].id]);
        assert.deepEqual(await by_state('confirmed'), [made[0].id, made[1].id].sort());
        assert.deepEqual(await by_state('confirmed,cancelled,confirmed'), [made[0].id, made[1].id, made[2].id].sort());
        assert.deepEqual(await by_state('done,no-show,lapsed'), []);
        assert.deepEqual(await by_state('unconfirmed'), ids(made.slice(3)));
        const wrong = await portal.ctl(['booking', 'list', '-T', 'demo', '--state', 'gone']);
        assert.equal(wrong.status, 2);
        assert.match(wrong.stderr, /--state.*'gone' is not one of: unconfirmed, confirmed/);
    });

    test(named('bookings are listed by visit type, patient, staff member and date'), async () => {
        const fits = async (flags, want) => assert.deepEqual(ids(await listed(...flags)), ids(made.filter(want)));
        await fits(['--visit-type', 'Talk'], ({ visit_type }) => visit_type === 'Talk');
        await fits(['--visit-type', clinic.visit_type.id], ({ visit_type }) => visit_type === 'Check-up');
        await fits(['--staff', 'staff1@demo.example'], ({ staff_id }) => staff_id === staff[1].id);
        await fits(['--patient', 'h3@demo.example'], ({ patient_id }) => patient_id === patients[3].id);
        await fits(['--patient', 'h3@demo.example', '--staff', 'staff1@demo.example'], ({ patient_id, staff_id }) => patient_id === patients[3].id && staff_id === staff[1].id);
        await fits(['--staff', 'staff1@demo.example', '--visit-type', 'Check-up'], () => false);
        const { items } = await find({ from: '2027-01-18', days: 1 });
        assert.ok(items.length > 0 && items.every(({ starts }) => starts.startsWith('2027-01-18')));
        assert.deepEqual((await find({ from: '2027-01-25', days: 7 })).items, []);
        const nobody = await portal.ctl(['booking', 'list', '-T', 'demo', '--visit-type', 'Surgery']);
        assert.deepEqual([nobody.status, /There is no such visit type here/.test(nobody.stderr)], [5, true]);
        await make_patient(portal, 'other', { email: 'h3@other.example' });
        assert.deepEqual((await find(everything, 'other')).items, []);
    });

    test(named("another clinic's place in a list is refused, and so is a made-up one"), async () => {
        const { next } = await find({ ...everything, limit: 1 });
        const broken = [...next].map((letter, i) => (i === 20 ? (letter === 'A' ? 'B' : 'A') : letter)).join('');
        const tries = [[next, 'other'], [broken, 'demo'], ['AAAA', 'demo'], ['%', 'demo']];
        for (const [after, slug] of tries) {
            const answer = await find({ ...everything, after }, slug);
            assert.deepEqual([answer.status, answer.error?.field, answer.error?.message], [400, 'after', 'This is no place in a list.']);
        }
        for (const limit of [0, -1, 10_001]) assert.equal((await find({ ...everything, limit })).status, 400);
    });

    test(named('CSV has every column, and a name that looks like a formula is text'), async () => {
        const done = await portal.ctl(['booking', 'list', '-T', 'demo', '--from', '2027-01-01', '--days', '60', '-o', 'csv']);
        assert.equal(done.status, 0, done.stderr);
        const [names, ...rows] = parse_csv(done.stdout);
        const items = await listed();
        assert.equal(rows.length, items.length);
        assert.deepEqual(names, Object.keys(items[0]));
        for (const [i, row] of rows.entries()) {
            const wanted = Object.values(items[i]).map((value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)));
            wanted[names.indexOf('patient')] = `'${wanted[names.indexOf('patient')]}`;
            assert.deepEqual(row, wanted);
        }
        for (const cell of done.stdout.split(/[,\n]/)) assert.doesNotMatch(cell, /^"?\s*[=+@＝＋－＠]/);
        const version = names.indexOf('version');
        assert.ok(rows.every((row) => /^\d+$/.test(row[version])));
    });

    test(named('a list asked for with a limit stops there and says where it goes on'), async () => {
        const flags = ['-T', 'demo', '--from', '2027-01-01', '--days', '60'];
        const first = await portal.ask(['booking', 'list', ...flags, '--limit', '5']);
        assert.equal(first.items.length, 5);
        const rest = await portal.ask(['booking', 'list', ...flags, '--after', first.next]);
        assert.equal(rest.next, null);
        assert.deepEqual([...first.items, ...rest.items].map(({ id }) => id), (await listed()).map(({ id }) => id));
        const table = await portal.ctl(['booking', 'list', ...flags, '--limit', '5']);
        assert.equal(table.stdout.trim().split('\n').length, 5);
    });

    test(named('a list is one look in the audit trail, however many its pages'), async () => {
        const looks = async () => Number((await portal.sql("SELECT COUNT(*) FROM audit WHERE act = 'booking.list'"))[0][0]);
        const was = await looks();
        const { next } = await find({ ...everything, limit: 4 });
        await find({ ...everything, limit: 4, after: next });
        assert.equal(await looks(), was + 1);
    });
});

describe('lists that come in pages', () => {
    const item = (i) => ({ id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, state: 'confirmed', starts: '2027-01-18T07:00:00Z', ends: '2027-01-18T07:30:00Z', visit_type: 'Talk', staff: 'Anna Lind', staff_title: '', patient: `Per ${i}`, staff_id: '', visit_type_id: '', patient_id: '', kind: 'physical', awaits: 'nobody', origin: 'patient', cancel_minutes: 0, version: 1 });
    const cursor = 'A'.repeat(32);
    let folder;
    let server;
    let calls;
    let answer_second; // what the daemon does when it is asked for the second page

    before(async () => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-list-'));
        server = http.createServer((request, response) => {
            let body = '';
            request.on('data', (part) => { body += part; });
            request.on('end', () => {
                const asked = JSON.parse(body);
                calls.push(asked);
                if (asked.after) return answer_second(response);
                return response.end(JSON.stringify({ version: 1, next: cursor, items: [item(1), item(2)] }));
            });
        }).listen(path.join(folder, 'admin.sock'));
        await new Promise((resolve) => server.once('listening', resolve));
    });
    after(() => {
        server.closeAllConnections();
        server.close();
        fs.rmSync(folder, { recursive: true, force: true });
    });

    const env = () => ({ PORTALCTL_SOCKET: path.join(folder, 'admin.sock'), HOME: folder });
    const list = (...flags) => {
        calls = [];
        return run(portalctl, ['booking', 'list', '-T', 'demo', ...flags], { env: env() });
    };
    const last_page = (response) => response.end(JSON.stringify({ version: 1, next: null, items: [item(3)] }));

    test('every format joins the pages to one list', async () => {
        answer_second = last_page;
        const csv = await list('-o', 'csv');
        assert.equal(csv.status, 0, csv.stderr);
        assert.deepEqual(parse_csv(csv.stdout).map((row) => row[7]), ['patient', 'Per 1', 'Per 2', 'Per 3']);
        assert.deepEqual(calls.map(({ after, limit }) => [after, limit]), [[undefined, 2000], [cursor, 2000]]);
        const json = JSON.parse((await list('-o', 'json')).stdout);
        assert.deepEqual(json, { version: 1, next: null, items: [item(1), item(2), item(3)] });
        assert.equal((await list('-o', 'name')).stdout, [1, 2, 3].map((i) => `${item(i).id}\n`).join(''));
        assert.equal((await list()).stdout.trim().split('\n').length, 3);
        assert.equal((await list('-q')).stdout, '');
    });

    test('a list that breaks off ends with 3 and a sentence, after the rows that came', async () => {
        const ways = { refused: (response) => { response.statusCode = 503; response.end('{"error":{"code":"unavailable","message":"Try later.","field":"","hint":""}}'); }, cut: (response) => response.destroy() };
        for (const [way, answer] of Object.entries(ways)) {
            answer_second = answer;
            const csv = await list('-o', 'csv');
            assert.equal(csv.status, 3, way);
            assert.equal(parse_csv(csv.stdout).length, 3);
            assert.match(csv.stderr, /^portalctl: The list breaks off here, only its beginning was printed: /);
            const json = await list('-o', 'json');
            assert.equal(json.status, 3);
            assert.equal(JSON.parse(json.stderr).error.code, 'partly_done');
        }
    });

    test('the first page is printed before the second has come, and an interrupt ends the rest at once', async () => {
        answer_second = () => {}; // never
        calls = [];
        const child = spawn(portalctl, ['booking', 'list', '-T', 'demo', '-o', 'csv'], { env: { LC_ALL: 'C.UTF-8', ...env() } });
        let text = '';
        child.stdout.on('data', (part) => { text += part; });
        await until(() => text.includes('Per 2'), 'the first page');
        const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
        child.kill('SIGINT');
        assert.equal(await ended, 'SIGINT');
    });
});
