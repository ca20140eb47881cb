// Consent: asked once per clinic and text, kept with what was read, withdrawn whenever one likes (C44).
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { after, before, test } from 'node:test';
import { make_clinic, make_patient } from './clinic.mjs';
import { links } from './html.mjs';
import { answer_consent, choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { book } from './visits.mjs';

const sha256 = (text) => crypto.createHash('sha256').update(text, 'utf8').digest('hex');

on_each_engine((engine, named) => {
    let portal;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        await make_clinic(portal, 'other');
    });
    after(() => portal?.close());

    let serial = 0;
    /** A new patient with a password. */
    async function newcomer(slug = 'demo') {
        serial += 1;
        const email = `c${serial}@${slug}.example`;
        await make_patient(portal, slug, { email, 'first-name': `C${serial}` });
        await choose_password(portal, slug, email);
        return email;
    }
    const come = (email, options = {}) => log_in(portal, email.match(/@(\w+)/)[1], email, { consent: null, ...options });
    const answers = async (email) => (await portal.ask(['consent', 'list', '-T', email.match(/@(\w+)/)[1], email])).items;
    const audit = async (act) => (await portal.sql(`SELECT actor, reason FROM audit WHERE act = '${act}' ORDER BY id`));
    const set_text = (slug, text, ...flags) => portal.ask(['consent', 'set-text', '-T', slug, '--text-file', '-', ...flags], { input: text });

    test(named('the first login leads to the question, and the answer leads to the page that was asked for'), async () => {
        const email = await newcomer();
        const asked = await come(email);
        assert.equal(asked.path, '/consent?next=%2F');
        assert.match(asked.text(), /Clinic demo asks for your consent/);
        await asked.submit(/^\/consent$/, { answer: 'yes' });
        assert.equal(asked.path, '/bookings');
    });

    test(named('a page that was asked for before the login is reached after the question'), async () => {
        const email = await newcomer();
        const client = await come(email);
        await client.get('/consent?next=/slots');
        await client.submit(/^\/consent$/, { answer: 'yes' });
        assert.equal(client.path, '/slots');
        for (const evil of ['https://evil.example/', '//evil.example', '/\\evil.example', '/nowhere', 'slots', '/logout']) {
            await client.get(`/consent?next=${encodeURIComponent(evil)}`);
            assert.deepEqual(links(client.page.body).filter(({ href, text }) => /evil|nowhere|^slots/.test(href) || text === 'Go on'), [], evil);
        }
    });

    test(named('yes is kept with the text’s version and hash, language, time and the way of the login'), async () => {
        const email = await newcomer();
        const client = await come(email, { language: 'sv' });
        await client.submit(/^\/consent$/, { answer: 'yes' });
        const [given, ...more] = await answers(email);
        assert.deepEqual(more, []);
        const text = await portal.ask(['consent', 'show-text', '-T', 'demo', '--language', given.language]);
        assert.equal(given.hash, sha256(text.text));
        assert.equal(given.hash, text.hash);
        assert.deepEqual([given.state, given.version, given.method, given.withdrawn_at ?? null], ['given', 'built-in-1', 'password', null]);
        assert.equal(Date.parse(given.answered_at), portal.now);
        const [row] = await portal.sql("SELECT c.language, c.text_version FROM consent c ORDER BY c.id DESC LIMIT 1");
        assert.deepEqual(row, [given.language, 'built-in-1']);
        assert.ok((await audit('consent.give')).some(([actor, reason]) => /^member:\d+$/.test(actor) && reason === 'built-in-1'));
    });

    test(named('nobody is asked twice, whether the answer was yes or not now'), async () => {
        for (const answer of ['yes', 'not-now']) {
            const email = await newcomer();
            const first = await come(email);
            await first.submit(/^\/consent$/, { answer });
            assert.equal(first.path, '/bookings', answer);
            assert.equal((await come(email)).path, '/bookings', answer);
            assert.deepEqual((await answers(email)).map(({ state }) => state), [answer === 'yes' ? 'given' : 'not-now']);
        }
    });

    test(named('who neither says yes nor not now is asked at the next login too'), async () => {
        const email = await newcomer();
        await come(email);
        assert.match((await come(email)).path, /^\/consent/);
        assert.deepEqual(await answers(email), []);
    });

    test(named('visits are booked without consent'), async () => {
        const email = await newcomer();
        const client = await come(email);
        await client.submit(/^\/consent$/, { answer: 'not-now' });
        await book(client, '2027-01-12T09:00:00Z');
        const ignored = await come(await newcomer()); // leaves the question open
        await book(ignored, '2027-01-12T10:00:00Z');
    });

    test(named('a patient withdraws and gives again on the same page, and each is kept'), async () => {
        const email = await newcomer();
        const client = await come(email);
        await answer_consent(client);
        await client.get('/bookings');
        assert.match(client.page.body, /<a href="\/consent">Your consent<\/a>/);
        await client.get('/consent');
        assert.match(client.text(), /You said yes to this on Monday 11 January 2027/);
        await client.submit(/withdraw/);
        assert.match(client.text(), /Your consent is withdrawn/);
        assert.equal((await answers(email))[0].state, 'withdrawn');
        assert.equal((await come(email)).path, '/bookings', 'asked again though he has answered');
        await client.submit(/^\/consent$/, { answer: 'yes' });
        assert.match(client.text(), /Your consent is saved/);
        assert.deepEqual((await answers(email)).map(({ state }) => state), ['given', 'withdrawn']);
        assert.ok((await audit('consent.withdraw')).length >= 1);
    });

    test(named('ten presses of yes at once are one consent'), async () => {
        const email = await newcomer();
        const client = await come(email);
        const form = client.form(/^\/consent$/);
        const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const presses = await Promise.all(Array.from({ length: 10 }, () => portal.client('demo').post_raw('/consent', form.filled({ answer: 'yes' }), { cookie })));
        assert.deepEqual(presses.map(({ status }) => status), Array(10).fill(303));
        assert.deepEqual((await answers(email)).map(({ state }) => state), ['given']);
    });

    test(named('a text that changed is asked for again, and an answer to the old one is refused with the new one shown'), async () => {
        const [yes, late] = [await newcomer('other'), await newcomer('other')];
        await answer_consent(await come(yes));
        const slow = await come(late);
        const set = await set_text('other', 'Our first text.\r\n\r\nWith two paragraphs.\n');
        assert.deepEqual([set.version, set.language, set.text, set.hash], ['1', 'en', 'Our first text.\n\nWith two paragraphs.', sha256('Our first text.\n\nWith two paragraphs.')]);
        const refused = await slow.submit(/^\/consent$/, { answer: 'yes' });
        assert.equal(refused.status, 409);
        assert.match(slow.text(), /The text has changed since you opened this page/);
        assert.match(slow.page.body, /<p>Our first text\.<\/p>\s*<p>With two paragraphs\.<\/p>/);
        assert.deepEqual(await answers(late), []);
        await slow.submit(/^\/consent$/, { answer: 'yes' });
        assert.equal((await answers(late))[0].version, '1');
        const again = await come(yes);
        assert.match(again.text(), /You have said yes before. The clinic has changed the text since/);
        await answer_consent(again);
        assert.deepEqual((await answers(yes)).map(({ version, state }) => `${version} ${state}`), ['1 given', 'built-in-1 given']);
        const shown = await portal.ask(['consent', 'show-text', '-T', 'other']);
        assert.deepEqual([shown.asked, shown.given], [2, 2]);
    });

    test(named('a version has many languages; who reads another reads the clinic’s, and the consent says which'), async () => {
        await set_text('other', 'English words.');
        const { version } = await set_text('other', 'Svenska ord.', '--language', 'sv', '--translation');
        const patient = async (language) => {
            const client = await come(await newcomer('other'));
            await client.get('/bookings');
            await client.submit(/^\/language$/, { language });
            await client.get('/consent');
            return client;
        };
        const [sv, da] = [await patient('sv'), await patient('da')];
        assert.match(sv.page.body, /<div class="text" lang="sv">\s*<p>Svenska ord\.<\/p>/);
        assert.match(da.page.body, /<html lang="da">[\s\S]*<div class="text" lang="en">\s*<p>English words\.<\/p>/);
        await sv.submit(/^\/consent$/, { answer: 'yes' });
        await da.submit(/^\/consent$/, { answer: 'yes' });
        const given = (await portal.ask(['consent', 'list', '-T', 'other'])).items.slice(0, 2);
        assert.deepEqual(given.map((each) => [each.version, each.language, each.hash]), [[version, 'en', sha256('English words.')], [version, 'sv', sha256('Svenska ord.')]]);
    });

    test(named('a translation needs a text and a language that it lacks; the same text is no new version'), async () => {
        await make_clinic(portal, 'third');
        const refused = async (...args) => {
            const done = await portal.ctl(['consent', 'set-text', '-T', 'third', '--text-file', '-', ...args], { input: 'Words.' });
            assert.equal(done.status, 6, done.stderr);
            return done.stderr;
        };
        assert.match(await refused('--translation'), /no text of its own/);
        await set_text('third', 'Words.');
        assert.match(await refused('--translation'), /has this language already/);
        assert.match(await refused(), /the current text already/);
        assert.equal((await portal.ask(['consent', 'show-text', '-T', 'third'])).version, '1');
        const empty = await portal.ctl(['consent', 'set-text', '-T', 'third', '--text-file', '-'], { input: ' \n' });
        assert.equal(empty.status, 2, empty.stderr);
    });

    test(named('an operator withdraws for a person with a reason, once, and the audit tells who'), async () => {
        const email = await newcomer();
        await answer_consent(await come(email));
        const [done] = (await portal.ask(['consent', 'withdraw', '-T', 'demo', email, '--reason', 'by letter of 3 May'])).items;
        assert.deepEqual([done.state, done.reason], ['withdrawn', 'by letter of 3 May']);
        assert.ok((await audit('consent.withdraw')).some(([actor]) => actor.startsWith('uid:')));
        const twice = await portal.ctl(['consent', 'withdraw', '-T', 'demo', email, '--reason', 'again']);
        assert.match(twice.stderr, /No consent of this person stands/);
        const other = await portal.ctl(['consent', 'withdraw', '-T', 'other', email, '--reason', 'x']);
        assert.match(other.stderr, /no such person/);
    });

    test(named('staff are not asked, and the page is not theirs'), async () => {
        await choose_password(portal, 'demo', 'anna@demo.example');
        const anna = await come('anna@demo.example');
        assert.equal(anna.path, '/staff');
        assert.equal((await anna.get('/consent')).status, 403);
    });

    test(named('a consent at one clinic is none at another'), async () => {
        const email = await newcomer();
        await answer_consent(await come(email));
        await make_patient(portal, 'other', { email });
        await choose_password(portal, 'other', email);
        const client = await log_in(portal, 'other', email, { consent: null });
        assert.match(client.path, /^\/consent/);
        assert.deepEqual((await portal.ask(['consent', 'list', '-T', 'other', email])).items, []);
    });

    test(named('the built-in text is the one that its version number stands for'), async () => {
        await make_clinic(portal, 'plain');
        const hashes = {};
        for (const language of ['sv', 'da', 'en']) hashes[language] = (await portal.ask(['consent', 'show-text', '-T', 'plain', '--language', language])).hash.slice(0, 16);
        // Another wording: raise kBuiltIn in lib/service/consent.cpp when its meaning changed.
        assert.deepEqual(hashes, { sv: '6eb8728bb95ea2d2', da: '0c3cccb712d434b6', en: '99f92dcb71cff643' });
    });
});
