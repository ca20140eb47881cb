// Patients who can have no MitID: who lets them in, by what, and what takes it away again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { flags, make_patient } from './clinic.mjs';
import { activate, checked, enter, exempt, mailed_link, make_eid_clinic, try_password } from './exemption.mjs';
import { choose_password, mailed_code, password_link } from './people.mjs';
import { log_in_by, mette, start_with_providers } from './oidc.mjs';
import { on_each_engine } from './portal.mjs';

const cpr = { grete: '0107680000', hans: '0101501111', inge: '0202602222', jens: '0303703333', kirsten: '0404804444', lone: '0505905555', mona: '0606606666', nina: '0707707777', olga: '0808807777' };
const person = (key) => ({ ...mette, 'mitid.uuid': key, 'dk.cpr': cpr[key], 'mitid.identity_name': `${key} Jensen` });

on_each_engine((engine, named) => {
    let portal;
    let real;
    let close;

    before(async () => {
        ({ portal, real, close } = await start_with_providers({ engine, slugs: [] }));
        await real.control({ redirect_uris: [`http://${portal.host('demo')}/login/mitid/return`], logout_uris: [], people: { hans: person('hans') } });
        await make_eid_clinic(portal, 'demo');
        await make_eid_clinic(portal, 'other');
        await make_eid_clinic(portal, 'selv');
        await portal.ask(['policy', 'set', '-T', 'selv', '--eid-first', 'no', '--registration', 'open']);
    });
    after(() => close?.());

    const add = (name, slug = 'demo', more = {}) => make_patient(portal, slug, { 'first-name': name, 'last-name': 'Jensen', email: `${name}@${slug}.example`, mobile: undefined, national_id: cpr[name], ...more });
    /** Registers by the page of a clinic that lets anybody, and opens the link from the mail. */
    async function sign_up(slug, name, email) {
        const client = portal.client(slug);
        await client.get('/register');
        await client.submit(/register/, { first_name: name, last_name: 'Jensen', national_id: cpr[name], email });
        const mail = await portal.wait_mail(({ recipients, text }) => recipients.includes(email) && /\/register\/confirm\//.test(text));
        await client.get(mail.text.match(/(\/register\/confirm\/\S+)/)[1]);
        await client.submit(/register\/confirm/);
        assert.equal(client.page.status, 200, client.text());
        client.close();
    }
    const is_in = (client) => client.cookies.has('__Host-sid');
    const acts = async (id) => (await portal.sql(`SELECT a.act, a.actor, a.reason FROM audit a JOIN membership m ON a.object = 'membership:' || m.id WHERE a.act LIKE 'exemption.%' AND a.act <> 'exemption.show' AND m.first_name = '${id}' ORDER BY a.id`)).map((row) => row.join(' '));
    const refused = async (args) => {
        const done = await portal.ctl(args);
        assert.notEqual(done.status, 0, done.stdout);
        return done.stderr;
    };

    test(named('a patient needs MitID first: after CPR number and password the page says so, and lets nobody in'), async () => {
        await add('grete');
        await choose_password(portal, 'demo', 'grete@demo.example');
        const wrong = await try_password(portal, 'demo', cpr.grete, 'another long password');
        assert.equal(wrong.answer.status, 401);
        assert.doesNotMatch(wrong.client.text(), /MitID or|electronic ID \(/);
        const right = await try_password(portal, 'demo', cpr.grete);
        assert.equal(right.answer.status, 403);
        assert.match(right.client.text(), /The first time, you need your electronic ID/);
        assert.ok(!is_in(right.client));
        await portal.settle();
        assert.ok(!(await portal.mail.read()).some(({ text }) => /code for logging in/.test(text)), 'no code was sent');
    });

    test(named('the clinic confirms who it is and exempts the patient: then CPR number, new password and mailed code let in'), async () => {
        const seen = (await portal.mail.read()).length;
        const made = await exempt(portal, 'demo', 'grete@demo.example', ['--review-on', '2027-07-01']);
        assert.deepEqual([made.state, made.code_address, made.address_owner, made.review_on], ['active', 'grete@demo.example', 'own', '2027-07-01']);
        assert.equal((await try_password(portal, 'demo', cpr.grete)).answer.status, 401, 'the password from before the check is void');
        assert.equal((await activate(portal, 'demo', 'grete@demo.example', { seen, secret: 'a password after the check' })).status, 200);
        const before_code = (await portal.mail.read()).length;
        const { client } = await try_password(portal, 'demo', cpr.grete, 'a password after the check');
        assert.match(client.text(), /g\*+@demo\.example/, 'the address is masked');
        assert.doesNotMatch(client.page.body, /grete@/);
        const code = await mailed_code(portal, 'grete@demo.example', before_code);
        await client.submit(/code/, { code });
        assert.ok(is_in(client), client.text());
        assert.equal((await client.request('GET', '/bookings')).status, 200);
        const thief = portal.client('demo');
        await thief.get('/login');
        await thief.submit(/password/, { identifier: cpr.grete, password: 'a password after the check' });
        assert.equal((await thief.submit(/code/, { code })).status, 401, 'a code is for one login');
        const facts = await portal.sql("SELECT e.reason, e.checked_by, e.checked_how FROM exemption e JOIN membership m ON m.id = e.membership WHERE m.first_name = 'grete'");
        assert.deepEqual(facts, [['has no MitID', 'Anna Lind', 'passport shown at the desk']]);
    });

    test(named('a tick voids all that was proved before: password, open link, session and a login that waits for its code'), async () => {
        await portal.ask(['policy', 'set', '-T', 'demo', '--eid-first', 'no']);
        await add('olga');
        await choose_password(portal, 'demo', 'olga@demo.example');
        const session = await enter(portal, 'demo', cpr.olga, 'olga@demo.example');
        const link = await password_link(portal, 'demo', 'olga@demo.example');
        const before_code = (await portal.mail.read()).length;
        const waiting = await try_password(portal, 'demo', cpr.olga);
        const code = await mailed_code(portal, 'olga@demo.example', before_code);
        await portal.ask(['policy', 'set', '-T', 'demo', '--eid-first', 'yes']);
        const seen = (await portal.mail.read()).length;
        await exempt(portal, 'demo', 'olga@demo.example');
        assert.equal((await session.request('GET', '/bookings')).status, 303, 'the session');
        assert.equal((await portal.client('demo').get(link)).status, 404, 'the link');
        await waiting.client.submit(/code/, { code });
        assert.ok(!is_in(waiting.client), 'the waiting login');
        assert.equal((await try_password(portal, 'demo', cpr.olga)).answer.status, 401, 'the password');
        await activate(portal, 'demo', 'olga@demo.example', { seen });
        assert.ok(is_in(await enter(portal, 'demo', cpr.olga, 'olga@demo.example')));
    });

    test(named('a code for an exempt patient is for ten minutes and five tries'), async () => {
        const first = await try_password(portal, 'demo', cpr.grete, 'a password after the check');
        const was = portal.now;
        const code = await mailed_code(portal, 'grete@demo.example', 0);
        for (let i = 1; i <= 5; i += 1) assert.equal((await first.client.submit(/code/, { code: String((Number(code) + i) % 1_000_000).padStart(6, '0') })).status, i < 6 ? 401 : 404);
        assert.ok(first.client.forms().every((form) => !form.names.includes('code')), 'the tries are used up');
        const seen = (await portal.mail.read()).length;
        const second = await try_password(portal, 'demo', cpr.grete, 'a password after the check');
        const late = await mailed_code(portal, 'grete@demo.example', seen);
        await portal.advance(10 + 1 / 60);
        await second.client.submit(/code/, { code: late });
        assert.ok(!is_in(second.client));
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('the flag at one clinic opens no other'), async () => {
        await add('grete', 'other', { email: 'grete@demo.example' });
        assert.equal((await try_password(portal, 'other', cpr.grete, 'a password after the check')).answer.status, 401, 'the password is the first clinic’s');
        await choose_password(portal, 'other', 'grete@demo.example', 'a password of the other clinic');
        const elsewhere = await try_password(portal, 'other', cpr.grete, 'a password of the other clinic');
        assert.equal(elsewhere.answer.status, 403);
        assert.match(elsewhere.client.text(), /you need your electronic ID/);
        assert.equal((await portal.ask(['exemption', 'show', '-T', 'other', 'grete@demo.example'])).state, 'none');
        assert.ok(is_in(await enter(portal, 'demo', cpr.grete, 'grete@demo.example', 'a password after the check')), 'and the first clinic is as it was');
    });

    test(named('unticking ends the sessions at once, the next login needs MitID, and a new tick lets in again; the audit has all three'), async () => {
        const client = await enter(portal, 'demo', cpr.grete, 'grete@demo.example', 'a password after the check');
        assert.equal((await client.request('GET', '/bookings')).status, 200);
        const ended = await portal.ask(['exemption', 'end', '-T', 'demo', 'grete@demo.example', '--reason', 'mistake']);
        assert.equal(ended.state, 'ended');
        assert.equal((await client.request('GET', '/bookings')).status, 303, 'the session is over');
        const next = await try_password(portal, 'demo', cpr.grete, 'a password after the check');
        assert.equal(next.answer.status, 403);
        assert.match(next.client.text(), /you need your electronic ID/);
        const seen = (await portal.mail.read()).length;
        await exempt(portal, 'demo', 'grete@demo.example');
        await activate(portal, 'demo', 'grete@demo.example', { seen });
        assert.ok(is_in(await enter(portal, 'demo', cpr.grete, 'grete@demo.example')));
        const actor = `uid:${process.getuid()}`;
        assert.deepEqual(await acts('grete'), [`exemption.create ${actor} own`, `exemption.end ${actor} mistake`, `exemption.create ${actor} own`]);
    });

    test(named('what the table of states refuses is refused with a sentence and changes nothing'), async () => {
        await add('kirsten');
        const ask = (verb, more) => refused(['exemption', verb, '-T', 'demo', 'kirsten@demo.example', ...more]);
        const again = ['--reason', 'has no MitID', ...checked];
        assert.match(await ask('end', ['--reason', 'other']), /not exempt from eID/);
        assert.match(await ask('confirm', checked), /not exempt from eID/);
        await exempt(portal, 'demo', 'kirsten@demo.example');
        assert.match(await ask('create', again), /exempt from eID already/);
        await portal.ask(['exemption', 'end', '-T', 'demo', 'kirsten@demo.example', '--reason', 'left']);
        assert.match(await ask('end', ['--reason', 'other']), /has ended/);
        assert.match(await ask('confirm', checked), /has ended/);
        assert.equal((await portal.sql("SELECT e.id FROM exemption e JOIN membership m ON m.id = e.membership WHERE m.first_name = 'kirsten'")).length, 1);
    });

    test(named('MitID once is enough: later CPR number, password and code let in; unticking asks for MitID again'), async () => {
        await add('hans');
        const { client } = await log_in_by(portal, real, { person: 'hans' });
        assert.ok(is_in(client));
        await choose_password(portal, 'demo', 'hans@demo.example');
        const hans = await enter(portal, 'demo', cpr.hans, 'hans@demo.example');
        assert.ok(is_in(hans), 'verified once');
        assert.equal((await hans.request('GET', '/bookings')).status, 200, 'and the session lives');
        const seen = (await portal.mail.read()).length;
        await exempt(portal, 'demo', 'hans@demo.example');
        await activate(portal, 'demo', 'hans@demo.example', { seen });
        await portal.ask(['exemption', 'end', '-T', 'demo', 'hans@demo.example', '--reason', 'has-eid']);
        assert.equal((await try_password(portal, 'demo', cpr.hans)).answer.status, 403, 'unverified again');
        assert.ok(is_in((await log_in_by(portal, real, { person: 'hans' })).client), 'MitID opens as before');
    });

    test(named('patient create takes the exemption in the same step, and makes nobody when a fact is missing'), async () => {
        const fields = { 'first-name': 'Inge', 'last-name': 'Jensen', email: 'inge@demo.example' };
        const create = (over, more) => ['patient', 'create', '-T', 'demo', ...flags({ ...fields, ...over }), '--national-id-file', '-', '--no-eid', ...more];
        const facts = ['--reason', 'has no MitID', ...checked];
        const run = async (args) => portal.ctl(args, { input: `${cpr.inge}\n` });
        for (let i = 0; i < facts.length - 1; i += 2) {
            const done = await run(create({}, [...facts.slice(0, i), ...facts.slice(i + 2)]));
            assert.notEqual(done.status, 0, `without ${facts[i]}`);
            assert.match(done.stderr, new RegExp(facts[i].slice(2).replaceAll('-', '[-_]')), done.stderr);
        }
        assert.match((await run(create({}, facts.slice(0, -1)))).stderr, /State that the e-mail address has been checked/);
        assert.match((await run(create({ email: undefined }, facts))).stderr, /email/);
        assert.deepEqual(await portal.sql("SELECT id FROM membership WHERE first_name = 'Inge'"), []);
        const seen = (await portal.mail.read()).length;
        const made = await run(create({}, facts));
        assert.equal(made.status, 0, made.stderr);
        await activate(portal, 'demo', 'inge@demo.example', { seen });
        assert.ok(is_in(await enter(portal, 'demo', cpr.inge, 'inge@demo.example')));
    });

    test(named('an exemption needs an e-mail address, the statement about it, and a check that has taken place'), async () => {
        const jens = await portal.ask(['patient', 'create', '-T', 'demo', ...flags({ 'first-name': 'jens', 'last-name': 'Jensen' }), '--national-id-file', '-'], { input: `${cpr.jens}\n` });
        const create = (...more) => refused(['exemption', 'create', '-T', 'demo', jens.id, '--reason', 'has no MitID', ...more]);
        assert.match(await create(...checked), /no e-mail address/);
        assert.match(await create(...checked.slice(0, -1)), /State that the e-mail address/);
        assert.match(await create(...checked.map((word) => word.replace('2027-01-11', '2027-01-12'))), /not come yet/);
        assert.match(await create(...checked, '--review-on', '2027-01-11'), /still to come/);
        assert.match(await create(...checked.slice(2)), /identity.checked.by/);
    });

    test(named('who made the profile by oneself needs MitID first, and after the clinic’s tick a new password lets the same account in'), async () => {
        await sign_up('selv', 'mona', 'mona@selv.example');
        await choose_password(portal, 'selv', 'mona@selv.example');
        const early = await try_password(portal, 'selv', cpr.mona);
        assert.equal(early.answer.status, 403);
        assert.match(early.client.text(), /The first time, you need your electronic ID/);
        assert.ok(!is_in(early.client));
        const account = () => portal.sql("SELECT account, origin, verified_by FROM membership WHERE first_name = 'mona'");
        const [[was, origin]] = await account();
        assert.equal(origin, 'self');
        const seen = (await portal.mail.read()).length;
        await exempt(portal, 'selv', 'mona@selv.example');
        await activate(portal, 'selv', 'mona@selv.example', { seen, secret: 'a new one by the link' });
        assert.equal((await try_password(portal, 'selv', cpr.mona)).answer.status, 401, 'the earlier password is void');
        assert.ok(is_in(await enter(portal, 'selv', cpr.mona, 'mona@selv.example', 'a new one by the link')));
        assert.deepEqual(await account(), [[was, 'self', 'exemption']]);
    });

    test(named('exactly one address gets codes: where master card and own registration differ, the clinic chooses'), async () => {
        await sign_up('selv', 'lone', 'lone@signup.example');
        const [[id]] = await portal.sql(`SELECT ${engine === 'sqlite' ? 'lower(hex(public_id))' : "encode(public_id, 'hex')"} FROM membership WHERE first_name = 'lone'`);
        const lone = { id: id.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5') };
        await portal.ask(['user', 'set', '-T', 'selv', lone.id, '--email', 'lone@demo.example']);
        const shown = await portal.ask(['exemption', 'show', '-T', 'selv', lone.id]);
        assert.deepEqual([shown.state, shown.code_address, shown.addresses], ['none', '', ['lone@demo.example', 'lone@signup.example']]);
        const create = ['exemption', 'create', '-T', 'selv', lone.id, '--reason', 'has no MitID', ...checked];
        assert.match(await refused(create), /two e-mail addresses[\s\S]*--code-address/);
        assert.match(await refused([...create, '--code-address', 'third@demo.example']), /no e-mail address of this person/);
        const seen = (await portal.mail.read()).length;
        const made = await portal.ask([...create, '--code-address', 'Lone@Signup.example']);
        assert.equal(made.code_address, 'lone@signup.example');
        await activate(portal, 'selv', 'lone@signup.example', { seen });
        assert.ok(is_in(await enter(portal, 'selv', cpr.lone, 'lone@signup.example')));
    });

    test(named('a new e-mail address suspends the exemption until the clinic confirms it, and the old address is told'), async () => {
        await add('nina');
        let seen = (await portal.mail.read()).length;
        await exempt(portal, 'demo', 'nina@demo.example');
        await activate(portal, 'demo', 'nina@demo.example', { seen });
        const client = await enter(portal, 'demo', cpr.nina, 'nina@demo.example');
        seen = (await portal.mail.read()).length;
        await portal.ask(['user', 'set', '-T', 'demo', 'nina@demo.example', '--email', 'nina@new.example']);
        await portal.wait_mail((mail) => mail.recipients.includes('nina@demo.example') && /contact details have been changed/.test(mail.subject));
        assert.equal((await client.request('GET', '/bookings')).status, 303, 'the session that rested on it is over');
        const stopped = await try_password(portal, 'demo', cpr.nina);
        assert.equal(stopped.answer.status, 403);
        assert.match(stopped.client.text(), /Your e-mail address was changed\. Call the clinic/);
        assert.deepEqual((await portal.ask(['exemption', 'list', '-T', 'demo', '--due'])).items.map(({ name, state }) => `${name} ${state}`), ['nina Jensen suspended']);
        const done = await portal.ask(['exemption', 'confirm', '-T', 'demo', 'nina@new.example', ...checked]);
        assert.deepEqual([done.state, done.code_address], ['active', 'nina@new.example']);
        assert.ok(is_in(await enter(portal, 'demo', cpr.nina, 'nina@new.example')));
        assert.deepEqual((await acts('nina')).map((line) => line.split(' ')[0]), ['exemption.create', 'exemption.suspend', 'exemption.confirm']);
    });

    test(named('exemptions that wait for the clinic are listed: suspended ones and those past their review day'), async () => {
        const names = async (...more) => (await portal.ask(['exemption', 'list', '-T', 'demo', ...more])).items.map(({ name, state }) => `${name} ${state}`);
        await portal.ask(['exemption', 'confirm', '-T', 'demo', 'grete@demo.example', ...checked, '--review-on', '2027-02-01']);
        assert.ok((await names()).includes('grete Jensen active'));
        assert.deepEqual(await names('--due'), []);
        const was = portal.now;
        await portal.set_clock('2027-02-01T08:00:00Z');
        assert.deepEqual(await names('--due'), ['grete Jensen active']);
        await portal.ask(['exemption', 'confirm', '-T', 'demo', 'grete@demo.example', ...checked, '--review-on', '2027-08-01']);
        assert.deepEqual(await names('--due'), [], 'looked at again');
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('the clinic’s confirmation gets an exempt patient who forgot the password a link, to the code address'), async () => {
        const seen = (await portal.mail.read()).length;
        const done = await portal.ask(['exemption', 'confirm', '-T', 'demo', 'grete@demo.example', ...checked, '--new-password']);
        assert.match(done.sent_to, /^g\*+@demo\.example$/);
        assert.ok(await mailed_link(portal, 'grete@demo.example', seen));
        await activate(portal, 'demo', 'grete@demo.example', { seen, secret: 'remembered from now on' });
        assert.ok(is_in(await enter(portal, 'demo', cpr.grete, 'grete@demo.example', 'remembered from now on')));
    });
});
