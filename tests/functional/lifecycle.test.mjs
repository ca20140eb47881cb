// portald's beginning and end: what stands in the way of a start is said in one line, an end breaks
// off nothing, and the next start is quick (P12).
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { format_settings, free_port, on_each_engine, Portal, portald, psql, run } from './portal.mjs';
import { until } from './wait.mjs';

const restart_ms = 2000;
const every_day = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day} 08:00-16:00`);

/** The settings of `portal` with another's ports, socket and whatever else is given; their file. */
async function write_other(portal, over = {}) {
    const { settings, folder } = portal;
    const own = {
        http: { listen: `127.0.0.1:${await free_port()}` },
        metrics: { listen: `127.0.0.1:${await free_port()}` },
        admin: { socket: path.join(folder, 'other.sock') },
    };
    const tables = Object.fromEntries(Object.entries(settings).map(([table, values]) => [table, { ...values, ...own[table], ...over[table] }]));
    const file = path.join(folder, 'other.toml');
    fs.writeFileSync(file, format_settings(tables), { mode: 0o600 });
    return { file, tables };
}

const portald_with = async (portal, verb, over) => run(portald, [verb, '--config', (await write_other(portal, over)).file], { timeout_ms: 20_000 });

/** What a program that gives up says: one line that begins with its name. */
function assert_one_line(done, status, wanted) {
    assert.equal(done.status, status, `${done.status}: ${done.stdout}${done.stderr}`);
    const lines = (done.stdout + done.stderr).split('\n').filter(Boolean);
    assert.deepEqual([lines.length, lines[0]?.startsWith('portald: ')], [1, true], lines.join('\n'));
    assert.match(lines[0], wanted);
}

/** Beside the files of `portal`: a database and keys that are not there yet. */
const fresh = (portal, name) => ({
    database: { url: `sqlite:${path.join(portal.folder, `${name}.db`)}` },
    keys: { file: path.join(portal.folder, `${name}.kek`) },
});

describe('words', () => {
    for (const words of [['frobnicate'], ['serve', 'now'], ['--bogus'], ['init', '--config']]) {
        test(`portald ${words.join(' ')} ends with one line and status 2`, async () => {
            const done = await run(portald, words);
            assert.equal(done.status, 2, done.stderr);
            assert.equal(done.stdout, '');
            assert.match(done.stderr, /^portald: .+\n(hint: .+\n)?$/);
        });
    }

    test('portald without a word tells its verbs and ends with status 2', async () => {
        const done = await run(portald, []);
        assert.equal(done.status, 2);
        assert.match(done.stdout + done.stderr, /serve[\s\S]+init[\s\S]+migrate[\s\S]+check-config/);
    });
});

on_each_engine((engine, named) => {
    describe('beginning', () => {
        let portal;
        before(async () => {
            portal = await Portal.start({ engine });
            await make_clinic(portal);
        });
        after(() => portal?.close());

        const still_serves = async () => {
            assert.equal(portal.ended, null);
            assert.equal((await portal.ready()).status, 200);
            assert.equal((await portal.client('demo').get('/login')).status, 200);
        };

        /** A second installation, since the first's database is locked. */
        const made = async (name) => {
            const over = fresh(portal, name.replace(' ', '-'));
            const done = await portald_with(portal, 'init', over);
            assert.equal(done.status, 0, done.stderr);
            return over;
        };

        /** One file has one portald; a PostgreSQL server has any number. */
        const meets_the_first = {
            sqlite: async (verb) => assert_one_line(await portald_with(portal, verb), 7, new RegExp(`portal\\.db is in use by the process ${portal.child.pid}\\b`)),
            postgresql: async (verb) => {
                if (verb === 'migrate') return assert.equal((await portald_with(portal, verb)).status, 0);
                const { file, tables } = await write_other(portal);
                const port_of = ({ listen }) => Number(listen.split(':')[1]);
                const second = Object.assign(Object.create(portal), { config: file, settings: tables, log: '', now: null, port: port_of(tables.http), metrics_port: port_of(tables.metrics) });
                await second.serve();
                assert.equal((await second.ask(['tenant', 'list'])).items.length, 1);
                return assert.equal(await second.stop(), 0);
            },
        }[engine];
        for (const verb of ['serve', 'migrate']) {
            test(named(`portald ${verb} on a database that is served: one line that names the process on SQLite, a second portald on PostgreSQL`), async () => {
                await meets_the_first(verb);
                await still_serves();
            });
        }

        test(named('portald serve and migrate without a database say so and make none'), async () => {
            const over = fresh(portal, 'absent');
            fs.copyFileSync(portal.settings.keys.file, over.keys.file);
            if (engine === 'postgresql') {
                await psql('postgres', `CREATE DATABASE ${portal.database.name}_absent TEMPLATE template0`);
                over.database.url = portal.settings.database.url.replace(portal.database.name, `${portal.database.name}_absent`);
            }
            for (const verb of ['serve', 'migrate']) {
                const done = await portald_with(portal, verb, over);
                assert.equal(done.status, engine === 'sqlite' ? 7 : 6, done.stderr);
                assert.match(done.stdout + done.stderr, /^portald: .*(absent\.db|no schema).*\n(hint: .*\n)?$/);
                assert.match(done.stderr, /portald init/);
            }
            if (engine === 'sqlite') assert.deepEqual(fs.readdirSync(portal.folder).filter((file) => file.startsWith('absent')), ['absent.kek']);
            else {
                assert.deepEqual(await psql(`${portal.database.name}_absent`, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"), [['0']]);
                await psql('postgres', `DROP DATABASE ${portal.database.name}_absent`);
            }
        });

        for (const [what, over] of [
            ['pages', () => ({ http: { listen: portal.settings.http.listen } })],
            ['metrics', () => ({ metrics: { listen: portal.settings.metrics.listen } })],
            ['admin socket', () => ({ admin: { socket: portal.settings.admin.socket } })],
        ]) {
            test(named(`a second portald on the address of the ${what} ends with one line that names it`), async () => {
                const done = await portald_with(portal, 'serve', { ...(engine === 'sqlite' ? await made(what) : {}), ...over() });
                const [[, values]] = Object.entries(over());
                assert_one_line(done, 6, new RegExp(Object.values(values)[0].replaceAll('.', '\\.')));
                await still_serves();
                assert.equal((await portal.ask(['tenant', 'list'])).items.length, 1, 'the admin socket is gone');
            });
        }

        test(named('portald init beside a database refuses and changes nothing'), async () => {
            const file = portal.settings.keys.file;
            const keys = fs.readFileSync(file);
            for (const keys_file of [file, path.join(portal.folder, 'other.kek')]) {
                const done = await portald_with(portal, 'init', { keys: { file: keys_file } });
                assert.equal(done.status, 6, `${done.status}: ${done.stderr}`);
                assert.match(done.stderr, /^portald: .*database.*already.*nothing was changed/);
            }
            assert.deepEqual(fs.readFileSync(file), keys);
            assert.ok(!fs.existsSync(path.join(portal.folder, 'other.kek')), 'keys of no database');
            await still_serves();
        });
    });

    describe('end', () => {
        let portal;
        let clinic;
        let elsa;
        before(async () => {
            portal = await Portal.start({ engine, settings: { http: { drain_seconds: 60, body_seconds: 30 } } });
            clinic = await make_clinic(portal, 'demo', { confirmation: 'no', rules: every_day });
            await choose_password(portal, 'demo', 'elsa@demo.example');
            elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        });
        after(() => portal?.close());

        const count = async (from) => Number((await portal.sql(`SELECT COUNT(*) FROM ${from}`))[0][0]);
        const draining = () => until(async () => (await portal.ready()).status === 503, 'portald to drain');

        /** Booking forms that have been filled in for `many` times from `day` on. */
        const fill_in = async (many, day) => {
            const bodies = [];
            for (let i = 0; i < many; i += 1) {
                const starts = new Date(Date.parse(`${day}T07:00:00Z`) + Math.floor(i / 16) * 86_400_000 + (i % 16) * 1_800_000).toISOString().replace('.000', '');
                await elsa.get(`/book?${new URLSearchParams({ staff: clinic.staff.id, visit_type: clinic.visit_type.id, starts })}`);
                bodies.push(new URLSearchParams(elsa.form(/^\/book$/).filled({})).toString());
            }
            return bodies;
        };

        /** A booking whose head portald has read and whose body it waits for. */
        const begin_post = async (body) => {
            const head = Object.entries({
                ...elsa.headers({ origin: `http://${elsa.host}`, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }),
                'content-length': Buffer.byteLength(body), expect: '100-continue',
            }).map(([name, value]) => `${name}: ${value}`);
            const socket = net.connect({ host: '127.0.0.1', port: portal.port });
            const post = { body, text: '', finish: (part = body) => socket.write(part) };
            post.closed = new Promise((resolve) => socket.once('close', resolve));
            socket.on('data', (part) => { post.text += part; });
            socket.on('error', (error) => { post.error = error; });
            socket.write(`POST /book HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
            await until(() => post.text !== '' || post.error, 'portald to read the head');
            assert.match(post.text, /^HTTP\/1\.1 100 /, String(post.error));
            post.text = '';
            return post;
        };

        test(named('SIGTERM breaks off none of a hundred requests in flight, ten of them slow, and takes no new ones'), async () => {
            const bodies = await fill_in(100, '2027-01-18');
            const idle = portal.client('demo');
            await idle.get('/login');
            const posts = await Promise.all(bodies.map(begin_post));
            portal.child.kill('SIGTERM');
            await draining();
            await until(() => portal.client('demo').get('/login').then(() => false, ({ code }) => code === 'ECONNREFUSED'), 'portald to take no new ones');
            const slow = posts.splice(-10);
            for (const post of posts) post.finish();
            await Promise.all(posts.map(({ closed }) => closed));
            for (const post of slow) post.finish(post.body.slice(0, 10));
            assert.equal((await portal.ready()).status, 503);
            assert.equal(portal.ended, null, 'portald did not wait');
            for (const post of slow) post.finish(post.body.slice(10));
            assert.equal(await portal.exited, 0, portal.log.slice(-1000));
            for (const post of [...posts, ...slow]) {
                await post.closed;
                assert.equal(post.text.split('\r\n')[0], 'HTTP/1.1 303 See Other', String(post.error));
                assert.match(post.text, /^connection: close\r$/im);
            }
            await portal.serve();
            assert.equal(await count('booking'), 100);
        });

        test(named('messages that wait at SIGTERM are in nobody’s hand and go out once after the next start'), async () => {
            await portal.settle();
            const sent = (await portal.mail.read()).length;
            const bodies = await fill_in(30, '2027-01-26');
            const answers = await Promise.all(bodies.map((body) => elsa.post_raw('/book', new URLSearchParams(body))));
            assert.ok(answers.every(({ status }) => status === 303));
            assert.equal(await portal.stop(), 0);
            assert.equal(await count("outbox WHERE state = 'sending'"), 0);
            await portal.serve();
            await portal.settle();
            const texts = (await portal.mail.read()).slice(sent).map(({ text }) => text.match(/\/bookings\/([0-9a-f-]{36})/)[1]);
            assert.deepEqual([texts.length, new Set(texts).size], [30, 30]);
        });

        test(named('a second SIGTERM ends portald at once'), async () => {
            const [body] = await fill_in(1, '2027-01-30');
            const post = await begin_post(body);
            portal.child.kill('SIGTERM');
            await draining();
            const asked = performance.now();
            portal.child.kill('SIGTERM');
            assert.equal(await portal.exited, 0);
            assert.ok(performance.now() - asked < 10_000, 'it waited for the body');
            await post.closed;
            await portal.serve();
            assert.equal(await count(`booking WHERE starts >= ${Date.parse('2027-01-30T00:00:00Z')}`), 0);
        });

        test(named('a portald that was stopped is up again in two seconds, one that was killed too'), async () => {
            for (const end of ['stop', 'kill']) {
                assert.equal(await portal[end](), end === 'stop' ? 0 : 'SIGKILL');
                const started = performance.now();
                await portal.serve();
                const ms = performance.now() - started;
                assert.ok(ms < restart_ms, `ready after ${Math.round(ms)} ms`);
            }
        });

        test(named('SIGINT ends portald as SIGTERM does'), async () => {
            portal.child.kill('SIGINT');
            assert.equal(await portal.exited, 0);
            await portal.serve();
        });
    });
});
