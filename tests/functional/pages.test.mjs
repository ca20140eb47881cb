// What every page carries and what none does: cookies, headers, forms without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { attributes, links } from './html.mjs';
import { choose_password, log_in, password_link } from './people.mjs';
import { Portal } from './portal.mjs';
import { book, free_times } from './visits.mjs';

let portal;
let elsa;
let anna;
const pages = new Map(); // path -> answer

before(async () => {
    portal = await Portal.start();
    await make_clinic(portal);
    await choose_password(portal, 'demo', 'elsa@demo.example');
    await choose_password(portal, 'demo', 'anna@demo.example');
    elsa = await log_in(portal, 'demo', 'elsa@demo.example');
    anna = await log_in(portal, 'demo', 'anna@demo.example');
    await book(elsa, '2027-01-12T08:00:00Z');
    const stranger = portal.client('demo');
    await stranger.get('/login');
    await crawl(stranger, ['/login', await password_link(portal, 'demo', 'elsa@demo.example'), '/nowhere']);
    await crawl(elsa, ['/', '/slots', '/bookings']);
    await crawl(anna, ['/staff']);
});
after(() => portal.close());

/** Follows every link of the clinic's own pages. */
async function crawl(client, start) {
    const seen = new Set();
    const waiting = [...start];
    for (let path = waiting.shift(); path && seen.size < 60; path = waiting.shift()) {
        if (seen.has(path)) continue;
        seen.add(path);
        const answer = await client.request('GET', path);
        pages.set(`${client === elsa ? 'patient' : client === anna ? 'staff' : 'stranger'} ${path}`, answer);
        if (!answer.headers['content-type']?.startsWith('text/html')) continue;
        const times = links(answer.body).filter(({ href }) => href?.startsWith('/book?'));
        const next = links(answer.body).filter(({ href }) => href?.startsWith('/') && !times.slice(1).some((time) => time.href === href));
        waiting.push(...next.map(({ href }) => href.split('#')[0]));
    }
}

test('a crawl of every page sets no cookie but those of session, login attempt and known device', () => {
    assert.ok(pages.size > 12, `only ${pages.size} pages`);
    for (const client of portal.clients) {
        for (const name of client.cookies.keys()) assert.match(name, /^__Host-(sid|login|device|draft|register|reset)$/);
    }
});

test('cookies are Secure, HttpOnly, of this host and SameSite', async () => {
    const client = portal.client('demo');
    await client.get('/login');
    const form = client.form(/password/);
    const { password } = await import('./people.mjs');
    const answer = await client.post_raw(form.action, form.filled({ identifier: 'elsa@demo.example', password }));
    const [cookie] = answer.headers['set-cookie'];
    assert.match(cookie, /^__Host-login=/);
    for (const mark of [/;\s*Secure/i, /;\s*HttpOnly/i, /;\s*Path=\/(;|$)/i, /;\s*SameSite=(Lax|Strict)/i]) assert.match(cookie, mark);
    assert.doesNotMatch(cookie, /Domain=/i);
});

test('no page asks another host for anything', () => {
    for (const [path, answer] of pages) {
        if (!answer.headers['content-type']?.startsWith('text/html')) continue;
        const foreign = [...answer.body.matchAll(/<(?:link|script|img|iframe|source|video|form|use|object|embed)\b([^>]*)>/gi)]
            .map(([, tag]) => attributes(tag)).flatMap((tag) => [tag.src, tag.href, tag.action, tag.data].filter(Boolean)).filter((url) => /^([a-z]+:)?\/\//i.test(url));
        assert.deepEqual(foreign, [], path);
        assert.doesNotMatch(answer.body, /style="[^"]*url\(|\son\w+=|javascript:/i, path);
    }
});

test('every page carries the headers that keep others out', () => {
    for (const [path, { headers }] of pages) {
        if (!headers['content-type']?.startsWith('text/html')) continue;
        const policy = headers['content-security-policy'] ?? '';
        assert.match(policy, /default-src 'none'|default-src 'self'/, path);
        assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*/, path);
        assert.match(policy, /frame-ancestors 'none'/, path);
        assert.equal(headers['x-content-type-options'], 'nosniff', path);
        assert.match(headers['referrer-policy'] ?? '', /no-referrer|same-origin/, path);
        assert.match(headers['cache-control'] ?? '', /no-store/, path);
    }
});

test('pages stand without script: forms post, every field has its label', () => {
    for (const [path, { body, headers }] of pages) {
        if (!headers['content-type']?.startsWith('text/html')) continue;
        assert.doesNotMatch(body, /<script(?! src="\/static\/[a-z]+\.js(\?v=[0-9a-f]+)?" defer><\/script>)/i, path);
        assert.match(body, /<html lang="(en|sv|da)"/, path);
        assert.equal((body.match(/<h1[\s>]/g) ?? []).length, 1, `${path} has one heading of the first level`);
        const others = body.replace(/<label class="choice"><input\b[^>]*>/gi, ''); // a label around its choice
        for (const [, tag] of others.matchAll(/<(?:input|select|textarea)\b([^>]*)>/gi)) {
            const field = attributes(tag);
            if (['hidden', 'submit'].includes(field.type)) continue;
            assert.ok(body.includes(`<label for="${field.id}"`), `${path}: ${field.name} has no label`);
        }
    }
});

test('the style sheet is cached by its version and answered with 304 when it is known', async () => {
    const href = pages.get('stranger /login').body.match(/href="(\/static\/[^"]+\.css[^"]*)"/)[1];
    const first = await elsa.request('GET', href);
    assert.equal(first.status, 200);
    assert.match(first.headers['content-type'], /^text\/css/);
    assert.ok(first.headers.etag);
    const again = await elsa.request('GET', href, { headers: { 'if-none-match': first.headers.etag } });
    assert.equal(again.status, 304);
});

for (const [what, headers] of [
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' }],
    ['a sibling clinic', { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' }],
    ['nobody', { 'sec-fetch-site': undefined, origin: undefined }],
    ['an opaque origin', { 'sec-fetch-site': undefined, origin: 'null' }],
]) {
    test(`a form that comes from ${what} changes nothing`, async () => {
        const [time] = await free_times(elsa, '2027-01-14');
        await elsa.get(time.href);
        const form = elsa.form(/^\/book$/);
        const sent = Object.fromEntries(Object.entries({ 'content-type': 'application/x-www-form-urlencoded', origin: `http://${elsa.host}`, 'sec-fetch-site': 'same-origin', ...headers }).filter(([, value]) => value !== undefined));
        const count = (await portal.sql('SELECT COUNT(*) FROM booking'))[0][0];
        const answer = await elsa.request('POST', form.action, { body: new URLSearchParams(form.filled({})).toString(), headers: sent });
        assert.equal(answer.status, 403);
        assert.equal((await portal.sql('SELECT COUNT(*) FROM booking'))[0][0], count);
    });
}

test('a form with another session’s token, an altered one or none changes nothing', async () => {
    const [time] = await free_times(elsa, '2027-01-14');
    await elsa.get(time.href);
    const form = elsa.form(/^\/book$/);
    const mine = form.field('form_token').value;
    await anna.get('/staff');
    const hers = anna.form(/logout/).field('form_token').value;
    for (const token of [hers, `${mine.slice(0, -2)}AA`, '', 'x'.repeat(4000)]) {
        const answer = await elsa.post_raw(form.action, form.filled({ form_token: token }));
        assert.ok([400, 403].includes(answer.status), `${token.slice(0, 10)}: ${answer.status}`);
    }
});

test('a mail scanner that opens every link of a visit changes nothing', async () => {
    const id = await book(elsa, '2027-01-15T08:00:00Z');
    for (const act of ['', '/confirm', '/move', '/cancel']) await elsa.request('GET', `/bookings/${id}${act}`);
    const seen = await portal.ask(['booking', 'show', '-T', 'demo', id]);
    assert.deepEqual([seen.state, seen.version], ['unconfirmed', 1]);
});

test('a page in Swedish and Danish says so and leaves no sentence in English', async () => {
    const english = new Set(pages.get('stranger /login').body.match(/>[^<>{}]{12,}</g).map((text) => text.slice(1, -1).trim()).filter(Boolean));
    for (const lang of ['sv', 'da']) {
        const client = portal.client('demo', { language: lang });
        const { body } = await client.get('/login');
        assert.match(body, new RegExp(`<html lang="${lang}"`));
        const same = body.match(/>[^<>{}]{12,}</g).map((text) => text.slice(1, -1).trim()).filter((text) => english.has(text) && text !== 'Clinic demo');
        assert.deepEqual(same, []);
    }
});
