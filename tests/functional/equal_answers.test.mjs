// Whether a clinic knows somebody must not be told: 200 answers each to known, unknown, locked and
// passwordless people are the same bytes and cost the same work, at every door.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hold_messages } from '../bench/setup.mjs';
import { make_clinic, make_patient } from './clinic.mjs';
import { send } from './http.mjs';
import { choose_password, password, password_link } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const samples = 200;
const wrong = 'another long password';
const quiet = {
    jobs: { reminder_seconds: 0, outbox_seconds: 60, cleanup_seconds: 0 },
    outbox: { workers: 1, batch: 1, timeout_seconds: 120, lease_seconds: 600 },
    login: { steps_per_account: samples, steps_per_network: 1_000_000, code_tries_per_hour: 10_000, codes_per_hour: 10_000 },
};

on_each_engine((engine, named) => {
    let portal;

    before(async () => {
        portal = await Portal.start({ engine, settings: quiet });
        await make_clinic(portal);
        await portal.ask(['policy', 'set', '-T', 'demo', '--registration', 'approval']);
        for (const name of ['known', 'blocked', 'throttled', 'passwordless']) await make_patient(portal, 'demo', { email: `${name}@demo.example`, 'first-name': 'Same', 'last-name': 'Name' });
        for (const name of ['known', 'blocked', 'throttled']) await choose_password(portal, 'demo', `${name}@demo.example`);
        await portal.ask(['user', 'set', '-T', 'demo', 'blocked@demo.example', '--status', 'blocked']);
        await hold_messages(portal, [portal.mail], () => password_link_by_mail('known@demo.example'));
    });
    after(() => portal?.close());

    const password_link_by_mail = (email) => portal.ask(['user', 'set-password', '-T', 'demo', email]);

    async function counters() {
        const { body } = await send({ port: portal.metrics_port, path: '/metrics', headers: { host: '127.0.0.1' } });
        const read = (name) => Number(body.match(new RegExp(`^${name} ([\\d.e+]+)$`, 'm'))[1]);
        const [[rows]] = await portal.sql('SELECT COUNT(*) FROM outbox');
        return { hashes: read('portal_password_hashes_total'), statements: read('portal_store_statements_total'), outbox: Number(rows) };
    }

    /** What of an answer may differ: tokens, its time, and what was typed itself. */
    function masked(answer, typed) {
        const { date, 'set-cookie': cookies, ...headers } = answer.headers;
        assert.ok(date);
        const names = (cookies ?? []).map((line) => line.replace(/=[^;]*/, ''));
        const body = [...typed].filter(Boolean).reduce((text, each) => text.replaceAll(each, 'TYPED'), answer.body.replace(/(name="form_token" value=")[^"]*/g, '$1'));
        return JSON.stringify([answer.status, names, { ...headers, 'content-length': '' }, body]);
    }

    async function at_once(count, width, act) {
        let next = 0;
        const worker = async () => {
            for (let i = next++; i < count; i = next++) await act(i);
        };
        await Promise.all(Array.from({ length: width }, worker));
    }

    /** The one answer to `samples` posts of a form, each shown anew, and their mean cost. */
    async function sample(page, wanted, values) {
        const shown = portal.client('demo');
        const forms = [];
        for (let i = 0; i < samples; i += 1) {
            await shown.get(page);
            forms.push(shown.form(wanted));
        }
        const answers = new Map();
        const was = await counters();
        await at_once(samples, 8, async (i) => {
            const client = portal.client('demo', { address: `127.0.${1 + i}.7` });
            const answer = masked(await client.post_raw(forms[i].action, forms[i].filled(values)), Object.values(values));
            client.close();
            answers.set(answer, (answers.get(answer) ?? 0) + 1);
        });
        const now = await counters();
        assert.equal(answers.size, 1, [...answers.keys()].join('\n'));
        const cost = Object.fromEntries(Object.keys(was).map((name) => [name, (now[name] - was[name]) / samples]));
        // A timer of the daemon that fired meanwhile is a few statements in thousands: not a quarter of one an answer.
        if (Math.abs(cost.statements - Math.round(cost.statements)) < 0.25) cost.statements = Math.round(cost.statements);
        return { answer: [...answers.keys()][0], cost };
    }

    function all_equal(found) {
        const [[first, reference], ...others] = Object.entries(found);
        for (const [name, each] of others) {
            assert.equal(each.answer, reference.answer, `${name} is answered otherwise than ${first}`);
            assert.deepEqual(each.cost, reference.cost, `${name} costs otherwise than ${first}`);
        }
    }

    test(named('the login tells nobody apart: 200 answers each to known, unknown, blocked, throttled and passwordless people'), async (t) => {
        const at_login = (email, secret) => sample('/login', /password/, { identifier: email, password: secret });
        await at_login('throttled@demo.example', wrong);
        const found = {
            known: await at_login('known@demo.example', wrong),
            unknown: await at_login('nobody@demo.example', wrong),
            blocked: await at_login('blocked@demo.example', password),
            throttled: await at_login('throttled@demo.example', password),
            passwordless: await at_login('passwordless@demo.example', password),
        };
        all_equal(found);
        assert.equal(found.known.cost.hashes, 1);
        assert.equal(found.known.cost.outbox, 0);
        t.diagnostic(JSON.stringify(found.known.cost));
    });

    test(named('the reset tells nobody apart: 200 answers each to known, unknown, blocked, throttled and passwordless people'), async (t) => {
        const at_reset = (email) => sample('/reset', /identifier/, { identifier: email });
        const found = {};
        for (const name of ['known', 'nobody', 'blocked', 'throttled', 'passwordless']) found[name] = await at_reset(`${name}@demo.example`);
        all_equal(found);
        t.diagnostic(JSON.stringify(found.known.cost));
    });

    test(named('the registration tells nobody apart: 200 answers each to known, unknown, blocked, throttled and passwordless people'), async (t) => {
        const at_register = (email) => sample('/register', /first_name/, { first_name: 'Same', last_name: 'Name', email, mobile: '0701740605' });
        const found = {};
        for (const name of ['known', 'newcomer', 'blocked', 'throttled', 'passwordless']) found[name] = await at_register(`${name}@demo.example`);
        all_equal(found);
        t.diagnostic(JSON.stringify(found.known.cost));
    });

    test(named('links of invitations and passwords that are used up, too old or made up are the same page'), async (t) => {
        const used = await password_link(portal, 'demo', 'known@demo.example');
        const replaced = used;
        const open = await password_link(portal, 'demo', 'known@demo.example');
        const blocked = await password_link(portal, 'demo', 'passwordless@demo.example');
        await portal.ask(['user', 'set', '-T', 'demo', 'passwordless@demo.example', '--status', 'blocked']);
        const found = {};
        for (const [name, link] of Object.entries({ replaced, blocked, 'made up': open.replace(/[^/]+$/, 'A'.repeat(43)) })) {
            const answers = new Set();
            const was = await counters();
            await at_once(samples, 8, async () => {
                const client = portal.client('demo');
                const answer = await client.request('GET', link);
                client.close();
                answers.add(masked(answer, [link.split('/').at(-1)]));
            });
            const now = await counters();
            assert.equal(answers.size, 1);
            found[name] = { answer: [...answers][0], cost: { hashes: now.hashes - was.hashes, outbox: now.outbox - was.outbox } };
            assert.match(found[name].answer, /^\[404/);
        }
        const [reference] = Object.values(found);
        for (const [name, { answer, cost }] of Object.entries(found)) {
            assert.equal(answer, reference.answer, name);
            assert.deepEqual(cost, { hashes: 0, outbox: 0 }, name);
        }
        t.diagnostic(`${samples} each`);
    });
});
