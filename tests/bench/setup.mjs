// What the benches need standing: a clinic on a release build with the machine's own time, patients
// who are logged in, and outgoing mail that ends nowhere while something is measured.
import fs from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { make_clinic } from '../functional/clinic.mjs';
import { send } from '../functional/http.mjs';
import { make_crowd } from '../functional/people.mjs';
import { Portal } from '../functional/portal.mjs';
import { until } from '../functional/wait.mjs';

const day_ms = 86_400_000;

/** The machine's own time; no job of its own begins while something is measured. */
export async function start_portal({ slug = 'demo', settings = {}, clinic = {} } = {}) {
    const quiet = { demo: { enabled: true }, jobs: { reminder_seconds: 3600, outbox_seconds: 1, cleanup_seconds: 0 }, outbox: { workers: 1, batch: 1, timeout_seconds: 120, lease_seconds: 600 }, login: { steps_per_account: 100_000, steps_per_network: 1_000_000, code_tries_per_hour: 100_000, codes_per_hour: 100_000 } };
    const portal = await Portal.start({ now: null, settings: { ...quiet, ...settings } });
    try {
        const made = await make_clinic(portal, slug, { confirmation: 'no', ...clinic });
        return { portal, clinic: made };
    } catch (error) {
        await portal.close();
        throw error;
    }
}

export function log_in_patients(portal, slug, count) {
    return make_crowd(portal, slug, count);
}

/** The Monday after next, so that no time of its week has passed. */
export function coming_monday(now = Date.now()) {
    const today = Math.floor(now / day_ms);
    const weekday = (today + 3) % 7; // 0: Monday
    return new Date((today + 14 - weekday) * day_ms).toISOString().slice(0, 10);
}

export function cookie_of(client) {
    return [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** What a browser sends with a page's request. */
export function browser_headers(client) {
    return { Host: client.host, Cookie: cookie_of(client), 'Accept-Language': client.language };
}

/**
 * From here on the senders wait for an answer that does not come, so that what is measured is the
 * act and not its messages' way. `cause` queues a message to each of `sinks`; this returns when
 * all of them hold it.
 */
export async function hold_messages(portal, sinks, cause) {
    await portal.settle();
    for (const sink of sinks) {
        await sink.read();
        sink.behave('hang');
    }
    await cause();
    const waiting = new Set();
    await until(() => {
        for (const sink of sinks) if (sink.take_new().length > 0) waiting.add(sink);
        return waiting.size === sinks.length;
    }, 'the senders to wait');
}

/** The figures of /metrics by name and labels, as they stand there. */
export async function read_metrics(portal) {
    const { body } = await send({ port: portal.metrics_port, path: '/metrics', headers: { host: '127.0.0.1' } });
    return new Map(body.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
    }));
}

/** A copy of the SQLite file that belongs to nobody, taken while the daemon serves; its path. */
export function copy_database(portal) {
    const copy = path.join(portal.folder, 'copy.db');
    for (const each of [copy, `${copy}-wal`, `${copy}-shm`]) fs.rmSync(each, { force: true });
    const database = new DatabaseSync(path.join(portal.folder, 'portal.db'), { readOnly: true });
    database.exec(`VACUUM INTO '${copy}'`);
    database.close();
    return copy;
}
