// ./dev demo starts from an empty folder, and shows each kind of visit.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { build, free_port, portalctl, run, top } from './portal.mjs';
import { until } from './wait.mjs';

test('the demo starts with visits of each kind, an administrator, holidays and a room that is open', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-demo-'));
    const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', DEMO_PORT: String(await free_port()), DEMO_METRICS_PORT: String(await free_port()) };
    const demo = spawn('bash', [path.join(top, 'etc/demo'), build], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const exited = new Promise((resolve) => demo.once('exit', resolve));
    let told = '';
    for (const stream of [demo.stdout, demo.stderr]) stream.on('data', (part) => { told += part; });
    try {
        await until(() => {
            if (demo.exitCode !== null) throw new Error(`the demo ended: ${told}`);
            return told.includes('To run the clinic');
        }, 'the demo to be open', 60_000);
        const ask = async (...args) => {
            const done = await run(portalctl, [...args, '-T', 'demo', '-o', 'json'], { env: { PORTALCTL_SOCKET: path.join(folder, 'demo/admin.sock') } });
            assert.equal(done.status, 0, done.stderr);
            return JSON.parse(done.stdout);
        };
        const kinds = (await ask('visit-type', 'list')).items.map(({ kind }) => kind);
        assert.deepEqual(kinds.sort(), ['phone', 'physical', 'video', 'video-group']);
        assert.ok((await ask('staff', 'list')).items.some(({ administrator }) => administrator));
        assert.equal((await ask('availability', 'show', 'anna@demo.example')).holidays, 'se');
        assert.deepEqual((await ask('booking', 'list')).items.map(({ state, kind }) => [state, kind]), [['confirmed', 'video']]);
    } finally {
        demo.kill('SIGTERM');
        await exited;
        fs.rmSync(folder, { recursive: true, force: true });
    }
});
