// Inviting people: who may be, what the mail says to whom, and what its link can do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BankIdPortal, personal_number } from './bankid.mjs';
import { make_patient, make_staff, make_tenant, password } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine } from './portal.mjs';

const paragraphs = {
    bankid: /With BankID: open the address, choose BankID/,
    password: /With your password: open the address and write it/,
    choose: /With a password: first choose one on this page:/,
    by_mail: /Then you get a code by e-mail\./,
    by_sms: /Then you get a code as a text message\./,
};
const said = (mail) => Object.keys(paragraphs).filter((name) => paragraphs[name].test(mail.text));
const link_in = (mail) => mail.text.match(/http:\/\/[^/\s]+(\/invite\/[\w-]{43})\b/)?.[1];

on_each_engine((engine, named) => {
    let both;
    let portal;
    let serial = 0;

    before(async () => {
        both = await BankIdPortal.start({ engine });
        portal = both.portal;
        await make_tenant(portal, 'demo', { modules: 'booking,sms,bankid,two-factor-sms' });
        await portal.ask(['policy', 'set', '-T', 'demo', '--client-login', 'yes', '--methods', 'password,bankid']);
    });
    after(() => both?.close());

    const count = async (sql) => Number((await portal.sql(`SELECT COUNT(*) FROM ${sql}`))[0][0]);
    const fresh = () => `person${serial += 1}@demo.example`;
    const mails_to = async (email) => (await portal.mail.read()).filter(({ recipients, text }) => recipients.includes(email) && /You can log in to the clinic's pages/.test(text));
    const mail_to = (email) => portal.wait_mail(({ recipients, text }) => recipients.includes(email) && /You can log in to the clinic's pages/.test(text));

    async function invited(over = {}) {
        const email = fresh();
        await make_patient(portal, 'demo', { email, ...over });
        await portal.ask(['invite', 'send', '-T', 'demo', email]);
        return { email, mail: await mail_to(email) };
    }

    test(named('an invitation without an address is refused before anything is written'), async () => {
        const was = [await count('account'), await count('membership'), await count('outbox'), await count('audit')];
        const done = await portal.ctl(['patient', 'create', '-T', 'demo', '--first-name', 'Siv', '--last-name', 'Dahl', '--mobile', '0701740605', '--invite']);
        assert.equal(done.status, 2, done.stdout);
        assert.match(done.stderr, /An invitation needs an e-mail address/);
        assert.deepEqual([await count('account'), await count('membership'), await count('outbox'), await count('audit')], was);
    });

    test(named('a new patient and the invitation are written together, or neither is'), async () => {
        const email = fresh();
        await portal.ask(['patient', 'create', '-T', 'demo', '--first-name', 'Eva', '--last-name', 'Ek', '--email', email, '--invite']);
        assert.ok(link_in(await mail_to(email)));
        await make_tenant(portal, 'shut');
        const was = await count('membership');
        const done = await portal.ctl(['patient', 'create', '-T', 'shut', '--first-name', 'Eva', '--last-name', 'Ek', '--email', 'eva@shut.example', '--invite']);
        assert.equal(done.status, 6, done.stderr);
        assert.match(done.stderr, /no way to log in: client_login_disabled/);
        assert.equal(await count('membership'), was, 'the patient was made although nothing could be sent');
        assert.equal(await count("outbox o JOIN tenant t ON t.id = o.tenant WHERE t.slug = 'shut'"), 0);
    });

    test(named('a staff member is invited in the step that adds him'), async () => {
        const email = fresh();
        await portal.ask(['staff', 'create', '-T', 'demo', '--first-name', 'Bo', '--last-name', 'Alm', '--title', 'Nurse', '--email', email, '--invite']);
        assert.deepEqual(said(await mail_to(email)), ['choose', 'by_mail']);
    });

    test(named('a second invitation within a day needs --again, and both tries are in the audit'), async () => {
        const { email } = await invited();
        const refused = await portal.ctl(['invite', 'send', '-T', 'demo', email]);
        assert.equal(refused.status, 6);
        assert.match(refused.stderr, /within the last 24 hours[\s\S]*--again/);
        await portal.settle();
        assert.equal((await mails_to(email)).length, 1);
        await portal.ask(['invite', 'send', '-T', 'demo', email, '--again']);
        await portal.settle();
        assert.equal((await mails_to(email)).length, 2);
        const acts = await portal.sql(`SELECT a.act, a.reason FROM audit a JOIN membership m ON a.object = 'membership:' || m.id WHERE m.email = '${email}' AND a.act LIKE 'invite.%' ORDER BY a.id`);
        assert.deepEqual(acts, [['invite.send', ''], ['invite.refused', 'sent-before'], ['invite.send', '']]);
        await portal.advance(24 * 60 + 1);
        await portal.ask(['invite', 'send', '-T', 'demo', email]);
    });

    test(named('the mail names the address and one paragraph a way that this person really has'), async () => {
        const number = personal_number(7);
        const cases = [
            { who: {}, wanted: ['choose', 'by_mail'] },
            { who: { national_id: number }, wanted: ['bankid', 'choose', 'by_mail'] },
            { who: {}, has_password: true, wanted: ['password', 'by_mail'] },
        ];
        for (const { who, has_password, wanted } of cases) {
            const email = fresh();
            await make_patient(portal, 'demo', { email, ...who });
            if (has_password) await choose_password(portal, 'demo', email);
            await portal.ask(['invite', 'send', '-T', 'demo', email]);
            const mail = await mail_to(email);
            assert.deepEqual(said(mail), wanted, mail.text);
            assert.ok(mail.text.includes(`http://${portal.host('demo')}/login`), 'the clinic’s address');
            assert.equal(link_in(mail) !== undefined, wanted.includes('choose'), 'a link goes to whoever has a password to choose');
        }
    });

    test(named('what the policy, a module or a missing number forbids is in no invitation'), async () => {
        await make_tenant(portal, 'ways', { modules: 'booking,sms,bankid,two-factor-sms' });
        const set = (...words) => portal.ask(['policy', 'set', '-T', 'ways', '--client-login', 'yes', ...words]);
        const invite = async (over = {}) => {
            const email = `w${serial += 1}@ways.example`;
            await make_patient(portal, 'ways', { email, ...over });
            const done = await portal.ctl(['invite', 'send', '-T', 'ways', email]);
            return done.status === 0 ? said(await mail_to(email)) : done.stderr.match(/log in: (\w+)/)?.[1];
        };
        const number = () => personal_number(100 + (serial += 1));
        await set('--methods', 'bankid');
        assert.deepEqual(await invite({ national_id: number() }), ['bankid']);
        assert.equal(await invite(), 'no_national_id');
        await set('--methods', 'password', '--code', 'sms');
        assert.deepEqual(await invite(), ['choose', 'by_sms']);
        assert.equal(await invite({ mobile: undefined }), 'no_mobile');
        await set('--methods', 'password,bankid');
        assert.deepEqual(await invite({ mobile: undefined, national_id: number() }), ['bankid']);
        await set('--methods', 'password', '--code', 'email');
        await portal.ask(['tenant', 'set', 'ways', '--modules', 'booking']);
        assert.deepEqual(await invite({ national_id: number() }), ['choose', 'by_mail']);
    });

    test(named('looking at the invitation’s page and pressing its empty form uses nothing up'), async () => {
        const { email, mail } = await invited();
        const link = link_in(mail);
        const scanner = portal.client('demo');
        for (let i = 0; i < 3; i += 1) assert.equal((await scanner.get(link)).status, 200);
        assert.match(scanner.text(), /You can log in here in these ways/);
        assert.equal((await scanner.submit(/password/, {})).status, 400);
        const person = portal.client('demo');
        await person.get(link);
        assert.equal((await person.submit(/password/, { password, repeated: password })).status, 200, person.text());
        assert.equal((await scanner.get(link)).status, 404);
        await log_in(portal, 'demo', email);
        const [item] = (await portal.ask(['invite', 'list', '-T', 'demo', '--state', 'used'])).items;
        assert.equal(item.state, 'used');
    });

    test(named('an invitation ends after its week, when it is taken back, and when a newer link is made'), async () => {
        const open = async (link) => (await portal.client('demo').get(link)).status;
        const first = await invited();
        assert.equal(await open(link_in(first.mail)), 200);
        await portal.ask(['invite', 'cancel', '-T', 'demo', first.email]);
        assert.equal(await open(link_in(first.mail)), 404);
        assert.equal((await portal.ctl(['invite', 'cancel', '-T', 'demo', first.email])).status, 6, 'there is none any more');
        const second = await invited();
        await portal.ask(['user', 'set-password', '-T', 'demo', second.email, '--print']);
        assert.equal(await open(link_in(second.mail)), 404);
        const third = await invited();
        const at_another = (await portal.client('ways').get(link_in(third.mail))).status;
        assert.equal(at_another, 404, 'another clinic');
        const as_link = (await portal.client('demo').get(link_in(third.mail).replace('invite', 'set-password'))).status;
        assert.equal(as_link, 404, 'another purpose');
        await portal.advance(7 * 24 * 60 + 1);
        assert.equal(await open(link_in(third.mail)), 404);
        const states = (await portal.ask(['invite', 'list', '-T', 'demo'])).items.map(({ state }) => state);
        assert.ok((await portal.sql("SELECT id FROM audit WHERE act = 'invite.list'")).length > 0, 'who reads the names is audited');
        for (const state of ['open', 'used', 'expired', 'ended']) if (state !== 'open') assert.ok(states.includes(state), `${state}: ${states}`);
    });

    test(named('the secret of an invitation stands in no table, log or answer'), async () => {
        const { mail } = await invited();
        const token = link_in(mail).split('/').at(-1);
        await portal.settle();
        const kept = await portal.sql("SELECT COUNT(*) FROM outbox WHERE kind = 'invitation' AND body_sealed IS NOT NULL AND state = 'sent'");
        assert.deepEqual(kept, [['0']], 'the body of a sent invitation is kept');
        assert.ok(!portal.log.includes(token));
        assert.ok(!JSON.stringify(await portal.ask(['invite', 'list', '-T', 'demo'])).includes(token));
        assert.equal(await count(`password_link WHERE token_hash = ${engine === 'sqlite' ? 'CAST(' : 'convert_to('}'${token}'${engine === 'sqlite' ? ' AS BLOB)' : ", 'UTF8')"}`), 0);
    });

    test(named('each person reads the invitation in their own language'), async () => {
        const subjects = { sv: 'Så loggar du in hos mottagningen', da: 'Sådan logger du ind hos klinikken', en: 'How you log in to the clinic' };
        for (const [language, subject] of Object.entries(subjects)) {
            const email = fresh();
            await make_patient(portal, 'demo', { email, language });
            await portal.ask(['invite', 'send', '-T', 'demo', email]);
            const mail = await portal.wait_mail(({ recipients }) => recipients.includes(email));
            assert.equal(mail.subject, subject);
        }
    });

    test(named('staff may not be invited twice by mistake, and nobody is found by a stranger’s address'), async () => {
        const done = await portal.ctl(['invite', 'send', '-T', 'demo', 'nobody@demo.example']);
        assert.equal(done.status, 5);
        const email = fresh();
        await make_staff(portal, 'demo', { email });
        await portal.ask(['invite', 'send', '-T', 'demo', email]);
        assert.equal((await portal.ctl(['invite', 'send', '-T', 'demo', email])).status, 6);
    });
});
