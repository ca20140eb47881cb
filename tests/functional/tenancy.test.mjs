// Two clinics whose every word carries a mark: what is one clinic's is never in an answer, a message
// or a log of the other, whatever is mixed: ids, hosts, cookies, forms. And what a thief of the
// files finds of national ids: nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { week } from './clinic.mjs';
import { find_forms } from './html.mjs';
import { send } from './http.mjs';
import { arguments_of, own_fields } from './matrix.mjs';
import { choose_password, log_in, password, password_link } from './people.mjs';
import { on_each_engine, Portal, portalctl, run } from './portal.mjs';
import { pending_registration } from './registering.mjs';
import { book } from './visits.mjs';

const flags = (values) => Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
const absent = '00000000-0000-4000-8000-000000000000';

/** A clinic: `known` stands in its public name, `mark` in everything else that is written. */
class Place {
    constructor(slug) {
        this.slug = slug;
        this.mark = `TENANT-${slug.toUpperCase()}-7c1e`;
        this.known = `Public-${slug.toUpperCase()}-55d0`;
        this.domain = `${this.mark.toLowerCase()}.example`;
    }

    email(name) {
        return `${name}@${this.domain}`;
    }

    async make(portal) {
        const { slug, mark } = this;
        this.portal = portal;
        const here = ['-T', slug];
        await portal.ask(['tenant', 'create', ...flags({ organisation: this.known, slug, 'first-name': `${mark} Own`, 'last-name': 'Er', email: this.email('owner'), language: 'en' })]);
        await portal.ask(['tenant', 'set', slug, ...flags({ address: `${mark} Street`, modules: 'booking,sms', confirmation: 'yes' })]);
        await portal.ask(['policy', 'set', ...here, '--client-login', 'yes', '--methods', 'password']);
        this.staff = await portal.ask(['staff', 'create', ...here, ...flags({ 'first-name': `${mark} Anna`, 'last-name': mark, title: `${mark} Nurse`, email: this.email('anna') })]);
        this.type = await portal.ask(['visit-type', 'create', ...here, `${mark} Check`, '--duration-minutes', '30', '--kind', 'physical']);
        await portal.ask(['availability', 'set', ...here, this.email('anna'), ...week.flatMap((rule) => ['--rule', rule])]);
        for (const name of ['elsa', 'olle']) {
            this[name] = await portal.ask(['patient', 'create', ...here, ...flags({ 'first-name': `${mark} ${name}`, 'last-name': mark, email: this.email(name), mobile: '0701740605' })]);
            await choose_password(portal, slug, this.email(name));
        }
        await choose_password(portal, slug, this.email('anna'));
        this.patient = await this.enter('elsa');
        this.nurse = await this.enter('anna');
        this.booking = await book(this.patient, '2027-01-12T08:00:00Z');
        this.link = await password_link(portal, slug, this.email('olle'));
        return this;
    }

    async enter(name) {
        const client = await log_in(this.portal, this.slug, this.email(name));
        client.menu_token = client.form(/logout/).field('form_token').value;
        return client;
    }

    /** A login attempt that waits for its code: its cookie and the token of its form. */
    async attempt() {
        const client = this.portal.client(this.slug);
        await client.get('/login');
        await client.submit(/password/, { identifier: this.email('olle'), password });
        return { cookie: `__Host-login=${client.cookies.get('__Host-login')}`, token: client.form(/code/).field('form_token').value };
    }
}

on_each_engine((engine, named) => {
    let portal;
    let a;
    let b;
    let routes;

    before(async () => {
        portal = await Portal.start({ engine });
        a = await new Place('nord').make(portal);
        b = await new Place('syd').make(portal);
        routes = JSON.parse((await portal.admin('GET', '/test/routes')).body).pages;
    });
    after(() => portal?.close());

    const sid = (client) => `__Host-sid=${client.cookies.get('__Host-sid')}`;

    /** The route with every place for an id filled with those of `place`. */
    function fill(route, place, token) {
        const ids = { staff: place.staff.id, visit_type: place.type.id, starts: '2027-01-13T08:00:00Z' };
        const whose = route.pattern.includes('/patients/') ? place.elsa.id : /^\/(unit\/staff|staff-members)\//.test(route.pattern) ? place.staff.id : place.booking;
        const at = route.pattern.replace('{id}', whose).replace('/set-password/{token}', place.link).replace('{name}', 'portal.css');
        if (route.method === 'GET') return { path: /slots|book$|move$/.test(at) ? `${at}?${new URLSearchParams(ids)}` : at };
        const all = { ...ids, identifier: place.email('elsa'), password, repeated: password, code: '000000', language: 'sv', here: '/', next: '' };
        const own = own_fields[`${route.method} ${route.pattern}`].map((name) => [name, all[name]]);
        return { path: at, fields: { form_token: token, ...Object.fromEntries(own) } };
    }

    function ask(method, host, { path: at, fields }, cookie, headers = {}) {
        const body = fields ? new URLSearchParams(fields).toString() : '';
        const form = fields ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), origin: `http://${host}`, 'sec-fetch-site': 'same-origin' } : {};
        return send({ port: portal.port, method, path: at, body, headers: { host, cookie, 'accept-language': 'en', ...form, ...headers } });
    }

    /** How the rows of the clinic stand; a look or a failed try changes nothing. */
    async function rows_of(place) {
        const where = `WHERE tenant = (SELECT id FROM tenant WHERE slug = '${place.slug}')`;
        const sums = ['membership', 'visit_type', 'availability', 'booking'].map((table) => `(SELECT COUNT(*) || ':' || COALESCE(SUM(version), 0) FROM ${table} ${where})`);
        const counts = ['identifier', 'credential', 'password_link', 'reminder', 'idempotency'].map((table) => `(SELECT COUNT(*) FROM ${table} ${where})`);
        const ended = [`(SELECT COUNT(ended_at) FROM session ${where})`, `(SELECT COUNT(used_at) FROM password_link ${where})`];
        return (await portal.sql(`SELECT ${[...sums, ...counts, ...ended].join(', ')}`))[0].join(' ');
    }

    const vectors = [
        ['another clinic’s ids', () => [a, a.patient.menu_token, sid(a.patient), {}]],
        ['another clinic’s ids and form', () => [a, b.patient.menu_token, sid(a.patient), {}]],
        ['another clinic’s cookie, form and ids', () => [a, b.patient.menu_token, sid(b.patient), {}]],
        ['the cookie of another clinic’s staff', () => [a, b.nurse.menu_token, sid(b.nurse), {}]],
        ['both clinics’ cookies', () => [a, a.patient.menu_token, `${sid(a.patient)}; ${sid(b.patient)}`, {}]],
        ['the other’s host in forwarding headers', () => [a, a.patient.menu_token, sid(a.patient), Object.fromEntries(['x-forwarded-host', 'x-host', 'x-original-host', 'x-tenant', 'x-forwarded-server'].map((name) => [name, portal.host('syd')]))]],
        ['the own cookie at the other’s host', () => [b, a.patient.menu_token, sid(a.patient), {}]],
        ['the own staff’s cookie at the other’s host', () => [b, a.nurse.menu_token, sid(a.nurse), {}]],
    ];

    for (const [what, vector] of vectors) {
        test(named(`with ${what} no page shows or changes anything of another clinic`), async () => {
            const was = await rows_of(b);
            const [place, token, cookie, headers] = vector();
            for (const route of routes) {
                const asks_login = route.pattern.startsWith('/login') || route.pattern.startsWith('/set-password');
                if (place === b && asks_login) continue; // there these are b's own doors, open to everybody
                const name = `${route.method} ${route.pattern}`;
                const answer = await ask(route.method, portal.host(place.slug), fill(route, b, token), cookie, headers);
                const whole = JSON.stringify(answer).replaceAll(b.email('elsa'), 'what was typed');
                assert.ok(answer.status < 500, `${name}: ${answer.status}`);
                assert.doesNotMatch(whole, new RegExp(b.mark, 'i'), name);
                if (place === a) assert.doesNotMatch(whole, new RegExp(`${b.known}|${portal.host('syd')}`), name);
                else assert.doesNotMatch(whole, new RegExp(`${a.mark}|${a.known}`, 'i'), name);
            }
            assert.equal(await rows_of(b), was);
            a.patient = await a.enter('elsa'); // logging out was among the pages
            a.nurse = await a.enter('anna');
        });
    }

    test(named('the same walk by the clinic’s own people does show its marks'), async () => {
        for (const at of ['/bookings', `/bookings/${b.booking}`, '/slots', `/bookings/${b.booking}/move`, `/book?staff=${b.staff.id}&visit_type=${b.type.id}&starts=2027-01-13T08:00:00Z`]) {
            const answer = await ask('GET', portal.host('syd'), { path: at }, sid(b.patient));
            assert.equal(answer.status, 200, at);
            assert.match(answer.body, new RegExp(b.mark), at);
        }
    });

    test(named('a login attempt and a one-time link of one clinic are nothing at another'), async () => {
        const theirs = await b.attempt();
        const shown = await ask('GET', portal.host('nord'), { path: '/login/code' }, theirs.cookie);
        assert.deepEqual([shown.status, shown.headers.location.split('?')[0]], [303, '/login']);
        const posted = await ask('POST', portal.host('nord'), { path: '/login/code', fields: { form_token: theirs.token, code: '123456' } }, theirs.cookie);
        assert.ok([401, 403, 404].includes(posted.status), String(posted.status));
        assert.doesNotMatch(posted.body, new RegExp(b.mark, 'i'));
        const known = await ask('GET', portal.host('nord'), { path: b.link }, '');
        const unknown = await ask('GET', portal.host('nord'), { path: `${b.link.slice(0, -3)}AAA` }, '');
        assert.equal(known.status, 404);
        assert.equal(known.body.replaceAll(b.link, ''), unknown.body.replaceAll(`${b.link.slice(0, -3)}AAA`, ''));
        assert.equal((await ask('GET', portal.host('syd'), { path: b.link }, '')).status, 200, 'the link was used up');
    });

    test(named('no operation of one clinic reaches another’s people, types or visits'), async () => {
        const operations = (await run(portalctl, ['__operations'])).stdout.trim().split('\n').map((line) => line.split('\t'));
        const theirs = { [`elsa@${a.slug}.example`]: b.elsa.id, [`pia@${a.slug}.example`]: b.olle.id, [`anna@${a.slug}.example`]: b.staff.id, [`bo@${a.slug}.example`]: b.email('anna'), Short: b.type.id };
        const fake = {
            portal, serial: 0, fresh: (word) => `${word}${(fake.serial += 1)}`, start_in: () => '2027-01-14T08:00:00Z', places: { nord: {} },
            place_of: () => ({ slug: a.slug }),
            patient: async (slug) => JSON.parse((await portal.admin('POST', `/v1/tenants/${slug}/patients`, { first_name: 'Ny', last_name: 'Namn' })).body).id,
        };
        for (const { slug } of [a, b]) await portal.ask(['policy', 'set', '-T', slug, '--registration', 'approval']);
        const registration = await pending_registration(portal, b.slug, b.email('waits'));
        // Whoever an operation was made for here is another clinic's instead.
        await portal.ask(['tenant', 'set', b.slug, '--waitlist', 'yes']);
        const { id: entry } = await portal.ask(['waitlist', 'add', '-T', b.slug, '--patient', b.elsa.id, '--visit-type', b.type.id]);
        await b.nurse.get('/calendar');
        await b.nurse.submit(/^\/calendar$/);
        const [{ id: feed }] = (await portal.ask(['feed', 'list', '-T', b.slug])).items;
        const named_by_id = { 'waitlist.remove': { entry }, 'feed.revoke': { feed } };
        const people = { user: b.elsa.id, person: b.elsa.id, patient: b.elsa.id, from: b.elsa.id, into: b.olle.id, registration };
        const is_id = (value) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value);
        const was = await rows_of(b);
        let mixed = 0;
        for (const [name, method, pattern] of operations.filter(([, , pattern]) => pattern.includes('{tenant}'))) {
            const asked = named_by_id[name] ?? await arguments_of[name](fake, a.slug, b.booking);
            const swapped = (field, value) => theirs[value] ?? (is_id(value) ? people[field] : undefined) ?? value;
            const args = Object.fromEntries(Object.entries(asked).map(([field, value]) => [field, Array.isArray(value) ? value.map((each) => swapped(field, each)) : swapped(field, value)]));
            const refers = name in named_by_id || (name.startsWith('booking.') ? name !== 'booking.list' : JSON.stringify(args) !== JSON.stringify(asked));
            const at = pattern.replace('{tenant}', a.slug).replace(/\{(\w+)\}/g, (_, field) => args[field]);
            for (const [, field] of pattern.matchAll(/\{(\w+)\}/g)) delete args[field];
            const answer = await portal.admin(method, at, method === 'GET' ? undefined : args);
            assert.ok(refers ? answer.status === 404 : answer.status === 200, `${name}: ${answer.status} ${answer.body}`);
            assert.doesNotMatch(answer.body, new RegExp(`${b.mark}|${b.known}|${b.booking}|${b.elsa.id}|${b.staff.id}`, 'i'), name);
            mixed += refers ? 1 : 0;
        }
        assert.ok(mixed >= 20, `only ${mixed} operations refer to somebody`);
        assert.equal(await rows_of(b), was);
    });

    test(named('messages, the log and the measures carry no word of another clinic'), async () => {
        await a.patient.get(`/bookings/${a.booking}`);
        await a.patient.submit(/confirm/);
        await b.patient.get(`/bookings/${b.booking}/cancel`);
        await b.patient.submit(/cancel/);
        await portal.settle();
        const mails = await portal.mail.read();
        for (const [place, other] of [[a, b], [b, a]]) {
            const own = mails.filter((mail) => mail.recipients.some((to) => to.endsWith(place.domain)));
            assert.ok(own.length >= 4, `${own.length} mails`);
            for (const mail of own) {
                const whole = `${mail.raw} ${mail.subject} ${mail.text} ${mail.attachments.map((part) => part.content.toString()).join(' ')}`;
                assert.doesNotMatch(whole, new RegExp(`${other.mark}|${other.known}|${other.slug}\\.localhost`, 'i'), mail.subject);
            }
        }
        for (const { text } of await portal.sms.read()) assert.ok(!(text.includes(a.known) && text.includes(b.known)));
        const metrics = (await send({ port: portal.metrics_port, path: '/metrics', headers: { host: '127.0.0.1' } })).body;
        for (const text of [portal.log, metrics]) assert.doesNotMatch(text, /TENANT-\w+-7c1e|Public-\w+-55d0|elsa|\.example|0701740605/i);
    });

    test(named('whoever tries visit ids learns nothing: another’s, another clinic’s and no visit are the same bytes'), async () => {
        const { items } = JSON.parse((await a.patient.request('GET', `/slots.json?${new URLSearchParams({ staff: a.staff.id, visit_type: a.type.id, from: '2027-01-18' })}`)).body);
        const ids = [b.booking, a.booking];
        for (const { starts: at } of items.slice(0, 40)) {
            const made = await portal.admin('POST', '/v1/tenants/nord/bookings', { patient: a.email('elsa'), staff: a.email('anna'), visit_type: a.type.id, starts: at });
            ids.push(JSON.parse(made.body).id);
        }
        assert.equal(ids.length, 42);
        const olle = await a.enter('olle');
        const masked = (answer, id) => {
            const { date, ...headers } = answer.headers;
            return JSON.stringify({ status: answer.status, headers, body: answer.body.replaceAll(id, absent).replace(/name="form_token" value="[^"]*"/g, '') });
        };
        for (const act of ['', '/confirm', '/move', '/cancel', '/move?starts=2027-01-20T08:00:00Z']) {
            const path_of = (id) => `/bookings/${id}${act}`;
            const nothing = masked(await olle.request('GET', path_of(absent)), absent);
            for (const id of ids) assert.equal(masked(await olle.request('GET', path_of(id)), id), nothing, act);
        }
        for (const act of ['confirm', 'move', 'cancel']) {
            const post = (id) => olle.post_raw(`/bookings/${id}/${act}`, { form_token: olle.menu_token, ...(act === 'move' ? { starts: '2027-01-20T08:00:00Z' } : {}) });
            const nothing = masked(await post(absent), absent);
            assert.match(nothing, /"status":404/);
            for (const id of ids) assert.equal(masked(await post(id), id), nothing, act);
        }
        assert.equal(masked(await ask('GET', portal.host('nord'), { path: `/bookings/${a.booking}` }, sid(a.patient)), a.booking).includes('"status":200'), true);
    });

    test(named('a client of one clinic at another’s door costs and tells the same as a wrong password'), async () => {
        const measure = async () => Object.fromEntries([...(await send({ port: portal.metrics_port, path: '/metrics', headers: { host: '127.0.0.1' } })).body.matchAll(/^(portal_password_hashes_total|portal_store_writes_total) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]));
        const rows = async () => Number((await portal.sql('SELECT COUNT(*) FROM outbox'))[0][0]);
        const attempt = async (identifier, secret) => {
            const client = portal.client('syd');
            await client.get('/login');
            const form = client.form(/password/);
            const [was, queued] = [await measure(), await rows()];
            const answer = await client.post_raw(form.action, form.filled({ identifier, password: secret }));
            const is = await measure();
            const { date, ...headers } = answer.headers;
            return { status: answer.status, headers: { ...headers, 'content-length': 'as the words' }, body: answer.body.replaceAll(identifier, '').replace(/name="form_token" value="[^"]*"/g, ''), hashes: is.portal_password_hashes_total - was.portal_password_hashes_total, writes: is.portal_store_writes_total - was.portal_store_writes_total, messages: (await rows()) - queued };
        };
        const mistyped = await attempt(b.email('elsa'), 'not this password');
        assert.deepEqual([mistyped.status, mistyped.hashes, mistyped.messages], [401, 1, 0]);
        assert.deepEqual(await attempt(a.email('elsa'), password), mistyped, 'a client of the other clinic');
        assert.deepEqual(await attempt('nobody@nowhere.example', password), mistyped, 'somebody unknown everywhere');
        assert.deepEqual(await attempt(b.email('elsa'), 'x'.repeat(200)), mistyped, 'a password that is too long');
    });
});
