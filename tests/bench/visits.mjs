// A staff member's free week and a patient's own visits, among 5 million bookings and among a
// thousand; and a clinic's million bookings as CSV.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { send } from '../functional/http.mjs';
import { choose_password, log_in } from '../functional/people.mjs';
import { portalctl } from '../functional/portal.mjs';
import { generate_visits, large, one_large_clinic, small } from './generate_visits.mjs';
import { cpu_us, median, report, report_limit, rss_mib } from './measure.mjs';
import { browser_headers, coming_monday, start_portal } from './setup.mjs';

const asked = 400; // of each page in a round
const rows_at_least = 1_000_000;

async function start_with(size, closers) {
    const { portal, clinic } = await start_portal();
    closers.push(() => portal.close());
    await choose_password(portal, 'demo', 'elsa@demo.example');
    const client = await log_in(portal, 'demo', 'elsa@demo.example');
    await portal.settle();
    await portal.stop();
    const file = path.join(portal.folder, 'portal.db');
    const began = performance.now();
    generate_visits(file, size);
    const database = new DatabaseSync(file, { readOnly: true });
    const count = (from) => database.prepare(`SELECT COUNT(*) AS n FROM ${from}`).get().n;
    console.log(`bench visits: ${count('booking')} bookings of ${count("membership WHERE role = 'patient'")} patients at ${count('tenant')} clinics made in ${((performance.now() - began) / 1000).toFixed(0)} s, ${(fs.statSync(file).size / 2 ** 20).toFixed(0)} MiB`);
    const staff = database.prepare("SELECT m.public_id AS id FROM staff s JOIN membership m ON m.id = s.membership JOIN tenant t ON t.id = s.tenant WHERE t.slug = 'demo' ORDER BY s.id LIMIT 250 OFFSET 1").all()
        .map(({ id }) => Buffer.from(id).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
    database.close();
    await portal.serve();
    return { portal, clinic, client, staff, agent: new http.Agent({ keepAlive: true, maxSockets: 1 }) };
}

/** Milliseconds of each request, one after the other on one connection. */
async function time_requests({ portal, client, agent }, path_of) {
    const times = [];
    for (let i = 0; i < asked; i += 1) {
        const began = performance.now();
        const { status, body } = await send({ port: portal.port, path: path_of(i), headers: browser_headers(client), agent });
        times.push(performance.now() - began);
        assert.equal(status, 200, body.slice(0, 500));
    }
    return times.sort((a, b) => a - b);
}

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

async function compare_sizes(name, places, path_of, rounds) {
    for (const place of places) await time_requests(place, path_of(place)); // warm
    const rows = [];
    for (let round = 0; round < rounds; round += 1) {
        const [ours, reference] = [await time_requests(places[0], path_of(places[0])), await time_requests(places[1], path_of(places[1]))];
        rows.push({ ours: quantile(ours, 0.5), reference: quantile(reference, 0.5), p99: quantile(ours, 0.99) });
    }
    const middle = (key) => median(rows.map((row) => row[key]));
    const holds = report(name, 'ms p50', { ours: middle('ours'), reference: middle('reference') }, { most: 1.5 });
    return report_limit(`${name} p99`, 'ms', middle('p99'), 5) && holds;
}

export async function visits({ rounds, closers }) {
    const places = [await start_with(large, closers), await start_with(small, closers)];
    const week = coming_monday();
    const slots_of = ({ clinic, staff }) => (i) => `/slots.json?staff=${staff[i % staff.length]}&visit_type=${clinic.visit_type.id}&from=${week}`;
    for (const place of places) {
        const { body } = await send({ port: place.portal.port, path: slots_of(place)(0), headers: browser_headers(place.client), agent: place.agent });
        console.log(`bench visits: ${JSON.parse(body).items.length} free times in the week`);
    }
    const slots = await compare_sizes('visits slots', places, slots_of, rounds);
    const own = await compare_sizes('visits own', places, () => () => '/bookings', rounds);
    for (const { agent } of places) agent.destroy();
    return slots && own;
}

/** Runs portalctl into a file; {seconds, cpu, memory}: µs of CPU and, as time went by, MiB of portalctl and portald. */
async function list_into(portal, file) {
    const out = fs.openSync(file, 'w');
    const began = performance.now();
    const child = spawn(portalctl, ['booking', 'list', '-T', 'demo', '--from', '2020-01-01', '--days', '3660', '-o', 'csv'], { stdio: ['ignore', out, 'inherit'], env: { PORTALCTL_SOCKET: portal.settings.admin.socket, HOME: portal.folder, LC_ALL: 'C.UTF-8' } });
    const memory = [];
    const cpu = [0, cpu_us(portal.child.pid)];
    const watch = setInterval(() => {
        try {
            cpu[0] = cpu_us(child.pid);
            memory.push([rss_mib(child.pid), rss_mib(portal.child.pid)]);
        } catch {
            // it has just ended
        }
    }, 100);
    const status = await new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
    const seconds = (performance.now() - began) / 1000;
    clearInterval(watch);
    fs.closeSync(out);
    assert.equal(status, 0);
    cpu[1] = cpu_us(portal.child.pid) - cpu[1];
    return { seconds, cpu, memory };
}

function count_lines(file) {
    let lines = 0;
    const block = Buffer.alloc(1 << 20);
    const from = fs.openSync(file, 'r');
    for (let got = fs.readSync(from, block); got > 0; got = fs.readSync(from, block)) for (let at = block.indexOf(10); at >= 0 && at < got; at = block.indexOf(10, at + 1)) lines += 1;
    fs.closeSync(from);
    return lines;
}

export async function listing({ rounds, closers }) {
    const { portal } = await start_with(one_large_clinic, closers);
    const file = path.join(portal.folder, 'bookings.csv');
    const rates = [];
    let memory = [];
    let cpu = [];
    for (let round = 0; round < rounds; round += 1) {
        const done = await list_into(portal, file);
        const rows = count_lines(file) - 1;
        assert.ok(rows >= rows_at_least, `${rows} rows`);
        rates.push(rows / done.seconds);
        memory = done.memory;
        cpu = done.cpu.map((us) => us / rows);
    }
    const holds = report('listing', 'rows/s', { ours: median(rates), reference: 100_000 }, { least: 1 });
    console.log(`bench listing: ${cpu[0].toFixed(1)} µs CPU a row in portalctl, ${cpu[1].toFixed(1)} in portald`);
    // Constant: the last third of the last run needs no more than its first third did.
    const third = Math.floor(memory.length / 3);
    const most = (part, which) => Math.max(...part.map((each) => each[which]));
    const parts = ['portalctl', 'portald'].map((name, which) => {
        const [first, last] = [most(memory.slice(0, third), which), most(memory.slice(-third), which)];
        console.log(`bench listing: ${name} held at most ${first.toFixed(1)} MiB in its first third and ${last.toFixed(1)} MiB in its last`);
        return last <= first * 1.1 + 4;
    });
    return holds && parts.every(Boolean);
}
