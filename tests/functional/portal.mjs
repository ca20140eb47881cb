// A real portald on a folder and ports of its own, with a mail server and an SMS provider beside
// it, and portalctl to run it. On either engine; the test sets the time.
import { execFile, spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { Client, send } from './http.mjs';
import { MailServer, SmsProvider } from './sinks.mjs';
import { until } from './wait.mjs';

export const top = path.resolve(import.meta.dirname, '../..');
export const build = process.env.PORTAL_BUILD ?? path.join(top, 'build/dev');
export const portald = path.join(build, 'daemon/portald');
export const portalctl = path.join(build, 'cli/portalctl');
export const engines = ['sqlite', 'postgresql'];
export const is_long = process.env.PORTAL_TEST_LONG === '1';

/** A Monday in winter, eight in the morning in Stockholm. */
export const default_now = '2027-01-11T07:00:00Z';

export function run(program, args, { input = '', env = {}, timeout_ms = 60_000 } = {}) {
    return new Promise((resolve) => {
        const child = execFile(program, args, { env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...env }, timeout: timeout_ms, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
            resolve({ status: error ? (typeof error.code === 'number' ? error.code : `killed by ${error.signal ?? error.code}`) : 0, stdout, stderr });
        });
        child.stdin.on('error', () => {}); // a program that reads no input
        child.stdin.end(input);
    });
}

export async function free_port() {
    const server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

// ---- databases ------------------------------------------------------------------------------

function postgres_url(database) {
    const server = process.env.PORTAL_TEST_POSTGRES;
    if (!server) throw new Error('PORTAL_TEST_POSTGRES is not set: run under tests/with-postgres');
    return server.replace(/^(postgresql:\/\/[^/]*)\/[^?]*/, `$1/${database}`);
}

/** One SQL text on the private cluster; rows as lists of text. */
export async function psql(database, sql) {
    const done = await run('psql', ['-XAtq', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-c', sql, postgres_url(database)]);
    if (done.status !== 0) throw new Error(`psql: ${done.stderr}`);
    return done.stdout.split('\n').filter(Boolean).map((line) => line.split('\t'));
}

async function make_database(engine, folder) {
    if (engine === 'sqlite') return { url: `sqlite:${path.join(folder, 'portal.db')}`, drop: async () => {} };
    const name = `portal_${crypto.randomBytes(6).toString('hex')}`;
    await psql('postgres', `CREATE DATABASE ${name} TEMPLATE template0`);
    return { url: postgres_url(name), name, drop: () => psql('postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

// ---- settings -------------------------------------------------------------------------------

function toml_value(value) {
    if (Array.isArray(value)) return `[${value.map(toml_value).join(', ')}]`;
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** {http: {listen: "..."}} as TOML. */
export function format_settings(settings) {
    return Object.entries(settings).map(([table, values]) => {
        const lines = Object.entries(values).map(([name, value]) => `${name} = ${toml_value(value)}`);
        return [`[${table}]`, ...lines, ''].join('\n');
    }).join('\n');
}

/** A test's people share a number and an hour. */
const wide_quotas = Object.fromEntries(['per_number_hour', 'per_number_day', 'per_network_hour', 'per_tenant_day', 'per_country_day', 'per_day'].map((name) => [name, 100_000]));

function test_settings(portal, now) {
    const { folder, port, metrics_port } = portal;
    return {
        database: { url: portal.database.url },
        keys: { file: path.join(folder, 'portal.kek') },
        http: {
            listen: `127.0.0.1:${port}`, base_domain: 'localhost', public_scheme: 'http', public_port: port,
            requests_per_second: 100_000, burst: 100_000, max_connections_per_address: 1000,
        },
        metrics: { listen: `127.0.0.1:${metrics_port}` },
        admin: { socket: path.join(folder, 'admin.sock'), ...(now ? { test_clock: now } : {}) },
        mail: { sender: 'smtp', url: `smtp://127.0.0.1:${portal.mail.port}`, from: 'no-reply@portal.example' },
        sms: { sender: 'http', url: `http://127.0.0.1:${portal.sms.port}/send`, body: 'json', ...wide_quotas },
        jobs: { reminder_seconds: 1, outbox_seconds: 1 },
        login: { steps_per_account: 1000, steps_per_network: 10_000, code_tries_per_hour: 1000, codes_per_hour: 1000 },
    };
}

function merge(base, over) {
    const merged = structuredClone(base);
    for (const [table, values] of Object.entries(over)) merged[table] = { ...merged[table], ...values };
    return merged;
}

// ---- the daemon -----------------------------------------------------------------------------

export class Portal {
    clients = [];
    log = '';
    ended = null;

    /** engine, now (a time, or null for the machine's own), settings (tables over the usual ones). */
    static async start({ engine = 'sqlite', now = default_now, settings = {} } = {}) {
        const portal = new Portal();
        try {
            await portal.prepare(engine, now, settings);
            await portal.serve();
            return portal;
        } catch (error) {
            await portal.close();
            throw error;
        }
    }

    async prepare(engine, now, settings) {
        this.engine = engine;
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-test-'));
        this.database = await make_database(engine, this.folder);
        [this.mail, this.sms] = [new MailServer('smtp', this.folder), new SmsProvider('sms', this.folder)]; // close() stops them even half started
        await Promise.all([this.mail.started(), this.sms.started()]);
        [this.port, this.metrics_port] = [await free_port(), await free_port()];
        this.config = path.join(this.folder, 'portald.toml');
        this.write_settings(merge(test_settings(this, now), settings));
        this.now = now ? Date.parse(now) : null;
        const made = await run(portald, ['init', '--config', this.config]);
        if (made.status !== 0) throw new Error(`portald init: ${made.stderr}`);
    }

    write_settings(settings) {
        this.settings = settings;
        fs.writeFileSync(this.config, format_settings(settings), { mode: 0o600 });
    }

    async serve() {
        this.ended = null;
        const child = spawn(portald, ['serve', '--config', this.config], { stdio: ['ignore', 'pipe', 'pipe'] });
        this.child = child;
        child.stdout.on('data', (part) => { this.log += part; });
        child.stderr.on('data', (part) => { this.log += part; });
        const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
        exited.then((ended) => { if (this.child === child) this.ended = ended; });
        this.exited = exited;
        await until(async () => {
            if (this.ended !== null) throw new Error(`portald ended with ${this.ended}: ${this.log.slice(-2000)}`);
            return (await this.ready().catch(() => null))?.status === 200;
        }, 'portald to be ready', 20_000);
        if (this.now !== null) await this.set_clock(new Date(this.now).toISOString());
    }

    ready() {
        return send({ port: this.metrics_port, path: '/readyz', headers: { host: '127.0.0.1' }, timeout_ms: 2000 });
    }

    /** One figure without labels from /metrics. */
    async metric(name) {
        const { body } = await send({ port: this.metrics_port, path: '/metrics', headers: { host: '127.0.0.1' } });
        return Number(body.match(new RegExp(`^${name} ([\\d.e+]+)$`, 'm'))[1]);
    }

    /** SIGTERM; resolves with how it ended. */
    async stop() {
        this.child.kill('SIGTERM');
        return this.exited;
    }

    async kill() {
        this.child.kill('SIGKILL');
        return this.exited;
    }

    /** What no log may hold, in every test: a national id, and the codes and links that were mailed. */
    async check_log() {
        const text = this.log.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
        const numbers = text.match(/(?<![\w.-])(?:(?:19|20)\d{6}[-+]?\d{4}|\d{6}[-+]\d{4})(?![\w.-])/g) ?? [];
        const mails = (await this.mail?.read().catch(() => [])) ?? [];
        const secrets = mails.flatMap((mail) => [...(mail.text ?? '').matchAll(/(?<!\w)\d{6}(?!\w)|(?<=\/)[\w-]{43}(?!\S)/g)].map(([secret]) => secret));
        const told = [...numbers, ...secrets.filter((secret) => new RegExp(`(?<!\\w)${secret}(?!\\w)`).test(text))];
        if (told.length > 0) throw new Error(`the log holds a national id, a code or a link: ${told.map((secret) => `${secret.slice(0, 4)}…`)}`);
    }

    async close() {
        for (const client of this.clients) client.close();
        if (this.child && this.ended === null) await this.kill();
        await this.check_log().finally(() => this.clean_up());
    }

    async clean_up() {
        await Promise.all([this.mail?.stop(), this.sms?.stop()]);
        await this.database?.drop();
        fs.rmSync(this.folder, { recursive: true, force: true });
    }

    // ---- time and jobs

    async set_clock(at) {
        const done = await this.admin('POST', '/test/clock', { at });
        if (done.status >= 300) throw new Error(`/test/clock: ${done.status} ${done.body}`);
        this.now = Date.parse(at);
    }

    advance(minutes) {
        return this.set_clock(new Date(this.now + minutes * 60_000).toISOString());
    }

    // ---- the ways in

    /** One call of the admin API. */
    admin(method, at, body) {
        const text = body === undefined ? '' : JSON.stringify(body);
        return send({
            socketPath: this.settings.admin.socket, method, path: at, body: text,
            headers: { host: 'admin', 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        });
    }

    /** portalctl; words as given. Never throws: look at status. */
    ctl(args, options = {}) {
        return run(portalctl, args, { ...options, env: { PORTALCTL_SOCKET: this.settings.admin.socket, HOME: this.folder, ...options.env } });
    }

    /** portalctl that must succeed; its JSON. */
    async ask(args, options) {
        const words = args.findIndex((arg) => arg.startsWith('-')); // flags may not stand after a --
        const at = words < 0 ? args.length : words;
        const done = await this.ctl([...args.slice(0, at), '-o', 'json', ...args.slice(at)], options);
        if (done.status !== 0) throw new Error(`portalctl ${args.join(' ')}: ${done.status} ${done.stderr}`);
        return done.stdout.trim() === '' ? null : JSON.parse(done.stdout);
    }

    host(slug) {
        return `${slug}.localhost:${this.port}`;
    }

    client(slug, options = {}) {
        const client = new Client({ port: this.port, host: this.host(slug), ...options });
        this.clients.push(client);
        return client;
    }

    // ---- messages

    async wait_mail(fits, limit_ms = 15_000) {
        return until(async () => (await this.mail.read()).find(fits), () => `a mail; there are ${this.mail.mails.map((mail) => `"${mail.subject}" to ${mail.recipients}`).join('; ') || 'none'}`, limit_ms);
    }

    async wait_text(fits, limit_ms = 15_000) {
        return until(async () => (await this.sms.read()).find(fits), () => `a text; there are ${JSON.stringify(this.sms.receipts.map(({ fields }) => fields))}`, limit_ms);
    }

    /** True when nothing waits to be sent: what was not sent by now will not be. */
    async settle(limit_ms = 15_000) {
        await until(async () => (await this.ask(['status'])).outbox_waiting === 0, 'the outbox to be empty', limit_ms);
    }

    /** Rows of one SQL text, as lists of text; on SQLite by a reader of the test's own. */
    async sql(text) {
        if (this.engine === 'postgresql') return psql(this.database.name, text);
        const database = new DatabaseSync(path.join(this.folder, 'portal.db'), { readOnly: true });
        try {
            return database.prepare(text).all().map((row) => Object.values(row).map(String));
        } finally {
            database.close();
        }
    }
}

/** Runs `body` with a portal that is closed afterwards; a failure shows the daemon's last lines. */
export async function with_portal(options, body) {
    const portal = await Portal.start(options);
    try {
        return await body(portal);
    } catch (error) {
        console.error(`portald's log ends with:\n${portal.log.slice(-4000)}`);
        throw error;
    } finally {
        await portal.close();
    }
}

/** `define(engine, named)` once for each engine; named("a sentence") tells the engine in the name. */
export function on_each_engine(define) {
    for (const engine of engines) describe(`on ${engine}`, () => define(engine, (sentence) => `${sentence} (${engine})`));
}
