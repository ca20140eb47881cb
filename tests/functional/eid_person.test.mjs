// One person by two traces: the provider's own id and the national id; and what an eID login makes
// of what was told here before.
import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { make_patient } from './clinic.mjs';
import { exempt } from './exemption.mjs';
import { come_back, log_in_by, mette, press, prove, start_with_providers } from './oidc.mjs';
import { on_each_engine, psql } from './portal.mjs';

const person = (key, cpr, name) => ({ ...mette, 'mitid.uuid': key, 'dk.cpr': cpr, 'mitid.identity_name': name });
const numberless = (key, name) => ({ ...person(key, undefined, name), 'mitid.has_cpr': 'false' });

on_each_engine((engine, named) => {
    let portal, real, close;

    before(async () => {
        ({ portal, real, close } = await start_with_providers({ engine, slugs: ['demo', 'other', 'third'] }));
        for (const slug of ['other', 'third']) await portal.ask(['policy', 'set', '-T', slug, '--unknown-by-eid', 'no']);
        await portal.ask(['policy', 'set', '-T', 'third', '--methods', 'password,mitid', '--registration', 'open']);
    });
    after(() => close?.());

    const is_in = (client) => client.cookies.has('__Host-sid');
    const make = (slug, name, national_id) => make_patient(portal, slug, { 'first-name': name, 'last-name': 'Costa', email: `${name.toLowerCase()}@${slug}.example`, mobile: '+4520123456', national_id });
    const known_as = (people) => real.control({ people });
    const enter = async (slug, who) => (await log_in_by(portal, real, { slug, person: who })).client;
    const rows = (name) => portal.sql(`SELECT t.slug, m.account, (SELECT COUNT(*) FROM national_identity n WHERE n.account = m.account), (SELECT COUNT(*) FROM eid_subject s WHERE s.account = m.account) FROM membership m JOIN tenant t ON t.id = m.tenant WHERE m.first_name = '${name}' ORDER BY t.slug`);
    /** Writes what no operation writes. */
    const tamper = async (text) => {
        if (engine === 'postgresql') return psql(portal.database.name, text);
        const database = new DatabaseSync(path.join(portal.folder, 'portal.db'));
        database.exec(text);
        return database.close();
    };

    test(named('a clinic mends a wrong number alike, whether or not its person has logged in at another'), async () => {
        await known_as({ else: person('else', '0404804444', 'Else Costa'), rut: person('rut', '0404804446', 'Rut Costa') });
        for (const who of ['else', 'rut']) assert.ok(is_in(await enter('demo', who)));
        const mend = async (verb, name, [wrong, right]) => {
            const { id } = await make('other', name, wrong);
            const words = verb === 'set' ? [id] : ['--user', id, '--role', 'relative'];
            const done = await portal.ctl(['user', verb, '-T', 'other', ...words, '--national-id-file', '-'], { input: `${right}\n` });
            return [done.status, done.stderr];
        };
        for (const [verb, name, known, fresh] of [['set', 'Bo', '0404804444', '0707907777'], ['link', 'Ib', '0404804446', '0707907779']]) {
            assert.deepEqual(await mend(verb, `${name}a`, [fresh, `${Number(fresh) + 101010000}`.padStart(10, '0')]), [0, ''], `${verb}: nobody`);
            assert.deepEqual(await mend(verb, `${name}b`, [known, `${Number(known) + 202020000}`.padStart(10, '0')]), [0, ''], `${verb}: known elsewhere`);
        }
        assert.ok(is_in(await enter('demo', 'else')), 'the person elsewhere still gets in');
    });

    test(named('whom an eID proved at this clinic keeps the number'), async () => {
        const { id } = await make('other', 'Ove', '0505501555');
        await known_as({ ove: person('ove', '0505501555', 'Ove Costa') });
        assert.ok(is_in(await enter('other', 'ove')));
        const done = await portal.ctl(['user', 'set', '-T', 'other', id, '--national-id-file', '-'], { input: '0505501557\n' });
        assert.equal(done.status, 6);
        assert.match(done.stderr, /logged in with an electronic ID/);
    });

    test(named('who came without a number is asked for it once there is one, and nothing is made twice'), async () => {
        await known_as({ ana: numberless('ana', 'Ana Costa') });
        assert.ok(is_in(await enter('demo', 'ana')));
        assert.deepEqual((await rows('Ana')).map(([slug, , numbers]) => [slug, numbers]), [['demo', '0']]);
        await known_as({ ana: person('ana', '0606906666', 'Ana Costa') });
        assert.ok(is_in(await enter('demo', 'ana')));
        const [[, , numbers, subjects]] = await rows('Ana');
        assert.deepEqual([numbers, subjects], ['1', '1'], 'the number is with the same account');
        real.take_new();
        assert.ok(is_in(await enter('demo', 'ana')));
        assert.equal(real.take_new().filter(({ event }) => event === 'grant.success').length, 1, 'and is not asked again');
        await make('other', 'Ana', '0606906666');
        assert.ok(is_in(await enter('other', 'ana')));
        assert.equal(new Set((await rows('Ana')).map(([, account]) => account)).size, 1);
    });

    test(named('a clinic that knows the number lets in who came elsewhere without one, and both profiles are one person’s'), async () => {
        await known_as({ eva: numberless('eva', 'Eva Costa') });
        for (const slug of ['demo', 'demo']) assert.ok(is_in(await enter(slug, 'eva')));
        await make('other', 'Eva', '0606906668');
        await known_as({ eva: person('eva', '0606906668', 'Eva Costa') });
        assert.ok(is_in(await enter('other', 'eva')), 'the clinic made this profile');
        assert.ok(is_in(await enter('demo', 'eva')), 'here the person made it');
        const found = await rows('Eva');
        assert.deepEqual(found.map(([slug, , numbers, subjects]) => [slug, numbers, subjects]), [['demo', '1', '1'], ['other', '1', '1']]);
        assert.equal(found[0][1], found[1][1], 'one account');
    });

    test(named('ten browsers at once bring one number to one account, found by the provider’s own id'), async () => {
        await known_as({ ida: numberless('ida', 'Ida Costa') });
        assert.ok(is_in(await enter('demo', 'ida')));
        await make('other', 'Ida', '0606906670');
        await known_as({ ida: person('ida', '0606906670', 'Ida Costa') });
        const ready = await Promise.all(Array.from({ length: 10 }, async (_, i) => {
            const [client, browser] = [portal.client(i % 2 ? 'demo' : 'other'), real.client()];
            const answer = await come_back(client, await prove(browser, (await press(client)).headers.location, 'ida'));
            return { client, away: await prove(browser, answer.headers.location, 'ida') };
        }));
        const answers = await Promise.all(ready.map(({ client, away }) => come_back(client, away)));
        assert.deepEqual(answers.map(({ status }) => status), Array(10).fill(303));
        const found = await rows('Ida');
        assert.deepEqual(found.map(([slug]) => slug), ['demo', 'other']);
        assert.equal(found[0][1], found[1][1]);
    });

    /** Registers by the page; the clinic has checked nothing yet. */
    async function sign_up(name, national_id) {
        const [client, email] = [portal.client('third'), `${name.toLowerCase()}@third.example`];
        await client.get('/register');
        await client.submit(/register/, { first_name: name, last_name: 'Holm', email, mobile: '+4520123456', national_id });
        const { text } = await portal.wait_mail((mail) => mail.recipients.includes(email) && /\/register\/confirm\//.test(mail.text));
        await client.get(text.match(/(\/register\/confirm\/\S+)/)[1]);
        await client.submit(/register\/confirm/);
        return email;
    }
    const contact_of = async (name) => (await portal.sql(`SELECT email, mobile FROM membership WHERE first_name = '${name}'`))[0];
    const removed = (email) => (mail) => mail.recipients.includes(email) && /We have removed/.test(mail.subject);

    test(named('the address that the clinic checked for codes stays after the first eID login, and the person hears of what went'), async () => {
        const email = await sign_up('Kaj', '0101501111');
        await exempt(portal, 'third', email);
        await known_as({ kaj: person('kaj', '0101501111', 'Kaj Holm') });
        assert.ok(is_in(await enter('third', 'kaj')));
        assert.deepEqual(await contact_of('Kaj'), [email, '']);
        assert.match((await portal.wait_mail(removed(email))).text, /Removed: your mobile number\./);
        assert.equal((await portal.ask(['user', 'show', '-T', 'third', email])).email, email, 'it still finds the person');
        assert.deepEqual(await portal.sql("SELECT reason FROM audit WHERE act = 'contact.forget'"), [['never_proved']]);
    });

    test(named('an address that nobody checked goes at the first eID login, also when an exemption has ended, and hears of that alone'), async () => {
        for (const [name, number] of [['Per', '0101501113'], ['Pia', '0101501115']]) {
            const email = await sign_up(name, number);
            if (name === 'Pia') {
                await exempt(portal, 'third', email);
                await portal.ask(['exemption', 'end', '-T', 'third', email, '--reason', 'mistake']);
            }
            await known_as({ [name]: person(name, number, `${name} Holm`) });
            assert.ok(is_in(await enter('third', name)));
            assert.deepEqual(await contact_of(name), ['', '']);
            const mail = await portal.wait_mail(removed(email));
            assert.match(mail.text, /Removed: this e-mail address and your mobile number\./);
            assert.ok(!/MitID|electronic|Holm/.test(mail.text), 'not who came, nor how');
        }
    });

    test(named('logging out sends no token of another session to the provider'), async () => {
        await known_as({ mette, gry: person('gry', '0303503333', 'Gry Bang') });
        const clients = [await enter('demo', 'mette'), await enter('demo', 'gry')];
        const out = async (client) => {
            await client.get('/bookings');
            const form = client.form(/logout/);
            return new URL((await client.post_raw(form.action, form.filled({}))).headers.location);
        };
        const ids = (await portal.sql("SELECT s.id FROM session s JOIN membership m ON m.id = s.membership WHERE m.first_name IN ('Mette', 'Gry') ORDER BY s.id")).map(([id]) => id);
        assert.equal(ids.length, 2);
        await tamper(`UPDATE session SET logout_hint = (SELECT logout_hint FROM session WHERE id = ${ids[1]}) WHERE id = ${ids[0]}`);
        assert.equal((await out(clients[0])).searchParams.get('id_token_hint'), null);
        assert.notEqual((await out(clients[1])).searchParams.get('id_token_hint'), null);
    });
});
