// People who come by themselves: by the form and a link in the mail, or by their eID. What a clinic
// lets them do, what it is asked, and what somebody learns who tries other people's data.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BankIdPortal, make_bankid_clinic, personal_number, Visitor } from './bankid.mjs';
import { make_patient, password } from './clinic.mjs';
import { choose_password } from './people.mjs';
import { on_each_engine } from './portal.mjs';
import { mail_code } from './registering.mjs';
import { until } from './wait.mjs';

const modules = 'booking,sms,bankid,communication';
const awaiting = /has not yet said yes to your registration/;
const eid_first = /The first time, you need your electronic ID/;

on_each_engine((engine, named) => {
    let both;
    let portal;
    let serial = 0;

    before(async () => {
        both = await BankIdPortal.start({ engine });
        ({ portal } = both);
        for (const [slug, mode] of [['closed', undefined], ['asks', 'approval'], ['open', 'open']]) {
            await make_bankid_clinic(portal, slug, { modules });
            await portal.ask(['policy', 'set', '-T', slug, '--methods', 'bankid,password', ...(mode ? ['--registration', mode] : [])]);
        }
    });
    after(() => both?.close());

    const one = async (sql) => Number((await portal.sql(sql))[0][0]);
    const fresh = () => {
        serial += 1;
        return { email: `r${serial}@mail.example`, number: personal_number(serial, 1971) };
    };
    const list = async (slug, state = 'pending') => (await portal.ask(['registration', 'list', '-T', slug, '--state', state])).items;
    const show = (slug, user) => portal.ask(['user', 'show', '-T', slug, user]);
    const count_of = (slug) => one(`SELECT COUNT(*) FROM membership m JOIN tenant t ON t.id = m.tenant WHERE t.slug = '${slug}'`);

    /** Fills in the form; the answer before it is followed. */
    async function send_form(slug, { email, number = '', mobile = '', ...over }, options) {
        const client = portal.client(slug, options);
        await client.get('/register');
        const form = client.form(/register/);
        const values = { first_name: 'Rosa', last_name: 'Falk', email, mobile, ...(form.names.includes('national_id') ? { national_id: number } : {}), ...over };
        const answer = await client.post_raw(form.action, form.filled(values));
        return { client, form, values, answer };
    }
    const link_in = (slug, mail) => mail.text.match(new RegExp(`http://${portal.host(slug).replace('.', '\\.')}(/register/confirm/[\\w-]{43})`))?.[1];
    const link_for = async (slug, email) => link_in(slug, await portal.wait_mail((mail) => mail.recipients.includes(email) && link_in(slug, mail)));
    async function confirm(slug, link) {
        const client = portal.client(slug);
        await client.get(link);
        return client.submit(/confirm/, { mail_code: await mail_code(portal, link) }).then((answer) => ({ client, answer }));
    }
    async function register(slug, who) {
        const { answer } = await send_form(slug, who);
        assert.equal(answer.status, 303, answer.body);
        return confirm(slug, await link_for(slug, who.email));
    }
    async function come(slug, number, name = 'Rosa') {
        const visit = new Visitor(both, slug);
        const answer = await visit.log_in({ personalNumber: number, givenName: name, surname: 'Falk' });
        return { visit, answer };
    }

    test(named('a new clinic takes no registrations: who tries is told to call it, and nothing is made'), async () => {
        const client = portal.client('closed');
        assert.equal((await client.get('/register')).status, 200);
        assert.match(client.text(), /call the clinic/);
        assert.equal(client.forms().filter((form) => form.action.startsWith('/register')).length, 0);
        const elsewhere = await send_form('open', { email: 'x@mail.example' });
        const was = [await count_of('closed'), await one('SELECT COUNT(*) FROM registration')];
        const refused = await client.post_raw('/register', elsewhere.form.filled(elsewhere.values));
        assert.equal(refused.status, 403);
        const { answer } = await come('closed', fresh().number);
        assert.equal(answer.status, 403);
        assert.deepEqual([await count_of('closed'), await one('SELECT COUNT(*) FROM registration')], was);
    });

    test(named('staff make patients by hand in all three modes'), async () => {
        for (const slug of ['closed', 'asks', 'open']) await make_patient(portal, slug, { email: `hand@${slug}.example`, national_id: fresh().number });
    });

    test(named('without approval the profile is made at once, unverified: the first login needs the eID, also after a password of the clinic’s'), async () => {
        const who = fresh();
        const { client } = await register('open', who);
        assert.match(client.text(), /The first time, you need one of these: BankID\. If you have none, call the clinic/);
        const profile = await show('open', who.email);
        assert.deepEqual([profile.origin, profile.verified_at ?? null, profile.name, profile.national_id], ['self', null, 'Rosa Falk', `${who.number.slice(0, 8)}-****`]);
        await portal.wait_mail((mail) => mail.recipients.includes(who.email) && mail.subject === 'You are registered');
        await choose_password(portal, 'open', who.email);
        const try_password = async () => {
            const tried = portal.client('open');
            await tried.get('/login');
            const answer = await tried.submit(/password/, { identifier: who.email, password });
            return { answer, text: tried.text() };
        };
        const stopped = await try_password();
        assert.equal(stopped.answer.status, 403);
        assert.match(stopped.text, eid_first);
        const { visit } = await come('open', who.number);
        assert.ok(visit.is_in, visit.client.text());
        const verified = await show('open', profile.id);
        assert.ok(verified.verified_at);
        assert.deepEqual([verified.email, verified.mobile, verified.password], ['', '', false], 'what nobody proved is forgotten');
    });

    test(named('whoever registered another’s national id has no way in once that person has come by eID'), async () => {
        const victim = fresh();
        await register('open', { email: 'thief@mail.example', number: victim.number, mobile: '0701740605' });
        await choose_password(portal, 'open', 'thief@mail.example');
        assert.ok((await come('open', victim.number)).visit.is_in);
        await portal.settle();
        const [mails, texts] = [(await portal.mail.read()).length, (await portal.sms.read()).length];
        const thief = portal.client('open');
        await thief.get('/login');
        assert.equal((await thief.submit(/password/, { identifier: 'thief@mail.example', password })).status, 401);
        await thief.get('/reset');
        await thief.submit(/reset/, { identifier: 'thief@mail.example' });
        await portal.settle();
        assert.equal((await portal.mail.read()).slice(mails).filter((mail) => mail.recipients.includes('thief@mail.example')).length, 0);
        assert.equal((await portal.sms.read()).length, texts);
    });

    test(named('looking at the link uses nothing up, it works once, at its own clinic, and not when it is too old'), async () => {
        const who = fresh();
        await send_form('open', who);
        const link = await link_for('open', who.email);
        const scanner = portal.client('open');
        const was = await count_of('open');
        for (let i = 0; i < 3; i += 1) assert.equal((await scanner.get(link)).status, 200);
        assert.equal(await count_of('open'), was);
        assert.equal((await portal.client('asks').get(link)).status, 404);
        await confirm('open', link);
        assert.equal(await count_of('open'), was + 1);
        assert.equal((await scanner.get(link)).status, 404);
        const late = fresh();
        await send_form('open', late);
        const old = await link_for('open', late.email);
        await both.pass(73 * 3600);
        assert.equal((await portal.client('open').get(old)).status, 404);
        assert.equal(await count_of('open'), was + 1);
    });

    test(named('a program that opens the link and presses the button registers nobody: another browser than the one that asked must type the digits of the mail'), async () => {
        const who = fresh();
        const { client } = await send_form('open', who);
        const link = await link_for('open', who.email);
        const was = await count_of('open');
        const scanner = portal.client('open');
        await scanner.get(link);
        assert.equal((await scanner.submit(/confirm/, {})).status, 400);
        assert.match(scanner.text(), /Write the four digits/);
        scanner.cookies.set('__Host-register', 'A'.repeat(43));
        assert.equal((await scanner.submit(/confirm/, {})).status, 400);
        const other = fresh();
        scanner.cookies.set('__Host-register', (await send_form('open', other)).client.cookies.get('__Host-register'));
        assert.equal((await scanner.submit(/confirm/, {})).status, 400, 'the cookie of another registration');
        const right = await mail_code(portal, link);
        const wrong = (i) => String((Number(right) + 1 + i) % 10_000).padStart(4, '0');
        assert.equal((await scanner.submit(/confirm/, { mail_code: wrong(0) })).status, 401);
        const form = scanner.form(/confirm/);
        const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => portal.client('open').post_raw(form.action, form.filled({ mail_code: wrong(i) }))));
        assert.deepEqual(Object.entries(Object.groupBy(answers, ({ status }) => status)).map(([status, all]) => [status, all.length]), [['401', 4], ['404', 16]]);
        assert.equal((await portal.client('open').post_raw(form.action, form.filled({ mail_code: right }))).status, 404, 'the right digits, too late');
        assert.equal(await count_of('open'), was);
        await client.get(link);
        assert.ok(!client.form(/confirm/).names.includes('mail_code'), 'the browser that asked types nothing');
        assert.equal((await client.submit(/confirm/)).status, 200, client.text());
        assert.equal(await count_of('open'), was + 1);
    });

    test(named('what was told is erased: number and link when it is decided, the whole of what nobody proved two days after its link'), async () => {
        const [done, left] = [fresh(), fresh()];
        await register('asks', done);
        assert.equal(await one(`SELECT COUNT(*) FROM registration WHERE email = '${done.email}' AND detail_sealed IS NULL AND token_hash IS NULL`), 1);
        await send_form('asks', left);
        const rows = () => one(`SELECT COUNT(*) FROM registration WHERE email = '${left.email}'`);
        await both.pass((72 + 47) * 3600);
        await portal.settle();
        assert.equal(await rows(), 1);
        await both.pass(2 * 3600);
        await until(async () => (await rows()) === 0, () => 'the clean-up', 15_000);
        assert.equal(await one(`SELECT COUNT(*) FROM registration WHERE email = '${done.email}'`), 1);
        await portal.ask(['registration', 'reject', '-T', 'asks', (await list('asks')).find(({ email }) => email === done.email).id]);
    });

    test(named('with approval a registration waits for the clinic, which hears of it; until then nobody gets in'), async () => {
        const who = fresh();
        const { client } = await register('asks', who);
        assert.match(client.text(), /Until then you cannot log in/);
        const [waiting] = (await list('asks')).filter(({ email }) => email === who.email);
        assert.deepEqual([waiting.state, waiting.origin, waiting.name, waiting.national_id], ['pending', 'self', 'Rosa Falk', `${who.number.slice(0, 8)}-****`]);
        const told = await portal.wait_mail((mail) => mail.recipients.includes('owner@asks.example') && mail.subject === 'Somebody wants to register');
        assert.ok(!told.text.includes('Falk') && !told.text.includes(who.number.slice(2, 8)));
        const early = await come('asks', who.number);
        assert.equal(early.answer.status, 403);
        assert.match(early.visit.client.text(), awaiting);
        assert.equal((await list('asks')).filter(({ national_id: id }) => id === waiting.national_id).length, 1, 'one request, not two');
        const approved = await portal.ask(['registration', 'approve', '-T', 'asks', waiting.id]);
        assert.equal(approved.state, 'approved');
        await portal.wait_mail((mail) => mail.recipients.includes(who.email) && mail.subject === 'You are registered');
        const { visit } = await come('asks', who.number);
        assert.ok(visit.is_in, visit.client.text());
        assert.equal((await portal.ctl(['registration', 'approve', '-T', 'asks', waiting.id])).status, 6, 'twice');
        assert.equal((await portal.ctl(['registration', 'reject', '-T', 'open', waiting.id])).status, 5, 'at another clinic');
        const acts = (await portal.sql("SELECT act, actor FROM audit WHERE act LIKE 'registration.%'")).map((row) => row.join(' '));
        for (const act of ['registration.ask nobody', 'registration.prove nobody', 'registration.approve uid:0']) assert.ok(acts.includes(act), act);
    });

    test(named('who is rejected hears of it, without the reason, and has no profile'), async () => {
        const who = fresh();
        await register('asks', who);
        const [waiting] = (await list('asks')).filter(({ email }) => email === who.email);
        const was = await count_of('asks');
        await portal.ask(['registration', 'reject', '-T', 'asks', waiting.id, '--reason', 'lives far away']);
        const mail = await portal.wait_mail((each) => each.recipients.includes(who.email) && each.subject === 'About your registration');
        assert.ok(!mail.text.includes('far away'));
        assert.equal(await count_of('asks'), was);
        assert.equal((await list('asks', 'rejected')).find(({ id }) => id === waiting.id).reason, 'lives far away');
        assert.ok((await portal.sql("SELECT act FROM audit WHERE act = 'registration.reject'")).length > 0);
    });

    test(named('whom an eID proves waits or is in at once, as the clinic says; nobody is asked for a password'), async () => {
        const { number } = fresh();
        const first = await come('open', number, 'Sten');
        assert.ok(first.visit.is_in, first.visit.client.text());
        assert.doesNotMatch(first.answer.body, /type="password"/);
        const accounts = await one('SELECT COUNT(*) FROM account');
        for (let i = 0; i < 2; i += 1) {
            const second = await come('asks', number, 'Sten');
            assert.equal(second.answer.status, 403);
            assert.match(second.visit.client.text(), awaiting);
            assert.doesNotMatch(second.answer.body, /type="password"/);
        }
        const waiting = (await list('asks')).filter(({ name }) => name === 'Sten Falk');
        assert.deepEqual(waiting.map(({ origin }) => origin), ['bankid-self']);
        const { user } = await portal.ask(['registration', 'approve', '-T', 'asks', waiting[0].id]);
        const profile = await show('asks', user);
        assert.ok(profile.verified_at);
        assert.ok((await come('asks', number, 'Sten')).visit.is_in);
        assert.equal(await one('SELECT COUNT(*) FROM account'), accounts, 'one account for both clinics');
        assert.equal(await one("SELECT COUNT(*) FROM outbox WHERE kind = 'registration-approved' AND state = 'not-sent'"), 1, 'without an address the row says why');
    });

    test(named('a password makes nobody a patient: only an eID does'), async () => {
        await portal.ask(['policy', 'set', '-T', 'open', '--unknown-by-eid', 'yes']);
        const was = [await count_of('open'), await one('SELECT COUNT(*) FROM account')];
        const { email, number } = fresh();
        for (const identifier of [email, number]) {
            const client = portal.client('open');
            await client.get('/login');
            assert.ok([400, 401].includes((await client.submit(/password/, { identifier, password })).status));
        }
        assert.deepEqual([await count_of('open'), await one('SELECT COUNT(*) FROM account')], was);
        assert.ok((await come('open', number)).visit.is_in);
        assert.equal(await count_of('open'), was[0] + 1);
        await portal.ask(['policy', 'set', '-T', 'open', '--unknown-by-eid', 'no']);
    });

    test(named('known and unknown people get the same bytes, and one message each'), async () => {
        await make_patient(portal, 'open', { email: 'known@mail.example', national_id: fresh().number });
        const work = async (email) => {
            const rows = async () => [await one('SELECT COUNT(*) FROM outbox'), await one('SELECT COUNT(*) FROM registration'), await one('SELECT COUNT(*) FROM audit')];
            const was = await rows();
            const { client, answer } = await send_form('open', { email });
            const page = await client.follow(answer, '/register');
            const plain = (text) => text.replace(/name="form_token" value="[^"]*"/g, '');
            return { status: answer.status, at: answer.headers.location, cookies: [...client.cookies.keys()], page: plain(page.body), rows: (await rows()).map((now, i) => now - was[i]) };
        };
        const known = await work('known@mail.example');
        assert.deepEqual(known, await work(fresh().email));
        assert.deepEqual(known.rows, [1, 1, 1]);
        const mail = await portal.wait_mail((each) => each.recipients.includes('known@mail.example'));
        assert.equal(mail.subject, 'You have a profile already');
        assert.equal(link_in('open', mail), undefined);
    });

    test(named('whoever writes another’s national id with an own address learns nothing; that person hears of it'), async () => {
        const member = fresh();
        const victim = await make_patient(portal, 'open', { email: 'victim@mail.example', national_id: member.number });
        const was = await count_of('open');
        const honest = await register('open', fresh());
        const nosy = await register('open', { email: 'nosy@mail.example', number: member.number });
        assert.equal(nosy.client.path, honest.client.path);
        assert.equal(nosy.answer.body, honest.answer.body);
        assert.equal(await count_of('open'), was + 1, 'the honest one alone');
        await portal.wait_mail((mail) => mail.recipients.includes('victim@mail.example') && mail.subject === 'You have a profile already');
        assert.equal((await show('open', victim.id)).email, 'victim@mail.example');
        await portal.settle();
        assert.equal((await portal.mail.read()).filter((mail) => mail.recipients.includes('nosy@mail.example')).length, 1);
    });

    test(named('ten registrations of one national id at the same moment make one account and one profile, or one request'), async () => {
        for (const slug of ['open', 'asks']) {
            const { number } = fresh();
            const emails = Array.from({ length: 10 }, (_, i) => `ten${i}@${slug}.example`);
            const written = [number, `${number.slice(0, 8)}-${number.slice(8)}`, number.slice(2), `${number.slice(2, 8)}-${number.slice(8)}`, ` ${number} `];
            for (const [i, email] of emails.entries()) assert.equal((await send_form(slug, { email, number: written[i % 5] })).answer.status, 303);
            const links = await Promise.all(emails.map((email) => link_for(slug, email)));
            const [accounts, members] = [await one('SELECT COUNT(*) FROM account'), await count_of(slug)];
            const waiting = (await list(slug)).length;
            const done = await Promise.all(links.map((link) => confirm(slug, link)));
            assert.deepEqual([...new Set(done.map(({ answer }) => answer.status))], [200], done.map(({ client }) => client.text()).join('\n'));
            assert.equal(new Set(done.map(({ answer }) => answer.body)).size, 1, 'the same answer for all');
            assert.equal(await one('SELECT COUNT(*) FROM account'), accounts + 1);
            assert.equal((await count_of(slug)) - members, slug === 'open' ? 1 : 0);
            assert.equal((await list(slug)).length - waiting, slug === 'asks' ? 1 : 0);
        }
    });

    test(named('the same form twice is one registration and one message'), async () => {
        const who = fresh();
        const { client, form, values, answer } = await send_form('open', who);
        assert.equal(answer.status, 303);
        assert.equal((await client.post_raw(form.action, form.filled(values))).status, 303);
        await portal.settle();
        assert.equal((await portal.mail.read()).filter((mail) => mail.recipients.includes(who.email)).length, 1);
        assert.equal(await one(`SELECT COUNT(*) FROM registration WHERE email = '${who.email}'`), 1);
    });

    test(named('a mailbox is not filled: after ten messages in an hour a row says why no other is sent'), async () => {
        await portal.stop();
        portal.write_settings({ ...portal.settings, login: { ...portal.settings.login, codes_per_hour: 10 } });
        await portal.serve();
        const { email } = fresh();
        const answers = [];
        for (let i = 0; i < 12; i += 1) answers.push((await send_form('open', { email })).answer);
        assert.deepEqual([...new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`))].length, 1);
        assert.equal(await one("SELECT COUNT(*) FROM outbox WHERE reason = 'too-many'"), 2);
        await portal.settle();
        assert.equal((await portal.mail.read()).filter((mail) => mail.recipients.includes(email)).length, 10);
    });

    test(named('a bad field is named beside it, what was typed stays, and the national id is asked where a module permits it alone'), async () => {
        await portal.ask(['tenant', 'set', 'open', '--modules', 'booking,sms,communication']);
        const plain = portal.client('open');
        await plain.get('/register');
        assert.ok(!plain.form(/register/).names.includes('national_id'));
        const pairs = plain.form(/register/).filled({ first_name: 'A', last_name: 'B', email: 'a@b.example', mobile: '' });
        assert.equal((await plain.post_raw('/register', [...pairs, ['national_id', personal_number(1, 1960)]])).status, 400);
        await portal.ask(['tenant', 'set', 'open', '--modules', modules]);
        const cases = { first_name: '', last_name: 'x'.repeat(61), email: 'no address', mobile: '112', national_id: '19800101-0000' };
        for (const [name, bad] of Object.entries(cases)) {
            const { answer } = await send_form('open', { email: 'kept@mail.example', [name]: bad });
            assert.equal(answer.status, 400, name);
            assert.match(answer.body, new RegExp(`id="${name}-error"`), name);
            if (name !== 'email') assert.match(answer.body, /value="kept@mail\.example"/);
        }
        assert.equal(await one("SELECT COUNT(*) FROM registration WHERE email = 'kept@mail.example'"), 0);
    });

    test(named('the message to new patients is the first item on their page, new once, and nobody else’s'), async () => {
        const old = fresh();
        await make_patient(portal, 'open', { email: 'old@mail.example', national_id: old.number });
        await portal.ask(['policy', 'set', '-T', 'open', '--welcome', 'Welcome to us.\nBring your glasses.']);
        const { visit } = await come('open', fresh().number, 'Nya');
        assert.match((await visit.client.get('/')).body, /href="\/messages"/);
        const first = (await visit.client.get('/messages')).body;
        assert.match(first, /<p>Welcome to us\.<\/p>\s*<p>Bring your glasses\.<\/p>/);
        assert.match(first, /<strong>New<\/strong>/);
        const second = (await visit.client.get('/messages')).body;
        assert.match(second, /Welcome to us\./);
        assert.doesNotMatch(second, /<strong>New<\/strong>/);
        const known = (await come('open', old.number)).visit;
        assert.match((await known.client.get('/messages')).body, /There are no messages for you/);
        await portal.ask(['policy', 'set', '-T', 'open', '--welcome', 'Other words.']);
        assert.doesNotMatch((await visit.client.get('/messages')).body, /Other words/);
    });

    test(named('without the module communication nothing is shown and the login still works'), async () => {
        await portal.ask(['tenant', 'set', 'open', '--modules', 'booking,sms,bankid']);
        const { warnings } = await portal.ask(['policy', 'set', '-T', 'open', '--welcome', 'Unseen.']);
        assert.ok(warnings.some((line) => line.includes('communication')), JSON.stringify(warnings));
        const { visit } = await come('open', fresh().number, 'Utan');
        assert.ok(visit.is_in);
        assert.doesNotMatch((await visit.client.get('/')).body, /\/messages/);
        assert.equal((await visit.client.get('/messages')).status, 404);
        await portal.ask(['tenant', 'set', 'open', '--modules', modules]);
        assert.match((await visit.client.get('/messages')).body, /There are no messages for you/, 'nor later');
    });
});
