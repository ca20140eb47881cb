// Password steps a second over HTTP, against argon2id checks a second on all cores. Higher is
// better: the ratio is of ours to the reference. The codes are queued, not sent.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { choose_password } from '../functional/people.mjs';
import { password } from '../functional/clinic.mjs';
import { build, run } from '../functional/portal.mjs';
import { cpu_us, median, report } from './measure.mjs';
import { hold_messages, start_portal } from './setup.mjs';

const seconds = 5;
const email = 'elsa@demo.example';

/** {rate, cpu}: steps a second, and portald's CPU for one. */
async function post_steps(portal, file) {
    const args = ['-t', '1', '-c', '16', '-d', `${seconds}s`, '--timeout', '10s', '-H', `Host: ${portal.host('demo')}`, '-s', path.join(import.meta.dirname, 'posts.lua'), `http://127.0.0.1:${portal.port}`, '--', file, 'again'];
    const before = cpu_us(portal.child.pid);
    const done = await run('wrk', args, { timeout_ms: 30_000 });
    const used = cpu_us(portal.child.pid) - before;
    assert.equal(done.status, 0, done.stderr);
    assert.doesNotMatch(done.stdout, /Non-2xx|Socket errors/, done.stdout);
    return { rate: Number(done.stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]), cpu: used / Number(done.stdout.match(/(\d+) requests in/)[1]) };
}

async function compute_hashes() {
    const done = await run(path.join(build, 'tests/bench/bench_hashes'), [String(seconds)]);
    assert.equal(done.status, 0, done.stderr);
    const [rate, cpu] = done.stdout.trim().split(' ').map(Number);
    return { rate, cpu };
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
    const ours = [];
    const reference = [];
    for (let round = 0; round < rounds; round += 1) {
        ours.push(await post_steps(portal, file));
        reference.push(await compute_hashes());
    }
    const middle = (list, name) => median(list.map((each) => each[name]));
    const holds = report('password', 'steps a second', { ours: middle(ours, 'rate'), reference: middle(reference, 'rate') }, { least: 0.85 });
    console.log(`bench password: ${(middle(ours, 'cpu') / 1000).toFixed(2)} ms CPU a step, ${(middle(reference, 'cpu') / 1000).toFixed(2)} a hash`);
    return holds;
}
