// The activation letter: for whom, what is on the paper, typing its code, and what it opens.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { code_in } from './bankid.mjs';
import { make_tenant, password } from './clinic.mjs';
import { page_text } from './html.mjs';
import { answer_consent } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const check = ['--identity-checked-by', 'Anna Lind', '--how', 'passport shown at the desk'];

on_each_engine((engine, named) => {
    let portal;
    let serial = 0;

    before(async () => {
        portal = await Portal.start({ engine });
        for (const slug of ['demo', 'other']) {
            await make_tenant(portal, slug, { phone: '08-123 45 67' });
            await portal.ask(['policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', 'password']);
        }
    });
    after(() => portal?.close());

    /** A patient without telephone and address. */
    const make_bare = (slug = 'demo', language = 'en') => portal.ask(['patient', 'create', '-T', slug, '--first-name', 'Siv', '--last-name', `Dahl${serial += 1}`, '--language', language]);

    /** Such a patient, and the letter that the clinic prints. */
    async function make_letter({ language, words = [] } = {}) {
        const { id } = await make_bare('demo', language);
        const file = path.join(portal.folder, `letter${serial}.html`);
        const view = await portal.ask(['invite', 'letter', '-T', 'demo', id, ...check, '--out', file, ...words]);
        const html = fs.readFileSync(file, 'utf8');
        return { id, file, html, view, code: page_text(html).match(/\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/)[0] };
    }
    let network = 1;
    /** Somebody at a network of their own, where nobody has typed wrong codes yet. */
    const visitor = (slug = 'demo') => portal.client(slug, { address: `127.0.1.${network += 1}` });
    async function type_code(client, code) {
        await client.get('/activate');
        return client.submit(/activate/, { code });
    }
    async function choose(client, secret = password) {
        const answer = await client.submit(/activate\/password/, { password: secret, repeated: secret });
        if (client.cookies.has('__Host-sid')) await answer_consent(client);
        return answer;
    }

    test(named('the letter tells on one page where to go, what to type and whom to call, in the reader’s language'), async () => {
        const heads = { sv: 'Så loggar du in första gången', da: 'Sådan logger du ind første gang', en: 'How you log in the first time' };
        for (const [language, head] of Object.entries(heads)) {
            const { html } = await make_letter({ language });
            assert.match(html, new RegExp(`<html lang="${language}">`));
            const text = page_text(html);
            for (const words of [head, 'Clinic demo', 'High Street 1', '08-123 45 67', `http://${portal.host('demo')}/activate`]) assert.ok(text.includes(words), `${words} is not in: ${text}`);
            assert.equal((html.match(/<li>/g) ?? []).length, 4, 'four steps');
            assert.match(html, /@page \{ size: A4/);
            assert.doesNotMatch(html, /<script|<link|src=|https?:\/\/(?!demo)/, 'the letter fetches nothing');
        }
    });

    test(named('the picture on the letter is the address and never the code'), async () => {
        const { html, code } = await make_letter();
        assert.equal(code_in(html), `http://${portal.host('demo')}/activate`);
        assert.ok(!code_in(html).includes(code.slice(0, 4)));
    });

    test(named('the file of a letter is its owner’s alone and never written over another'), async () => {
        const { id, file, html } = await make_letter();
        assert.equal(fs.statSync(file).mode & 0o777, 0o600);
        const again = await portal.ctl(['invite', 'letter', '-T', 'demo', id, ...check, '--out', file]);
        assert.equal(again.status, 6);
        assert.match(again.stderr, /is there already/);
        assert.equal(fs.readFileSync(file, 'utf8'), html);
        const open_letter = async () => (await portal.ask(['invite', 'list', '-T', 'demo'])).items.filter((item) => item.person === id || item.id === id).map(({ state }) => state);
        const states = await open_letter();
        assert.ok(states.includes('open'), states.join());
        const nowhere = await portal.ctl(['invite', 'letter', '-T', 'demo', id, ...check, '--out', path.join(portal.folder, 'no-such-folder', 'letter.html')]);
        assert.notEqual(nowhere.status, 0);
        assert.deepEqual(await open_letter(), states, 'the earlier letter still opens');
        const without = await portal.ctl(['invite', 'letter', '-T', 'demo', id, ...check]);
        assert.equal(without.status, 2);
        assert.match(without.stderr, /--out/);
    });

    test(named('the code is on the paper alone: no answer, table or log has it unless it is asked for'), async () => {
        const { view, code, html } = await make_letter();
        assert.equal(view.document, '');
        assert.equal(view.code, '');
        const bare = code.replaceAll('-', '');
        for (const form of ['table', 'json', 'csv', 'md', 'name']) {
            const { id } = await make_bare();
            const file = path.join(portal.folder, `shown-${form}.html`);
            const done = await portal.ctl(['invite', 'letter', '-T', 'demo', id, ...check, '--out', file, '-o', form]);
            assert.equal(done.status, 0, done.stderr);
            const printed = page_text(fs.readFileSync(file, 'utf8')).match(/\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/)[0];
            assert.ok(!done.stdout.includes(printed) && !done.stdout.includes('<html'), done.stdout);
        }
        const shown = await make_letter({ words: ['--print'] });
        assert.equal(shown.view.code, shown.code);
        await type_code(visitor(), code);
        for (const text of [code, bare, bare.toLowerCase()]) {
            assert.ok(!portal.log.includes(text), 'the log has the code');
            const rows = JSON.stringify([await portal.sql('SELECT * FROM password_link'), await portal.sql('SELECT * FROM audit')]);
            assert.ok(!rows.includes(text), 'a table has the code');
        }
        assert.ok(html.includes(code));
    });

    test(named('a letter is bound to an identity check, which stands in its row and in the audit'), async () => {
        const { id } = await make_bare();
        const done = await portal.ctl(['invite', 'letter', '-T', 'demo', id, '--out', path.join(portal.folder, 'none.html')]);
        assert.equal(done.status, 2);
        assert.match(done.stderr, /--identity-checked-by[\s\S]*--how/);
        await make_letter();
        assert.deepEqual(await portal.sql("SELECT checked_by, checked_how FROM password_link WHERE purpose = 'letter' ORDER BY id DESC LIMIT 1"), [['Anna Lind', 'passport shown at the desk']]);
        assert.deepEqual(await portal.sql("SELECT act, reason FROM audit WHERE act = 'invite.letter' ORDER BY id DESC LIMIT 1"), [['invite.letter', 'identity-checked']]);
    });

    test(named('code, password, and one is logged in and told to add an address'), async () => {
        const { code } = await make_letter();
        const siv = visitor();
        await type_code(siv, code);
        assert.match(siv.path, /^\/activate\/password/);
        assert.match(siv.text(), /Hello, Siv/);
        await choose(siv);
        assert.ok(siv.cookies.has('__Host-sid'), siv.text());
        assert.match(siv.path, /^\/activate\/done/);
        assert.match(siv.text(), /One thing is left: add an e-mail address, /);
        assert.ok(!siv.cookies.has('__Host-letter'));
        const [[assurance, method, rests_on]] = await portal.sql('SELECT assurance, method, rests_on FROM session ORDER BY id DESC LIMIT 1');
        assert.deepEqual([assurance, method, rests_on], ['password-code', 'password', 'tenant']);
        const again = visitor();
        assert.equal((await type_code(again, code)).status, 401, 'the code works once');
    });

    const spellings = {
        'in small letters': (code) => code.toLowerCase(),
        'without hyphens': (code) => code.replaceAll('-', ''),
        'with spaces for hyphens': (code) => code.replaceAll('-', ' '),
        'with blanks around it': (code) => `  ${code} `,
        'with long hyphens': (code) => code.replaceAll('-', '–'),
        'with O for 0 and l for 1': (code) => code.replaceAll('0', 'O').replaceAll('1', 'l'),
    };
    for (const [how, spell] of Object.entries(spellings)) {
        test(named(`the code may be written ${how}`), async () => {
            const { code } = await make_letter();
            const client = visitor();
            await type_code(client, spell(code));
            assert.match(client.path, /^\/activate\/password/, client.text());
        });
    }

    test(named('looking and pressing empty forms uses no letter up'), async () => {
        const { code } = await make_letter();
        const client = visitor();
        assert.equal((await type_code(client, '')).status, 400);
        await type_code(client, code);
        assert.equal((await client.submit(/activate\/password/, {})).status, 400);
        const other = visitor();
        await type_code(other, code);
        assert.match(other.path, /^\/activate\/password/, 'typed a second time before it was used');
        assert.equal((await client.get('/activate/password')).status, 404, 'the browser before goes no further');
        assert.equal((await choose(other)).status, 200);
    });

    test(named('five wrong codes of a network stop it for a quarter of an hour, the right code included, and no other network'), async () => {
        const { code } = await make_letter();
        const guesser = visitor();
        const statuses = [];
        for (let i = 0; i < 6; i += 1) statuses.push((await type_code(guesser, `${String(i).repeat(4)}-AAAA-BBBB-CCCC`)).status);
        assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
        assert.equal((await type_code(guesser, code)).status, 429);
        const another = visitor();
        await type_code(another, code);
        assert.match(another.path, /^\/activate\/password/);
        const was = portal.now;
        await portal.advance(15.1);
        await type_code(guesser, code);
        assert.match(guesser.path, /^\/activate\/password/);
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('fifty guesses at once are five'), async () => {
        const { code } = await make_letter();
        const guesser = visitor();
        await guesser.get('/activate');
        const form = guesser.form(/activate/);
        const twins = Array.from({ length: 50 }, (_, i) => {
            const twin = portal.client('demo', { address: guesser.address });
            return twin.post_raw(form.action, form.filled({ code: `${String(i).padStart(4, '0')}-AAAA-BBBB-CCCC` }));
        });
        const statuses = (await Promise.all(twins)).map(({ status }) => status);
        assert.equal(statuses.filter((status) => status === 401).length, 5, statuses.join());
        assert.equal((await type_code(guesser, code)).status, 429);
    });

    test(named('a letter opens no other clinic, nothing when it is old, taken back or replaced, and no other door'), async () => {
        const first = await make_letter();
        assert.equal((await type_code(visitor('other'), first.code)).status, 401, 'another clinic');
        await portal.ask(['invite', 'letter', '-T', 'demo', first.id, ...check, '--out', path.join(portal.folder, 'second.html')]);
        assert.equal((await type_code(visitor(), first.code)).status, 401, 'replaced');
        const third = await make_letter();
        await portal.ask(['invite', 'cancel', '-T', 'demo', third.id]);
        assert.equal((await type_code(visitor(), third.code)).status, 401, 'taken back');
        const fourth = await make_letter();
        const client = visitor();
        await type_code(client, fourth.code);
        const token = client.cookies.get('__Host-letter');
        for (const door of ['set-password', 'invite', 'new-password']) assert.equal((await visitor().get(`/${door}/${token}`)).status, 404, door);
        const was = portal.now;
        await portal.advance(7 * 24 * 60 + 1);
        assert.equal((await type_code(visitor(), fourth.code)).status, 401, 'too old');
        assert.equal((await client.get('/activate/password')).status, 404, 'too old on the next page');
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('who must log in with an eID gets no letter'), async () => {
        await portal.ask(['policy', 'set', '-T', 'other', '--methods', 'password', '--eid-first', 'yes']);
        const { id } = await make_bare('other');
        const file = path.join(portal.folder, 'refused.html');
        const done = await portal.ctl(['invite', 'letter', '-T', 'other', id, ...check, '--out', file]);
        assert.equal(done.status, 6, done.stdout);
        assert.match(done.stderr, /eid_first[\s\S]*portalctl login why -T other/);
        assert.ok(!fs.existsSync(file));
    });
});
