// BankID in tests: the fake as a process with certificates of its own, and the people's apps.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { make_authority } from './certificates.mjs';
import { send } from './http.mjs';

const fake = path.resolve(import.meta.dirname, '../fakes/bankid.mjs');

export class BankId {
    read_bytes = 0;
    calls = [];

    static async start(folder) {
        const bankid = new BankId();
        bankid.authority = make_authority(folder, 'bankid');
        bankid.server = bankid.authority.sign('server', { host: '127.0.0.1' });
        bankid.client = bankid.authority.sign('clinic');
        bankid.log = path.join(folder, 'bankid.log');
        fs.writeFileSync(bankid.log, '');
        const { cert, key } = bankid.server;
        bankid.child = spawn(process.execPath, [fake, '--log', bankid.log, '--cert', cert, '--key', key, '--ca', bankid.authority.file], { stdio: ['pipe', 'pipe', 'inherit'] });
        const line = await new Promise((resolve, reject) => {
            bankid.child.stdout.once('data', resolve);
            bankid.child.once('exit', (code, signal) => reject(new Error(`the fake of BankID ended with ${code ?? signal}`)));
        });
        [bankid.port, bankid.control_port] = String(line).match(/listening (\d+) control (\d+)/).slice(1).map(Number);
        bankid.url = `https://127.0.0.1:${bankid.port}/rp/v6.0`;
        return bankid;
    }

    /** The table [bankid] of portald's settings. */
    settings() {
        return { url: this.url, certificate_file: this.client.cert, key_file: this.client.key, ca_file: this.authority.file };
    }

    async control(at, body = {}) {
        const text = JSON.stringify(body);
        const answer = await send({ port: this.control_port, method: 'POST', path: at, body: text, headers: { host: '127.0.0.1', 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } });
        const said = JSON.parse(answer.body);
        if (answer.status !== 200) throw new Error(`the fake of BankID: ${at}: ${said.error}`);
        return said;
    }

    set_clock(at) {
        return this.control('/clock', { at: at === null ? null : new Date(at).getTime() });
    }
    scan(text) {
        return this.control('/app/scan', { text });
    }
    open(token) {
        return this.control('/app/open', { token });
    }
    hint(order, hint) {
        return this.control('/app/hint', { order, hint });
    }
    /** The person of the app identifies himself. */
    sign(order, person, more = {}) {
        return this.control('/app/sign', { order, person, ...more });
    }
    fail_order(order, hint) {
        return this.control('/app/fail', { order, hint });
    }
    /** The next answers of "/collect" and so on go wrong. */
    fail(at, kind, more = {}) {
        return this.control('/fail', { path: at, kind, ...more });
    }
    orders() {
        return this.control('/orders');
    }

    /** Every call that has come: {path, body, at, subject}. */
    read() {
        const bytes = fs.readFileSync(this.log).subarray(this.read_bytes);
        const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
        this.read_bytes += whole.length;
        this.calls.push(...whole.toString('utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)));
        return this.calls;
    }

    stop() {
        if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return null;
        const ended = new Promise((resolve) => this.child.once('exit', resolve));
        this.child.kill('SIGKILL');
        return ended;
    }
}
