// How long the login takes to refuse people whom the clinic knows, does not know, has blocked and who
// have no password: the slowest median against the fastest, asked in turn.
import assert from 'node:assert/strict';
import { make_patient } from '../functional/clinic.mjs';
import { choose_password } from '../functional/people.mjs';
import { median, report } from './measure.mjs';
import { start_portal } from './setup.mjs';

const samples = 100; // of each, a round

export async function equal({ rounds, closers }) {
    const { portal } = await start_portal();
    closers.push(() => portal.close());
    for (const name of ['blocked', 'passwordless']) await make_patient(portal, 'demo', { email: `${name}@demo.example` });
    for (const name of ['elsa', 'blocked']) await choose_password(portal, 'demo', `${name}@demo.example`);
    await portal.ask(['user', 'set', '-T', 'demo', 'blocked@demo.example', '--status', 'blocked']);
    const client = portal.client('demo');
    await client.get('/login');
    const form = client.form(/password/);
    const took = new Map(['elsa', 'nobody', 'blocked', 'passwordless'].map((name) => [name, []]));
    for (let i = 0; i < samples * rounds; i += 1) {
        const turn = [...took].map((each, at, all) => all[(at + i) % all.length]);
        for (const [name, times] of turn) {
            const began = process.hrtime.bigint();
            const { status } = await client.post_raw('/login', form.filled({ identifier: `${name}@demo.example`, password: 'another long password' }));
            times.push(Number(process.hrtime.bigint() - began) / 1e6);
            assert.equal(status, 401);
        }
    }
    const medians = [...took.values()].map(median);
    console.log(`bench equal: ${[...took.keys()].map((name, i) => `${name} ${medians[i].toFixed(2)} ms`).join(', ')}`);
    return report('equal', 'ms, slowest and fastest median', { ours: Math.max(...medians), reference: Math.min(...medians) }, { most: 1.1 });
}
