// BankID in tests: the fake as a process with certificates of its own, and the people's apps.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import jsqr from 'jsqr';
import { make_authority } from './certificates.mjs';
import { make_tenant } from './clinic.mjs';
import { send } from './http.mjs';
import { default_now, Portal } from './portal.mjs';

const jsQR = jsqr.default ?? jsqr;

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

/** What a scanner reads from a page's or a status answer's picture. */
export function read_code({ size, path }) {
    const scale = 4;
    const side = size * scale;
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
        for (let row = y * scale; row < (Number(y) + 1) * scale; row += 1) {
            for (let column = x * scale; column < (Number(x) + Number(length)) * scale; column += 1) pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
        }
    }
    return jsQR(pixels, side, side)?.data ?? null;
}

/** The code in a page's HTML; null where none is shown. */
export function code_in(html) {
    const shown = html.match(/<svg[^>]*viewBox="0 0 (\d+) \d+"[^>]*?( hidden)?><path d="([^"]*)"/);
    return shown && !shown[2] && shown[3] !== '' ? read_code({ size: Number(shown[1]), path: shown[3] }) : null;
}

/** A personal number of somebody born in `year`, the `nth` of them, with its check digit. */
export function personal_number(nth = 1, year = 1980) {
    const digits = `${String(year).slice(2)}0101${String(nth).padStart(3, '0')}`;
    const sum = [...digits].reduce((all, digit, at) => {
        const twice = Number(digit) * (at % 2 === 0 ? 2 : 1);
        return all + (twice > 9 ? twice - 9 : twice);
    }, 0);
    return `${String(year).slice(0, 2)}${digits}${(10 - (sum % 10)) % 10}`;
}

export const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0 Mobile/15E148 Safari/604.1';
export const computer = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

/** A portal that reaches the fake; both clocks go together by `pass`. */
export class BankIdPortal {
    static async start({ engine, now = default_now, settings = {} }) {
        const both = new BankIdPortal();
        both.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-bankid-'));
        try {
            both.bankid = await BankId.start(both.folder);
            both.portal = await Portal.start({ engine, now, settings: { bankid: both.bankid.settings(), ...settings } });
            await both.bankid.set_clock(both.portal.now);
            return both;
        } catch (error) {
            await both.close();
            throw error;
        }
    }

    async pass(seconds) {
        const now = this.portal.now + seconds * 1000;
        await this.bankid.set_clock(now);
        await this.portal.set_clock(new Date(now).toISOString());
    }

    async close() {
        await Promise.all([this.portal?.close(), this.bankid?.stop()]);
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

/** A clinic whose patients log in with BankID. */
export async function make_bankid_clinic(portal, slug = 'demo', { modules = 'booking,sms,bankid', ...over } = {}) {
    await make_tenant(portal, slug, { modules, ...over });
    await portal.ask(['policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', 'bankid']);
}

/** Somebody at a browser, on the way in by BankID. */
export class Visitor {
    constructor(both, slug = 'demo', { agent = computer, ...options } = {}) {
        this.both = both;
        this.client = both.portal.client(slug, options);
        const plain = this.client.headers.bind(this.client);
        this.client.headers = (extra) => plain({ 'user-agent': agent, ...extra });
        this.seen = [];
        const request = this.client.request.bind(this.client);
        this.client.request = async (...args) => {
            const answer = await request(...args);
            this.seen.push(answer.body, JSON.stringify(answer.headers));
            return answer;
        };
    }

    /** Presses the login page's button; `flow`: "qr", "device" or as the page likes. */
    async begin(flow, next = '') {
        await this.client.get(`/login${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`);
        const token = this.client.forms().flatMap((form) => form.fields).find(({ name }) => name === 'form_token')?.value;
        if (!token) throw new Error(`the login page has no form: ${this.client.page.status} ${this.client.text()}`);
        return this.client.post(`/login/bankid?lang=${this.client.language}`, { form_token: token, next, ...(flow ? { flow } : {}) });
    }

    async status() {
        const answer = await this.client.request('GET', `/login/bankid/status?lang=${this.client.language}`);
        if (answer.status !== 200) throw new Error(`/login/bankid/status: ${answer.status} ${answer.body}`);
        return JSON.parse(answer.body);
    }

    /** Two seconds later, as the page's script sees it. */
    async later(seconds = 2) {
        await this.both.pass(seconds);
        return this.status();
    }

    /** The app of somebody reads the code that is shown now. */
    async scan() {
        return (await this.both.bankid.scan(read_code(await this.status()))).order;
    }

    /** All the way in by a code; what the browser ends with. */
    async log_in(person, more = {}) {
        await this.begin('qr');
        await this.both.bankid.sign(await this.scan(), person, more);
        await this.later();
        return this.client.get('/login/bankid');
    }

    get is_in() {
        return this.client.cookies.has('__Host-sid');
    }
}
