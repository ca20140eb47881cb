// Everybody of a clinic: made once, known at one clinic without another hearing of it, linked,
// changed, checked and merged.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { personal_number } from './bankid.mjs';
import { make_clinic, make_patient, make_tenant, password } from './clinic.mjs';
import { dump } from './dump.mjs';
import { choose_password, log_in, mailed_code } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

let serial = 0;
const next_number = () => personal_number(serial += 1, 1979);
const spellings = (number) => [number, `${number.slice(0, 8)}-${number.slice(8)}`, `${number.slice(2, 8)}-${number.slice(8)}`, number.slice(2), ` ${number} `];

const flags = (values) => Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));

on_each_engine((engine, named) => {
    let portal;

    before(async () => {
        portal = await Portal.start({ engine });
        for (const slug of ['demo', 'other']) await make_clinic(portal, slug, { modules: 'booking,sms,cpr-password,communication' });
    });
    after(() => portal?.close());

    const ctl = (noun, verb, slug, values = {}, { words = [], number } = {}) => portal.ctl([noun, verb, '-T', slug, ...words, ...flags(values), ...(number ? ['--national-id-file', '-'] : []), '-o', 'json'], { input: number ? `${number}\n` : '' });
    const given = (over = {}) => ({ 'first-name': 'Ada', 'last-name': 'Holm', ...over });
    const one = async (sql) => Number((await portal.sql(sql))[0][0]);
    const json = (done) => {
        assert.equal(done.status, 0, done.stderr);
        return JSON.parse(done.stdout);
    };
    /** What an answer says beside ids, times and the masked number. */
    const masked = ({ status, stdout, stderr }) => ({ status, text: `${stdout}${stderr}`.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replace(/\d{8}-\*{4}/g, 'NUMBER') });
    const acts_since = async (slug, id) => (await portal.sql(`SELECT a.act, a.reason FROM audit a JOIN tenant t ON t.id = a.tenant WHERE t.slug = '${slug}' AND a.id > ${id} ORDER BY a.id`)).map((row) => row.join(' '));
    const last_audit = () => one('SELECT MAX(id) FROM audit');

    test(named('a person is made once at a clinic: the second time ends with 6 and names who is here, however the number is written'), async () => {
        const number = next_number();
        const first = json(await ctl('patient', 'create', 'demo', given(), { number }));
        for (const text of spellings(number)) {
            for (const [noun, verb] of [['patient', 'create'], ['user', 'link']]) {
                const again = await ctl(noun, verb, 'demo', given({ 'first-name': 'Eva' }), { number: text });
                assert.equal(again.status, 6, `${noun} ${verb} “${text}”: ${again.stdout}${again.stderr}`);
                const { error } = JSON.parse(again.stderr);
                assert.ok(error.message.includes(first.id), error.message);
                assert.ok(error.hint.includes(first.id), error.hint);
            }
        }
        const by_address = json(await ctl('patient', 'create', 'demo', given({ email: 'twice@demo.example' })));
        const again = await ctl('patient', 'create', 'demo', given({ email: 'Twice@Demo.example' }));
        assert.equal(again.status, 6);
        assert.ok(again.stderr.includes(by_address.id));
    });

    test(named('another clinic gets the same bytes for a person who is known elsewhere as for one who is new'), async () => {
        const [known, fresh] = [next_number(), next_number()];
        json(await ctl('patient', 'create', 'demo', given({ email: 'k@demo.example', mobile: '0701740605', 'login-name': 'known.one' }), { number: known }));
        await choose_password(portal, 'demo', 'k@demo.example');
        for (const [noun, verb] of [['patient', 'create'], ['user', 'link']]) {
            const answers = [];
            for (const number of [verb === 'link' ? next_number() : fresh, verb === 'link' ? next_number() : known]) {
                if (verb === 'link' && answers.length === 1) json(await ctl('patient', 'create', 'demo', given(), { number }));
                const was = await last_audit();
                const made = await ctl(noun, verb, 'other', given(), { number });
                const { id } = json(made);
                const shown = [];
                for (const words of [['patient', 'show'], ['user', 'show'], ['user', 'check']]) shown.push(masked(await ctl(...words, 'other', {}, { words: [id] })));
                const again = await ctl(noun, verb, 'other', given(), { number });
                answers.push({ made: masked(made), shown, again: masked(again), acts: await acts_since('other', was) });
            }
            assert.deepEqual(answers[1], answers[0], `${noun} ${verb}`);
        }
        assert.ok((await one("SELECT COUNT(*) FROM audit WHERE tenant = 0 AND act = 'account.known'")) >= 2, 'the installation’s own log says it');
        assert.equal(await one("SELECT COUNT(*) FROM audit WHERE tenant <> 0 AND act = 'account.known'"), 0);
    });

    test(named('a number that is told later is answered alike for a person who is known elsewhere'), async () => {
        const known = next_number();
        json(await ctl('patient', 'create', 'other', given({ email: 'later@other.example' }), { number: known }));
        await choose_password(portal, 'other', 'later@other.example');
        for (const [noun, verb, words] of [['user', 'set', (id) => ({ words: [id] })], ['user', 'link', (id) => ({ values: { user: id, role: 'relative' } })]]) {
            const answers = [];
            for (const number of [next_number(), verb === 'set' ? known : next_number()]) {
                if (verb === 'link' && answers.length === 1) json(await ctl('patient', 'create', 'other', given(), { number }));
                const { id } = json(await ctl('patient', 'create', 'demo', given()));
                const was = await last_audit();
                const { values = {}, words: named_ones = [] } = words(id);
                const done = await ctl(noun, verb, 'demo', values, { words: named_ones, number });
                json(done);
                const shown = masked(await ctl('user', 'show', 'demo', {}, { words: [id] }));
                answers.push({ done: masked(done), shown, acts: await acts_since('demo', was) });
            }
            assert.deepEqual(answers[1], answers[0], verb);
        }
    });

    test(named('a login at one clinic is not made again by another: two memberships of one account'), async () => {
        const number = next_number();
        const accounts = await one('SELECT COUNT(*) FROM account');
        const ids = [];
        for (const slug of ['demo', 'other']) ids.push(json(await ctl('patient', 'create', slug, given(), { number })).id);
        assert.equal(await one('SELECT COUNT(*) FROM account'), accounts + 1);
        assert.notEqual(ids[0], ids[1]);
    });

    test(named('ten creates of one person at the same moment make one account, and one member a clinic'), async () => {
        const number = next_number();
        const [accounts, members] = [await one('SELECT COUNT(*) FROM account'), await one('SELECT COUNT(*) FROM membership')];
        const done = await Promise.all(Array.from({ length: 10 }, (_, i) => ctl(...(i % 4 < 2 ? ['patient', 'create'] : ['user', 'link']), i % 2 ? 'demo' : 'other', given(), { number: spellings(number)[i % 5] })));
        assert.deepEqual(done.map(({ status }) => status).sort(), [0, 0, 6, 6, 6, 6, 6, 6, 6, 6], done.map(({ stderr }) => stderr).join(''));
        assert.equal(await one('SELECT COUNT(*) FROM account'), accounts + 1);
        assert.equal(await one('SELECT COUNT(*) FROM membership'), members + 2);
    });

    test(named('a staff member by address becomes a patient with a national id too, by user link alone'), async () => {
        await portal.ask(['staff', 'create', '-T', 'demo', ...flags(given({ title: 'Nurse', email: 'nurse@demo.example' }))]);
        const number = next_number();
        const refused = await ctl('patient', 'create', 'demo', given({ email: 'nurse@demo.example' }), { number });
        assert.equal(refused.status, 6, 'two people with one address');
        const linked = json(await ctl('user', 'link', 'demo', { user: 'nurse@demo.example' }, { number }));
        assert.equal(linked.role, 'patient');
        assert.equal(linked.national_id, `${number.slice(0, 8)}-****`);
        const roles = json(await ctl('user', 'list', 'demo')).items.filter(({ email }) => email === 'nurse@demo.example').map(({ role }) => role);
        assert.deepEqual(roles.sort(), ['patient', 'staff']);
        assert.equal((await ctl('user', 'link', 'demo', { user: linked.id }, { number })).status, 6, 'twice');
        assert.equal((await ctl('user', 'show', 'demo', {}, { words: ['nurse@demo.example'] })).status, 6, 'which of the two?');
    });

    test(named('two people with one address or one login name never become one account: create names who has it, and the mend'), async () => {
        const eva = json(await ctl('patient', 'create', 'demo', given({ 'first-name': 'Eva', email: 'eva@demo.example', 'login-name': 'eva.ek' })));
        const accounts = await one('SELECT COUNT(*) FROM account');
        const again = given({ email: 'EVA@demo.example' });
        for (const [noun, values, role] of [['user', { ...again, 'login-name': 'another.eva' }, 'relative'], ['user', given({ 'login-name': 'Eva.Ek' }), 'relative'], ['staff', { ...again, title: 'Nurse' }, 'staff'], ['patient', again, null]]) {
            for (const number of noun === 'staff' ? [undefined] : [undefined, next_number()]) {
                const done = await ctl(noun, 'create', 'demo', values, { number });
                assert.equal(done.status, 6, `${noun}: ${done.stdout}${done.stderr}`);
                const { error } = JSON.parse(done.stderr);
                assert.match(error.message, new RegExp(`Somebody else here has this (e-mail address|login name): ${eva.id}`));
                assert.ok(error.hint.includes(role ? `portalctl user link -T demo --user ${eva.id} --role ${role}` : `portalctl user show -T demo ${eva.id}`), error.hint);
            }
        }
        assert.equal(await one('SELECT COUNT(*) FROM account'), accounts);
        const refused = JSON.parse((await ctl('staff', 'create', 'demo', { ...again, title: 'Nurse' })).stderr).error.hint;
        const linked = await portal.ask(refused.match(/portalctl (.*)$/)[1].replace('TITLE', 'Nurse').split(' '));
        assert.equal(linked.role, 'staff');
        for (const [noun, verb] of [['user', 'show'], ['login', 'why']]) {
            const which = await ctl(noun, verb, 'demo', {}, { words: ['eva.ek'] });
            assert.equal(which.status, 6, which.stdout);
            assert.ok([eva.id, linked.id].every((id) => which.stderr.includes(id)), which.stderr);
        }
        assert.equal(json(await ctl('login', 'why', 'demo', { audience: 'staff' }, { words: ['eva.ek'] })).id, linked.id);
    });

    test(named('a national id proves that it is the same person, who may have one address in two roles'), async () => {
        const number = next_number();
        json(await ctl('patient', 'create', 'demo', given({ email: 'both@demo.example' }), { number }));
        assert.equal(json(await ctl('user', 'create', 'demo', given({ email: 'both@demo.example', 'login-name': 'both.roles' }), { number })).role, 'relative');
    });

    test(named('an existing member gets the number of a person who is known elsewhere, and keeps the way in'), async () => {
        const number = next_number();
        json(await ctl('patient', 'create', 'other', given(), { number }));
        const made = json(await ctl('patient', 'create', 'demo', given({ email: 'moved@demo.example' })));
        await choose_password(portal, 'demo', 'moved@demo.example');
        const set = json(await ctl('user', 'set', 'demo', {}, { words: [made.id], number }));
        assert.equal(set.national_id, `${number.slice(0, 8)}-****`);
        assert.equal(await one(`SELECT COUNT(DISTINCT m.account) FROM membership m JOIN national_identity n ON n.account = m.account WHERE n.masked = '${number.slice(0, 8)}-****'`) >= 1, true);
        await log_in(portal, 'demo', 'moved@demo.example');
        const taken = json(await ctl('patient', 'create', 'demo', given()));
        assert.equal((await ctl('user', 'set', 'demo', {}, { words: [taken.id], number })).status, 6, 'the number of another member');
    });

    test(named('a relative needs a first name, a last name and a login name; without one nothing is written'), async () => {
        const whole = { 'first-name': 'Rut', 'last-name': 'Lind', 'login-name': 'rut.lind' };
        const members = await one('SELECT COUNT(*) FROM membership');
        for (const name of Object.keys(whole)) {
            const done = await ctl('user', 'create', 'demo', { ...whole, [name]: undefined });
            assert.equal(done.status, 2, done.stdout);
            assert.match(done.stderr, new RegExp(`--${name}`));
            const field = name.replace('-', '_');
            const raw = await portal.admin('POST', '/v1/tenants/demo/users', { first_name: 'Rut', last_name: 'Lind', login_name: 'rut.lind', [field]: undefined });
            assert.equal(raw.status, 400);
            assert.equal(JSON.parse(raw.body).error.field, field);
        }
        for (const bad of ['ab', 'a b c', 'a@b.example', '123456', 'x'.repeat(61), ' \t ']) {
            const done = await ctl('user', 'create', 'demo', { ...whole, 'login-name': bad });
            assert.equal(done.status, 2, `“${bad}”: ${done.stdout}`);
        }
        assert.equal(await one('SELECT COUNT(*) FROM membership'), members);
        for (const role of ['patient', 'staff']) assert.equal((await ctl('user', 'create', 'demo', { ...whole, role })).status, 2);
        assert.equal(json(await ctl('user', 'create', 'demo', whole)).role, 'relative');
        assert.equal(json(await ctl('user', 'show', 'demo', {}, { words: ['RUT.Lind'] })).login_name, 'rut.lind');
    });

    test(named('e-mail and login name are unique at a clinic after folding, and never looked up at another'), async () => {
        json(await ctl('user', 'create', 'demo', { 'first-name': 'A', 'last-name': 'B', 'login-name': 'Straße.1', email: 'one@demo.example' }));
        for (const name of ['STRASSE.1', 'straße.1', 'ｓtraße.1']) {
            const done = await ctl('user', 'create', 'demo', { 'first-name': 'A', 'last-name': 'B', 'login-name': name });
            assert.equal(done.status, 6, `${name}: ${done.stdout}`);
            assert.equal(JSON.parse(done.stderr).error.field, '--login-name');
        }
        json(await ctl('user', 'create', 'other', { 'first-name': 'A', 'last-name': 'B', 'login-name': 'straße.1', email: 'one@demo.example' }));
        assert.equal((await ctl('user', 'show', 'other', {}, { words: ['known.one'] })).status, 5);
    });

    test(named('e-mail address, login name and national id, as the policy says, lead to the same membership'), async () => {
        await make_tenant(portal, 'names', { modules: 'booking,cpr-password' });
        await portal.ask(['policy', 'set', '-T', 'names', '--client-login', 'yes', '--methods', 'password']);
        const number = next_number();
        json(await ctl('patient', 'create', 'names', given({ email: 'three@names.example', 'login-name': 'Ada.Holm' }), { number }));
        await choose_password(portal, 'names', 'three@names.example');
        const let_in = async (identifier) => {
            const seen = (await portal.mail.read()).length;
            const client = portal.client('names');
            await client.get('/login');
            await client.submit(/password/, { identifier, password });
            assert.match(client.path, /^\/login\/code/, `${identifier}: ${client.text()}`);
            await client.submit(/code/, { code: await mailed_code(portal, 'three@names.example', seen) });
            assert.ok(client.cookies.has('__Host-sid'), client.text());
        };
        const ways = { email: ['three@names.example', 'Three@Names.example'], 'login-name': ['ada.holm', ' ADA.HOLM '], 'national-id': [number, `${number.slice(2, 8)}-${number.slice(8)}`] };
        for (const [identifier, spelled] of Object.entries(ways)) {
            await portal.ask(['policy', 'set', '-T', 'names', '--identifier', identifier]);
            for (const text of spelled) await let_in(text);
        }
        const members = await portal.sql(`SELECT DISTINCT s.membership FROM session s JOIN tenant t ON t.id = s.tenant WHERE t.slug = 'names'`);
        assert.equal(members.length, 1);
        assert.equal(await one(`SELECT COUNT(*) FROM session s JOIN tenant t ON t.id = s.tenant WHERE t.slug = 'names'`), 6);
        const plain = portal.client('demo');
        await plain.get('/login');
        assert.equal((await plain.submit(/password/, { identifier: number, password })).status, 400, 'where the policy does not say so it is refused');
    });

    test(named('user check says what a person lacks: a mobile number for the code, a personal number for BankID'), async () => {
        await make_tenant(portal, 'checks', { modules: 'booking,two-factor-sms' });
        await portal.ask(['policy', 'set', '-T', 'checks', '--client-login', 'yes', '--methods', 'password', '--code', 'sms']);
        const bare = json(await ctl('patient', 'create', 'checks', given({ email: 'bare@checks.example' })));
        const check = async (id) => Object.fromEntries(json(await ctl('user', 'check', 'checks', {}, { words: [id] })).items.map((line) => [line.method, line]));
        const lacking = await check(bare.id);
        assert.deepEqual(lacking.password.lacks, ['no password', 'cannot use 2FA: no mobile number']);
        assert.deepEqual(lacking.bankid.lacks, ['no personal number']);
        assert.equal(lacking.password.allowed, false);
        assert.equal(lacking.bankid.why, 'the clinic does not allow bankid for patients');
        json(await ctl('user', 'set', 'checks', { status: 'blocked' }, { words: [bare.id] }));
        assert.deepEqual([(await check(bare.id)).password.reason, (await check(bare.id)).password.why], ['blocked', 'this person is blocked']);
        json(await ctl('user', 'set', 'checks', { status: 'active' }, { words: [bare.id] }));
        await choose_password(portal, 'checks', 'bare@checks.example');
        assert.equal((await check(bare.id)).password.reason, 'no_mobile');
        const messages = await one('SELECT COUNT(*) FROM outbox');
        const tried = portal.client('checks');
        await tried.get('/login');
        assert.equal((await tried.submit(/password/, { identifier: 'bare@checks.example', password })).status, 401, 'as a wrong password');
        assert.equal(await one('SELECT COUNT(*) FROM outbox'), messages, 'no code was queued');
        json(await ctl('user', 'set', 'checks', { mobile: '0701740605' }, { words: [bare.id], number: next_number() }));
        const whole = await check(bare.id);
        assert.deepEqual([whole.password.lacks, whole.bankid.lacks], [[], []]);
        assert.equal(whole.password.allowed, true);
    });

    test(named('user set changes what it names alone, and the old address and the old number hear of it'), async () => {
        const made = json(await ctl('patient', 'create', 'demo', given({ email: 'old@demo.example', mobile: '0701740605', 'login-name': 'first.name', 'protected-identity': undefined })));
        const set = async (values) => json(await ctl('user', 'set', 'demo', values, { words: [made.id] }));
        const renamed = await set({ 'last-name': 'Ny' });
        assert.deepEqual([renamed.name, renamed.email, renamed.mobile, renamed.login_name], ['Ada Ny', 'old@demo.example', '+46701740605', 'first.name']);
        await portal.settle();
        const mails = (await portal.mail.read()).length;
        const moved = await set({ email: 'new@demo.example', 'login-name': 'second.name', 'protected-identity': 'yes' });
        assert.deepEqual([moved.email, moved.login_name, moved.protected_identity], ['new@demo.example', 'second.name', true]);
        await portal.wait_mail((mail) => mail.recipients.includes('old@demo.example'));
        await set({ mobile: '0701740606' });
        await portal.wait_text(({ to }) => to === '+46701740605');
        await portal.settle();
        assert.equal((await portal.mail.read()).slice(mails).filter((mail) => mail.recipients.includes('new@demo.example')).length, 0);
        for (const name of ['old@demo.example', 'first.name']) assert.equal((await ctl('user', 'show', 'demo', {}, { words: [name] })).status, 5, name);
        assert.equal(json(await ctl('patient', 'create', 'demo', given({ email: 'old@demo.example', 'login-name': 'first.name' }))).email, 'old@demo.example');
        const taken = await ctl('user', 'set', 'demo', { email: 'OLD@demo.example' }, { words: [made.id] });
        assert.equal(taken.status, 6);
        assert.equal(JSON.parse(taken.stderr).error.field, '--email');
        const cleared = await set({ mobile: '', email: '', 'login-name': '' });
        assert.deepEqual([cleared.mobile, cleared.email, cleared.login_name], ['', '', '']);
        assert.equal((await ctl('user', 'set', 'demo', { 'first-name': '' }, { words: [made.id] })).status, 2);
    });

    test(named('who is blocked is out at once and does not get in'), async () => {
        await make_patient(portal, 'demo', { email: 'bad@demo.example' });
        await choose_password(portal, 'demo', 'bad@demo.example');
        const client = await log_in(portal, 'demo', 'bad@demo.example');
        const set = (status) => portal.ask(['user', 'set', '-T', 'demo', 'bad@demo.example', '--status', status]);
        assert.equal((await set('blocked')).status, 'blocked');
        assert.equal((await client.request('GET', '/bookings')).status, 303);
        const again = portal.client('demo');
        await again.get('/login');
        assert.equal((await again.submit(/password/, { identifier: 'bad@demo.example', password })).status, 401);
        assert.equal(json(await ctl('user', 'list', 'demo', { status: 'blocked' })).items.length, 1);
        await set('active');
        await log_in(portal, 'demo', 'bad@demo.example');
    });

    /** A profile with a visit, a session and a password, and the one of the same person that stays. */
    async function two_profiles(tag) {
        const from = await make_patient(portal, 'demo', { email: `from${tag}@demo.example` });
        const into = json(await ctl('patient', 'create', 'demo', given({ 'login-name': `into${tag}` }), { number: next_number() }));
        await choose_password(portal, 'demo', `from${tag}@demo.example`);
        const client = await log_in(portal, 'demo', `from${tag}@demo.example`);
        const visit = await portal.ask(['booking', 'create', '-T', 'demo', ...flags({ patient: from.id, staff: 'anna@demo.example', 'visit-type': 'Check-up', starts: `2027-01-${12 + serial % 3}T1${serial % 5}:00:00Z` })]);
        return { from, into, client, visit };
    }

    test(named('a merge is first told as a plan that changes not one row'), async () => {
        const { from, into } = await two_profiles('1');
        await portal.settle();
        const was = await dump(portal);
        const plan = json(await ctl('user', 'merge', 'demo', {}, { words: [from.id, into.id, '--dry-run'] })).items;
        assert.deepEqual(await dump(portal), was);
        const lines = Object.fromEntries(plan.map(({ what, count, becomes }) => [what, `${count} ${becomes}`]));
        assert.equal(lines.bookings, '1 moved');
        assert.equal(lines.sessions, '1 ended');
        assert.equal(lines.passwords, '1 void');
        assert.equal(lines['e-mail address'], '1 taken over');
        assert.ok(lines['mobile number'], 'the mobile number gets codes of the login');
        const done = json(await ctl('user', 'merge', 'demo', {}, { words: [from.id, into.id] })).items;
        assert.deepEqual(done, plan, 'what was planned is what was done');
    });

    test(named('a merge moves visits and messages, ends the old way in, keeps both histories and is audited'), async () => {
        const { from, into, client, visit } = await two_profiles('2');
        await portal.settle();
        const messages = await one(`SELECT COUNT(*) FROM outbox WHERE membership IS NOT NULL`);
        json(await ctl('user', 'merge', 'demo', {}, { words: [from.id, into.id] }));
        const visits = json(await ctl('booking', 'list', 'demo', { patient: into.id, days: 60 })).items;
        assert.deepEqual(visits.map(({ id }) => id), [visit.id]);
        assert.equal((await client.request('GET', '/bookings')).status, 303, 'the session has ended');
        const kept = json(await ctl('user', 'show', 'demo', {}, { words: [into.id] }));
        assert.equal(kept.email, 'from2@demo.example');
        assert.equal(kept.password, false, 'credentials do not move');
        assert.equal(json(await ctl('user', 'show', 'demo', {}, { words: [from.id] })).status, 'blocked');
        assert.equal(await one('SELECT COUNT(*) FROM outbox WHERE membership IS NOT NULL'), messages);
        assert.ok(!json(await ctl('patient', 'list', 'demo')).items.some(({ id }) => id === from.id));
        const acts = await portal.sql("SELECT reason FROM audit WHERE act = 'user.merge' ORDER BY id DESC LIMIT 2");
        assert.ok(acts.some(([reason]) => reason === 'merged_away') && acts.some(([reason]) => reason.startsWith('took_over_membership_')));
        assert.equal((await ctl('user', 'merge', 'demo', {}, { words: [from.id, into.id] })).status, 6, 'twice');
        await choose_password(portal, 'demo', into.id);
        await log_in(portal, 'demo', 'from2@demo.example');
    });

    test(named('two people with national ids, the wrong way round, other roles and one person twice are not merged'), async () => {
        const with_number = json(await ctl('patient', 'create', 'demo', given(), { number: next_number() }));
        const another = json(await ctl('patient', 'create', 'demo', given(), { number: next_number() }));
        const without = json(await ctl('patient', 'create', 'demo', given()));
        const relative = json(await ctl('user', 'create', 'demo', given({ 'login-name': 'not.merged' })));
        const was = await dump(portal);
        for (const [from, into, status] of [[with_number, another, 6], [with_number, without, 6], [without, relative, 6], [without, without, 6]]) {
            for (const words of [[from.id, into.id], [from.id, into.id, '--dry-run']]) {
                const done = await ctl('user', 'merge', 'demo', {}, { words });
                assert.equal(done.status, status, done.stdout);
            }
        }
        assert.equal((await ctl('user', 'merge', 'other', {}, { words: [without.id, with_number.id] })).status, 5, 'at another clinic');
        assert.deepEqual(await dump(portal), was);
    });
});
