// `portalctl tenant list` against curl that fetches the same JSON from the same socket.
import assert from 'node:assert/strict';
import path from 'node:path';
import { make_tenant } from '../functional/clinic.mjs';
import { build, portalctl, run } from '../functional/portal.mjs';
import { median, report } from './measure.mjs';
import { start_portal } from './setup.mjs';

const runs = 100; // of each in a round

export async function cli({ rounds, closers }) {
    const { portal } = await start_portal();
    closers.push(() => portal.close());
    for (const slug of ['north', 'south']) await make_tenant(portal, slug);
    const { socket } = portal.settings.admin;
    const ours = [portalctl, 'tenant', 'list', '-o', 'json'];
    const reference = ['curl', '-s', '--unix-socket', socket, 'http://localhost/v1/tenants'];
    const curl = await run(reference[0], reference.slice(1));
    const listed = (await portal.ask(['tenant', 'list'])).items.map(({ slug }) => slug);
    assert.deepEqual(JSON.parse(curl.stdout).items.map(({ slug }) => slug), listed, curl.stdout);
    const medians = [];
    for (let round = 0; round < rounds; round += 1) {
        const done = await run(path.join(build, 'tests/bench/bench_spawn'), [String(runs), ...ours, '--', ...reference], { env: { PORTALCTL_SOCKET: socket, HOME: portal.folder } });
        assert.equal(done.status, 0, done.stderr);
        medians.push(done.stdout.trim().split(' ').map((us) => Number(us) / 1000));
    }
    return report('cli', 'ms', { ours: median(medians.map(([a]) => a)), reference: median(medians.map(([, b]) => b)) }, { most: 1.5 });
}
