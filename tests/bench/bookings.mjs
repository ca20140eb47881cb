// Bookings over HTTP by 64 patients at once, against a program that runs the recorded statements of
// one booking through the driver in groups of the same size. Messages are queued, not sent.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { make_staff } from '../functional/clinic.mjs';
import { find_forms } from '../functional/html.mjs';
import { build, run } from '../functional/portal.mjs';
import { cpu_us, median, report } from './measure.mjs';
import { cookie_of, copy_database, hold_messages, log_in_patients, read_metrics, start_portal } from './setup.mjs';

const clients = 64;
const count = 2560; // in a round
const staff_count = 8;
const minutes = 5;
const day_ms = 86_400_000;
const day_and_night = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day} 00:00-24:00`);

/** A fresh form's token for each of `many` posts, from pages as browsers get them. */
async function collect_tokens(patients, many) {
    const all = patients.map(() => []);
    await Promise.all(patients.map(async (patient, i) => {
        while (all[i].length < many) {
            const answer = await patient.request('GET', '/bookings');
            const [form] = find_forms(answer.body).filter((each) => each.names.includes('form_token'));
            all[i].push(form.field('form_token').value);
        }
    }));
    return all;
}

/** Times that nobody has yet, spread over the staff, as form posts. */
class Posts {
    constructor(clinic, staff) {
        this.clinic = clinic;
        this.staff = staff;
        this.next = 0;
        this.first = Math.floor(Date.now() / day_ms + 30) * day_ms; // those before it are bench_booking's
    }

    take() {
        const n = this.next++;
        const starts = new Date(this.first + Math.floor(n / this.staff.length) * minutes * 60_000).toISOString().replace('.000', '');
        return { staff: this.staff[n % this.staff.length], visit_type: this.clinic.visit_type.id, starts };
    }

    line(patient, form_token) {
        return ['/book', cookie_of(patient), new URLSearchParams({ ...this.take(), form_token })].join('\t');
    }
}

async function make_busy_clinic(closers) {
    const { portal, clinic } = await start_portal({ clinic: { rules: day_and_night } });
    closers.push(() => portal.close());
    clinic.visit_type = await portal.ask(['visit-type', 'create', '-T', 'demo', 'A short visit', '--duration-minutes', String(minutes), '--kind', 'physical', '--horizon-days', '365']);
    const staff = [clinic.staff.id];
    while (staff.length < staff_count) {
        const email = `staff${staff.length}@demo.example`;
        staff.push((await make_staff(portal, 'demo', { email })).id);
        await portal.ask(['availability', 'set', '-T', 'demo', email, '--holidays', 'open', ...day_and_night.flatMap((rule) => ['--rule', rule])]);
    }
    return { portal, posts: new Posts(clinic, staff), patients: await log_in_patients(portal, 'demo', clients) };
}

async function wrk_posts(portal, file) {
    const args = ['-t', '1', '-c', String(clients), '-d', '60s', '-H', `Host: ${portal.host('demo')}`, '-s', path.join(import.meta.dirname, 'posts.lua'), `http://127.0.0.1:${portal.port}`, '--', file, 'once'];
    const done = await run('wrk', args, { timeout_ms: 90_000 });
    assert.match(done.stdout, new RegExp(`posts: ${count} answered, ${count} with 303`), done.stdout + done.stderr);
}

const booked = (metrics) => metrics.get('portal_http_requests_total{route="/book",status="3xx"}') ?? 0;

/** {cpu, group} of one round over HTTP. */
async function book_over_http({ portal, posts, patients }) {
    const tokens = await collect_tokens(patients, count / clients);
    const lines = tokens[0].flatMap((_, turn) => patients.map((patient, i) => posts.line(patient, tokens[i][turn])));
    const file = path.join(portal.folder, 'posts.tsv');
    fs.writeFileSync(file, `${lines.join('\n')}\n`);
    const before = await read_metrics(portal);
    const cpu = cpu_us(portal.child.pid);
    await wrk_posts(portal, file);
    const used = cpu_us(portal.child.pid) - cpu;
    const after = await read_metrics(portal);
    assert.equal(booked(after) - booked(before), count);
    const grown = (name) => after.get(name) - before.get(name);
    return { cpu: used / count, group: grown('portal_store_writes_total') / grown('portal_store_commits_total') };
}

/** {cpu, group, statements} of the recorded statements on a copy of the same database. */
async function book_by_driver({ portal }, group) {
    const file = copy_database(portal);
    const done = await run(path.join(build, 'tests/bench/bench_booking'), [`sqlite:${file}`, portal.settings.keys.file, 'demo', String(count), String(Math.max(1, Math.round(group)))], { timeout_ms: 120_000 });
    assert.equal(done.status, 0, done.stderr);
    const [cpu, mean, statements] = done.stdout.trim().split(' ').map(Number);
    return { cpu, group: mean, statements };
}

export async function booking({ rounds, closers }) {
    const clinic = await make_busy_clinic(closers);
    const { portal, posts, patients } = clinic;
    await hold_messages(portal, [portal.mail], async () => {
        await patients[0].get(`/book?${new URLSearchParams(posts.take())}`);
        await patients[0].submit(/^\/book$/);
        assert.match(patients[0].path, /^\/bookings\//, patients[0].text());
    });
    const ours = [];
    const reference = [];
    for (let round = 0; round < rounds; round += 1) {
        ours.push(await book_over_http(clinic));
        reference.push(await book_by_driver(clinic, ours.at(-1).group));
    }
    const middle = (list, name) => median(list.map((each) => each[name]));
    const metrics = await read_metrics(portal);
    const holds = report('booking', 'µs CPU a booking', { ours: middle(ours, 'cpu'), reference: middle(reference, 'cpu') }, { most: 3 });
    console.log(`bench booking: ${reference[0].statements} statements; a commit held ${middle(ours, 'group').toFixed(1)} of ours, ${middle(reference, 'group').toFixed(1)} of the reference`);
    console.log(`bench write: the longest closure took ${metrics.get('portal_store_longest_write_microseconds')} µs by the clock, the most statements in one were ${metrics.get('portal_store_most_statements')}`);
    return holds;
}
