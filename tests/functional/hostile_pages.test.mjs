// Bad forms on every page that takes one, in every language: each is refused in the reader's words,
// nothing is written, and the daemon stays as it was.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path_of_files from 'node:path';
import { after, before, test } from 'node:test';
import { BankId, personal_number } from './bankid.mjs';
import { make_clinic, make_patient, make_staff, password } from './clinic.mjs';
import { own_fields } from './matrix.mjs';
import { guest_link, open_guest_form } from './guests.mjs';
import { open_room } from './matrix_room.mjs';
import { Provider } from './oidc.mjs';
import { choose_password, log_in, password_link } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { exchange } from './raw.mjs';
import { mail_code, registration_link } from './registering.mjs';
import { get_reset_code, invitation_link, letter_code, open_letter, reset_link } from './ways_in.mjs';
import { language_of, problems, sentences } from './words.mjs';
import { book, open_book_form } from './visits.mjs';

const languages = ['sv', 'da', 'en'];
const words = Object.fromEntries(languages.map((language) => [language, sentences(language)]));
const encoded = (pairs) => pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
const form_type = 'application/x-www-form-urlencoded';

/** Fields that a browser sends always but that say nothing when they are empty. */
const optional = new Set(['which', 'next', 'here', 'again', 'flow', 'national_id', 'mobile']);
const may_lack = ['message', 'allow_overlap', 'now'];
/** The same of one form alone, and what it needs all the same. */
const hours = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'day'].flatMap((day) => [1, 2, 3].flatMap((n) => [`${day}_from_${n}`, `${day}_to_${n}`]));
const hours_lack = Object.fromEntries(['', '/remove', '/close', '/day'].map((act) => [`POST /availability${act}`, ['staff', ...hours]]));
const optional_in = { ...hours_lack,  'POST /staff/invite': ['patient', 'email', 'language', ...may_lack], 'POST /staff/invite/colleague': may_lack };
const needed_in = { 'POST /staff/invite': ['national_id', 'mobile'] };
const may_be_absent = (key, name) => (optional.has(name) && !needed_in[key]?.includes(name)) || optional_in[key]?.includes(name);

// ---- what is done to a form: {name, body or headers, wanted}; `form` is {pairs, fields, others} -----

const without = (pairs, name) => pairs.filter(([each]) => each !== name);
const with_value = (pairs, name, value) => pairs.map(([each, old]) => [each, each === name ? value : old]);

function* bad_fields({ pairs, fields, key }) {
    for (const name of fields) {
        if (!may_be_absent(key, name)) yield { name: `without ${name}`, body: encoded(without(pairs, name)), wanted: [400, 404] };
        yield { name: `with ${name} twice`, body: `${encoded(pairs)}&${name}=other`, wanted: [400], says: name };
        yield { name: `with ${name} twice, alike`, body: encoded([...pairs, pairs.find(([each]) => each === name)]), wanted: [400], says: name };
    }
    for (const extra of ['verified=true', 'tenant_id=2', 'patient=1', 'role=admin', '__proto__=1', 'form_token%5B%5D=1', '=x', `${encodeURIComponent('<script>alert(1)</script>')}=1`]) {
        yield { name: `with ${extra} too`, body: `${encoded(pairs)}&${extra}`, wanted: [400], says: decodeURIComponent(extra.split('=')[0]) };
    }
    yield { name: 'with a name of 129 bytes', body: `${encoded(pairs)}&${'n'.repeat(129)}=1`, wanted: [413] };
    yield { name: 'of separators alone', body: '&&&==&&', wanted: [400, 403] };
    yield { name: 'of nothing', body: '', wanted: [400, 403] };
}

const bad_bytes = { 'broken UTF-8': '%ff%fe', 'overlong UTF-8': '%c0%af', 'a lone surrogate': '%ed%a0%80', 'a character beyond Unicode': '%f4%90%80%80', 'a NUL': 'a%00b', 'half an escape': '%', 'an escape that is none': '%zz', 'bare bytes over 127': '\xff\xfe' };

function* bad_encodings({ pairs, fields }) {
    for (const [what, bytes] of Object.entries(bad_bytes)) {
        for (const name of ['form_token', ...fields]) yield { name: `with ${what} in ${name}`, body: `${encoded(without(pairs, name))}&${name}=${bytes}`, wanted: [400] };
        yield { name: `with ${what} in a name`, body: `${encoded(pairs)}&${bytes}=1`, wanted: [400] };
    }
}

function* bad_tokens({ pairs, others }) {
    const token = pairs.find(([name]) => name === 'form_token')[1];
    const flipped = (at) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    const made = { 'no token': null, 'an empty token': '', 'a token cut short': token.slice(0, -1), 'a longer token': `${token}AAAA`, 'its key altered': flipped(2), 'its version altered': flipped(24), 'its proof altered': flipped(50), 'a space before it': ` ${token}`, 'padding after it': `${token}==`, 'a token of 4,000 letters': 'A'.repeat(4000), 'a token of zeros': 'A'.repeat(token.length), 'a token in other letters': token.toLowerCase(), ...others };
    for (const [what, value] of Object.entries(made)) yield { name: `with ${what}`, body: encoded(value === null ? without(pairs, 'form_token') : with_value(pairs, 'form_token', value)), wanted: [403] };
    yield { name: 'with its token twice', body: encoded([...pairs, ['form_token', token]]), wanted: [400, 403] };
}

function* bad_origins({ pairs, host }) {
    const body = encoded(pairs);
    const none = { origin: undefined, 'sec-fetch-site': undefined };
    const own = `http://${host}`;
    const cases = {
        'no word of its origin': none, 'an opaque origin': { ...none, origin: 'null' }, 'an empty origin': { ...none, origin: '' }, 'a foreign origin': { ...none, origin: 'http://evil.test' },
        'a sibling clinic’s origin': { ...none, origin: own.replace('demo.', 'other.') }, 'a parent’s origin': { ...none, origin: own.replace('demo.', '') }, 'a child’s origin': { ...none, origin: own.replace('http://', 'http://x.') },
        'another port': { ...none, origin: own.replace(/\d+$/, '1') }, 'no port': { ...none, origin: own.replace(/:\d+$/, '') }, 'another scheme': { ...none, origin: own.replace('http:', 'ftp:') }, 'a path after the origin': { ...none, origin: `${own}/` }, 'a name before the host': { ...none, origin: own.replace('http://', 'http://a@') },
        'cross-site': { 'sec-fetch-site': 'cross-site' }, 'same-site': { 'sec-fetch-site': 'same-site' }, 'a site that is none': { 'sec-fetch-site': 'Same-Origin, cross-site' }, 'an empty site': { 'sec-fetch-site': '' }, 'a foreign origin that says same-origin': { origin: 'http://evil.test' },
    };
    for (const [what, headers] of Object.entries(cases)) yield { name: `from ${what}`, body, headers, wanted: [403] };
}

function* bad_types({ pairs }) {
    const body = encoded(pairs);
    const json = JSON.stringify(Object.fromEntries(pairs));
    const parts = `--x\r\nContent-Disposition: form-data; name="form_token"\r\n\r\n${pairs[0][1]}\r\n--x--\r\n`;
    for (const [type, text] of [['text/plain', body], ['application/json', json], ['application/json', body], ['multipart/form-data; boundary=x', parts], ['multipart/form-data', parts], ['application/xml', '<a/>'], ['', body], ['x'.repeat(300), body]]) {
        yield { name: `as ${type.slice(0, 30) || 'no type at all'}`, body: text, headers: { 'content-type': type || undefined }, wanted: [400] };
    }
}

const bad_times = ['', ' ', 'tomorrow', '0', '-1', '9223372036854775808', '1e999', 'NaN', '0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '9999-12-31T23:59:59Z', '10000-01-01T00:00:00Z', '-2027-01-12T08:00:00Z', '2027-01-12', '2027-01-12T08:00', '2027-01-12T08:00:00', '2027-02-30T08:00:00Z', '2027-01-12T24:00:01Z', '2027-01-12T25:00:00Z', '2027-01-12T08:60:00Z', '2027-01-12T08:00:61Z', '2027-01-12T08:00:00+99:99', '2027-01-12T08:00:00.5Z', '2027-01-12T08:00:00.0000000000000001Z', '2027-01-12T08:00:00ZZ', '2027-01-12 08:00:00Z ', '２０２７-01-12T08:00:00Z', '2027-03-28T02:30:00', '2027-03-28T02:30:00 Europe/Stockholm', '2027-10-31T02:30:00', '2027-10-31T02:30:00+01:00', '2026-01-12T08:00:00Z', '2027-01-12T08:07:00Z', '2027-01-12T02:00:00Z', '2029-01-12T08:00:00Z', 'x'.repeat(10_000), "2027-01-12T08:00:00Z' OR 1=1 --", '{{starts}}'];

function* bad_starts({ pairs }) {
    for (const text of bad_times) yield { name: `at ${text.slice(0, 60)}`, body: encoded(with_value(pairs, 'starts', text)), wanted: [400, 409] };
}

const choices = ['staff', 'visit_type', 'language', 'flow'];
const bad_references = ['', '1', '-1', '00000000-0000-4000-8000-000000000000', 'x'.repeat(255), "' OR 1=1 --", '{{staff}}', '<b>', 'anna@demo.example\r\nBcc: x', '../..'];

function* bad_choices({ pairs, fields, key }) {
    for (const name of choices.filter((each) => fields.includes(each))) {
        const own = may_be_absent(key, name); // empty means oneself
        for (const text of bad_references.filter((each) => !own || each !== '')) yield { name: `with the ${name} ${JSON.stringify(text.slice(0, 40))}`, body: encoded(with_value(pairs, name, text)), wanted: [400, 404] };
    }
}

/** What is done, and to which forms: those with these fields, or all. */
const groups = {
    'fields that are missing, doubled or not ours': [bad_fields], 'bytes that are no text': [bad_encodings], 'a token that is not of this form': [bad_tokens], 'an origin that is not ours': [bad_origins],
    'another media type': [bad_types], 'impossible times': [bad_starts, ['starts']], 'choices that are none': [bad_choices, choices],
};

on_each_engine((engine, named) => {
    let portal;
    const readers = {}; // language -> client of Elsa's with a session in that language
    const bookings = {};
    const [rooms, inside] = [{}, {}]; // language -> a visit whose room is open, one to be left
    const hosts = {}; // language -> client of Anna's, whose visits they are
    const under_way = {}; // language -> a visit of Anna's that has begun
    const [undecided, consenting] = [{}, {}]; // language -> client of somebody who has not said yes, who has
    let foreign;
    let bo;
    let olle;
    let freed = 0;
    let check_up; // the one kind of visit that can be booked
    let serial = 0;
    let folder;
    let bankid;
    let provider;

    before(async () => {
        folder = fs.mkdtempSync(path_of_files.join(os.tmpdir(), 'portal-hostile-'));
        bankid = await BankId.start(folder);
        provider = await Provider.start(path_of_files.join(folder, 'openid'), 'oidc_forge');
        portal = await Portal.start({ engine, settings: { bankid: bankid.settings(), mitid: provider.settings(), oidc: provider.settings() } });
        await make_clinic(portal, 'demo', { modules: 'booking,sms,bankid,mitid,oidc,communication,two-factor-sms' });
        await portal.ask(['policy', 'set', '-T', 'demo', '--registration', 'approval']);
        await portal.ask(['policy', 'set', '-T', 'demo', '--methods', 'password,bankid,mitid,oidc']);
        await make_clinic(portal, 'other');
        await make_patient(portal, 'demo', { email: 'olle@demo.example', 'first-name': 'Olle' });
        await make_patient(portal, 'demo', { email: 'pia@demo.example', 'first-name': 'Pia' });
        await make_patient(portal, 'demo', { email: 'otto@demo.example', 'first-name': 'Otto' });
        await choose_password(portal, 'demo', 'otto@demo.example');
        for (const [slug, name] of [['demo', 'elsa'], ['demo', 'olle'], ['other', 'elsa']]) await choose_password(portal, slug, `${name}@${slug}.example`);
        await make_staff(portal, 'demo', { email: 'bo@demo.example', 'first-name': 'Bo' });
        await portal.ask(['staff', 'set', '-T', 'demo', 'bo@demo.example', '--bookable', 'no']); // patients choose among Anna's times alone
        bo = (await portal.ask(['staff', 'show', '-T', 'demo', 'bo@demo.example'])).id;
        const halves = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].flatMap((day) => ['--rule', `${day} 08:00-10:00`, '--rule', `${day} 11:00-12:00`]);
        await portal.ask(['availability', 'set', '-T', 'demo', 'bo@demo.example', ...halves]); // so that the form has its third line
        await choose_password(portal, 'demo', 'anna@demo.example');
        await portal.ask(['staff', 'set', '-T', 'demo', 'anna@demo.example', '--administrator', 'yes']);
        for (const [i, language] of languages.entries()) for (const [n, made] of [rooms, inside].entries()) made[language] = await open_room(portal, 'demo', new Date(Date.parse('2027-01-11T07:15:00Z') + (2 * i + n) * 900_000).toISOString().replace('.000', ''));
        await portal.ask(['visit-type', 'set', '-T', 'demo', 'Video talk', '--active', 'no']); // patients choose among one type’s times
        for (const [i, language] of languages.entries()) {
            hosts[language] = await log_in(portal, 'demo', 'anna@demo.example', { language });
            readers[language] = await log_in(portal, 'demo', 'elsa@demo.example', { language });
            bookings[language] = await book(readers[language], `2027-01-12T1${i}:00:00Z`);
        }
        await portal.ask(['user', 'set', '-T', 'demo', 'elsa@demo.example', '--national-id-file', '-'], { input: `${personal_number(1, 1930)}\n` });
        for (const language of languages) {
            under_way[language] = (await portal.ask(['booking', 'invite', '-T', 'demo', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--patient', 'elsa@demo.example', '--now', '--allow-overlap', '--reason', 'a test'])).id;
            undecided[language] = await log_in(portal, 'demo', 'olle@demo.example', { language, consent: 'not-now' });
            await make_patient(portal, 'demo', { email: `${language}@demo.example` });
            await choose_password(portal, 'demo', `${language}@demo.example`);
            consenting[language] = await log_in(portal, 'demo', `${language}@demo.example`, { language });
        }
        await portal.ask(['tenant', 'set', 'demo', '--booking-login', 'none']);
        olle = await log_in(portal, 'demo', 'olle@demo.example');
        await portal.ask(['tenant', 'set', 'demo', '--waitlist', 'yes']);
        check_up = (await portal.ask(['visit-type', 'show', '-T', 'demo', 'Check-up'])).id;
        foreign = await log_in(portal, 'other', 'elsa@other.example');
        await portal.settle();
    });
    after(async () => {
        await Promise.all([portal?.close(), bankid?.stop(), provider?.stop()]);
        fs.rmSync(folder, { recursive: true, force: true });
    });

    /** Counts and sums that any act would change. */
    async function fingerprint() {
        const counts = ['account', 'membership', 'identifier', 'credential', 'password_link', 'login_attempt', 'session', 'booking', 'reminder', 'idempotency', 'outbox', 'staff', 'visit_type', 'consent', 'eid_order', 'oidc_login', 'registration'].map((table) => `(SELECT COUNT(*) FROM ${table})`);
        const sums = ['(SELECT SUM(version) FROM booking)', '(SELECT SUM(version) FROM staff)', '(SELECT SUM(starts) FROM booking)', '(SELECT SUM(tries) FROM login_attempt)', '(SELECT COUNT(used_at) FROM password_link)', '(SELECT COUNT(ended_at) FROM session)', '(SELECT COUNT(voided_at) FROM credential)', '(SELECT COUNT(withdrawn_at) FROM consent)', '(SELECT COUNT(ended_at) FROM eid_order)', '(SELECT MAX(language) || MIN(language) FROM session)'];
        return (await portal.sql(`SELECT ${[...counts, ...sums].join(', ')}`))[0].join(' ');
    }

    const form_of = async (client, path, action, values = {}) => {
        await client.get(path);
        return { client, form: client.form(action), values };
    };
    const on_page = (path, action, values = () => ({})) => async (language) => {
        const client = readers[language];
        await client.get(path(language));
        return { client, form: client.form(action), values: values(language) };
    };
    const stranger = async (language, path, values) => {
        const client = portal.client('demo', { language });
        await client.get(path);
        return { client, form: client.form(new RegExp(Object.keys(values)[0])), values };
    };
    const offered = async (language, action) => form_of(portal.client('demo', { language }), '/login', action);
    const begun = async (language, action) => {
        const client = portal.client('demo', { language });
        await client.get('/login');
        await client.submit(/login\/bankid/);
        return { client, form: client.form(action), values: {} };
    };

    /** The form for inviting with every question that it can ask: a time that comes twice, beside another visit. */
    const inviting = async (language, path, person) => {
        const client = hosts[language];
        await client.get(path);
        const form = client.form(new RegExp(`^${path}$`));
        const asked = { date: '2027-10-31', time: '02:30', allow_overlap: 'yes', reason: 'both together' };
        await client.post(path, [...form.filled(person).filter(([name]) => !(name in asked)), ...Object.entries(asked)]);
        return { client, form: client.form(new RegExp(`^${path}$`)), values: { ...person, which: 'later', allow_overlap: 'yes', reason: 'both together' } };
    };

    /** At most ten addresses work at once: those of the forms before are stopped. */
    const feeding = async (language) => {
        for (const { id } of (await portal.ask(['feed', 'list', '-T', 'demo'])).items) await portal.ask(['feed', 'revoke', '-T', 'demo', id]);
        return form_of(hosts[language], '/calendar', /^\/calendar$/);
    };
    const stopping = async (language) => {
        await feeding(language);
        await form_of(hosts[language], '/calendar', /^\/calendar$/).then(({ client, form }) => client.submit(form));
        return form_of(hosts[language], '/calendar', /calendar\/address\/stop/);
    };

    const somebody = async (make) => (await make(portal, 'demo', { email: `x${serial += 1}@new.example` })).id;
    const on_somebody = async (language, make, folder, act) => {
        const at = `/unit/${folder}/${await somebody(make)}`;
        return form_of(hosts[language], act === '/end' ? at + act : at, new RegExp(`${at}${act}$`));
    };

    const new_type = async () => (await portal.ask(['visit-type', 'create', '-T', 'demo', `Kind ${serial += 1}`, '--duration-minutes', '30', '--kind', 'phone'])).id;
    /** Nobody can book it, so that patients need not choose. */
    const unused_type = async () => (await portal.ask(['visit-type', 'delete', '-T', 'demo', await new_type()])).id;
    /** What a form put into use is out of use again: patients have nothing to choose between. */
    const tidy_types = async () => {
        const { items } = await portal.ask(['visit-type', 'list', '-T', 'demo']);
        for (const { id } of items.filter(({ title }) => title.startsWith('Kind '))) await portal.ask(['visit-type', 'delete', '-T', 'demo', id]);
    };
    const waiting = async () => (await portal.ask(['waitlist', 'list', '-T', 'demo', '--patient', 'elsa@demo.example'])).items;
    const wait = async () => {
        if ((await waiting()).length === 0) await portal.ask(['waitlist', 'add', '-T', 'demo', '--patient', 'elsa@demo.example', '--visit-type', check_up]);
    };
    /** A time that Olle gave up, offered to Elsa. */
    const freed_time = async () => {
        await wait();
        const n = freed += 1;
        const starts = new Date(Date.parse('2027-02-01T08:00:00Z') + (n % 7) * 3_600_000 + (Math.floor(n / 7) % 5) * 86_400_000 + Math.floor(n / 35) * 604_800_000).toISOString();
        const { id } = await portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'olle@demo.example', '--staff', 'anna@demo.example', '--visit-type', check_up, '--starts', starts]);
        await portal.ask(['booking', 'cancel', '-T', 'demo', id]);
        return (await portal.ask(['waitlist', 'offers', '-T', 'demo'])).items[0].id;
    };

    /** Each page that takes a form: the form as it was shown, filled in so that it would be accepted. */
    const pages = {
        'POST /login': (language) => stranger(language, '/login', { identifier: 'elsa@demo.example', password }),
        'POST /login/bankid': (language) => begun(language, /login\/bankid\?/),
        'POST /login/bankid/cancel': (language) => begun(language, /cancel/),
        'POST /login/mitid': (language) => offered(language, /login\/mitid\?/),
        'POST /login/oidc': (language) => offered(language, /login\/oidc\?/),
        'POST /login/code': async (language) => {
            const { client, form, values } = await stranger(language, '/login', { identifier: 'elsa@demo.example', password });
            await client.submit(form, values);
            return { client, form: client.form(/code/), values: { code: '000000' } };
        },
        'POST /set-password/{token}': async (language) => stranger(language, await password_link(portal, 'demo', 'pia@demo.example'), { password: 'a new and long password', repeated: 'a new and long password' }),
        'POST /invite/{token}': async (language) => stranger(language, await invitation_link(portal, 'demo'), { password, repeated: password }),
        'POST /password': (language) => form_of(consenting[language], '/password', /^\/password\?/, { current: password, password, repeated: password }),
        'POST /reset': (language) => stranger(language, '/reset', { identifier: `${language}${serial += 1}@new.example` }),
        'POST /new-password/{token}': async (language) => {
            const { client, code } = await get_reset_code(portal, 'demo', await reset_link(portal, 'demo'), { language });
            return { client, form: client.form(/^\/new-password\/[^/]+\?/), values: { code, password, repeated: password } };
        },
        'POST /new-password/{token}/code': async (language) => {
            const link = await reset_link(portal, 'demo');
            return form_of(portal.client('demo', { language }), link, /\/code\?/, { mail_code: await mail_code(portal, link) });
        },
        'POST /activate': async (language) => stranger(language, '/activate', { code: await letter_code(portal, 'demo') }),
        'POST /activate/password': async (language) => {
            const client = await open_letter(portal, 'demo', await letter_code(portal, 'demo'), { language });
            return { client, form: client.form(/activate\/password/), values: { password, repeated: password } };
        },
        'POST /consent': (language) => form_of(undecided[language], '/consent', /^\/consent$/, { answer: 'not-now' }),
        'POST /consent/withdraw': (language) => form_of(consenting[language], '/consent', /withdraw/),
        'POST /register': (language) => stranger(language, '/register', { first_name: 'Rosa', last_name: 'Falk', email: `${language}${serial += 1}@new.example` }),
        'POST /register/confirm/{token}': async (language) => {
            const link = await registration_link(portal, 'demo', `${language}${serial += 1}@new.example`);
            return stranger(language, link, { mail_code: await mail_code(portal, link) });
        },
        'POST /guest': async (language) => {
            const client = portal.client('demo', { language });
            const form = await open_guest_form(client, '2027-01-20');
            return { client, form, values: { first_name: 'Gun', last_name: 'Gäst', contact: `${language}${serial += 1}@guest.example` } };
        },
        'POST /guest/code': async (language) => {
            const client = portal.client('demo', { language });
            await client.submit(await open_guest_form(client, '2027-01-20'), { first_name: 'Gun', last_name: 'Gäst', contact: `${language}${serial += 1}@guest.example` });
            return { client, form: client.form(/^\/guest\/code/), values: { code: '000000' } };
        },
        'POST /visit/{token}': async (language) => form_of(portal.client('demo', { language }), await guest_link(portal, `${language}${serial += 1}@guest.example`, '2027-01-21', { language }), /^\/visit\//),
        'POST /contact': on_page(() => '/contact', /^\/contact$/, (language) => ({ language })),
        'POST /contact/{what}': on_page(() => '/contact/email', /^\/contact\/email$/, (language) => ({ value: `${language}${serial += 1}@new.example` })),
        'POST /contact/{what}/code': async (language) => {
            const client = readers[language];
            await client.get('/contact/email');
            await client.submit(/^\/contact\/email$/, { value: `${language}${serial += 1}@new.example` });
            return { client, form: client.form(/code$/), values: { code: '000000' } };
        },
        'POST /logout': on_page(() => '/bookings', /logout/),
        'POST /language': on_page(() => '/bookings', /^\/language/, (language) => ({ language })),
        'POST /sessions/end': async (language) => {
            const client = readers[language];
            (await log_in(portal, 'demo', 'elsa@demo.example')).close();
            await client.get('/sessions');
            return { client, form: client.form(/sessions\/end$/), values: {} };
        },
        'POST /sessions/end-others': async (language) => {
            (await log_in(portal, 'demo', 'otto@demo.example')).close();
            const client = await log_in(portal, 'demo', 'otto@demo.example', { language });
            await client.get('/sessions');
            return { client, form: client.form(/end-others/), values: {} };
        },
        'POST /session/extend': on_page(() => '/bookings', /session\/extend/),
        'POST /book': async (language) => ({ client: readers[language], form: await open_book_form(readers[language], '2027-01-13T08:00:00Z'), values: {} }),
        'POST /bookings/{id}/confirm': on_page((language) => `/bookings/${bookings[language]}`, /confirm/),
        'POST /bookings/{id}/cancel': on_page((language) => `/bookings/${bookings[language]}/cancel`, /cancel/),
        'POST /visit-types/new': (language) => form_of(hosts[language], '/visit-types/new', /visit-types\/new/, { title: `Kind ${language}`, kind: 'phone', duration_minutes: '5' }),
        'POST /visit-types/{id}': async (language) => form_of(hosts[language], `/visit-types/${await unused_type()}`, /visit-types\/[^/]+$/),
        'POST /visit-types/{id}/active': async (language) => form_of(hosts[language], `/visit-types/${await unused_type()}`, /active$/),
        'POST /waitlist/join': async (language) => {
            await tidy_types();
            for (const { id } of await waiting()) await portal.ask(['waitlist', 'remove', '-T', 'demo', id]);
            return form_of(readers[language], `/waitlist/join?visit_type=${check_up}`, /waitlist\/join$/);
        },
        'POST /waitlist/{id}/leave': async (language) => {
            await wait();
            return form_of(readers[language], '/waitlist', /leave$/);
        },
        'POST /waitlist/offers/{id}': async (language) => form_of(readers[language], `/waitlist/offers/${await freed_time()}`, /waitlist\/offers/),
        'POST /bookings/{id}/move': on_page((language) => `/bookings/${bookings[language]}/move?starts=2027-01-14T08:00:00Z`, /move/),
        'POST /bookings/{id}/room': on_page((language) => `/bookings/${rooms[language]}/room`, /^\/bookings\/[^/]+\/room$/),
        'POST /bookings/{id}/room/leave': async (language) => {
            await readers[language].get(`/bookings/${inside[language]}/room`);
            if (readers[language].forms().every(({ action }) => !action?.endsWith('/leave'))) await readers[language].submit(/^\/bookings\/[^/]+\/room$/);
            return { client: readers[language], form: readers[language].form(/leave/), values: {} };
        },
        'POST /staff/invite': (language) => inviting(language, '/staff/invite', { first_name: 'Nya', last_name: 'Namn', mobile: '0701740605', national_id: personal_number(1 + languages.indexOf(language), 1970) }),
        'POST /staff/invite/colleague': (language) => inviting(language, '/staff/invite/colleague', {}),
        'POST /bookings/{id}/message': (language) => form_of(hosts[language], `/bookings/${bookings[language]}/message`, /message/, { message: 'Come in time' }),
        'POST /calendar': feeding,
        'POST /calendar/address/stop': (language) => stopping(language),
        'POST /bookings/{id}/done': (language) => form_of(hosts[language], `/bookings/${under_way[language]}`, /done$/),
        'POST /bookings/{id}/missed': (language) => form_of(hosts[language], `/bookings/${under_way[language]}`, /missed$/),
        'POST /staff/bookings/{id}/move': async (language) => {
            const { client, form } = await form_of(hosts[language], `/staff/bookings/${bookings[language]}/move`, /staff.*move$/);
            await client.submit(form, { date: '2027-10-31', time: '02:30' }); // an hour that comes twice is asked about
            return { client, form: client.form(/staff.*move$/), values: { date: '2027-10-31', ...{ sv: { time: '02:00', which: 'earlier' }, da: { time: '02:30', which: 'earlier' }, en: { time: '02:00', which: 'later' } }[language] } };
        },
        'POST /availability': (language) => form_of(hosts[language], `/availability?staff=${bo}`, /^\/availability$/, { holidays: 'open' }),
        'POST /availability/remove': async (language) => {
            const client = hosts[language];
            await client.get(`/availability/close?staff=${bo}`);
            await client.submit(/close$/, { from: `2028-0${1 + languages.indexOf(language)}-03`, to: `2028-0${1 + languages.indexOf(language)}-03` });
            return { client, form: client.form(/remove$/), values: {} };
        },
        'POST /availability/close': (language) => form_of(hosts[language], `/availability/close?staff=${bo}`, /close$/, { from: '2027-08-03', to: '2027-08-04' }),
        'POST /availability/day': (language) => form_of(hosts[language], `/availability/day?staff=${bo}`, /day$/, { date: '2027-08-05', day_from_1: '09:00', day_to_1: '11:00' }),
        'POST /profile': (language) => form_of(hosts[language], '/profile', /^\/profile$/, { description: 'Backs and knees', listed: 'no' }),
        'POST /profile/booking': (language) => form_of(hosts[language], '/profile', /profile\/booking/, { bookable: 'yes' }),
        'POST /unit/staff/new': (language) => form_of(hosts[language], '/unit/staff/new', /unit\/staff\/new/, { first_name: 'Nya', last_name: 'Namn', title: 'Nurse', email: `${language}${serial += 1}@new.example`, invite: 'no' }),
        'POST /unit/staff/{id}': (language) => on_somebody(language, make_staff, 'staff', ''),
        'POST /unit/staff/{id}/invite': (language) => on_somebody(language, make_staff, 'staff', '/invite'),
        'POST /unit/staff/{id}/end': (language) => on_somebody(language, make_staff, 'staff', '/end'),
        'POST /unit/patients': (language) => form_of(hosts[language], '/unit/patients', /^\/unit\/patients$/, { name: 'Elsa' }),
        'POST /unit/patients/new': (language) => form_of(hosts[language], '/unit/patients/new', /patients\/new/, { first_name: 'Nya', last_name: 'Namn', email: `${language}${serial += 1}@new.example`, invite: 'no' }),
        'POST /unit/patients/{id}/invite': (language) => on_somebody(language, make_patient, 'patients', '/invite'),
    };

    async function other_tokens(key) {
        const token_of = async (client, path, action) => {
            await client.get(path);
            return client.form(action).field('form_token').value;
        };
        const tokens = { 'another person’s token': await token_of(olle, '/bookings', /logout/), 'another clinic’s token': await token_of(foreign, '/bookings', /logout/) };
        const own = key === 'POST /login/code' || key.startsWith('POST /set-password');
        const on_login_page = ['POST /login', 'POST /login/bankid', 'POST /login/mitid', 'POST /login/oidc'].includes(key);
        if (!on_login_page) tokens['the token of the login form'] = await token_of(portal.client('demo'), '/login', /password/);
        if (on_login_page) tokens['another clinic’s login token'] = await token_of(portal.client('other'), '/login', /password/);
        if (own) tokens['the token of another link'] = await token_of(portal.client('demo'), await password_link(portal, 'demo', 'olle@demo.example'), /password/);
        return tokens;
    }

    function send_form({ client, form }, { body, headers = {} }) {
        const all = { 'content-type': form_type, origin: `http://${client.host}`, 'sec-fetch-site': 'same-origin', ...headers };
        const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
        const bytes = Buffer.from(body, body.includes('\xff') ? 'latin1' : 'utf8');
        return client.request('POST', form.action, { body: bytes, headers: { ...given, 'content-length': bytes.length } });
    }

    /** What is wrong with the answer to one bad form; empty when all is as it should be. */
    function faults(answer, language, { wanted, says }) {
        if (!wanted.includes(answer.status)) return [`answered ${answer.status}, not ${wanted.join(' or ')}: ${problems(answer.body)}`];
        if (!answer.headers['content-type']?.startsWith('text/html')) return [`is no page but ${answer.headers['content-type']}`];
        if (language_of(answer.body) !== language) return [`is in ${language_of(answer.body)}`];
        const said = problems(answer.body);
        if (said.length === 0) return ['says nothing'];
        const foreign_words = said.filter((sentence) => !words[language].some((pattern) => pattern.test(sentence)));
        if (foreign_words.length > 0) return [`says “${foreign_words}”`];
        if (says !== undefined && !said.some((sentence) => sentence.includes(says))) return [`does not name ${says}: ${said}`];
        return /<script(?! src="\/static\/)|<b>|\{\{/.test(answer.body) ? ['repeats what was sent unescaped'] : [];
    }

    async function try_all(key, language, make_cases) {
        const found = [];
        const page = await pages[key](language);
        const others = make_cases === bad_tokens ? await other_tokens(key) : {};
        const was = await fingerprint();
        const cases = [...make_cases({ pairs: page.form.filled(page.values), fields: own_fields[key], key, others, host: page.client.host })];
        for (const bad of cases) {
            const answer = await send_form(page, bad);
            for (const fault of faults(answer, language, bad)) found.push(`${key} ${bad.name} in ${language}: ${fault}`);
        }
        if ((await fingerprint()) !== was) found.push(`${key} in ${language}: something was written`);
        return { found, count: cases.length };
    }

    test(named('every page that takes a form has its bad forms here'), async () => {
        const { pages: routes } = JSON.parse((await portal.admin('GET', '/test/routes')).body);
        const posts = routes.filter(({ method }) => method !== 'GET').map(({ method, pattern }) => `${method} ${pattern}`);
        assert.deepEqual(Object.keys(pages).sort(), posts.sort());
        assert.deepEqual(Object.keys(own_fields).sort(), posts.sort());
        for (const key of posts) {
            const { form } = await pages[key]('en');
            const sent = new Set([...form.names, ...form.buttons.map((button) => button.name)].filter(Boolean));
            assert.deepEqual([...sent].sort(), ['form_token', ...own_fields[key]].sort(), key);
        }
    });

    for (const [what, [make_cases, needs]] of Object.entries(groups)) {
        test(named(`a form with ${what} is refused on every page in its reader’s language and writes nothing`), async (t) => {
            const found = [];
            let count = 0;
            for (const key of Object.keys(pages).filter((each) => !needs || own_fields[each].some((name) => needs.includes(name)))) {
                for (const language of languages) {
                    const tried = await try_all(key, language, make_cases);
                    found.push(...tried.found);
                    count += tried.count;
                }
            }
            t.diagnostic(`${count} forms`);
            assert.ok(count > 50, `only ${count} forms`);
            assert.deepEqual(found, []);
            assert.equal(portal.ended, null, portal.log.slice(-1000));
        });
    }

    test(named('a form that is too large is refused before it is read'), async () => {
        for (const key of Object.keys(pages)) {
            const { client, form, values } = await pages[key]('en');
            const was = await fingerprint();
            const head = [`POST ${form.action} HTTP/1.1`, `Host: ${client.host}`, 'Connection: close', `Content-Type: ${form_type}`, `Origin: http://${client.host}`, 'Sec-Fetch-Site: same-origin', `Cookie: ${client.headers({}).cookie ?? 'a=b'}`];
            const fields = encoded(form.filled(values));
            for (const [what, body] of [['10,000 fields', `${fields}&${Array.from({ length: 10_000 }, (_, i) => `f${i}=1`).join('&')}`], ['1 MiB', `${fields}&x=${'a'.repeat(1 << 20)}`]]) {
                const answer = await exchange(portal.port, `${[...head, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`);
                assert.equal(answer.status, 413, `${key} with ${what}: ${answer.text.slice(0, 200)}`);
            }
            const many = await send_form({ client, form }, { body: `${fields}&${Array.from({ length: 300 }, (_, i) => `f${i}=1`).join('&')}` });
            assert.deepEqual(faults(many, 'en', { wanted: [413] }), [], key);
            assert.equal(await fingerprint(), was, key);
        }
        assert.equal(portal.ended, null);
    });

    test(named('the same forms as they were shown are accepted'), async () => {
        for (const language of languages) {
            const order = Object.keys(pages).filter((key) => !/cancel|logout/.test(key)).concat('POST /bookings/{id}/cancel', 'POST /logout');
            for (const key of order) {
                const page = await pages[key](language);
                if (key === 'POST /book') page.form = await open_book_form(page.client, `2027-01-13T1${languages.indexOf(language)}:00:00Z`);
                if (key === 'POST /bookings/{id}/move') page.form.field('starts').value = `2027-01-14T1${languages.indexOf(language)}:00:00Z`;
                const answer = await send_form(page, { body: encoded(page.form.filled(page.values)) });
                const found = ['POST /unit/patients', 'POST /calendar'].includes(key) ? 200 : 303; // what stands in no address is answered at once
                assert.equal(answer.status, key.endsWith('/code') && !key.includes('new-password') ? 401 : found, `${key} in ${language}: ${problems(answer.body)}`);
            }
        }
    });
});
