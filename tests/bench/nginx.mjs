// nginx serving given bytes from files: the reference for pages and JSON.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { free_port } from '../functional/portal.mjs';
import { send } from '../functional/http.mjs';
import { until } from '../functional/wait.mjs';

/** `files` is {name: bytes}; answers {pid, port, stop}. */
export async function start_nginx(files) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-nginx-'));
    fs.chmodSync(folder, 0o755);
    const port = await free_port();
    for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), bytes);
    const config = path.join(folder, 'nginx.conf');
    fs.writeFileSync(config, `
worker_processes ${os.availableParallelism()};
daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
    access_log off; keepalive_requests 1000000000; sendfile on; tcp_nopush on;
    types { text/html html; application/json json; }
    client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3;
    uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
    server { listen 127.0.0.1:${port}; root ${folder}; }
}
`);
    const child = spawn('/usr/sbin/nginx', ['-c', config, '-e', path.join(folder, 'error.log')], { stdio: 'inherit' });
    const first = Object.keys(files)[0];
    await until(async () => (await send({ port, path: `/${first}` }).catch(() => null))?.status === 200, 'nginx to answer');
    return {
        pid: child.pid,
        port,
        async stop() {
            const ended = new Promise((resolve) => child.once('exit', resolve));
            child.kill('SIGTERM');
            await ended;
            fs.rmSync(folder, { recursive: true, force: true });
        },
    };
}
