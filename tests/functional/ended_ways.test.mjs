// What ends with the way that it came by: a password that an eID proved, at every clinic; a person
// who is blocked; a method that a clinic closes. None of it comes back when the way is opened again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BankIdPortal, personal_number, Visitor } from './bankid.mjs';
import { make_patient, make_tenant } from './clinic.mjs';
import { answer_consent, choose_password, log_in, mailed_code, password, password_link } from './people.mjs';
import { on_each_engine } from './portal.mjs';
import { invitation_link, letter_code, open_letter } from './ways_in.mjs';

const first = 'the first password of the person';
const second = 'the second password of the person';

on_each_engine((engine, named) => {
    let both;
    let portal;
    let last = 0;

    before(async () => {
        both = await BankIdPortal.start({ engine, settings: { login: { steps_per_account: 1000, steps_per_network: 100_000 } } });
        portal = both.portal;
        for (const slug of ['demo', 'other']) {
            await make_tenant(portal, slug, { modules: 'booking,sms,bankid' });
            await open_policy(slug);
        }
    });
    after(() => both?.close());

    const open_policy = (slug) => portal.ask(['policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', 'password,bankid', '--assurance', 'password-code']);
    const is_open = async (client) => (await client.request('GET', '/bookings')).status === 200;

    /** Somebody known at both clinics by the same number. */
    async function make_person() {
        last += 1;
        const personalNumber = personal_number(last);
        const person = { personalNumber, givenName: 'Vera', surname: 'Ek', ids: {} };
        for (const slug of ['demo', 'other']) {
            const made = await make_patient(portal, slug, { email: `vera${last}@${slug}.example`, 'first-name': 'Vera', 'last-name': 'Ek', national_id: personalNumber });
            person.ids[slug] = made.id;
            person[slug] = `vera${last}@${slug}.example`;
        }
        return person;
    }
    async function by_eid({ personalNumber, givenName, surname }, slug = 'demo') {
        const visitor = new Visitor(both, slug);
        await visitor.log_in({ personalNumber, givenName, surname });
        assert.ok(visitor.is_in, visitor.client.text());
        await answer_consent(visitor.client);
        return visitor.client;
    }
    async function change(client, secret) {
        await client.get('/password');
        await client.submit(/^\/password\?/, { password: secret, repeated: secret });
        assert.match(client.path, /^\/password\?done=saved/, client.text());
    }
    /** As far as the code. */
    async function begin(slug, email, secret) {
        const client = portal.client(slug);
        const seen = (await portal.mail.read()).length;
        await client.get('/login');
        await client.submit(/password/, { identifier: email, password: secret });
        assert.match(client.path, /^\/login\/code/, client.text());
        return { client, code: await mailed_code(portal, email, seen) };
    }
    async function enter_code({ client, code }) {
        await client.submit(/code/, { code });
        return client.cookies.has('__Host-sid');
    }

    test(named('a new password of an eID login ends what came by the old one at every clinic, and nothing else'), async () => {
        const vera = await make_person();
        await change(await by_eid(vera), first);
        const thief = await log_in(portal, 'other', vera.other, { secret: first });
        const by_bankid = await by_eid(vera, 'other');
        const stranger = await make_person();
        await choose_password(portal, 'other', stranger.other);
        const apart = await log_in(portal, 'other', stranger.other);
        const waiting = await begin('other', vera.other, first);
        await change(await by_eid(vera), second);
        assert.deepEqual(await Promise.all([thief, by_bankid, apart].map(is_open)), [false, true, true]);
        assert.equal(await enter_code(waiting), false, 'a login that waited for its code');
        const { items } = await portal.ask(['session', 'list', '-T', 'other', vera.other]);
        assert.deepEqual(items.map(({ method }) => method), ['bankid']);
        assert.ok(await is_open(await log_in(portal, 'other', vera.other, { secret: second })));
    });

    test(named('a new password of a clinic’s own ends nothing at another'), async () => {
        const vera = await make_person();
        await change(await by_eid(vera), first);
        const there = await log_in(portal, 'other', vera.other, { secret: first });
        await choose_password(portal, 'demo', vera.demo, second);
        assert.equal(await is_open(there), true);
    });

    test(named('whoever is blocked and let in again has no session, login, link or letter left of before, and others have'), async () => {
        const vera = await make_person();
        await choose_password(portal, 'demo', vera.demo);
        await choose_password(portal, 'other', vera.other);
        const here = await log_in(portal, 'demo', vera.demo);
        const there = await log_in(portal, 'other', vera.other);
        const waiting = await begin('demo', vera.demo, password);
        const link = await password_link(portal, 'demo', vera.demo);
        for (const status of ['blocked', 'active']) await portal.ask(['user', 'set', '-T', 'demo', vera.demo, '--status', status]);
        assert.deepEqual([await is_open(here), await is_open(there)], [false, true]);
        assert.equal(await enter_code(waiting), false);
        assert.equal((await portal.client('demo').get(link)).status, 404);
        assert.ok(await is_open(await log_in(portal, 'demo', vera.demo)), 'the password itself stays');
    });

    test(named('an invitation and a letter of somebody who is blocked do not come back'), async () => {
        const vera = { email: `nils@demo.example` };
        vera.id = (await make_patient(portal, 'demo', { ...vera, 'first-name': 'Nils' })).id;
        for (const [make, is_dead] of [
            [() => invitation_link(portal, 'demo', vera), async (link) => (await portal.client('demo').get(link)).status === 404],
            [() => letter_code(portal, 'demo', vera), async (code) => !(await open_letter(portal, 'demo', code, { address: '127.0.3.7' })).cookies.has('__Host-letter')],
        ]) {
            const held = await make();
            for (const status of ['blocked', 'active']) await portal.ask(['user', 'set', '-T', 'demo', vera.id, '--status', status]);
            assert.ok(await is_dead(held), make.toString());
        }
    });

    for (const [what, close] of Object.entries({
        'takes a method away': (slug) => portal.ask(['policy', 'set', '-T', slug, '--methods', 'bankid']),
        'asks for an eID': (slug) => portal.ask(['policy', 'set', '-T', slug, '--assurance', 'eid']),
        'closes to clients': (slug) => portal.ask(['policy', 'set', '-T', slug, '--client-login', 'no']),
    })) {
        test(named(`a clinic that ${what} ends the sessions and logins by it, also when it opens again`), async () => {
            const vera = await make_person();
            await choose_password(portal, 'demo', vera.demo);
            await choose_password(portal, 'other', vera.other);
            const [here, there] = [await log_in(portal, 'demo', vera.demo), await log_in(portal, 'other', vera.other)];
            const waiting = await begin('demo', vera.demo, password);
            await close('demo');
            await open_policy('demo');
            assert.deepEqual([await is_open(here), await is_open(there)], [false, true]);
            assert.equal(await enter_code(waiting), false);
        });
    }

    test(named('a policy that closes nothing ends nothing'), async () => {
        const vera = await make_person();
        await choose_password(portal, 'demo', vera.demo);
        const here = await log_in(portal, 'demo', vera.demo);
        const bankid = await by_eid(vera);
        const again = await log_in(portal, 'other', (await choose_password(portal, 'other', vera.other), vera.other));
        await portal.ask(['policy', 'set', '-T', 'other', '--welcome', 'Hello']);
        assert.deepEqual([await is_open(here), await is_open(bankid), await is_open(again)], [false, true, true], 'the first eID login ends what came before');
        await portal.ask(['policy', 'set', '-T', 'demo', '--assurance', 'eid']);
        assert.equal(await is_open(bankid), true);
        await open_policy('demo');
    });
});
