// Guessing at every door: how many tries a stranger has, and what stays open for the person meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BankIdPortal, make_bankid_clinic, personal_number, Visitor } from './bankid.mjs';
import { make_clinic, make_patient, make_tenant } from './clinic.mjs';
import { choose_password, log_in, mailed_code, password } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const wrong = 'another long password';
const strict = { login: { steps_per_account: 10, steps_per_network: 10_000, code_tries_per_hour: 20, codes_per_hour: 10 } };
const guesses = 50;

on_each_engine((engine, named) => {
    let portal;
    let last = 0;

    before(async () => {
        portal = await Portal.start({ engine, settings: strict });
        await make_clinic(portal);
        await make_tenant(portal, 'numbers', { modules: 'booking,cpr-password' });
        await portal.ask(['policy', 'set', '-T', 'numbers', '--client-login', 'yes', '--methods', 'password', '--identifier', 'national-id']);
    });
    after(() => portal?.close());

    async function make_person(name, { slug = 'demo', ...over } = {}) {
        const email = `${name}@${slug}.example`;
        await make_patient(portal, slug, { email, 'first-name': name, ...over });
        await choose_password(portal, slug, email);
        return email;
    }

    /** A visitor from a network of its own. */
    function stranger(slug = 'demo') {
        last += 1;
        return portal.client(slug, { address: `127.0.${1 + (last >> 8)}.${last & 255 || 1}` });
    }

    async function try_password(client, identifier, secret) {
        await client.get('/login');
        const form = client.form(/password/);
        return client.post_raw(form.action, form.filled({ identifier, password: secret }));
    }
    const is_in = (answer) => answer.status === 303 && answer.headers.location.startsWith('/login/code');

    /** Which of the right passwords sent at these times would have opened; a stranger each. */
    async function guess_then_try(identifiers, at_once) {
        const all = Array.from({ length: guesses }, (_, i) => identifiers[i % identifiers.length]);
        const one = async (identifier) => assert.equal((await try_password(stranger(), identifier, wrong)).status, 401);
        if (at_once) await Promise.all(all.map(one));
        else for (const identifier of all) await one(identifier);
        return is_in(await try_password(stranger(), identifiers[0], password));
    }

    const tried = async () => Number((await portal.sql("SELECT COUNT(*) FROM audit WHERE act = 'login.denied' AND reason = 'wrong_password'"))[0][0]);

    for (const [at_once, sentence] of [
        [false, 'of fifty passwords one after the other from fifty networks ten are looked at, and the right one then opens nothing until 15 minutes have passed'],
        [true, 'of fifty passwords at once from fifty networks ten are looked at, and the right one then opens nothing until 15 minutes have passed'],
    ]) {
        test(named(sentence), async () => {
            const email = await make_person(at_once ? 'parallel' : 'sequential');
            const was = await tried();
            assert.equal(await guess_then_try([email], at_once), false);
            assert.equal(await tried(), was + 10);
            await portal.advance(14.9);
            assert.equal(is_in(await try_password(stranger(), email, password)), false, 'before 15 minutes');
            await portal.advance(0.2);
            assert.equal(is_in(await try_password(stranger(), email, password)), true, 'after 15 minutes');
        });
    }

    test(named('no quarter of an hour holds more than ten, wherever it begins'), async () => {
        const email = await make_person('border');
        const was = await tried();
        for (let minute = 0; minute < 30; minute += 1) {
            await try_password(stranger(), email, wrong);
            await portal.advance(1);
        }
        assert.ok((await tried()) - was <= 20, `${(await tried()) - was} in 30 minutes`);
        assert.ok((await tried()) - was >= 10);
    });

    test(named('every spelling of an address draws on the same budget'), async () => {
        const email = await make_person('spelling');
        const was = await tried();
        const spellings = [email, email.toUpperCase(), 'Spelling@Demo.Example', ` ${email} `, 'ｓｐｅｌｌｉｎｇ@demo.example'];
        const statuses = [];
        for (let i = 0; i < guesses; i += 1) statuses.push((await try_password(stranger(), spellings[i % spellings.length], wrong)).status);
        assert.ok(statuses.every((status) => status === 401 || status === 400), String(statuses));
        assert.equal(await tried(), was + 10);
    });

    test(named('every spelling of a national id draws on the same budget'), async () => {
        const number = '19121212-1212';
        await make_patient(portal, 'numbers', { email: 'tolvan@numbers.example', national_id: number });
        await choose_password(portal, 'numbers', 'tolvan@numbers.example');
        const was = await tried();
        for (let i = 0; i < guesses; i += 1) {
            const spelling = ['19121212-1212', '191212121212', '121212+1212', ' 19121212-1212 ', '19121212 1212'][i % 5];
            const { status } = await try_password(stranger('numbers'), spelling, wrong);
            assert.ok([400, 401].includes(status), spelling);
        }
        assert.equal(await tried(), was + 10);
        assert.equal(is_in(await try_password(stranger('numbers'), number, password)), false);
        assert.equal((await portal.ask(['login', 'unlock', '-T', 'numbers', 'tolvan@numbers.example'])).was_throttled_until !== undefined, true);
        assert.equal(is_in(await try_password(stranger('numbers'), '191212121212', password)), true);
    });

    test(named('the person’s own browser stays open while strangers guess, with a budget of its own'), async () => {
        const email = await make_person('known');
        const own = await log_in(portal, 'demo', email);
        assert.ok(own.cookies.has('__Host-device'));
        await guess_then_try([email], true);
        await own.get('/');
        await own.submit(/logout/);
        assert.equal(is_in(await try_password(own, email, password)), true, 'a known device');
        const thief = stranger();
        thief.cookies.set('__Host-device', 'A'.repeat(43));
        assert.equal(is_in(await try_password(thief, email, password)), false, 'a device cookie that was made up');
        const neighbour = await make_person('neighbour');
        const theirs = await log_in(portal, 'demo', neighbour);
        theirs.cookies.delete('__Host-sid');
        assert.equal(is_in(await try_password(theirs, email, password)), false, 'a device that another is known on');
        let opened = 0;
        for (let i = 0; i < guesses; i += 1) await try_password(own, email, wrong);
        for (let i = 0; i < 3; i += 1) opened += is_in(await try_password(own, email, password)) ? 1 : 0;
        assert.equal(opened, 0, 'the device’s own budget ends too');
    });

    test(named('an administrator sees the throttle and lifts it'), async () => {
        const email = await make_person('locked');
        await guess_then_try([email], false);
        const why = await portal.ask(['login', 'why', '-T', 'demo', email]);
        assert.ok(Date.parse(why.throttled_until) > portal.now, JSON.stringify(why));
        const lifted = await portal.ask(['login', 'unlock', '-T', 'demo', email]);
        assert.equal(lifted.was_throttled_until, why.throttled_until);
        assert.equal((await portal.ask(['login', 'why', '-T', 'demo', email])).throttled_until ?? null, null);
        assert.equal(is_in(await try_password(stranger(), email, password)), true);
        assert.ok((await portal.sql("SELECT actor FROM audit WHERE act = 'login.unlock'")).length > 0);
    });

    test(named('a clinic sees and lifts only what was tried at its own door, and never a guard of another’s'), async () => {
        await make_tenant(portal, 'second', { modules: 'booking,cpr-password' });
        await portal.ask(['policy', 'set', '-T', 'second', '--client-login', 'yes', '--methods', 'password', '--identifier', 'national-id']);
        const [known, unknown] = [personal_number(41), personal_number(42)];
        await make_patient(portal, 'numbers', { email: 'shared@numbers.example', national_id: known });
        await choose_password(portal, 'numbers', 'shared@numbers.example');
        for (const [name, national_id] of [['known', known], ['unknown', unknown]]) await make_patient(portal, 'second', { email: `${name}@second.example`, national_id });
        const at_first = async (secret = password) => is_in(await try_password(stranger('numbers'), known, secret));
        const said = async (act, name) => {
            const { throttled_until, was_throttled_until } = await portal.ask(['login', act, '-T', 'second', `${name}@second.example`]);
            return throttled_until ?? was_throttled_until ?? null;
        };
        const guess_at_second = async (number, count) => {
            for (let i = 0; i < count; i += 1) await try_password(stranger('second'), number, wrong);
        };

        for (let i = 0; i < 11; i += 1) await at_first(wrong);
        assert.equal(await said('why', 'known'), null, 'tries at another clinic are told');
        assert.equal(await said('unlock', 'known'), null);
        assert.equal(await at_first(), false, 'another clinic lifts the guard');
        await guess_at_second(known, 10);
        await guess_at_second(unknown, 10);
        assert.ok(await said('why', 'unknown'));
        assert.equal(await said('why', 'known'), await said('why', 'unknown'), 'the same tries at its own door');
        assert.ok(await said('unlock', 'known'));
        assert.equal(await said('why', 'known'), null);
        assert.equal(await at_first(), false, 'tries that nobody looked at are taken off the guard');

        await portal.advance(16);
        for (let i = 0; i < 4; i += 1) await at_first(wrong);
        await guess_at_second(known, 6);
        assert.equal(await at_first(), false, 'four here and six there');
        assert.equal((await portal.ask(['login', 'why', '-T', 'numbers', 'shared@numbers.example'])).throttled_until ?? null, null);
        for (let i = 0; i < 2; i += 1) await said('unlock', 'known');
        const was = await tried();
        for (let i = 0; i < 20; i += 1) await at_first(wrong);
        assert.equal((await tried()) - was, 6, 'its own six are lifted, once');
        assert.ok((await portal.ask(['login', 'unlock', '-T', 'numbers', 'shared@numbers.example'])).was_throttled_until);
        assert.equal(await at_first(), true);
    });

    for (const [at_once, sentence] of [[false, 'of fifty codes one after the other exactly five are looked at'], [true, 'of fifty codes at once exactly five are looked at']]) {
        test(named(sentence), async () => {
            const email = await make_person(at_once ? 'codes-at-once' : 'codes');
            const client = stranger();
            const seen = (await portal.mail.read()).length;
            await client.get('/login');
            await client.submit(/password/, { identifier: email, password });
            const right = await mailed_code(portal, email, seen);
            const form = client.form(/code/);
            const twin = () => {
                const each = stranger();
                each.cookies = new Map(client.cookies);
                return each;
            };
            const wrong_codes = Array.from({ length: guesses }, (_, i) => String((Number(right) + 1 + i) % 1_000_000).padStart(6, '0'));
            const guess = async (code) => {
                const { status } = await twin().post_raw(form.action, form.filled({ code }));
                assert.equal(status, 401);
            };
            if (at_once) await Promise.all(wrong_codes.map(guess));
            else for (const code of wrong_codes) await guess(code);
            const [[tries]] = await portal.sql('SELECT tries FROM login_attempt ORDER BY id DESC LIMIT 1');
            assert.equal(Number(tries), 5);
            const late = twin();
            assert.equal((await late.post_raw(form.action, form.filled({ code: right }))).status, 401, 'the right code after five');
            assert.ok(!late.cookies.has('__Host-sid'));
        });
    }

    test(named('codes of an account are tried twenty times an hour and sent ten times, however many logins begin'), async () => {
        const email = await make_person('many-codes');
        let sent = 0;
        for (let i = 0; i < 15; i += 1) {
            const client = stranger();
            const answer = await try_password(client, email, password);
            if (!is_in(answer)) {
                await portal.ask(['login', 'why', '-T', 'demo', email]);
                assert.ok([401, 429].includes(answer.status), String(answer.status));
                continue;
            }
            sent += 1;
            await client.follow(answer, '/login');
            for (let n = 0; n < 5; n += 1) await client.submit(/code/, { code: '000000' }).catch(() => {});
        }
        assert.equal(sent, 10);
        const [[looked]] = await portal.sql("SELECT COUNT(*) FROM audit WHERE act = 'login.denied' AND reason = 'wrong_code' AND object IN (SELECT 'membership:' || id FROM membership WHERE email = 'many-codes@demo.example')");
        assert.ok(Number(looked) <= 20, looked);
    });

    test(named('BankID stays open while strangers guess a person’s password'), async () => {
        const both = await BankIdPortal.start({ engine, settings: strict });
        try {
            const { portal: place } = both;
            await make_bankid_clinic(place);
            await place.ask(['policy', 'set', '-T', 'demo', '--methods', 'password', '--methods', 'bankid']);
            const anna = { personalNumber: personal_number(1), givenName: 'Anna', surname: 'Ek' };
            await make_patient(place, 'demo', { 'first-name': 'Anna', 'last-name': 'Ek', email: 'anna.ek@demo.example', national_id: anna.personalNumber });
            await choose_password(place, 'demo', 'anna.ek@demo.example');
            const guess = (secret) => try_password(place.client('demo'), 'anna.ek@demo.example', secret);
            for (let i = 0; i < guesses; i += 1) assert.equal((await guess(wrong)).status, 401);
            assert.equal(is_in(await guess(password)), false, 'the password is throttled');
            const visitor = new Visitor(both);
            await visitor.log_in(anna);
            assert.ok(visitor.is_in, visitor.client.text());
        } finally {
            await both.close();
        }
    });
});
