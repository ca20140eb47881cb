// The password step with few and with a million accounts: the whole request less the hash, which
// costs the same whoever asks.
import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { password } from '../functional/clinic.mjs';
import { choose_password } from '../functional/people.mjs';
import { median, report } from './measure.mjs';
import { hold_messages, read_metrics, start_portal } from './setup.mjs';

const few = 1000;
const many = 1_000_000;
const steps = 60;
const numbered = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)';

/** Patients b1@bench.example ... with the password of the one who is there. */
function add_accounts(file, count) {
    const database = new DatabaseSync(file);
    const row = database.prepare("SELECT m.tenant, m.account, m.created_at, c.hash FROM membership m JOIN credential c ON c.account = m.account AND c.voided_at IS NULL WHERE m.email = 'elsa@demo.example'").get();
    const { base } = database.prepare('SELECT MAX(id) AS base FROM account').get();
    database.exec('PRAGMA synchronous = OFF; BEGIN');
    database.prepare(`${numbered} INSERT INTO account (id, created_at) SELECT ? + i, ? FROM n`).run(count, base, row.created_at);
    database.prepare(`${numbered} INSERT INTO membership (public_id, tenant, account, role, first_name, last_name, email, mobile, language, created_at) SELECT randomblob(16), ?, ? + i, 'patient', 'Per', 'Patient', 'b' || i || '@bench.example', '+46701740605', 'en', ? FROM n`).run(count, row.tenant, base, row.created_at);
    database.prepare(`${numbered} INSERT INTO identifier (tenant, account, kind, folded) SELECT ?, ? + i, 'email', 'b' || i || '@bench.example' FROM n`).run(count, row.tenant, base);
    database.prepare(`${numbered} INSERT INTO credential (account, tenant, proved_by, kind, hash, created_at) SELECT ? + i, ?, 'tenant', 'password', ?, ? FROM n`).run(count, base, row.tenant, row.hash, row.created_at);
    database.exec('COMMIT');
    database.close();
}

async function start_with(count, closers) {
    const { portal } = await start_portal();
    closers.push(() => portal.close());
    await choose_password(portal, 'demo', 'elsa@demo.example');
    await portal.stop();
    add_accounts(path.join(portal.folder, 'portal.db'), count);
    await portal.serve();
    const client = portal.client('demo');
    await client.get('/login');
    const form = client.form(/password/);
    const step = async (i) => {
        const { status } = await client.post_raw('/login', form.filled({ identifier: `b${1 + ((i * 7919) % count)}@bench.example`, password }));
        assert.equal(status, 303);
    };
    await hold_messages(portal, [portal.mail], () => step(0));
    return { portal, step, next: 1 };
}

/** µs of a step without its hash. */
async function measure(place) {
    const read = async () => {
        const metrics = await read_metrics(place.portal);
        return { all: metrics.get('portal_http_request_seconds_sum{route="/login"}'), hashes: metrics.get('portal_password_hash_seconds_total') };
    };
    const was = await read();
    for (let i = 0; i < steps; i += 1) await place.step(place.next++);
    const now = await read();
    return ((now.all - was.all - (now.hashes - was.hashes)) * 1e6) / steps;
}

export async function accounts({ rounds, closers }) {
    const small = await start_with(few, closers);
    const large = await start_with(many, closers);
    const ours = [];
    const reference = [];
    for (let round = 0; round < rounds; round += 1) {
        ours.push(await measure(large));
        reference.push(await measure(small));
    }
    return report('accounts', 'µs a password step without its hash', { ours: median(ours), reference: median(reference) }, { most: 1.3 });
}
