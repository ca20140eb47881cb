// What else a browser can be made to ask: other methods, addresses and queries that nobody links to,
// and names that look like markup. Nothing falls over, nothing is written, nothing is run.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic, make_patient, make_staff } from './clinic.mjs';
import { attributes, decode, page_text } from './html.mjs';
import { choose_password, log_in, password } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { book } from './visits.mjs';
import { language_of } from './words.mjs';

const uuid = '00000000-0000-4000-8000-000000000000';

/** Encoded path segments that are no id of anything. */
const bad_segments = ['x', '0', '-1', '%20', '%00', '%ff', '%c0%ae%c0%ae', '..%2f..', '%2e%2e', '%5c', '{id}', '%7Bid%7D', uuid, uuid.toUpperCase(), `${uuid}0`, uuid.slice(1), `%7B${uuid}%7D`, `${uuid}%0a`, `${uuid}.json`, '9223372036854775808', "'%20OR%201=1--", '%3Cscript%3Ealert(1)%3C%2Fscript%3E', '%7B%7Bx%7D%7D', '%F0%9F%98%80', '%E2%80%AE', 'a'.repeat(5000)];

const bad_values = ['', 'x', '0', '-1', '9223372036854775808', '1e999', '0000-01-01', '9999-12-31', '10000-01-01', '2027-02-30', '2027-13-01', '2027-1-1', '1582-10-10', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2027-01-12T08:00:00+14:00', '2027-03-28', '2027-10-31', uuid, "' OR 1=1 --", '<script>alert(1)</script>', '"><svg/onload=alert(1)>', '{{x}}', '\u202egnp.exe', 'a'.repeat(2000)];

/** Pages with a query, and what it may hold. */
const queries = { '/slots': ['staff', 'visit_type', 'from'], '/slots.json': ['staff', 'visit_type', 'from', 'days'], '/book': ['staff', 'visit_type', 'starts'], '/bookings/{id}/move': ['starts', 'from'], '/bookings': ['done', 'lang', 'page'], '/staff': ['day', 'lang'], '/login': ['next', 'lang', 'done'], '/login/code': ['next', 'lang'] };

const hostile_names = ['<script>alert(1)</script>', '"><svg/onload=alert(1)>', "O'Brien & \"Sons\" <b>", '{{token}} {{{x}}} {{>_head}} {{#frame}}', '&lt;i&gt; &amp;amp;', '=HYPERLINK("http://evil.test")', '${7*7} #{7*7} <%= 7*7 %>', 'javascript:alert(1)', '%0d%0aSet-Cookie: a=b', '=?utf-8?q?=0d=0aBcc:_x@evil.test?=', '--> ]]> */ //', 'Åsa Ödén-Ærø 😀'];

const allowed_tags = new Set('textarea html head meta title link body a header p nav ul li form input button main h1 h2 h3 div strong footer fieldset legend label select option span dl dt dd ol s br bdi noscript dialog img'.split(' '));

/** Tags and attributes that no page of ours has. */
function foreign_markup(html) {
    const bare = html.replace(/<!doctype html>/i, '').replace(/<script src="\/static\/[\w.]+(\?v=[0-9a-f]+)?" defer><\/script>/g, '');
    return [...bare.matchAll(/<\/?([a-z][\w:-]*)([^>]*)>|<[!?%][^>]*>?/gi)].filter(([, name, rest]) => !name || !allowed_tags.has(name.toLowerCase()) || Object.keys(attributes(rest)).some((each) => each.startsWith('on') || each === 'style' || each === 'srcdoc')
        || /^\s*(javascript|data|vbscript):/i.test(attributes(rest).href ?? '')).map(([tag]) => tag);
}

on_each_engine((engine, named) => {
    let portal;
    let routes;
    let elsa;
    let anna;
    let id;
    let token;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        for (const name of ['elsa', 'anna']) await choose_password(portal, 'demo', `${name}@demo.example`);
        elsa = await log_in(portal, 'demo', 'elsa@demo.example', { language: 'sv' });
        anna = await log_in(portal, 'demo', 'anna@demo.example', { language: 'da' });
        id = await book(elsa, '2027-01-12T10:00:00Z');
        token = elsa.form(/logout/).field('form_token').value;
        routes = JSON.parse((await portal.admin('GET', '/test/routes')).body).pages;
        await portal.settle();
    });
    after(() => portal?.close());

    async function fingerprint() {
        const counts = ['booking', 'session', 'password_link', 'login_attempt', 'idempotency', 'outbox', 'reminder', 'credential', 'membership'].map((table) => `(SELECT COUNT(*) FROM ${table})`);
        return (await portal.sql(`SELECT ${counts.join(', ')}, (SELECT SUM(version + starts) FROM booking), (SELECT COUNT(ended_at) FROM session)`))[0].join(' ');
    }

    /** Asks, and says what is wrong with the answer for somebody who reads this language. */
    async function ask(client, method, path, wanted, body = '') {
        const headers = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${client.host}`, 'sec-fetch-site': 'same-origin' } : {};
        const answer = await client.request(method, path, { body, headers });
        const where = `${method} ${path.slice(0, 120)}`;
        const fits = typeof wanted === 'function' ? wanted(answer.status) : wanted.includes(answer.status);
        const found = fits ? [] : [`${where}: ${answer.status} ${page_text(answer.body).slice(0, 120)}`];
        if (answer.headers['content-type']?.startsWith('text/html') && answer.body !== '') {
            const markup = foreign_markup(answer.body);
            if (markup.length > 0) found.push(`${where}: shows ${markup.slice(0, 3)}`);
            if (!path.includes('lang=') && language_of(answer.body) !== client.language) found.push(`${where}: in ${language_of(answer.body)}`);
        }
        return { answer, found };
    }

    test(named('an address asked by a method that it does not serve says which it does, and nothing happens'), async () => {
        const served = new Map();
        for (const { method, pattern } of routes) served.set(pattern, [...(served.get(pattern) ?? []), method]);
        const was = await fingerprint();
        const found = [];
        let count = 0;
        for (const [pattern, methods] of served) {
            const at = pattern.replace('{id}', id).replace('{token}', 'A'.repeat(43)).replace('{name}', 'portal.css');
            const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
            for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter((each) => !allow.split(', ').includes(each))) {
                const asked = await ask(elsa, method, at, [405], method === 'POST' ? `form_token=${token}` : '');
                found.push(...asked.found);
                if (asked.answer.headers.allow !== allow) found.push(`${method} ${at}: allows ${asked.answer.headers.allow}, not ${allow}`);
                count += 1;
            }
        }
        assert.deepEqual(found, []);
        assert.ok(count > 70, `only ${count}`);
        assert.equal(await fingerprint(), was);
    });

    test(named('HEAD tells what GET would and sends no body'), async () => {
        for (const { pattern } of routes.filter(({ method, pattern }) => method === 'GET' && !pattern.includes('token'))) {
            const at = pattern.replace('{id}', id).replace('{name}', 'portal.css');
            const [get, head] = [await elsa.request('GET', at), await elsa.request('HEAD', at)];
            assert.deepEqual([head.status, head.body, head.headers['content-type'], head.headers.location], [get.status, '', get.headers['content-type'], get.headers.location], at);
        }
    });

    test(named('a bad id in an address leads nowhere, by look and by post'), async () => {
        const was = await fingerprint();
        const found = [];
        for (const { method, pattern } of routes.filter((route) => route.pattern.includes('{'))) {
            for (const segment of bad_segments) {
                const at = pattern.replace(/\{\w+\}/, segment);
                const body = method === 'GET' ? '' : `form_token=${token}`;
                found.push(...(await ask(elsa, method, at, [400, 403, 404], body)).found.filter((fault) => !/: in undefined/.test(fault)));
            }
        }
        assert.deepEqual(found, []);
        assert.equal(await fingerprint(), was);
        assert.equal(portal.ended, null, portal.log.slice(-1000));
    });

    test(named('a query that nobody linked to neither breaks a page nor is shown as markup'), async () => {
        const was = await fingerprint();
        const found = [];
        let count = 0;
        for (const [pattern, names] of Object.entries(queries)) {
            const client = pattern === '/staff' ? anna : pattern.startsWith('/login') ? portal.client('demo', { language: 'da' }) : elsa;
            const at = pattern.replace('{id}', id);
            for (const name of names) {
                for (const value of bad_values) {
                    const query = new URLSearchParams({ [name]: value });
                    for (const text of [`${query}`, `${query}&${query}`, `${query}&bogus=1`]) {
                        found.push(...(await ask(client, 'GET', `${at}?${text}`, (status) => status < 500)).found);
                        count += 1;
                    }
                }
            }
        }
        assert.deepEqual(found, []);
        assert.ok(count > 1500, `only ${count}`);
        assert.equal(await fingerprint(), was);
    });

    test(named('the times of a far day, year or zone change are shown or refused, never an error of ours'), async () => {
        const staff = (await portal.ask(['staff', 'list', '-T', 'demo'])).items[0].id;
        const visit_type = (await portal.ask(['visit-type', 'list', '-T', 'demo'])).items[0].id;
        const found = [];
        for (const from of bad_values) {
            for (const days of [undefined, '0', '1', '31', '32', '-1', '2147483648']) {
                const query = new URLSearchParams({ staff, visit_type, from, ...(days ? { days } : {}) });
                found.push(...(await ask(elsa, 'GET', `/slots.json?${query}`, (status) => [200, 400].includes(status))).found);
            }
            found.push(...(await ask(elsa, 'GET', `/slots?${new URLSearchParams({ staff, visit_type, from })}`, [200])).found);
            found.push(...(await ask(elsa, 'GET', `/book?${new URLSearchParams({ staff, visit_type, starts: from })}`, [200, 303, 400])).found);
            const listed = await portal.admin('POST', '/v1/tenants/demo/bookings/find', { from, days: 3660 });
            if (![200, 400].includes(listed.status)) found.push(`booking.list from ${from}: ${listed.status} ${listed.body}`);
            const slots = await portal.admin('POST', '/v1/tenants/demo/slots/find', { staff: [staff], visit_type, from, days: 31 });
            if (![200, 400].includes(slots.status)) found.push(`slot.list from ${from}: ${slots.status} ${slots.body}`);
        }
        assert.deepEqual(found, []);
    });

    test(named('a question for times says which part of it is wrong'), async () => {
        for (const [query, field] of [['staff=x&visit_type=y&bogus=1', 'bogus'], ['staff=x&visit_type=y&from=tomorrow', 'from'], ['staff=x&visit_type=y&days=32', 'days'], ['staff=x&visit_type=y&days=two', 'days'], ['visit_type=y&visit_type=z', 'visit_type'], ['staff=x', 'visit_type'], [`staff=${'x'.repeat(300)}&visit_type=y`, 'staff']]) {
            const answer = await elsa.request('GET', `/slots.json?${query}`);
            assert.deepEqual([answer.status, JSON.parse(answer.body).error.field], [400, field], query);
        }
    });

    test(named('names that look like markup are shown as they were written, on pages and in messages'), async () => {
        const texts = hostile_names.map((name, i) => ({ name, email: `n${i}@demo.example` }));
        const staff_id = (await portal.ask(['staff', 'list', '-T', 'demo'])).items[0].id;
        for (const [i, { name, email }] of texts.entries()) {
            await make_patient(portal, 'demo', { email, 'first-name': name, 'last-name': 'Last' });
            await portal.ask(['tenant', 'set', 'demo', '--address', name, '--name', `Clinic ${name}`]);
            const type = await portal.ask(['visit-type', 'create', '-T', 'demo', '--duration-minutes', '30', '--kind', 'physical', '--', name]);
            await make_staff(portal, 'demo', { email: `s${i}@demo.example`, 'first-name': name, title: name });
            await choose_password(portal, 'demo', email);
            const client = await log_in(portal, 'demo', email);
            const made = await portal.ask(['booking', 'create', '-T', 'demo', '--patient', email, '--staff', staff_id, '--visit-type', type.id, '--starts', `2027-02-0${1 + (i % 5)}T${String(8 + Math.floor(i / 5)).padStart(2, '0')}:00:00Z`]);
            const shown = [];
            for (const at of ['/bookings', `/bookings/${made.id}`, `/bookings/${made.id}/cancel`, `/bookings/${made.id}/move`, `/slots?staff=${staff_id}&visit_type=${type.id}`, `/book?staff=${staff_id}&visit_type=${type.id}&starts=2027-02-10T08:00:00Z`, '/nowhere']) {
                const { answer, found } = await ask(client, 'GET', at, [200, 404]);
                assert.deepEqual(found, [], `${name} at ${at}`);
                shown.push(decode(answer.body));
            }
            for (const html of shown) assert.ok(html.includes(`${name} Last`), `${name} is not shown as it was written`);
            assert.ok(shown[1].includes(`Clinic ${name}, ${name}`) && shown[4].includes(`${name} (`));
            const day = await ask(anna, 'GET', '/staff', [200]);
            assert.deepEqual(day.found, []);
            assert.ok(decode(day.answer.body).includes(name));
            const mail = await portal.wait_mail((each) => each.text.includes(made.id));
            assert.deepEqual(mail.recipients, [email]);
            assert.deepEqual(mail.to.value.map((to) => [to.address, to.name]), [[email, `${name} Last`]]);
            assert.equal(mail.from.value[0].name, `Clinic ${name}`);
            assert.equal(mail.bcc, undefined);
            assert.ok(mail.text.includes(name), mail.text);
            client.close();
        }
        await portal.ask(['tenant', 'set', 'demo', '--address', 'High Street 1', '--name', 'Clinic demo']);
    });

    test(named('what was typed comes back as text and nothing else'), async () => {
        const client = portal.client('demo', { language: 'sv' });
        for (const text of [...hostile_names, '-oQ/tmp/x@evil.test', 'a@b.se\r\nBcc: all@x.se', '"a\nb"@x.se', `${'a'.repeat(5000)}@x.se`, 'elsa@demo.example OR 1=1', '\u200eelsa@demo.example', 'ｅｌｓａ@demo.example']) {
            await client.get('/login');
            const form = client.form(/password/);
            const answer = await client.post_raw(form.action, form.filled({ identifier: text, password }));
            assert.ok([303, 400, 401].includes(answer.status), `${text.slice(0, 60)}: ${answer.status}`);
            assert.deepEqual(foreign_markup(answer.body), [], text);
            assert.doesNotMatch(answer.body, new RegExp(password));
            if (answer.status === 303) continue;
            const value = attributes(answer.body.match(/<input id="identifier"([^>]*)>/)[1]).value;
            assert.equal(value.replace(/\s+/g, ' '), text.replace(/\s+/g, ' ').trim(), 'the field keeps what was typed');
            assert.equal(language_of(answer.body), 'sv');
        }
    });
});
