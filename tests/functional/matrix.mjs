// What the authorization matrix is made of: the people, and for each route and operation a request
// that would succeed for whoever may make it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { AsUser, open_socket } from './as_user.mjs';
import { make_clinic, make_patient, make_staff, password } from './clinic.mjs';
import { send } from './http.mjs';
import { find_forms } from './html.mjs';
import { calendar_arguments, calendar_fields, calendar_requests } from './matrix_calendar.mjs';
import { invite_arguments, invite_fields, invite_requests } from './matrix_invite.mjs';
import { hours_arguments, hours_fields, hours_requests } from './matrix_hours.mjs';
import { people_arguments, people_fields, people_requests } from './matrix_people.mjs';
import { guest_fields, guest_requests } from './matrix_guest.mjs';
import { room_fields, room_requests } from './matrix_room.mjs';
import { staff_visit_arguments, staff_visit_fields, staff_visit_requests } from './matrix_staff_visits.mjs';
import { visit_type_arguments, visit_type_form_fields, visit_type_requests } from './matrix_visit_types.mjs';
import { choose_password, log_in, password_link } from './people.mjs';
import { Portal, top } from './portal.mjs';
import { mail_code, pending_registration, registration_link } from './registering.mjs';
import { ask_reset, confirm_reset, invitation_link, letter_code, new_patient, open_letter, reset_link } from './ways_in.mjs';

export const reader_uid = 65_533;
export const stranger_uid = 65_534; // nobody

/** The columns of tests/golden/matrix.tsv in their order. */
export const page_principals = ['nobody', 'owner', 'other-patient', 'staff', 'other-staff', 'foreign-patient', 'foreign-staff', 'off-nobody', 'off-patient', 'off-staff'];
export const operators = ['read', 'write', 'stranger', 'off-write'];
export const principals = [...page_principals, ...operators];

/** tests/golden/matrix.tsv: key -> {access, cells by principal, reason}. */
export function read_oracle() {
    const lines = fs.readFileSync(path.join(top, 'tests/golden/matrix.tsv'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
    const [head, ...rows] = lines.map((line) => line.split('\t'));
    assert.deepEqual(head, ['what', 'access', ...principals, 'why']);
    return new Map(rows.map(([key, access, ...rest]) => [key, { access, cells: Object.fromEntries(principals.map((name, i) => [name, rest[i]])), why: rest[principals.length] ?? '' }]));
}

const all_day = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day} 00:00-24:00`);
const first_start = Date.parse('2027-01-12T00:00:00Z');

/** One clinic of the matrix: who is there, and ids of its objects. */
async function make_place(portal, slug) {
    const { staff } = await make_clinic(portal, slug, { rules: all_day, modules: 'booking,sms,bankid,mitid,oidc,communication,two-factor-sms' });
    await portal.ask(['policy', 'set', '-T', slug, '--registration', 'approval']);
    const type = await portal.ask(['visit-type', 'create', '-T', slug, 'Short', '--duration-minutes', '5', '--kind', 'physical']);
    await make_staff(portal, slug, { email: `bo@${slug}.example`, 'first-name': 'Bo' });
    for (const name of ['olle', 'pia']) await make_patient(portal, slug, { email: `${name}@${slug}.example`, 'first-name': name });
    return { slug, staff_id: staff.id, type_id: type.id, next: 0 };
}

export class World {
    serial = 0;
    sessions = {};

    static async make(engine) {
        const world = new World();
        world.portal = await Portal.start({ engine, settings: { admin: { allow: ['uid:0=write', `uid:${reader_uid}=read`] } } });
        const { portal } = world;
        world.places = {};
        for (const slug of ['demo', 'other', 'off']) world.places[slug] = await make_place(portal, slug);
        const people = { owner: ['demo', 'elsa'], 'other-patient': ['demo', 'olle'], staff: ['demo', 'anna'], 'other-staff': ['demo', 'bo'], 'foreign-patient': ['other', 'elsa'], 'foreign-staff': ['other', 'anna'], 'off-patient': ['off', 'elsa'], 'off-staff': ['off', 'anna'] };
        world.people = people;
        for (const [name, [slug, person]] of Object.entries(people)) {
            await choose_password(portal, slug, `${person}@${slug}.example`);
            await world.enter(name);
        }
        world.places.off.booking = await world.book('off');
        await portal.ask(['booking', 'confirm', '-T', 'off', world.places.off.booking]);
        await portal.ask(['tenant', 'set', 'off', '--modules', 'sms']);
        open_socket(portal);
        world.callers = { read: new AsUser(portal, reader_uid), write: new AsUser(portal, 0), stranger: new AsUser(portal, stranger_uid) };
        world.callers['off-write'] = world.callers.write;
        return world;
    }

    /** A new session of this principal; the token is of a form in its own menu. */
    async enter(name) {
        const [slug, person] = this.people[name];
        const client = await log_in(this.portal, slug, `${person}@${slug}.example`);
        this.sessions[name] = { cookie: `__Host-sid=${client.cookies.get('__Host-sid')}`, token: client.form(/logout/).field('form_token').value };
        client.close();
    }

    /** Another session of this principal's own, as their page lists it. */
    async other_session(name) {
        const [slug, person] = this.people[name];
        const client = await log_in(this.portal, slug, `${person}@${slug}.example`);
        client.close();
        const { items } = await this.portal.ask(['session', 'list', '-T', slug, `${person}@${slug}.example`]);
        return items.toSorted((a, b) => b.created_at.localeCompare(a.created_at))[0];
    }

    place_of(name) {
        return this.places[name.startsWith('off-') ? 'off' : 'demo'];
    }

    async booking_of(name) {
        const place = this.place_of(name);
        return place.booking ?? this.book(place.slug);
    }

    start_in(place) {
        return new Date(first_start + 300_000 * place.next++).toISOString().replace('.000', '');
    }

    /** A visit of the clinic's Elsa at Anna's, as an operator books it. */
    async book(slug) {
        const place = this.places[slug];
        const made = await this.portal.admin('POST', `/v1/tenants/${slug}/bookings`, { patient: `elsa@${slug}.example`, staff: `anna@${slug}.example`, visit_type: 'Short', starts: this.start_in(place) });
        assert.equal(made.status, 200, made.body);
        return JSON.parse(made.body).id;
    }

    fresh(word) {
        this.serial += 1;
        return `${word}${this.serial}`;
    }

    page(name, { method, path: at, fields, cookie = '' }) {
        const host = this.portal.host(this.place_of(name).slug);
        const cookies = [this.sessions[name]?.cookie, cookie].filter(Boolean).join('; ');
        const body = fields === undefined ? '' : new URLSearchParams(fields).toString();
        const form = method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${host}`, 'sec-fetch-site': 'same-origin', 'content-length': body.length };
        return send({ port: this.portal.port, method, path: at, body, headers: { host, 'accept-language': 'en', ...(cookies ? { cookie: cookies } : {}), ...form } });
    }

    /** The token of the form on the page `at`, or one of the principal's own menu. */
    async token(name, at, action) {
        const shown = await this.page(name, { method: 'GET', path: at });
        const form = find_forms(shown.body).find((each) => each.action.startsWith(action));
        return form?.field('form_token').value ?? this.sessions[name]?.token ?? 'none';
    }

    /** A login attempt of Elsa's at the clinic that has come as far as the code. */
    async attempt(name) {
        const { slug } = this.place_of(name);
        const step = await this.page(name, await requests['POST /login'](this, name));
        const cookie = step.headers['set-cookie'].find((line) => line.startsWith('__Host-login=')).split(';')[0];
        const host = this.portal.host(slug);
        const shown = await send({ port: this.portal.port, path: '/login/code', headers: { host, cookie } });
        return { cookie, token: find_forms(shown.body)[0].field('form_token').value };
    }

    /** The token of the form for registering, as anybody is shown it. */
    async register_token(slug) {
        const shown = await send({ port: this.portal.port, path: '/register', headers: { host: this.portal.host(slug) } });
        return find_forms(shown.body)[0].field('form_token').value;
    }

    /** The id of a patient who was not there before. */
    async patient(slug) {
        const made = await this.portal.admin('POST', `/v1/tenants/${slug}/patients`, { first_name: 'Ny', last_name: 'Namn' });
        assert.equal(made.status, 200, made.body);
        return JSON.parse(made.body).id;
    }

    /** The cookie of a browser in which a letter's code was typed, and the token of its form. */
    async opened_letter(name) {
        const { slug } = this.place_of(name);
        const client = await open_letter(this.portal, slug, await letter_code(this.portal, slug));
        client.close();
        return { cookie: `__Host-letter=${client.cookies.get('__Host-letter')}`, token: client.form(/activate/).field('form_token').value };
    }

    /** A login form as anybody is shown it. */
    async login_token(slug) {
        const shown = await send({ port: this.portal.port, path: '/login', headers: { host: this.portal.host(slug) } });
        return find_forms(shown.body)[0].field('form_token').value;
    }

    /** Counts that change with every act but not with a look or a failed try. */
    async fingerprint() {
        const sums = ['tenant', 'membership', 'staff', 'visit_type', 'availability', 'booking'].map((table) => `(SELECT COUNT(*) || ':' || COALESCE(SUM(version), 0) FROM ${table})`);
        const counts = ['account', 'identifier', 'national_identity', 'credential', 'password_link', 'session', 'consent', 'reminder', 'idempotency', 'outbox'].map((table) => `(SELECT COUNT(*) FROM ${table})`);
        const ended = ['(SELECT COUNT(ended_at) FROM session)', '(SELECT COUNT(used_at) FROM password_link)', '(SELECT COUNT(voided_at) FROM credential)'];
        return (await this.portal.sql(`SELECT ${[...sums, ...counts, ...ended].join(', ')}`))[0].join(' ');
    }

    async audit_of(actor, object) {
        return Number((await this.portal.sql(`SELECT COUNT(*) FROM audit WHERE act = 'admin.refused' AND actor = '${actor}' AND object = '${object}'`))[0][0]);
    }
}

// ---- pages: a request that succeeds for whoever may make it --------------------------------------

const get = (at) => async () => ({ method: 'GET', path: at });

const on_booking = (method, act) => async (world, name) => {
    const id = await world.booking_of(name);
    const at = `/bookings/${id}${act}`;
    if (method === 'GET') return { method, path: at };
    const shown = act === '/move' ? `${at}?starts=2027-01-20T08:00:00Z` : act === '/cancel' ? at : `/bookings/${id}`;
    const fields = { form_token: await world.token(name, shown, at) };
    if (act === '/move') fields.starts = world.start_in(world.place_of(name));
    return { method, path: at, fields };
};

const time_query = (world, name) => {
    const place = world.place_of(name);
    return { staff: place.staff_id, visit_type: place.type_id, starts: world.start_in(place) };
};

const new_address = async (world, name) => ({ method: 'POST', path: '/contact/email', fields: { form_token: await world.token(name, '/contact/email', '/contact/email'), value: `${world.fresh('c')}@new.example` } });

export const requests = {
    'GET /login': get('/login'),
    'POST /login': async (world, name) => {
        const { slug } = world.place_of(name);
        return { method: 'POST', path: '/login', fields: { form_token: await world.login_token(slug), identifier: `elsa@${slug}.example`, password } };
    },
    'POST /login/mitid': async (world, name) => ({ method: 'POST', path: '/login/mitid', fields: { form_token: await world.login_token(world.place_of(name).slug) } }),
    'GET /login/mitid/return': get('/login/mitid/return?state=none&code=none'),
    'POST /login/oidc': async (world, name) => ({ method: 'POST', path: '/login/oidc', fields: { form_token: await world.login_token(world.place_of(name).slug) } }),
    'GET /login/oidc/return': get('/login/oidc/return?state=none&code=none'),
    'POST /login/bankid': async (world, name) => ({ method: 'POST', path: '/login/bankid', fields: { form_token: await world.login_token(world.place_of(name).slug) } }),
    'GET /login/bankid': get('/login/bankid'),
    'GET /login/bankid/status': get('/login/bankid/status'),
    'GET /login/bankid/frame': get('/login/bankid/frame'),
    'GET /login/bankid/return': get('/login/bankid/return?nonce=none'),
    'POST /login/bankid/cancel': async (world, name) => ({ method: 'POST', path: '/login/bankid/cancel', fields: { form_token: await world.login_token(world.place_of(name).slug) } }),
    'GET /login/code': async (world, name) => ({ method: 'GET', path: '/login/code', cookie: (await world.attempt(name)).cookie }),
    'POST /login/code': async (world, name) => {
        const { cookie, token } = await world.attempt(name);
        return { method: 'POST', path: '/login/code', cookie, fields: { form_token: token, code: '000000' } };
    },
    'GET /set-password/{token}': async (world, name) => {
        const { slug } = world.place_of(name);
        return { method: 'GET', path: await password_link(world.portal, slug, `pia@${slug}.example`) };
    },
    'POST /set-password/{token}': async (world, name) => {
        const { slug } = world.place_of(name);
        const at = await password_link(world.portal, slug, `pia@${slug}.example`);
        return { method: 'POST', path: at, fields: { form_token: await world.token(name, at, at), password, repeated: password } };
    },
    'GET /invite/{token}': async (world, name) => ({ method: 'GET', path: await invitation_link(world.portal, world.place_of(name).slug) }),
    'POST /invite/{token}': async (world, name) => {
        const at = await invitation_link(world.portal, world.place_of(name).slug);
        return { method: 'POST', path: at, fields: { form_token: await world.token(name, at, at), password, repeated: password } };
    },
    'GET /password': get('/password'),
    'POST /password': async (world, name) => ({ method: 'POST', path: '/password', fields: { form_token: world.sessions[name]?.token ?? 'none', current: password, password, repeated: password } }),
    'GET /reset': get('/reset'),
    'POST /reset': async (world, name) => ({ method: 'POST', path: '/reset', fields: { form_token: await world.token(name, '/reset', '/reset'), identifier: `${world.fresh('r')}@new.example` } }),
    'GET /reset/sent': get('/reset/sent'),
    'GET /new-password/{token}': async (world, name) => ({ method: 'GET', path: await reset_link(world.portal, world.place_of(name).slug) }),
    'POST /new-password/{token}': async (world, name) => {
        const { slug } = world.place_of(name);
        const who = await new_patient(world.portal, slug);
        await choose_password(world.portal, slug, who.email);
        const at = await reset_link(world.portal, slug, who);
        await confirm_reset(world.portal, slug, who.id);
        return { method: 'POST', path: at, fields: { form_token: await world.token(name, at, at), password, repeated: password } };
    },
    'POST /new-password/{token}/code': async (world, name) => {
        const at = await reset_link(world.portal, world.place_of(name).slug);
        return { method: 'POST', path: `${at}/code`, fields: { form_token: await world.token(name, at, at), mail_code: await mail_code(world.portal, at) } };
    },
    'GET /activate': get('/activate'),
    'POST /activate': async (world, name) => ({ method: 'POST', path: '/activate', fields: { form_token: await world.token(name, '/activate', '/activate'), code: await letter_code(world.portal, world.place_of(name).slug) } }),
    'GET /activate/password': async (world, name) => ({ method: 'GET', path: '/activate/password', cookie: (await world.opened_letter(name)).cookie }),
    'POST /activate/password': async (world, name) => {
        const { cookie, token } = await world.opened_letter(name);
        return { method: 'POST', path: '/activate/password', cookie, fields: { form_token: token, password, repeated: password } };
    },
    'GET /activate/done': get('/activate/done'),
    'GET /': get('/'),
    'POST /logout': async (world, name) => ({ method: 'POST', path: '/logout', fields: { form_token: world.sessions[name]?.token ?? 'none' } }),
    'POST /language': async (world, name) => ({ method: 'POST', path: '/language', fields: { form_token: world.sessions[name]?.token ?? 'none', language: 'en', here: '/' } }),
    'GET /sessions': get('/sessions'),
    'POST /sessions/end': async (world, name) => {
        const other = world.people[name] ? await world.other_session(name) : { id: 'none' };
        return { method: 'POST', path: '/sessions/end', fields: { form_token: world.sessions[name]?.token ?? 'none', session: other.id } };
    },
    'POST /sessions/end-others': async (world, name) => ({ method: 'POST', path: '/sessions/end-others', fields: { form_token: world.sessions[name]?.token ?? 'none' } }),
    'POST /session/extend': async (world, name) => ({ method: 'POST', path: '/session/extend', fields: { form_token: world.sessions[name]?.token ?? 'none', here: '/sessions' } }),
    'GET /draft': get('/draft'),
    'GET /slots': get('/slots'),
    'GET /slots.json': async (world, name) => {
        const { staff, visit_type } = time_query(world, name);
        return { method: 'GET', path: `/slots.json?${new URLSearchParams({ staff, visit_type })}` };
    },
    'GET /bookings': get('/bookings'),
    'GET /bookings/{id}': on_booking('GET', ''),
    'GET /bookings/{id}/confirm': on_booking('GET', '/confirm'),
    'POST /bookings/{id}/confirm': on_booking('POST', '/confirm'),
    'GET /bookings/{id}/cancel': on_booking('GET', '/cancel'),
    'POST /bookings/{id}/cancel': on_booking('POST', '/cancel'),
    'GET /book': async (world, name) => ({ method: 'GET', path: `/book?${new URLSearchParams(time_query(world, name))}` }),
    'POST /book': async (world, name) => {
        const fields = time_query(world, name);
        return { method: 'POST', path: '/book', fields: { ...fields, form_token: await world.token(name, `/book?${new URLSearchParams(fields)}`, '/book') } };
    },
    'GET /bookings/{id}/move': on_booking('GET', '/move'),
    'POST /bookings/{id}/move': on_booking('POST', '/move'),
    'GET /staff': get('/staff'),
    'GET /consent': get('/consent'),
    'POST /consent/withdraw': async (world, name) => ({ method: 'POST', path: '/consent/withdraw', fields: { form_token: await world.token(name, '/consent', '/consent') } }),
    'POST /consent': async (world, name) => {
        const { hash } = await world.portal.ask(['consent', 'show-text', '-T', world.place_of(name).slug]);
        return { method: 'POST', path: '/consent', fields: { form_token: await world.token(name, '/consent', '/consent'), text: hash, answer: 'yes' } };
    },
    'GET /register': get('/register'),
    'POST /register': async (world, name) => ({ method: 'POST', path: '/register', fields: { form_token: await world.register_token(world.place_of(name).slug), first_name: 'Rosa', last_name: 'Falk', email: `${world.fresh('r')}@new.example` } }),
    'GET /register/sent': get('/register/sent'),
    'GET /register/confirm/{token}': async (world, name) => ({ method: 'GET', path: await registration_link(world.portal, world.place_of(name).slug, `${world.fresh('r')}@new.example`) }),
    'POST /register/confirm/{token}': async (world, name) => {
        const at = await registration_link(world.portal, world.place_of(name).slug, `${world.fresh('r')}@new.example`);
        return { method: 'POST', path: at, fields: { form_token: await world.token(name, at, at), mail_code: await mail_code(world.portal, at) } };
    },
    'GET /register/done': get('/register/done'),
    'GET /messages': get('/messages'),
    'GET /contact': get('/contact'),
    'POST /contact': async (world, name) => ({ method: 'POST', path: '/contact', fields: { form_token: world.sessions[name]?.token ?? 'none', language: 'en' } }),
    'GET /contact/{what}': get('/contact/email'),
    'POST /contact/{what}': (world, name) => new_address(world, name),
    'GET /contact/{what}/code': async (world, name) => {
        await world.page(name, await new_address(world, name));
        return { method: 'GET', path: '/contact/email/code' };
    },
    'POST /contact/{what}/code': async (world, name) => {
        await world.page(name, await new_address(world, name));
        return { method: 'POST', path: '/contact/email/code', fields: { form_token: world.sessions[name]?.token ?? 'none', code: '000000' } };
    },
    'GET /help': get('/help'),
    'GET /help/{method}': get('/help/password'),
    'GET /static/{name}': get('/static/portal.css'),
    ...calendar_requests,
    ...invite_requests,
    ...room_requests,
    ...guest_requests,
    ...hours_requests,
    ...people_requests,
    ...staff_visit_requests,
    ...visit_type_requests,
};

/** The fields of each page's form beside its token. */
export const own_fields = {
    'POST /login': ['identifier', 'password', 'next', 'again'],
    'POST /login/code': ['code', 'next'],
    'POST /login/bankid': ['flow', 'next'],
    'POST /login/mitid': ['next'],
    'POST /login/oidc': ['next'],
    'POST /login/bankid/cancel': [],
    'POST /set-password/{token}': ['password', 'repeated'],
    'POST /invite/{token}': ['password', 'repeated'],
    'POST /password': ['current', 'password', 'repeated'],
    'POST /reset': ['identifier'],
    'POST /new-password/{token}': ['code', 'password', 'repeated'],
    'POST /new-password/{token}/code': ['mail_code'],
    'POST /activate': ['code'],
    'POST /activate/password': ['password', 'repeated'],
    'POST /logout': [],
    'POST /language': ['language', 'here'],
    'POST /sessions/end': ['session'],
    'POST /sessions/end-others': [],
    'POST /session/extend': ['here'],
    'POST /book': ['starts', 'staff', 'visit_type'],
    'POST /bookings/{id}/confirm': [],
    'POST /bookings/{id}/cancel': [],
    'POST /bookings/{id}/move': ['starts'],
    'POST /consent': ['answer', 'text', 'next'],
    'POST /consent/withdraw': [],
    'POST /register': ['first_name', 'last_name', 'national_id', 'email', 'mobile'],
    'POST /register/confirm/{token}': ['mail_code'],
    'POST /contact': ['language'],
    'POST /contact/{what}': ['value'],
    'POST /contact/{what}/code': ['code'],
    ...calendar_fields,
    ...invite_fields,
    ...room_fields,
    ...guest_fields,
    ...hours_fields,
    ...people_fields,
    ...staff_visit_fields,
    ...visit_type_form_fields,
};

// ---- operations: arguments that are right ---------------------------------------------------------

const member = (slug, name) => `${name}@${slug}.example`;
const person = (world) => ({ first_name: 'Nya', last_name: 'Namn', email: `${world.fresh('n')}@new.example` });

const checked = { identity_checked_by: 'Anna Lind', identity_checked_how: 'passport', identity_checked_on: '2027-01-11', address_confirmed: true };
const to_exempt = async (world, slug) => {
    const made = await world.portal.admin('POST', `/v1/tenants/${slug}/patients`, person(world));
    return { patient: JSON.parse(made.body).id, reason: 'has no eID', ...checked, address_owner: 'own' };
};
async function exempt_patient(world, slug) {
    const made = await world.portal.admin('POST', `/v1/tenants/${slug}/exemptions`, await to_exempt(world, slug));
    assert.equal(made.status, 200, made.body);
    return JSON.parse(made.body).patient;
}

/** name -> (world, slug) -> arguments; `booking` goes into the path. */
export const arguments_of = {
    'tenant.create': (world) => ({ organisation: 'New clinic', slug: world.fresh('new'), first_name: 'A', last_name: 'B', email: 'a@b.example' }),
    'tenant.list': () => ({}),
    'tenant.show': () => ({}),
    'tenant.set': () => ({ address: 'High Street 1' }),
    'staff.create': (world) => ({ ...person(world), title: 'Nurse' }),
    'staff.list': () => ({}),
    'patient.create': person,
    'patient.list': () => ({}),
    'patient.show': (world, slug) => ({ patient: member(slug, 'elsa') }),
    'user.list': () => ({}),
    'user.show': (world, slug) => ({ user: member(slug, 'anna') }),
    'user.check': (world, slug) => ({ user: member(slug, 'anna') }),
    'user.create': (world) => ({ ...person(world), login_name: world.fresh('name') }),
    'user.set': (world, slug) => ({ user: member(slug, 'pia'), last_name: 'Nyström' }),
    'user.link': async (world, slug) => ({ user: await world.patient(slug), role: 'relative' }),
    'user.merge': async (world, slug) => ({ from: await world.patient(slug), into: await world.patient(slug) }),
    'registration.list': () => ({}),
    'registration.approve': async (world, slug) => ({ registration: await pending_registration(world.portal, slug, `${world.fresh('r')}@new.example`) }),
    'registration.reject': async (world, slug) => ({ registration: await pending_registration(world.portal, slug, `${world.fresh('r')}@new.example`) }),
    'user.set-password': (world, slug) => ({ user: member(slug, 'pia'), print: true }),
    'invite.send': async (world, slug) => ({ person: (await new_patient(world.portal, slug)).id }),
    'invite.list': () => ({}),
    'invite.cancel': async (world, slug) => {
        const who = await new_patient(world.portal, slug);
        await invitation_link(world.portal, slug, who);
        return { person: who.id };
    },
    'invite.letter': async (world, slug) => ({ person: await world.patient(slug), identity_checked_by: 'Anna Lind', how: 'passport' }),
    'reset.confirm': async (world, slug) => {
        const who = await new_patient(world.portal, slug);
        await choose_password(world.portal, slug, who.email);
        await ask_reset(world.portal, slug, who.email);
        return { person: who.id, identity_checked_by: 'Anna Lind', how: 'called back' };
    },
    'availability.set': (world, slug) => ({ staff: member(slug, 'bo'), rule: ['mon 08:00-16:00'] }),
    'availability.show': (world, slug) => ({ staff: member(slug, 'anna') }),
    'slot.list': (world, slug) => ({ staff: [member(slug, 'anna')], visit_type: 'Short' }),
    'booking.list': () => ({}),
    'booking.show': (world, slug, booking) => ({ booking }),
    'booking.create': (world, slug) => ({ patient: member(slug, 'elsa'), staff: member(slug, 'anna'), visit_type: 'Short', starts: world.start_in(world.places[slug]) }),
    'booking.confirm': (world, slug, booking) => ({ booking }),
    'booking.move': (world, slug, booking) => ({ booking, starts: world.start_in(world.places[slug]) }),
    'booking.cancel': (world, slug, booking) => ({ booking }),
    ...calendar_arguments,
    ...visit_type_arguments,
    ...invite_arguments,
    ...hours_arguments,
    ...people_arguments,
    ...staff_visit_arguments,
    'login.unlock': (world, slug) => ({ person: member(slug, 'pia') }),
    'session.list': () => ({}),
    'session.end': (world, slug) => ({ person: member(slug, 'pia') }),
    'policy.set': () => ({ client_login: true }),
    'policy.show': () => ({}),
    'policy.explain': () => ({}),
    'login.why': (world, slug) => ({ person: member(slug, 'elsa') }),
    'consent.set-text': (world) => ({ text: world.fresh('Text ') }),
    'consent.show-text': () => ({}),
    'consent.list': () => ({}),
    'consent.withdraw': (world, slug) => ({ person: member(slug, 'elsa'), reason: 'by letter' }),
    'exemption.create': (world, slug) => to_exempt(world, slug),
    'exemption.confirm': async (world, slug) => ({ patient: await exempt_patient(world, slug), ...checked, address_owner: 'proxy' }),
    'exemption.end': async (world, slug) => ({ patient: await exempt_patient(world, slug), reason: 'left' }),
    'exemption.show': (world, slug) => ({ patient: member(slug, 'elsa') }),
    'exemption.list': () => ({}),
    'reminder.send': () => ({}),
    'outbox.list': () => ({}),
    status: () => ({}),
};

/** One call of an operation as it goes over the wire. */
export async function operation_request(world, operation, name) {
    const place = world.place_of(name);
    const booking = operation.path.includes('{booking}') ? await world.booking_of(name) : undefined;
    const args = await arguments_of[operation.name](world, place.slug, booking);
    let at = operation.path.replace('{tenant}', place.slug);
    for (const [mark, field] of at.matchAll(/\{(\w+)\}/g)) {
        at = at.replace(mark, args[field]);
        delete args[field];
    }
    return operation.method === 'GET' ? { method: 'GET', path: at } : { method: operation.method, path: at, body: JSON.stringify(args) };
}

/** "303 /bookings/{id}" or "403": what a cell of the oracle holds. */
export function cell_of(answer) {
    if (answer.status < 300 || answer.status > 399) return String(answer.status);
    const at = (answer.headers.location ?? '').split('?')[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}').replace(/(\/(?:set-password|new-password)\/).+/, '$1{token}');
    return `${answer.status} ${at}`;
}
