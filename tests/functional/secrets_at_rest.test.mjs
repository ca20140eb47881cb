// Secrets at rest: fifty national ids, codes and links of each kind go through the doors that people
// use, and then the database, its journal, copies and dumps of it and the log are searched for them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { backup, DatabaseSync } from 'node:sqlite';
import { BankIdPortal, Visitor } from './bankid.mjs';
import { make_clinic, make_patient, make_tenant, password } from './clinic.mjs';
import { page_text } from './html.mjs';
import { find_codes, find_values, letter_forms, national_id_forms, token_forms, unhex } from './leaks.mjs';
import { log_in, password_link } from './people.mjs';
import { on_each_engine, psql, run, top } from './portal.mjs';
import { until } from './wait.mjs';

/** Canonical Swedish numbers that an independent library made, the oldest spelling first. */
function swedish(count) {
    const rows = fs.readFileSync(path.join(top, 'tests/golden/personnummer.tsv'), 'utf8').split('\n').map((line) => line.split('\t')[1]);
    return [...new Set(rows.filter((canonical) => /^19[2-9]\d{9}$/.test(canonical)))].filter((_, i) => i % 5 === 2).slice(0, count);
}
/** Danish numbers need no control digit since 2007. */
const danish = (count) => Array.from({ length: count }, (_, i) => `${String(1 + (i % 28)).padStart(2, '0')}0862${String(2345 + 11 * i)}`);

/** `act` for each, a few at a time. */
async function for_all(items, act, width = 6) {
    const waiting = [...items.entries()];
    const worker = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await act(next[1], next[0]);
    };
    await Promise.all(Array.from({ length: width }, worker));
}

on_each_engine((engine, named) => {
    let both;
    let portal;
    const ids = { operator: swedish(20), bankid: swedish(30).slice(20), danish: danish(20) };
    const all_ids = Object.values(ids).flat();
    const people = ids.operator.map((_, i) => `p${i}@demo.example`);
    const [tokens, letters] = [new Set(), new Set()];

    before(async () => {
        both = await BankIdPortal.start({ engine });
        portal = both.portal;
        await make_clinic(portal, 'demo', { modules: 'booking,sms,cpr-password,bankid' });
        await portal.ask(['policy', 'set', '-T', 'demo', '--client-login', 'yes', '--methods', 'password,bankid', '--unknown-by-eid', 'yes']);
        await make_tenant(portal, 'aarhus', { country: 'dk', modules: 'booking,cpr-password' });
        await portal.ask(['policy', 'set', '-T', 'aarhus', '--client-login', 'yes', '--methods', 'password']);
    });
    after(() => both?.close());

    async function codes() {
        const mails = await portal.mail.read();
        return [...new Set(mails.flatMap(({ text }) => text?.match(/(?<!\w)\d{6}(?!\w)/g) ?? []))];
    }
    const links = async () => (await portal.mail.read()).flatMap(({ text }) => [...(text ?? '').matchAll(/https?:\/\/\S+\/([\w-]{43})(?!\S)/g)].map(([, token]) => token));

    test(named('people come by number, by link, by letter, by code and by BankID'), async () => {
        await for_all(ids.operator, (number, i) => make_patient(portal, 'demo', { email: people[i], national_id: number }));
        await for_all(ids.danish, (number, i) => make_patient(portal, 'aarhus', { email: `d${i}@aarhus.example`, mobile: '+4520123456', national_id: number }));
        await for_all(people, async (email, i) => {
            const at = await password_link(portal, 'demo', email);
            tokens.add(at.split('/').at(-1));
            const client = portal.client('demo', { address: `127.0.2.${i + 1}` });
            await client.get(at);
            await client.submit(/password/, { password, repeated: password });
            const inside = await log_in(portal, 'demo', email, { address: `127.0.2.${i + 1}` });
            for (const value of inside.cookies.values()) tokens.add(value);
        });
        await for_all(people, async (email, i) => tokens.add((await password_link(portal, 'demo', email)).split('/').at(-1)) && i); // never used
        await for_all(ids.danish, (_, i) => portal.ask(['invite', 'send', '-T', 'aarhus', `d${i}@aarhus.example`]));
        for (const number of ids.bankid) {
            const visitor = new Visitor(both);
            await visitor.log_in({ personalNumber: number, givenName: 'Bo', surname: 'Ek' });
            assert.ok(visitor.is_in, visitor.client.text());
            tokens.add(visitor.client.cookies.get('__Host-sid'));
        }
        for (let i = 0; i < 10; i += 1) {
            const { id } = await portal.ask(['patient', 'create', '-T', 'demo', '--first-name', 'Siv', '--last-name', `Dahl${i}`]);
            const file = path.join(both.folder, 'letter.html');
            fs.rmSync(file, { force: true });
            await portal.ask(['invite', 'letter', '-T', 'demo', id, '--identity-checked-by', 'Anna Lind', '--how', 'passport shown at the desk', '--out', file]);
            letters.add(page_text(fs.readFileSync(file, 'utf8')).match(/\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/)[0]);
        }
    });

    test(named('more codes go out that nobody types, or that are typed wrong; numbers are typed at the login page'), async () => {
        await for_all([...people, ...people.slice(0, 15)], async (email, i) => {
            const client = portal.client('demo', { address: `127.0.3.${i + 1}` });
            await client.get('/login');
            await client.submit(/password/, { identifier: email, password });
            tokens.add(client.cookies.get('__Host-login'));
            if (i % 3 === 0) await client.submit(/code/, { code: '000000' });
        });
        await portal.ask(['policy', 'set', '-T', 'demo', '--identifier', 'national-id']);
        await for_all(ids.operator, async (number, i) => {
            const client = portal.client('demo', { address: `127.0.4.${i + 1}` });
            await client.get('/login');
            await client.submit(/password/, { identifier: i % 2 ? number : `${number.slice(2, 8)}-${number.slice(8)}`, password: 'not this password' });
        });
        await portal.settle();
        for (const token of await links()) tokens.add(token);
        assert.ok(all_ids.length === 50 && new Set(all_ids).size === 50, `${all_ids.length} national ids`);
        assert.ok((await codes()).length >= 50, `only ${(await codes()).length} codes`);
        assert.ok(tokens.size + letters.size >= 100 && ![...tokens].includes(undefined), `${tokens.size} tokens, ${letters.size} letters`);
    });

    /** The database as a thief may come by it: name -> bytes. */
    async function stolen() {
        if (engine === 'postgresql') {
            const url = portal.settings.database.url;
            const dumped = await run('pg_dump', ['--no-owner', url], { timeout_ms: 60_000 });
            assert.equal(dumped.status, 0, dumped.stderr);
            return { 'pg_dump': Buffer.from(dumped.stdout), 'the bytes in pg_dump': unhex(dumped.stdout) };
        }
        const file = path.join(portal.folder, 'portal.db');
        const [copy, compact] = ['copy.db', 'compact.db'].map((name) => path.join(both.folder, name));
        for (const each of [copy, compact]) fs.rmSync(each, { force: true });
        const database = new DatabaseSync(file, { readOnly: true });
        await backup(database, copy);
        database.exec(`VACUUM INTO '${compact}'`);
        database.close();
        const live = fs.readdirSync(portal.folder).filter((name) => name.startsWith('portal.db') && !name.endsWith('.lock'));
        return { ...Object.fromEntries([...live.map((name) => path.join(portal.folder, name)), copy, compact].map((each) => [path.basename(each), fs.readFileSync(each)])), 'every cell': cells(copy) };
    }

    /** Each value of each row apart, so that no neighbour's digits hide a code. */
    function cells(file) {
        const database = new DatabaseSync(file, { readOnly: true });
        database.exec('PRAGMA query_only = 1');
        const parts = [];
        for (const { name } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()) {
            for (const row of database.prepare(`SELECT * FROM "${name}"`).all()) {
                for (const value of Object.values(row)) parts.push(value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)), Buffer.from('\n'));
            }
        }
        database.close();
        return Buffer.concat(parts);
    }

    async function places() {
        const measures = await portal.ready().then(() => fetch(`http://127.0.0.1:${portal.metrics_port}/metrics`)).then((answer) => answer.text());
        const process_files = ['cmdline', 'environ'].map((name) => [`portald's ${name}`, fs.readFileSync(`/proc/${portal.child.pid}/${name}`)]);
        return { ...(await stolen()), 'the log': Buffer.from(portal.log), 'the measures': Buffer.from(measures), ...Object.fromEntries(process_files) };
    }

    test(named('no database file, copy, dump or log holds a national id, a code or a link in any spelling'), async (t) => {
        const secret_codes = await codes();
        const forms = new Map([...all_ids.map((id) => [id, national_id_forms(id)]), ...[...tokens].map((token) => [token, token_forms(token)]), ...[...letters].map((code) => [code, letter_forms(code)])]);
        const searched = await places();
        const found = [];
        for (const [place, bytes] of Object.entries(searched)) {
            for (const value of [...find_values(forms, bytes), ...find_codes(secret_codes, bytes)]) found.push(`${place}: ${value.length} characters beginning with ${value.slice(0, 4)}`);
        }
        assert.deepEqual(found, []);
        t.diagnostic(`${all_ids.length} national ids, ${secret_codes.length} codes, ${tokens.size} tokens and ${letters.size} letters in ${Object.keys(searched).length} places, ${Object.values(searched).reduce((sum, { length }) => sum + length, 0)} bytes`);
    });

    test(named('the same search finds what is stored in the clear on purpose, in every copy'), async () => {
        const searched = await stolen();
        const whole = Object.entries(searched).filter(([name]) => !/wal|shm|bytes/.test(name));
        for (const [name, bytes] of whole) assert.deepEqual(find_values(new Map([['p7', [Buffer.from('p7@demo.example')]]]), bytes), ['p7'], name);
        if (engine === 'sqlite') assert.ok(Object.keys(searched).some((name) => name.endsWith('-wal')), 'the journal was not read');
    });

    test(named('the search finds a national id, a code, a link and a letter’s code in each spelling'), async () => {
        const hide = (form) => Buffer.concat([Buffer.alloc(700, 7), Buffer.from('x'), form, Buffer.from('y'), Buffer.alloc(90, 1)]);
        for (const make of [() => [all_ids[0], national_id_forms(all_ids[0])], () => [all_ids.at(-1), national_id_forms(all_ids.at(-1))], () => [[...tokens][0], token_forms([...tokens][0])], () => [[...letters][0], letter_forms([...letters][0])]]) {
            const [value, each] = make();
            for (const form of each) assert.deepEqual(find_values(new Map([[value, each]]), hide(form)), [value], form.toString());
        }
        for (const text of ['code 402913.', '402 913', '\t402913\t', Buffer.from('402913').toString('hex')]) assert.ok(find_codes(['402913'], Buffer.from(text)).includes('402913'), text);
        assert.deepEqual(find_codes(['402913'], Buffer.from(`14029133 ${'402913'.repeat(9)} ${'a402913b'.repeat(8)}`)), []);
        for (const [text, at] of [[all_ids[0], 0], [`1${all_ids[0]}`, 0], [`12${all_ids[0]}`, 0], [`abc${all_ids[0]}z`, 0]]) assert.deepEqual(find_values(new Map([['id', national_id_forms(all_ids[0])]]), Buffer.from(Buffer.from(text).toString('base64'))), ['id'], `${text} ${at}`);
    });

    test(named('every portal’s log is searched at its end, and one that tells a number, a code or a link fails'), async () => {
        const log = portal.log;
        await portal.check_log();
        for (const secret of [all_ids[0], `${all_ids[1].slice(2, 8)}-${all_ids[1].slice(8)}`, `${ids.danish[0].slice(0, 6)}-${ids.danish[0].slice(6)}`, (await codes())[0], (await links())[0]]) {
            portal.log = `${log}{"event":"x","why":"${secret}"}\n`;
            await assert.rejects(portal.check_log(), /the log holds/, secret);
        }
        portal.log = log;
    });

    // ---- sealed values in another row ------------------------------------------------------------

    async function write(sql) {
        if (engine === 'postgresql') return psql(portal.database.name, sql);
        const database = new DatabaseSync(path.join(portal.folder, 'portal.db'));
        try {
            return database.exec(`PRAGMA busy_timeout = 5000; ${sql}`);
        } finally {
            database.close();
        }
    }
    const swap = (table, column, ids) => write(`CREATE TEMP TABLE two AS SELECT id, ${column} AS value FROM ${table} WHERE id IN (${ids.join(', ')}); UPDATE ${table} SET ${column} = (SELECT value FROM two WHERE two.id <> ${table}.id) WHERE id IN (${ids.join(', ')}); DROP TABLE two`);

    for (const column of ['body_sealed', 'recipient_sealed']) {
        test(named(`messages whose ${column.replace('_', ' ')} were exchanged go to nobody, and their rows say why`), async () => {
            await portal.settle();
            portal.mail.behave('450');
            const seen = (await portal.mail.read()).length;
            for (const email of people.slice(0, 2)) await portal.ask(['user', 'set-password', '-T', 'demo', email]);
            const waiting = () => portal.sql("SELECT id FROM outbox WHERE kind = 'password-link' AND final_at IS NULL AND state = 'deferred' ORDER BY id");
            const rows = await until(async () => { const all = await waiting(); return all.length === 2 && all; }, 'two messages that wait');
            await swap('outbox', column, rows.flat());
            portal.mail.behave('ok');
            const was = portal.now;
            await portal.advance(20);
            await portal.settle();
            assert.deepEqual((await portal.mail.read()).slice(seen), []);
            assert.deepEqual(await portal.sql(`SELECT state, reason FROM outbox WHERE id IN (${rows.join(', ')})`), Array(2).fill(['dead', 'cannot be unsealed']));
            await portal.set_clock(new Date(was).toISOString());
        });
    }

    test(named('a BankID order whose sealed part is another’s shows nothing and logs nobody in'), async () => {
        const visitors = [new Visitor(both), new Visitor(both)];
        for (const visitor of visitors) await visitor.begin('qr');
        const rows = await portal.sql("SELECT id FROM eid_order WHERE state = 'pending' ORDER BY id DESC LIMIT 2");
        await swap('eid_order', 'sealed', rows.flat());
        for (const { client } of visitors) {
            const shown = await client.get('/login/bankid');
            assert.ok(shown.status >= 500, `${shown.status} ${client.text()}`);
            assert.doesNotMatch(shown.body, /<path d="M/);
            assert.ok(!client.cookies.has('__Host-sid'));
        }
        await swap('eid_order', 'sealed', rows.flat());
        assert.equal((await visitors[0].client.get('/login/bankid')).status, 200, 'the control: put back, it is shown');
    });
});
