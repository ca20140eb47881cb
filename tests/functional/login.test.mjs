// Who gets in, where, and what a stranger learns by trying.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic, make_patient, make_staff, make_tenant } from './clinic.mjs';
import { links } from './html.mjs';
import { choose_password, log_in, mailed_code, password, password_link } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const wrong = 'another long password';

on_each_engine((engine, named) => {
    let portal;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        await make_clinic(portal, 'other');
        await choose_password(portal, 'demo', 'elsa@demo.example');
        await choose_password(portal, 'demo', 'anna@demo.example');
    });
    after(() => portal?.close());

    /** The answer to one password step of a fresh visitor. */
    async function try_password(slug, identifier, secret) {
        const client = portal.client(slug);
        await client.get('/login');
        const answer = await client.post_raw(...form_of(client, { identifier, password: secret }));
        return { client, answer };
    }
    const form_of = (client, values) => {
        const form = client.form(/password/);
        return [form.action, form.filled(values)];
    };
    const masked = (answer) => answer.body.replace(/name="form_token" value="[^"]*"/g, '').replace(/(name="identifier"[^>]*value=")[^"]*/, '$1').replace(/value="[^"]*"( autocomplete="username")/, '$1');

    test(named('a new clinic refuses clients until it lets them in; its staff get in'), async () => {
        await make_tenant(portal, 'fresh');
        await make_patient(portal, 'fresh');
        await make_staff(portal, 'fresh');
        await choose_password(portal, 'fresh', 'elsa@fresh.example');
        await choose_password(portal, 'fresh', 'anna@fresh.example');
        const { answer } = await try_password('fresh', 'elsa@fresh.example', password);
        assert.equal(answer.status, 403);
        assert.match(answer.body, /[Cc]lients cannot log in here|Patients cannot log in here/);
        const reasons = await portal.sql("SELECT reason FROM audit WHERE act = 'login.denied'");
        assert.ok(reasons.some(([reason]) => reason === 'client_login_disabled'), JSON.stringify(reasons));
        const anna = await log_in(portal, 'fresh', 'anna@fresh.example');
        assert.equal(anna.path, '/staff');
        await portal.ask(['policy', 'set', '-T', 'fresh', '--client-login', 'yes', '--methods', 'password']);
        const elsa = await log_in(portal, 'fresh', 'elsa@fresh.example');
        assert.equal(elsa.path, '/bookings');
    });

    test(named('staff and clients log in at the same address and land in their own homes'), async () => {
        assert.equal((await log_in(portal, 'demo', 'elsa@demo.example')).path, '/bookings');
        assert.equal((await log_in(portal, 'demo', 'anna@demo.example')).path, '/staff');
    });

    test(named('a client of one clinic is unknown at another, in the same words as a wrong password'), async () => {
        await choose_password(portal, 'other', 'elsa@other.example');
        const elsewhere = await try_password('other', 'elsa@demo.example', password);
        const mistyped = await try_password('other', 'elsa@other.example', wrong);
        const unknown = await try_password('other', 'nobody@other.example', wrong);
        for (const each of [elsewhere, mistyped, unknown]) assert.equal(each.answer.status, 401);
        assert.equal(masked(elsewhere.answer), masked(mistyped.answer));
        assert.equal(masked(unknown.answer), masked(mistyped.answer));
        for (const each of [elsewhere, mistyped, unknown]) assert.deepEqual([...each.client.cookies.keys()], []);
    });

    test(named('a wrong password, an unknown person and one without a password cost the same work'), async () => {
        await make_patient(portal, 'other', { email: 'new@other.example' });
        const work = async (identifier) => {
            const [hashes, messages] = [await portal.metric('portal_password_hashes_total'), await portal.sql('SELECT COUNT(*) FROM outbox')];
            const { answer } = await try_password('other', identifier, wrong);
            assert.equal(answer.status, 401);
            return {
                hashes: (await portal.metric('portal_password_hashes_total')) - hashes,
                messages: Number((await portal.sql('SELECT COUNT(*) FROM outbox'))[0][0]) - Number(messages[0][0]),
            };
        };
        await choose_password(portal, 'other', 'elsa@other.example');
        for (const identifier of ['elsa@other.example', 'nobody@other.example', 'new@other.example', 'elsa@demo.example']) {
            assert.deepEqual(await work(identifier), { hashes: 1, messages: 0 }, identifier);
        }
    });

    test(named('the clinic’s address is shown to its administrator'), async () => {
        assert.equal((await portal.ask(['tenant', 'show', 'demo'])).url, `http://${portal.host('demo')}/login`);
    });

    test(named('a session of one clinic opens nothing at another'), async () => {
        const elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        const stranger = portal.client('other');
        stranger.cookies = new Map(elsa.cookies);
        const answer = await stranger.request('GET', '/bookings');
        assert.equal(answer.status, 303);
        assert.match(answer.headers.location, /^\/login/);
    });

    test(named('looking at a one-time link uses nothing up, and it works once'), async () => {
        await make_patient(portal, 'demo', { email: 'link@demo.example' });
        const link = await password_link(portal, 'demo', 'link@demo.example');
        const scanner = portal.client('demo');
        for (let i = 0; i < 3; i += 1) assert.equal((await scanner.get(link)).status, 200);
        const person = portal.client('demo');
        await person.get(link);
        const short = await person.submit(/password/, { password: 'short', repeated: 'short' });
        assert.equal(short.status, 400);
        const different = await person.submit(/password/, { password, repeated: wrong });
        assert.equal(different.status, 400);
        assert.equal((await person.submit(/password/, { password, repeated: password })).status, 200);
        const again = await scanner.submit(/password/, { password: wrong, repeated: wrong });
        assert.equal(again.status, 404);
        assert.equal((await try_password('demo', 'link@demo.example', wrong)).answer.status, 401);
        assert.equal((await log_in(portal, 'demo', 'link@demo.example')).path, '/bookings');
    });

    test(named('a one-time link of one clinic works at no other, and not when it is too old'), async () => {
        await make_patient(portal, 'demo', { email: 'late@demo.example' });
        const link = await password_link(portal, 'demo', 'late@demo.example');
        assert.equal((await portal.client('other').get(link)).status, 404);
        const was = portal.now;
        await portal.advance(73 * 60);
        assert.equal((await portal.client('demo').get(link)).status, 404);
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('a code is for one attempt, one use and ten minutes'), async () => {
        const first = portal.client('demo');
        const seen = (await portal.mail.read()).length;
        await first.get('/login');
        await first.submit(/password/, { identifier: 'elsa@demo.example', password });
        const code = await mailed_code(portal, 'elsa@demo.example', seen);
        const second = portal.client('demo');
        await second.get('/login');
        await second.submit(/password/, { identifier: 'elsa@demo.example', password });
        const borrowed = await second.submit(/code/, { code });
        assert.equal(borrowed.status, 401, 'another attempt’s code');
        const was = portal.now;
        await portal.advance(10 + 1 / 60);
        assert.ok([401, 404].includes((await first.submit(/code/, { code })).status), 'ten minutes later');
        assert.ok(!first.cookies.has('__Host-sid'));
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('five wrong codes end an attempt, also when they come at once'), async () => {
        const client = portal.client('demo');
        const seen = (await portal.mail.read()).length;
        await client.get('/login');
        await client.submit(/password/, { identifier: 'elsa@demo.example', password });
        const code = await mailed_code(portal, 'elsa@demo.example', seen);
        const form = client.form(/code/);
        const guesses = Array.from({ length: 20 }, (_, i) => String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0'));
        const twins = guesses.map(() => {
            const twin = portal.client('demo');
            twin.cookies = new Map(client.cookies);
            return twin;
        });
        await Promise.all(twins.map((twin, i) => twin.post_raw(form.action, form.filled({ code: guesses[i] }))));
        const right = await client.post_raw(form.action, form.filled({ code }));
        assert.ok([401, 404].includes(right.status), 'the right code after the tries are used up');
        assert.ok(!client.cookies.has('__Host-sid'));
    });

    for (const [what, code] of [['an empty code', ''], ['spaces', '      '], ['fullwidth digits', '１２３４５６'], ['a longer number', '1234567'], ['letters', 'abcdef']]) {
        test(named(`${what} is told at its field and lets nobody in`), async () => {
            const client = portal.client('demo');
            await client.get('/login');
            await client.submit(/password/, { identifier: 'elsa@demo.example', password });
            const answer = await client.submit(/code/, { code });
            assert.ok([400, 401].includes(answer.status));
            assert.match(answer.body, /id="code-error"|aria-invalid="true"/);
            assert.ok(!client.cookies.has('__Host-sid'));
            await portal.settle(); // its mail shall not be taken for that of a later login
        });
    }

    test(named('the code step cannot be reached without the password step'), async () => {
        const client = portal.client('demo');
        assert.equal((await client.request('GET', '/login/code')).status, 303);
        client.cookies.set('__Host-login', 'made-up');
        assert.equal((await client.request('GET', '/login/code')).status, 303);
    });

    test(named('the session is new after every login and dead after logging out'), async () => {
        const client = await log_in(portal, 'demo', 'elsa@demo.example');
        const old = client.cookies.get('__Host-sid');
        const copy = portal.client('demo');
        copy.cookies.set('__Host-sid', old);
        assert.equal((await copy.get('/bookings')).status, 200);
        await client.get('/bookings');
        await client.submit(/logout/);
        assert.ok(!client.cookies.has('__Host-sid'));
        const answer = await copy.request('GET', '/bookings');
        assert.equal(answer.status, 303, 'the old cookie still opens the page');
        const later = await log_in(portal, 'demo', 'elsa@demo.example');
        assert.notEqual(later.cookies.get('__Host-sid'), old);
    });

    test(named('a double click on the login form is one code, and on the code form one session'), async () => {
        const client = portal.client('demo');
        await client.get('/login');
        const seen = (await portal.mail.read()).length;
        const form = client.form(/password/);
        const fields = form.filled({ identifier: 'elsa@demo.example', password });
        const first = await Promise.all([1, 2].map(() => client.post_raw(form.action, fields)));
        assert.deepEqual(first.map(({ status }) => status), [303, 303]);
        await portal.settle();
        assert.equal((await portal.mail.read()).length, seen + 1, 'one mail');
        await client.get('/login/code');
        const code_form = client.form(/code/);
        const code = code_form.filled({ code: await mailed_code(portal, 'elsa@demo.example', seen) });
        const second = await Promise.all([1, 2].map(() => client.post_raw(code_form.action, code)));
        assert.deepEqual(second.map(({ status }) => status), [303, 303]);
        assert.equal((await client.request('GET', '/bookings')).status, 200);
    });

    test(named('client login off ends what clients have open, and nothing else'), async () => {
        const client = await log_in(portal, 'demo', 'elsa@demo.example');
        await portal.ask(['policy', 'set', '-T', 'demo', '--client-login', 'no']);
        assert.equal((await client.request('GET', '/bookings')).status, 303);
        await portal.ask(['policy', 'set', '-T', 'demo', '--client-login', 'yes']);
        assert.equal((await client.request('GET', '/bookings')).status, 303, 'it does not come back');
    });

    test(named('a new link or a new password ends older links'), async () => {
        const [first, second] = [await password_link(portal, 'demo', 'elsa@demo.example'), await password_link(portal, 'demo', 'elsa@demo.example')];
        const client = portal.client('demo');
        assert.equal((await client.request('GET', first)).status, 404, 'an older link');
        await client.get(second);
        assert.equal((await client.submit(/password/, { password, repeated: password })).status, 200, client.text());
        assert.equal((await client.request('GET', second)).status, 404, 'a used link');
    });

    test(named('a session that was set before login is not taken over'), async () => {
        const fixed = 'A'.repeat(43);
        const client = portal.client('demo');
        client.cookies.set('__Host-sid', fixed);
        const seen = (await portal.mail.read()).length;
        await client.get('/login');
        await client.submit(/password/, { identifier: 'elsa@demo.example', password });
        await client.submit(/code/, { code: await mailed_code(portal, 'elsa@demo.example', seen) });
        assert.notEqual(client.cookies.get('__Host-sid'), fixed);
    });

    test(named('a patient’s session ends after half an hour without use'), async () => {
        const client = await log_in(portal, 'demo', 'elsa@demo.example');
        const was = portal.now;
        await portal.advance(29);
        assert.equal((await client.request('GET', '/bookings')).status, 200);
        await portal.advance(31);
        assert.equal((await client.request('GET', '/bookings')).status, 303);
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('who presses a button after the session has ended logs in to a page that is there'), async () => {
        for (const button of [/logout/, /language/]) {
            const client = await log_in(portal, 'demo', 'elsa@demo.example');
            await client.get('/bookings');
            client.cookies.delete('__Host-sid');
            await client.submit(button, button.test('/language') ? { language: 'da' } : {});
            assert.equal(client.page.status, 401);
            const seen = (await portal.mail.read()).length;
            await client.get(links(client.page.body).find(({ href }) => /^\/login(\?next|$)/.test(href)).href);
            await client.submit(/password/, { identifier: 'elsa@demo.example', password });
            await client.submit(/code/, { code: await mailed_code(portal, 'elsa@demo.example', seen) });
            assert.deepEqual([client.page.status, client.path], [200, '/bookings']);
        }
    });

    for (const next of ['//evil.test', '/\\evil.test', 'https:evil.test', '/%09/evil.test', 'https://ok@evil.test', '/x\r\nSet-Cookie: a=b']) {
        test(named(`after login nobody is sent to ${JSON.stringify(next)}`), async () => {
            const client = portal.client('demo');
            const seen = (await portal.mail.read()).length;
            await client.get(`/login?next=${encodeURIComponent(next)}`);
            await client.submit(/password/, { identifier: 'elsa@demo.example', password });
            const form = client.form(/code/);
            const answer = await client.post_raw(form.action, form.filled({ code: await mailed_code(portal, 'elsa@demo.example', seen), next }));
            assert.equal(answer.status, 303);
            assert.match(answer.headers.location, /^\/(?![/\\])[^\s\\]*$/);
            assert.equal(new URL(answer.headers.location, `http://${client.host}`).host, client.host);
            assert.ok(!client.cookies.has('a'));
        });
    }

    test(named('a page that needs login brings one back to itself'), async () => {
        const client = portal.client('demo');
        const seen = (await portal.mail.read()).length;
        await client.get('/slots?from=2027-01-19');
        assert.match(client.path, /^\/login\?next=/);
        await client.submit(/password/, { identifier: 'elsa@demo.example', password });
        await client.submit(/code/, { code: await mailed_code(portal, 'elsa@demo.example', seen) });
        assert.equal(client.path, '/slots?from=2027-01-19');
    });
});
