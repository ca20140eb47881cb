// What a clinic's login policy says is what happens: on the page, behind it, and in what
// administrators are told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BankIdPortal, personal_number, Visitor } from './bankid.mjs';
import { make_clinic, make_patient, make_staff, make_tenant } from './clinic.mjs';
import { send } from './http.mjs';
import { links } from './html.mjs';
import { answer_consent, choose_password, log_in, mailed_code, password } from './people.mjs';
import { on_each_engine } from './portal.mjs';

on_each_engine((engine, named) => {
    let both;
    let portal;
    let serial = 0;

    before(async () => {
        both = await BankIdPortal.start({ engine });
        portal = both.portal;
    });
    after(() => both?.close());

    const fresh = () => `clinic${serial += 1}`;
    const policy = (slug, ...args) => portal.ask(['policy', 'set', '-T', slug, ...args]);
    const refused = async (args, status) => {
        const done = await portal.ctl(args);
        assert.equal(done.status, status, `${args.join(' ')}: ${done.stdout}${done.stderr}`);
        return done.stderr;
    };
    const way = ({ items }, method) => items.find((item) => item.method === method);
    const why = (slug, person, ...more) => portal.ask(['login', 'why', '-T', slug, person, ...more]);
    const audit = async (act) => (await portal.sql(`SELECT reason FROM audit WHERE act = '${act}' ORDER BY id`)).map(([reason]) => reason);

    /** The login page as anybody sees it, and what it offers. */
    async function login_page(slug, path = '/login', client = portal.client(slug)) {
        await client.get(path);
        const offers = client.forms().map(({ action }) => action.split('?')[0]).filter((action) => action.startsWith('/login'));
        return { client, offers };
    }
    /** A clinic with an administrator's usual things and Elsa, who has a password. */
    async function clinic({ modules = 'booking,sms,bankid', national_id = personal_number(1), ...over } = {}) {
        const slug = fresh();
        await make_tenant(portal, slug, { modules, ...over });
        await policy(slug, '--client-login', 'yes', '--methods', 'password');
        const patient = await make_patient(portal, slug, { national_id });
        await choose_password(portal, slug, `elsa@${slug}.example`);
        return { slug, id: patient.id, email: `elsa@${slug}.example` };
    }
    async function step(slug, identifier, path = '/login') {
        const { client } = await login_page(slug, path);
        return { client, answer: await client.submit(/^\/login\?/, { identifier, password }) };
    }

    test(named('the page offers what is allowed, and what is not offered is refused behind it too'), async () => {
        const { slug, email } = await clinic();
        const was = await login_page(slug);
        assert.deepEqual(was.offers, ['/login']);
        const old_form = was.client.form(/^\/login\?/);
        await policy(slug, '--methods', 'bankid');
        await policy(slug, '--audience', 'relative', '--methods', 'bankid');
        await policy(slug, '--audience', 'staff', '--methods', 'bankid');
        assert.deepEqual((await login_page(slug)).offers, ['/login/bankid']);
        const hashes = await portal.metric('portal_password_hashes_total');
        const answer = await was.client.post_raw(old_form.action, old_form.filled({ identifier: email, password }));
        assert.equal(answer.status, 403);
        assert.equal(await portal.metric('portal_password_hashes_total'), hashes, 'a password was looked at');
        assert.equal((await audit('login.denied')).at(-1), 'method_not_allowed');
        await policy(slug, '--methods', 'password');
        await policy(slug, '--audience', 'relative', '--methods', '');
        await policy(slug, '--audience', 'staff', '--methods', 'password');
        const begun = await was.client.post('/login/bankid?lang=en', { form_token: old_form.field('form_token').value, next: '' });
        assert.equal(begun.status, 403);
    });

    test(named('what only staff may use stands apart from what patients use'), async () => {
        const { slug } = await clinic();
        await policy(slug, '--methods', 'bankid');
        await policy(slug, '--audience', 'relative', '--methods', 'bankid');
        const { client, offers } = await login_page(slug);
        assert.deepEqual(offers, ['/login/bankid', '/login']);
        assert.match(client.text(), /Log in with BankID.*For staff.*Password/);
    });

    test(named('client login and method must both be on, also for BankID'), async () => {
        const { slug, id } = await clinic();
        await policy(slug, '--client-login', 'no', '--methods', 'bankid');
        await policy(slug, '--audience', 'staff', '--methods', 'bankid');
        const visitor = new Visitor(both, slug);
        await visitor.log_in({ personalNumber: personal_number(1), givenName: 'Elsa', surname: 'Nyström' });
        assert.ok(!visitor.is_in);
        assert.equal((await audit('login.denied')).at(-1), 'client_login_disabled');
        assert.equal(way(await why(slug, id), 'bankid').reason, 'client_login_disabled');
        const patients = await policy(slug, '--client-login', 'yes', '--methods', '');
        assert.match(patients.warnings.join('\n'), /no patient can log in: no method is allowed for patients/);
        assert.doesNotMatch(patients.warnings.join('\n'), /no client/, 'relatives can');
        const set = await policy(slug, '--audience', 'relative', '--methods', '');
        assert.match(set.warnings.join('\n'), /no client can log in/);
        assert.match((await portal.ask(['policy', 'show', '-T', slug])).warnings.join('\n'), /no client can log in/);
    });

    test(named('warnings tell what will not work: methods without module or settings, staff locked out, no eID'), async () => {
        const { slug } = await clinic({ modules: 'booking' });
        const warnings = async (...args) => (await policy(slug, ...args)).warnings.join('\n');
        assert.match(await warnings('--methods', 'password,bankid'), /bankid does not work for patient: .*module bankid/);
        assert.match(await warnings('--methods', 'bankid'), /no patient can log in: no method allowed for patients works here/);
        assert.match(await warnings('--methods', 'password', '--assurance', 'eid'), /patient must log in by eID, but no eID method works here/);
        assert.match(await warnings('--assurance', 'password-code', '--eid-first', 'yes'), /patient needs an eID first/);
        assert.match(await warnings('--eid-first', 'no', '--feature', 'video=eid'), /no patient can use video/);
        assert.match(await warnings('--audience', 'staff', '--methods', ''), /no staff member can log in/);
        await portal.ask(['tenant', 'set', slug, '--modules', 'booking,mitid']);
        assert.match(await warnings('--methods', 'password,mitid', '--feature', ''), /mitid does not work for patient: portald’?s?'?.* settings have no mitid/);
        assert.deepEqual((await policy(slug, '--audience', 'staff', '--methods', 'password')).warnings.filter((line) => /staff/.test(line)), []);
    });

    test(named('a policy counts from the next request on, and its digests of before and after are in the audit'), async () => {
        const { slug } = await clinic();
        assert.deepEqual((await login_page(slug)).offers, ['/login']);
        const set = await policy(slug, '--methods', 'password,bankid');
        assert.deepEqual(set.audiences.find(({ audience }) => audience === 'patient').methods, ['password', 'bankid']);
        assert.deepEqual((await login_page(slug)).offers, ['/login/bankid', '/login']);
        const show = await refused(['policy', 'set', '-T', slug, '--methods', 'password', '--code', 'sms'], 2);
        assert.match(show, /two-factor-sms/);
        assert.deepEqual((await login_page(slug)).offers, ['/login/bankid', '/login'], 'a refused change changed something');
        const hex = engine === 'sqlite' ? 'hex(change_before), hex(change_after)' : "encode(change_before, 'hex'), encode(change_after, 'hex')";
        const columns = await portal.sql(engine === 'sqlite' ? "SELECT name FROM pragma_table_info('audit')" : "SELECT column_name FROM information_schema.columns WHERE table_name = 'audit'");
        const names = columns.map(([name]) => name).filter((name) => /before|after/.test(name));
        assert.equal(names.length, 2, String(columns));
        const quoted = names.map((name) => hex.includes('encode') ? `encode(${name}, 'hex')` : `hex(${name})`);
        const [before, later] = (await portal.sql(`SELECT ${quoted.join(', ')} FROM audit WHERE act = 'policy.set' ORDER BY id`)).at(-1);
        assert.match(before, /^[0-9a-f]{64}$/i);
        assert.match(later, /^[0-9a-f]{64}$/i);
        assert.notEqual(before, later);
    });

    test(named('a way that is closed, or that is worth too little by now, ends the sessions that came by it'), async () => {
        const { slug, email } = await clinic();
        for (const [closed, open] of [
            [['--methods', 'bankid'], ['--methods', 'password,bankid']],
            [['--assurance', 'eid'], ['--assurance', 'password-code']],
            [['--eid-first', 'yes'], ['--eid-first', 'no']],
        ]) {
            const client = await log_in(portal, slug, email);
            const status = async () => (await client.request('GET', '/bookings')).status;
            assert.equal(await status(), 200);
            await policy(slug, ...closed);
            assert.equal(await status(), 303, closed.join(' '));
            await policy(slug, ...open);
            assert.equal(await status(), 303, `${closed.join(' ')}: it does not come back`);
        }
    });

    test(named('two-factor login without a mobile number fails like a wrong password, sends nothing, and staff are told why'), async () => {
        const { slug, id, email } = await clinic({ modules: 'booking,sms,two-factor-sms' });
        await policy(slug, '--code', 'sms');
        await portal.ask(['user', 'set', '-T', slug, id, '--mobile', '']);
        await portal.settle();
        const texts = (await portal.sms.read()).length;
        const { answer } = await step(slug, email);
        assert.equal(answer.status, 401);
        const wrong = await login_page(slug);
        const plain = await wrong.client.submit(/^\/login\?/, { identifier: email, password: 'another long password' });
        const masked = (body) => body.replace(/name="form_token" value="[^"]*"/g, '');
        assert.equal(masked(answer.body), masked(plain.body));
        await portal.settle();
        assert.equal((await portal.sms.read()).length, texts);
        const told = way(await why(slug, id), 'password');
        assert.deepEqual([told.reason, told.why], ['no_mobile', 'cannot use 2FA: no mobile number']);
        assert.match(told.mend, new RegExp(`^portalctl user set -T ${slug} ${id} --mobile`));
        assert.match(JSON.stringify(await portal.ask(['user', 'check', '-T', slug, id])), /cannot use 2FA: no mobile number/);
    });

    test(named('BankID finds nobody by name or address, and login why tells that the number is missing'), async () => {
        const { slug, id } = await clinic({ national_id: null });
        await policy(slug, '--methods', 'password,bankid');
        const visitor = new Visitor(both, slug);
        await visitor.log_in({ personalNumber: personal_number(7), givenName: 'Elsa', surname: 'Nyström' });
        assert.ok(!visitor.is_in);
        const told = way(await why(slug, id), 'bankid');
        assert.deepEqual([told.allowed, told.reason], [false, 'no_national_id']);
        assert.equal(way(await portal.ask(['user', 'check', '-T', slug, id]), 'bankid').reason, 'no_national_id');
    });

    test(named('unknown people by eID need client login and an eID, and the refusal names what is missing'), async () => {
        const { slug } = await clinic({ modules: 'booking' });
        await policy(slug, '--client-login', 'no');
        const set = ['policy', 'set', '-T', slug, '--unknown-by-eid', 'yes'];
        assert.match(await refused(set, 2), /client_login|--client-login/);
        await policy(slug, '--client-login', 'yes');
        assert.match(await refused(set, 2), /--methods password,bankid/);
        await policy(slug, '--methods', 'password,bankid');
        assert.match(await refused(set, 2), /--modules booking,bankid/);
        await portal.ask(['tenant', 'set', slug, '--modules', 'booking,bankid']);
        assert.equal((await portal.ask(set)).unknown_by_eid, true);
        const off = await policy(slug, '--client-login', 'no');
        assert.match(off.warnings.join('\n'), /unknown-by-eid has no effect/);
    });

    test(named('a welcome message without the module communication is saved with a warning'), async () => {
        const { slug } = await clinic();
        assert.match((await policy(slug, '--welcome', 'Welcome to us.')).warnings.join('\n'), /welcome message is not shown: the module communication is off/);
        await portal.ask(['tenant', 'set', slug, '--modules', 'booking,bankid,communication']);
        const shown = await portal.ask(['policy', 'show', '-T', slug]);
        assert.equal(shown.welcome, 'Welcome to us.');
        assert.ok(!shown.warnings.some((line) => /welcome/.test(line)));
    });

    test(named('self-creation is none unless the clinic says otherwise'), async () => {
        const { slug } = await clinic();
        assert.equal((await portal.ask(['policy', 'show', '-T', slug])).registration, 'none');
        const without = await login_page(slug);
        assert.ok(!links(without.client.page.body).some(({ href }) => href.startsWith('/register')));
        await policy(slug, '--registration', 'approval');
        const offered = await login_page(slug);
        assert.ok(links(offered.client.page.body).some(({ href }) => href.startsWith('/register')));
    });

    test(named('address, login name and national id each lead to the same membership, as the policy says'), async () => {
        const { slug, id, email } = await clinic({ modules: 'booking,sms,bankid,cpr-password' });
        await portal.ask(['user', 'set', '-T', slug, id, '--login-name', 'ElsaN']);
        const number = personal_number(1);
        const spelled = { email: [email, email.toUpperCase()], 'login-name': ['elsan', 'ELSAN'], 'national-id': [number, `${number.slice(2, 8)}-${number.slice(8)}`] };
        for (const [kind, identifiers] of Object.entries(spelled)) {
            await policy(slug, '--identifier', kind);
            for (const identifier of identifiers) {
                const seen = (await portal.mail.read()).length;
                const { client } = await step(slug, identifier);
                assert.match(client.path, /^\/login\/code/, `${kind}: ${identifier}: ${client.text()}`);
                await client.submit(/code/, { code: await mailed_code(portal, email, seen) });
                assert.match(client.text(), /Logged in as Elsa Nyström/);
            }
            for (const [other, [identifier]] of Object.entries(spelled)) {
                if (other === kind) continue;
                assert.ok([400, 401].includes((await step(slug, identifier)).answer.status), `${other} at a clinic of ${kind}`);
            }
            await both.pass(20 * 60);
        }
        const taken = await portal.ctl(['user', 'create', '-T', slug, '--first-name', 'Bo', '--last-name', 'B', '--login-name', 'ELSAn', '--email', 'bo@b.example']);
        assert.equal(taken.status, 6, taken.stderr);
    });

    test(named('without its module the national id is not asked for, and not taken'), async () => {
        const { slug } = await clinic({ modules: 'booking,sms,bankid' });
        assert.match(await refused(['policy', 'set', '-T', slug, '--identifier', 'national-id'], 2), /cpr-password/);
        const { client, answer } = await step(slug, personal_number(1));
        assert.equal(answer.status, 400);
        assert.doesNotMatch(client.text(), /Personal number/);
        await policy(slug, '--methods', 'password,bankid');
        await portal.ask(['tenant', 'set', slug, '--modules', 'booking,sms']);
        assert.ok(!(await login_page(slug)).offers.includes('/login/bankid'));
        const begun = await client.post('/login/bankid?lang=en', { form_token: client.form(/^\/login\?/).field('form_token').value, next: '' });
        assert.ok([403, 404].includes(begun.status), String(begun.status));
        assert.match(await refused(['tenant', 'set', slug, '--modules', 'booking,cpr-password,nonsense'], 2), /nonsense/);
    });

    test(named('a telephone is of use for logging in only with the module two-factor-sms'), async () => {
        const { slug, email } = await clinic({ modules: 'booking,sms,two-factor-sms' });
        await policy(slug, '--code', 'sms');
        const texts = (await portal.sms.read()).length;
        await step(slug, email);
        await portal.settle();
        assert.equal((await portal.sms.read()).length, texts + 1);
        assert.match(await refused(['tenant', 'set', slug, '--modules', 'booking,sms'], 2), /two-factor-sms/);
        await policy(slug, '--code', 'email');
        await portal.ask(['tenant', 'set', slug, '--modules', 'booking,sms']);
        assert.match(await refused(['policy', 'set', '-T', slug, '--code', 'sms'], 2), /two-factor-sms/);
        await both.pass(20 * 60);
        const mails = (await portal.mail.read()).length;
        await step(slug, email);
        await mailed_code(portal, email, mails);
        assert.equal((await portal.sms.read()).length, texts + 1);
    });

    test(named('what a feature asks for decides: too low a login is told which one is needed, and leads back'), async () => {
        const { slug, email } = await clinic();
        await policy(slug, '--methods', 'password,bankid', '--feature', 'booking=eid');
        const client = await log_in(portal, slug, email);
        const page = await client.get('/slots?from=2027-01-19');
        assert.equal(page.status, 403);
        assert.match(client.text(), /electronic ID/);
        const step_up = links(page.body).find(({ href }) => href.startsWith('/login?again=eid'));
        assert.ok(step_up, page.body);
        const up = await login_page(slug, step_up.href, client);
        assert.deepEqual(up.offers, ['/login/bankid'], 'a password is not enough here');
        assert.match(client.form(/bankid/).field('next').value, /^\/slots\?from=2027-01-19/);
        await client.get('/login?again=password-code');
        await client.submit(/^\/login\?/, { identifier: email, password: 'not the password', again: 'eid' });
        assert.equal(client.page.status, 401);
        assert.ok(!client.forms().some(({ names }) => names.includes('password')), 'after a wrong password either');
        const json = await client.request('GET', '/slots.json?staff=x&visit_type=y');
        assert.equal(json.status, 403);
        const visitor = new Visitor(both, slug);
        visitor.client.cookies = new Map(client.cookies);
        await visitor.client.get(step_up.href);
        const form = visitor.client.form(/bankid/);
        await visitor.client.post(form.action, form.filled({}));
        await both.bankid.sign(await visitor.scan(), { personalNumber: personal_number(1), givenName: 'Elsa', surname: 'Nyström' });
        await visitor.later();
        await visitor.client.get('/login/bankid');
        assert.deepEqual([visitor.client.page.status, visitor.client.path], [200, '/slots?from=2027-01-19'], visitor.client.text());
        await policy(slug, '--feature', 'booking=password-code');
        assert.equal((await visitor.client.request('GET', '/login')).status, 303, 'who has enough needs no login page');
    });

    test(named('staff password login can be switched off, and an eID asked of both parties'), async () => {
        const { slug, email } = await clinic();
        await make_staff(portal, slug);
        await choose_password(portal, slug, `anna@${slug}.example`);
        await policy(slug, '--audience', 'staff', '--methods', 'bankid', '--assurance', 'eid');
        const staff = await step(slug, `anna@${slug}.example`);
        assert.equal(staff.answer.status, 403);
        assert.equal((await audit('login.denied')).at(-1), 'method_not_allowed');
        await policy(slug, '--methods', 'password,bankid', '--assurance', 'eid');
        const patient = await step(slug, email);
        assert.equal(patient.answer.status, 403);
        assert.equal((await audit('login.denied')).at(-1), 'assurance_too_low');
        const told = way(await why(slug, `anna@${slug}.example`), 'password');
        assert.equal(told.mend, `portalctl policy set -T ${slug} --audience staff --methods bankid,password`);
    });

    test(named('www. in front of a clinic’s address leads to the address, page and query kept'), async () => {
        const { slug } = await clinic();
        const ask = (host, path, method = 'GET') => send({ port: portal.port, method, path, headers: { host, ...(method === 'POST' ? { 'content-length': 0, 'sec-fetch-site': 'same-origin' } : {}) } });
        const moved = await ask(`www.${portal.host(slug)}`, '/login?next=%2Fslots%3Ffrom%3D2027-01-19');
        assert.equal(moved.status, 308);
        assert.equal(moved.headers.location, `http://${portal.host(slug)}/login?next=%2Fslots%3Ffrom%3D2027-01-19`);
        assert.equal((await ask(`www.${portal.host(slug)}`, '/')).headers.location, `http://${portal.host(slug)}/`);
        assert.equal((await ask(`www.${portal.host(slug)}`, '/login', 'POST')).status, 421);
        for (const host of [`www.nowhere.localhost:${portal.port}`, `www.www.${portal.host(slug)}`]) assert.equal((await ask(host, '/login')).status, 421, host);
    });

    test(named('a link from the clinic’s own site leads through the login to a page of the clinic, and to nothing else'), async () => {
        const { slug, email } = await clinic();
        const first = await login_page(slug, '/login?next=/slots?from=2027-01-19');
        assert.equal(first.client.form(/^\/login\?/).field('next').value, '/slots?from=2027-01-19');
        const seen = (await portal.mail.read()).length;
        await first.client.submit(/^\/login\?/, { identifier: email, password });
        await first.client.submit(/code/, { code: await mailed_code(portal, email, seen) });
        await answer_consent(first.client);
        assert.equal(first.client.path, '/slots?from=2027-01-19');
        for (const next of ['https://evil.example/', '//evil.example', '/no-such-page']) {
            const { client } = await login_page(slug, `/login?next=${encodeURIComponent(next)}`);
            assert.equal(client.form(/^\/login\?/).field('next').value, '', next);
        }
    });

    test(named('the clinic’s telephone stands on the page that says to call it, as a link to dial'), async () => {
        const { slug } = await clinic();
        await portal.ask(['tenant', 'set', slug, '--phone', '08-123 45 67']);
        const { client } = await login_page(slug);
        assert.ok(links(client.page.body).some(({ href, text }) => href === 'tel:081234567' && text === '08-123 45 67'));
    });

    test(named('policy explain tells each audience and method alike the page, with the command that mends it'), async () => {
        const { slug } = await clinic({ modules: 'booking' });
        await policy(slug, '--methods', 'password,bankid', '--feature', 'video=eid');
        const { items, features } = await portal.ask(['policy', 'explain', '-T', slug]);
        assert.equal(items.length, 12);
        const of = (audience, method) => items.find((item) => item.audience === audience && item.method === method);
        assert.equal(of('patient', 'password').offered, true);
        assert.deepEqual([of('patient', 'bankid').reason, of('patient', 'bankid').mend], ['module_off', `portalctl tenant set ${slug} --modules booking,bankid`]);
        assert.equal(of('staff', 'bankid').reason, 'method_not_allowed');
        assert.deepEqual(features.find(({ feature }) => feature === 'video'), { feature: 'video', minimum: 'eid', methods: [] });
        assert.deepEqual((await login_page(slug)).offers, ['/login']);
        await portal.ask(of('patient', 'bankid').mend.split(' ').slice(1));
        assert.deepEqual((await login_page(slug)).offers, ['/login/bankid', '/login']);
    });
});
