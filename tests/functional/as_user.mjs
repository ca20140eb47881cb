// Calls of the admin socket as another user of the machine, as SO_PEERCRED tells them apart: a
// process of its own that loads as whoever starts it, then gives up its rights. Needs root.
import { fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { send } from './http.mjs';

const self = fileURLToPath(import.meta.url);

/** Lets every user reach the socket, so that the daemon alone decides who may do what. */
export function open_socket(portal) {
    fs.chmodSync(portal.folder, 0o711);
    fs.chmodSync(portal.settings.admin.socket, 0o666);
}

export class AsUser {
    waiting = [];

    constructor(portal, uid) {
        if (process.getuid() !== 0) throw new Error('only root can call as another user: run the tests as root, as ./dev test does');
        this.uid = uid;
        this.child = fork(self, [portal.settings.admin.socket, String(uid)]);
        this.child.on('message', (answer) => this.waiting.shift()(answer));
        portal.clients.push(this);
    }

    /** One call after the other; the answer as send() gives it. */
    call(method, at, body, type = 'application/json') {
        return new Promise((resolve, reject) => {
            this.waiting.push((answer) => (answer.failed ? reject(new Error(answer.failed)) : resolve(answer)));
            this.child.send({ method, at, body, type });
        });
    }

    close() {
        this.child.kill('SIGKILL');
    }
}

function serve(socketPath, uid) {
    process.setgroups([]);
    process.setgid(uid);
    process.setuid(uid);
    process.on('message', async ({ method, at, body = '', type }) => {
        const headers = { host: 'admin', 'content-type': type, 'content-length': Buffer.byteLength(body) };
        const answer = await send({ socketPath, method, path: at, body, headers }).catch((error) => ({ failed: `${method} ${at}: ${error.message}` }));
        process.send(answer);
    });
}

if (process.argv[1] === self) serve(process.argv[2], Number(process.argv[3]));
