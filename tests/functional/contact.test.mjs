// One's own contact details: what is shown, and what it takes to change where codes go.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic, make_patient, make_tenant, password } from './clinic.mjs';
import { activate, exempt, try_password } from './exemption.mjs';
import { links } from './html.mjs';
import { answer_consent, choose_password, log_in, mailed_code } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { until } from './wait.mjs';

const wrong_codes = (code, count) => Array.from({ length: count }, (_, i) => String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0'));

on_each_engine((engine, named) => {
    let portal;

    before(async () => {
        portal = await Portal.start({ engine, settings: { login: { codes_per_hour: 30 } } });
        await make_clinic(portal, 'demo', { modules: 'booking,sms,two-factor-sms' });
        await make_clinic(portal, 'silent', { modules: 'booking' });
        await choose_password(portal, 'demo', 'elsa@demo.example');
        await choose_password(portal, 'demo', 'anna@demo.example');
        await choose_password(portal, 'silent', 'elsa@silent.example');
    });
    after(() => portal?.close());

    /** A new patient of `slug` who is logged in. */
    async function enter(name, slug = 'demo', more = {}) {
        const email = `${name}@${slug}.example`;
        await make_patient(portal, slug, { email, 'first-name': name, ...more });
        await choose_password(portal, slug, email);
        return log_in(portal, slug, email);
    }
    const seen_mails = async () => (await portal.mail.read()).length;
    /** The code that was texted to `number` after the first `seen` texts. */
    const texted_code = (number, seen) => until(async () => (await portal.sms.read()).slice(seen).filter(({ to }) => to === number).map(({ text }) => text.match(/\b\d{6}\b/)?.[0]).findLast(Boolean), `a code for ${number}`);
    /** As far as the code. */
    async function ask(client, what, value) {
        await client.get(`/contact/${what}`);
        return client.submit(new RegExp(`^/contact/${what}$`), { value });
    }
    const give = (client, code) => client.submit(/\/code$/, { code });
    const stored = async (first) => (await portal.sql(`SELECT email, mobile FROM membership WHERE first_name = '${first}'`))[0];
    const masked = (body) => body.replace(/name="form_token" value="[^"]*"/g, '').replace(/[\w.+-]+@[\w.-]+/g, 'ADDRESS');

    test(named('the menu leads to a page with one’s own address, number and language in full, for patients and staff'), async () => {
        for (const [email, number] of [['elsa@demo.example', '+46701740605'], ['anna@demo.example', null]]) {
            const client = await log_in(portal, 'demo', email);
            const menu = links(client.page.body).find(({ text }) => text === 'Contact details');
            assert.equal(menu?.href, '/contact');
            assert.equal((await client.get('/contact')).status, 200);
            assert.ok(client.text().includes(email));
            if (number) assert.ok(client.text().includes(number), client.text());
            assert.match(client.page.body, /value="en"[^>]*aria-current="true"/);
        }
    });

    test(named('a new mobile number is proved by a code to it, and the old number and the e-mail address are told'), async () => {
        const client = await enter('ida');
        const texts = (await portal.sms.read()).length;
        const asked = await ask(client, 'mobile', '070-174 06 33');
        assert.equal(asked.status, 200, client.text());
        assert.match(client.text(), /code with six digits to \+46701740633/);
        const code = await texted_code('+46701740633', texts);
        assert.equal((await give(client, wrong_codes(code, 1)[0])).status, 401);
        assert.deepEqual((await stored('ida'))[1], '+46701740605', 'nothing is saved before the code');
        assert.equal((await give(client, code)).status, 200);
        assert.match(client.text(), /Your new mobile number is saved/);
        assert.deepEqual(await stored('ida'), ['ida@demo.example', '+46701740633']);
        await portal.wait_text(({ to, text }) => to === '+46701740605' && /have just been changed/.test(text));
        await portal.wait_mail((mail) => mail.recipients.includes('ida@demo.example') && /details have been changed/.test(mail.subject));
        const acts = (await portal.sql("SELECT a.act, a.reason FROM audit a JOIN membership m ON a.object = 'membership:' || m.id WHERE m.first_name = 'ida' AND a.act LIKE 'contact.%' ORDER BY a.id")).map((row) => row.join(' '));
        assert.deepEqual(acts, ['contact.ask mobile', 'contact.denied wrong_code', 'contact.change mobile']);
    });

    test(named('a new e-mail address is proved by a code to it; then it is the login name, and the old one is told and logs in no more'), async () => {
        const client = await enter('judit');
        const seen = await seen_mails();
        await ask(client, 'email', 'Judit@new.example');
        const code = await mailed_code(portal, 'Judit@new.example', seen);
        assert.equal((await give(client, `${code.slice(0, 3)} ${code.slice(3)}`)).status, 200);
        assert.match(client.text(), /Your new e-mail address is saved/);
        await portal.wait_mail((mail) => mail.recipients.includes('judit@demo.example') && /details have been changed/.test(mail.subject));
        assert.equal((await try_password(portal, 'demo', 'judit@demo.example')).answer.status, 401);
        const again = await try_password(portal, 'demo', 'judit@new.example');
        assert.equal(again.answer.status, 200, again.client.text());
        assert.equal((await client.request('GET', '/contact')).status, 200, 'the session goes on');
    });

    for (const what of ['email', 'mobile']) {
        test(named(`a login of more than ten minutes ago may look at everything but not change the ${what}`), async () => {
            const client = await enter(`karin-${what}`);
            await client.get(`/contact/${what}`);
            const form = client.form(new RegExp(`^/contact/${what}$`));
            const was = portal.now;
            await portal.advance(11);
            assert.equal((await client.get('/contact')).status, 200);
            assert.equal((await client.get(`/contact/${what}`)).status, 200);
            assert.throws(() => client.form(new RegExp(`^/contact/${what}$`)), 'no form');
            const [again] = links(client.page.body).filter(({ text }) => text === 'Log in again');
            assert.equal(again.href, `/login?again=1&next=/contact/${what}`);
            await portal.advance(10);
            const counts = () => portal.sql('SELECT (SELECT COUNT(*) FROM login_attempt), (SELECT COUNT(*) FROM outbox)');
            const before_post = await counts();
            const late = await client.post_raw(form.action, form.filled({ value: what === 'email' ? 'late@new.example' : '0701740633' }));
            assert.equal(late.status, 403);
            assert.match(late.body, /Log in once more first/);
            assert.deepEqual(await counts(), before_post);
            const seen = await seen_mails();
            await client.get(again.href);
            await client.submit(/password/, { identifier: `karin-${what}@demo.example`, password });
            await client.submit(/code/, { code: await mailed_code(portal, `karin-${what}@demo.example`, seen) });
            await answer_consent(client);
            assert.equal(client.path, `/contact/${what}`, client.text());
            assert.ok(client.form(new RegExp(`^/contact/${what}$`)), 'the form is there');
            await portal.set_clock(new Date(was).toISOString());
        });
    }

    test(named('somebody else’s address is answered like a free one: its owner is told, no code is sent, nothing changes'), async () => {
        const client = await enter('lisa');
        let seen = await seen_mails();
        const free = await ask(client, 'email', 'free@new.example');
        const free_body = masked(free.body);
        await mailed_code(portal, 'free@new.example', seen);
        seen = await seen_mails();
        const statements = () => portal.sql("SELECT (SELECT COUNT(*) FROM outbox), (SELECT COUNT(*) FROM login_attempt WHERE purpose = 'contact')");
        const [[outbox, attempts]] = await statements();
        const taken = await ask(client, 'email', 'elsa@demo.example');
        assert.equal(taken.status, free.status);
        assert.equal(masked(taken.body), free_body);
        const [[outbox_after, attempts_after]] = await statements();
        assert.deepEqual([outbox_after - outbox, attempts_after - attempts], [1, 1], 'one mail, one attempt, as for a free one');
        const mail = await portal.wait_mail((each) => each.recipients.includes('elsa@demo.example') && /wanted to use your e-mail address/.test(each.subject));
        assert.doesNotMatch(mail.text, /(?<!\w)\d{6}(?!\w)/, 'no code');
        assert.doesNotMatch(mail.text, /lisa/i, 'not by whom');
        assert.equal((await give(client, '123456')).status, 401);
        assert.deepEqual(await stored('lisa'), ['lisa@demo.example', '+46701740605']);
    });

    test(named('a code for a new address is for one use, ten minutes, five tries and one browser'), async () => {
        const client = await enter('maja');
        const was = portal.now;
        let seen = await seen_mails();
        await ask(client, 'email', 'maja@new.example');
        const first = await mailed_code(portal, 'maja@new.example', seen);
        const other = await log_in(portal, 'demo', 'maja@demo.example');
        await other.get('/contact/email/code');
        assert.equal(other.path, '/contact/email', 'another browser is at the beginning');
        for (const code of wrong_codes(first, 5)) await give(client, code).catch(() => {});
        assert.ok(client.forms().every((form) => !form.names.includes('code')), 'the tries are used up');
        await client.get('/contact/email/code');
        assert.equal(client.path, '/contact/email');
        seen = await seen_mails();
        await ask(client, 'email', 'maja@new.example');
        const late = await mailed_code(portal, 'maja@new.example', seen, [first]);
        const form = client.form(/\/code$/);
        await portal.advance(10 + 1 / 60);
        assert.equal((await client.post_raw(form.action, form.filled({ code: late }))).status, 404, 'ten minutes later');
        await portal.set_clock(new Date(was).toISOString());
        seen = await seen_mails();
        await ask(client, 'email', 'maja@new.example');
        const code = await mailed_code(portal, 'maja@new.example', seen, [first, late]);
        const right = client.form(/\/code$/);
        const twice = await Promise.all([1, 2].map(() => client.post_raw(right.action, right.filled({ code }))));
        assert.deepEqual(twice.map(({ status }) => status), [303, 303], 'a double click is one change');
        await portal.advance(1);
        assert.notEqual((await client.post_raw(right.action, right.filled({ code }))).status, 303, 'and the code is used up');
        assert.equal((await portal.sql("SELECT COUNT(*) FROM audit a JOIN membership m ON a.object = 'membership:' || m.id WHERE m.first_name = 'maja' AND a.act = 'contact.change'"))[0][0], '1');
        await portal.set_clock(new Date(was).toISOString());
    });

    for (const [what, value, words] of [['email', '', 'Write something'], ['email', 'nobody', 'e-mail address'], ['email', 'olga@demo.example', 'have already'], ['mobile', '12', ''], ['mobile', '0701740605', 'have already'], ['mobile', '08-123 456 78', 'no mobile number']]) {
        test(named(`the ${what} ${JSON.stringify(value)} is told at its field, with what was typed`), async () => {
            const email = 'olga@demo.example';
            if ((await portal.sql(`SELECT id FROM membership WHERE email = '${email}'`)).length === 0) {
                await make_patient(portal, 'demo', { email, 'first-name': 'olga' });
                await choose_password(portal, 'demo', email);
            }
            const client = await log_in(portal, 'demo', email);
            const answer = await ask(client, what, value);
            assert.equal(answer.status, 400, client.text());
            assert.match(answer.body, /id="value-error"/);
            assert.ok(client.text().includes(words), client.text());
            assert.equal(client.form(/^\/contact/).field('value').value, value);
        });
    }

    test(named('who asks for too many codes waits'), async () => {
        const client = await enter('nils');
        const answers = [];
        for (let i = 0; i < 32 && answers.at(-1) !== 429; i += 1) answers.push((await ask(client, 'email', `nils${i}@new.example`)).status);
        assert.equal(answers.at(-1), 429, JSON.stringify(answers));
        assert.ok(answers.length > 20);
        assert.match(client.text(), /too many codes/);
    });

    test(named('without text messages a number cannot be proved, and the page says whom to call'), async () => {
        const client = await log_in(portal, 'silent', 'elsa@silent.example');
        const answer = await ask(client, 'mobile', '0701740633');
        assert.equal(answer.status, 409);
        assert.match(client.text(), /Call the clinic to change it/);
    });

    test(named('the language is chosen for pages and messages'), async () => {
        const client = await enter('petra');
        await client.get('/contact');
        const [form] = client.forms().filter(({ action }) => action === '/contact');
        await client.post('/contact', { form_token: form.field('form_token').value, language: 'da' });
        assert.match(client.page.body, /<html lang="da"/);
        assert.match(client.text(), /Sproget er gemt/);
        const seen = await seen_mails();
        await ask(client, 'email', 'petra@new.example');
        const mail = await portal.wait_mail((each) => each.recipients.includes('petra@new.example'));
        assert.match(mail.subject, /kode/i);
        assert.ok((await seen_mails()) > seen);
    });

    test(named('who is exempt from eID is warned, logged out by a new address, and waits for the clinic'), async () => {
        await make_tenant(portal, 'eid', { modules: 'booking,bankid' });
        await portal.ask(['policy', 'set', '-T', 'eid', '--client-login', 'yes', '--methods', 'password,bankid', '--eid-first', 'yes']);
        await make_patient(portal, 'eid', { email: 'rut@eid.example', 'first-name': 'rut' });
        let seen = await seen_mails();
        await exempt(portal, 'eid', 'rut@eid.example');
        await activate(portal, 'eid', 'rut@eid.example', { seen });
        const client = await log_in(portal, 'eid', 'rut@eid.example');
        seen = await seen_mails();
        await client.get('/contact/email');
        assert.match(client.text(), /has to confirm the new address before you can log in again/);
        await client.submit(/^\/contact\/email$/, { value: 'rut@new.example' });
        const answer = await give(client, await mailed_code(portal, 'rut@new.example', seen));
        assert.equal(answer.status, 200);
        assert.match(client.text(), /You are logged out now\. Call the clinic/);
        assert.ok(!client.cookies.has('__Host-sid'));
        const stopped = await try_password(portal, 'eid', 'rut@new.example');
        assert.equal(stopped.answer.status, 403);
        assert.match(stopped.client.text(), /Your e-mail address was changed/);
        assert.deepEqual((await portal.sql("SELECT state FROM exemption e JOIN membership m ON m.id = e.membership WHERE m.first_name = 'rut'")), [['suspended']]);
    });
});
