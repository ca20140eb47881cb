// The patient's page with five visits, and a week of eighty free times as JSON, each against nginx
// that serves the same bytes from a file.
import assert from 'node:assert/strict';
import { links } from '../functional/html.mjs';
import { choose_password, log_in } from '../functional/people.mjs';
import { book, free_times } from '../functional/visits.mjs';
import { cpu_per_request, interleave, report } from './measure.mjs';
import { start_nginx } from './nginx.mjs';
import { browser_headers, coming_monday, start_portal } from './setup.mjs';

const load = { seconds: 3, connections: 64, threads: 2 };
const visits = 5;
const slots = 80;

async function against_nginx({ name, path, file, most }, { portal, client, closers, rounds }) {
    const headers = browser_headers(client);
    const { status, body } = await client.request('GET', path);
    assert.equal(status, 200);
    const nginx = await start_nginx({ [file]: body });
    closers.push(() => nginx.stop());
    const ours = () => cpu_per_request(portal.child.pid, `http://127.0.0.1:${portal.port}${path}`, { ...load, headers });
    const reference = () => cpu_per_request(nginx.pid, `http://127.0.0.1:${nginx.port}/${file}`, load);
    await ours(); // warm
    return report(name, `µs CPU a request (${Buffer.byteLength(body)} bytes)`, await interleave(rounds, ours, reference), { most });
}

async function patient_with_visits(closers) {
    const { portal, clinic } = await start_portal();
    closers.push(() => portal.close());
    await choose_password(portal, 'demo', 'elsa@demo.example');
    const client = await log_in(portal, 'demo', 'elsa@demo.example');
    return { portal, clinic, client };
}

export async function page({ rounds, closers }) {
    const { portal, client } = await patient_with_visits(closers);
    const times = await free_times(client, coming_monday());
    for (const { starts } of times.slice(0, visits)) await book(client, starts);
    await portal.settle();
    await client.get('/bookings');
    const shown = new Set(links(client.page.body).map(({ href }) => href?.match(/^\/bookings\/([0-9a-f-]{36})/)?.[1]).filter(Boolean));
    assert.equal(shown.size, visits, 'the page shows other visits');
    return against_nginx({ name: 'page', path: '/bookings', file: 'bookings.html', most: 6 }, { portal, client, closers, rounds });
}

export async function slots_json({ rounds, closers }) {
    const { portal, clinic, client } = await patient_with_visits(closers);
    const path = `/slots.json?staff=${clinic.staff.id}&visit_type=${clinic.visit_type.id}&from=${coming_monday()}`;
    const { body } = await client.request('GET', path);
    assert.equal(JSON.parse(body).items.length, slots, body);
    return against_nginx({ name: 'slots', path, file: 'slots.json', most: 10 }, { portal, client, closers, rounds });
}
