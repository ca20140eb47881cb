// National ids at rest: fifty known ones go through every door, and then every file is searched for
// them as a thief of the disk would. The keys' file alone opens them, and it is not the database.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { make_clinic, make_tenant } from './clinic.mjs';
import { choose_password, password } from './people.mjs';
import { on_each_engine, Portal, top } from './portal.mjs';
import { until } from './wait.mjs';

/** Canonical Swedish numbers that an independent library made, the oldest spelling first. */
function swedish(count) {
    const rows = fs.readFileSync(path.join(top, 'tests/golden/personnummer.tsv'), 'utf8').split('\n').map((line) => line.split('\t')[1]).filter((canonical) => /^\d{12}$/.test(canonical) && canonical < '2026');
    return [...new Set(rows)].filter((_, i) => i % 5 === 0).slice(0, count);
}

/** Danish numbers need no control digit since 2007. */
const danish = (count) => Array.from({ length: count }, (_, i) => `${String(1 + (i % 28)).padStart(2, '0')}0761${String(1234 + 7 * i)}`);

/** Every way in which the number could lie in a file. */
function forms(canonical) {
    const texts = canonical.length === 12
        ? [canonical, canonical.slice(2), `${canonical.slice(0, 8)}-${canonical.slice(8)}`, `${canonical.slice(2, 8)}-${canonical.slice(8)}`, `${canonical.slice(2, 8)}+${canonical.slice(8)}`]
        : [canonical, `${canonical.slice(0, 6)}-${canonical.slice(6)}`];
    return texts.flatMap((text) => {
        const wide = Buffer.from(text, 'utf16le');
        return [Buffer.from(text), wide, Buffer.from(wide).swap16(), Buffer.from(Buffer.from(text).toString('hex')), Buffer.from(Buffer.from(text).toString('base64').replace(/=+$/, ''))];
    });
}

function all_files(folder) {
    return fs.readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name)).filter((file) => fs.statSync(file).isFile());
}

on_each_engine((engine, named) => {
    let portal;
    let spool;
    const planted = [...swedish(40), ...danish(10)];

    before(async () => {
        spool = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'portal-spool-'));
        portal = await Portal.start({ engine, settings: { mail: { sender: 'spool' }, sms: { sender: 'spool' }, spool: { folder: spool }, demo: { enabled: true } } });
        await make_clinic(portal, 'demo', { modules: 'booking,sms,cpr-password' });
        await make_tenant(portal, 'aarhus', { country: 'dk', modules: 'booking,cpr-password' });
    });
    after(async () => {
        await portal?.close();
        fs.rmSync(spool, { recursive: true, force: true });
    });

    const person = (i) => ['--first-name', 'Given', '--last-name', 'Name', '--mobile', '+46701740605', '--email', `p${i}@demo.example`];
    const make = (slug, i, number) => portal.ctl(['patient', 'create', '-T', slug, ...person(i), '--national-id-file', '-', '-o', 'json'], { input: `${number}\n` });

    /** The database's own words: its files on SQLite are among the folder's; a server's are asked for. */
    async function dump() {
        if (engine === 'sqlite') return [];
        const tables = (await portal.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")).flat();
        const parts = [];
        for (const table of tables) {
            for (const [row] of await portal.sql(`SELECT replace(t::text, chr(9), ' ') FROM "${table}" t`)) {
                parts.push(Buffer.from(row), ...[...row.matchAll(/\\x((?:[0-9a-f]{2})+)/g)].map(([, hex]) => Buffer.from(hex, 'hex')));
            }
        }
        return [['the tables', Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')]))]];
    }

    async function assert_nowhere() {
        const files = [...all_files(portal.folder), ...all_files(spool)].map((file) => [file, fs.readFileSync(file)]);
        const places = [...files, ['the log', Buffer.from(portal.log)], ...(await dump())];
        assert.ok(places.some(([, bytes]) => bytes.includes('p0@demo.example')), 'the database was not read');
        for (const [name, bytes] of places) {
            for (const number of planted) for (const form of forms(number)) assert.ok(!bytes.includes(form), `${path.basename(name)} holds a national id`);
        }
    }

    test(named('fifty people are made by their national ids, and their views hide the last digits'), async () => {
        for (const [i, number] of planted.entries()) {
            const made = await make(number.length === 12 ? 'demo' : 'aarhus', i, number);
            assert.equal(made.status, 0, made.stderr);
            assert.equal(JSON.parse(made.stdout).national_id, `${number.slice(0, -4)}-****`);
        }
        const listed = await portal.ctl(['patient', 'list', '-T', 'demo', '-o', 'json']);
        const shown = await portal.ctl(['patient', 'show', '-T', 'demo', 'p0@demo.example', '-o', 'json']);
        assert.equal(JSON.parse(shown.stdout).national_id, `${planted[0].slice(0, 8)}-****`);
        for (const { stdout } of [listed, shown]) for (const number of planted) assert.ok(!stdout.includes(number));
    });

    test(named('one number is one person however it is written, also at another clinic'), async () => {
        const accounts = async () => Number((await portal.sql('SELECT COUNT(*) FROM national_identity'))[0][0]);
        const was = await accounts();
        const number = planted[0];
        const again = await make('demo', 900, `${number.slice(0, 8)}-${number.slice(8)}`);
        assert.equal(again.status, 6, again.stderr);
        await make_tenant(portal, 'second', { modules: 'booking' });
        const elsewhere = await portal.ctl(['patient', 'create', '-T', 'second', ...person(901), '--national-id-file', '-'], { input: `${number}\n` });
        assert.equal(elsewhere.status, 0, elsewhere.stderr);
        assert.equal(await accounts(), was);
        for (const { stderr } of [again, elsewhere]) assert.ok(!stderr.includes(number.slice(8)));
    });

    test(named('a login by national id, right and wrong, leaves no trace of the number'), async () => {
        await portal.ask(['policy', 'set', '-T', 'demo', '--client-login', 'yes', '--methods', 'password', '--identifier', 'national-id']);
        await choose_password(portal, 'demo', 'p1@demo.example');
        const client = portal.client('demo');
        for (const [number, secret, status] of [[planted[2], password, 401], [planted[1], 'not this password', 401], [`${planted[1]}x`, password, 400]]) {
            await client.get('/login');
            const answer = await client.submit(/password/, { identifier: number, password: secret });
            assert.equal(answer.status, status, client.text());
        }
        const seen = new Set(fs.readdirSync(spool));
        await client.get('/login');
        await client.submit(/password/, { identifier: planted[1], password });
        assert.match(client.path, /^\/login\/code/, client.text());
        const file = await until(() => fs.readdirSync(spool).find((name) => name.endsWith('.eml') && !seen.has(name)), 'the code in the spool');
        const { text } = await simpleParser(fs.readFileSync(path.join(spool, file)));
        await client.submit(/code/, { code: text.match(/(?<!\w)\d{6}(?!\w)/)[0] });
        assert.ok(client.cookies.has('__Host-sid'), client.text());
    });

    test(named('a number that is refused is not repeated in any error'), async () => {
        for (const [slug, number] of [['demo', `${planted[3].slice(0, 11)}${(Number(planted[3][11]) + 1) % 10}`], ['demo', `${planted[4]}9`], ['aarhus', '3207611234']]) {
            const refused = await make(slug, 950, number);
            assert.equal(refused.status, 2, refused.stderr);
            assert.match(refused.stderr, /national-id/);
            assert.ok(!refused.stderr.includes(number.slice(0, 8)));
            const raw = await portal.admin('POST', `/v1/tenants/${slug}/patients`, { first_name: 'A', last_name: 'B', national_id: number });
            assert.equal(raw.status, 400);
            assert.ok(!raw.body.includes(number.slice(0, 8)), raw.body);
        }
    });

    test(named('no file of the database, the spool or the log holds a national id, running or stopped'), async () => {
        await portal.settle();
        await assert_nowhere();
        await portal.stop();
        await assert_nowhere();
        await portal.serve();
        assert.equal((await portal.ask(['patient', 'show', '-T', 'demo', 'p0@demo.example'])).national_id, `${planted[0].slice(0, 8)}-****`);
    });

    test(named('each sealed number is bytes of its own, and its index needs the key'), async () => {
        const [[rows, sealed, indexes, longest]] = await portal.sql("SELECT COUNT(*), COUNT(DISTINCT sealed), COUNT(DISTINCT blind_index), MAX(LENGTH(masked)) FROM national_identity");
        assert.deepEqual([rows, sealed, indexes], ['50', '50', '50']);
        assert.ok(Number(longest) <= 13);
        assert.equal(fs.statSync(portal.settings.keys.file).mode & 0o777, 0o600);
    });
});
