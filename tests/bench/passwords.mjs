// Password steps a second over HTTP, against argon2id checks a second on all cores. Higher is
// better: the ratio is of ours to the reference. The codes are queued, not sent.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { choose_password } from '../functional/people.mjs';
import { password } from '../functional/clinic.mjs';
import { build, run } from '../functional/portal.mjs';
import { interleave, report } from './measure.mjs';
import { hold_messages, start_portal } from './setup.mjs';

const seconds = 5;
const hashes = 600;
const email = 'elsa@demo.example';

async function steps_a_second(portal, file) {
    const args = ['-t', '1', '-c', '16', '-d', `${seconds}s`, '--timeout', '10s', '-H', `Host: ${portal.host('demo')}`, '-s', path.join(import.meta.dirname, 'posts.lua'), `http://127.0.0.1:${portal.port}`, '--', file, 'again'];
    const done = await run('wrk', args, { timeout_ms: 30_000 });
    assert.equal(done.status, 0, done.stderr);
    assert.doesNotMatch(done.stdout, /Non-2xx|Socket errors/, done.stdout);
    return Number(done.stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]);
}

async function hashes_a_second() {
    const done = await run(path.join(build, 'tests/bench/bench_hashes'), [String(hashes)]);
    assert.equal(done.status, 0, done.stderr);
    return Number(done.stdout);
}

export async function password_steps({ rounds, closers }) {
    const { portal } = await start_portal();
    closers.push(() => portal.close());
    await choose_password(portal, 'demo', email);
    const client = portal.client('demo');
    await client.get('/login');
    const form = client.form(/password/);
    await hold_messages(portal, [portal.mail], () => client.post_raw('/login', form.filled({ identifier: email, password })));
    const file = path.join(portal.folder, 'posts.tsv');
    fs.writeFileSync(file, `/login\t\t${new URLSearchParams(form.filled({ identifier: email, password }))}\n`);
    const { status } = await client.post_raw('/login', form.filled({ identifier: email, password }));
    assert.equal(status, 303);
    return report('password', 'steps a second', await interleave(rounds, () => steps_a_second(portal, file), hashes_a_second), { least: 0.85 });
}
