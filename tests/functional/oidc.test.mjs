// MitID through a broker, against a certified provider: who gets in, once, and who does not.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_patient } from './clinic.mjs';
import { abort, come_back, log_in_by, mette, nsis, press, prove, start_with_providers } from './oidc.mjs';
import { on_each_engine } from './portal.mjs';

const person = (key, cpr, more = {}) => ({ ...mette, 'mitid.uuid': key, 'dk.cpr': cpr, ...more });
const people = {
    mette,
    kaj: person('kaj', '0101501111', { 'mitid.identity_name': 'Kaj Ole Holm' }),
    low: person('low', '0202602222', { loa: nsis('Low') }),
    hidden: person('hidden', '0303703333', { 'mitid.identity_name': 'NAVNE & ADRESSEBESKYTTET' }),
    foreign: { ...person('foreign', undefined), 'mitid.has_cpr': 'false', 'mitid.identity_name': 'Ana Costa' },
    shy: person('shy', undefined, { 'mitid.identity_name': 'Per Storm' }),
    known: person('known', '0404804444', { 'mitid.identity_name': 'Else Friis' }),
    many: person('many', '0505905555', { 'mitid.identity_name': 'Ida Bang' }),
};

on_each_engine((engine, named) => {
    let portal, real, close;

    before(async () => {
        ({ portal, real, close } = await start_with_providers({ engine, slugs: ['demo', 'other'] }));
        await real.control({ people });
    });
    after(() => close?.());

    const profiles = (name) => portal.sql(`SELECT m.id, m.account, m.tenant, m.origin, m.first_name, m.last_name FROM membership m WHERE m.first_name = '${name}' ORDER BY m.id`);
    const counts = async () => (await portal.sql('SELECT (SELECT COUNT(*) FROM account), (SELECT COUNT(*) FROM membership), (SELECT COUNT(*) FROM session), (SELECT COUNT(*) FROM eid_subject), (SELECT COUNT(*) FROM national_identity)'))[0].join(' ');
    const denials = async () => (await portal.sql("SELECT reason FROM audit WHERE act = 'login.denied' ORDER BY id")).map(([reason]) => reason);
    const is_in = (client) => client.cookies.has('__Host-sid');

    test(named('the first login by MitID makes one profile with the name and number from it'), async () => {
        const { client, answer } = await log_in_by(portal, real);
        assert.equal(answer.status, 303, answer.body);
        assert.ok(is_in(client));
        assert.equal((await client.get('/bookings')).status, 200);
        assert.match(client.text(), /Mette Jensen/);
        const [[, , , origin, first, last]] = await profiles('Mette');
        assert.deepEqual([origin, first, last], ['mitid-self', 'Mette', 'Jensen']);
        const tokens = real.take_new().filter(({ event }) => event === 'grant.success');
        assert.ok(tokens.length >= 2, 'the login and the second step for the number');
        assert.equal(tokens[0].basic, `Basic ${Buffer.from('portal:secret%3A%20of%20%2B%20portal').toString('base64')}`);
    });

    test(named('whoever was here before logs in without telling the number again'), async () => {
        real.take_new();
        const { client } = await log_in_by(portal, real);
        assert.ok(is_in(client));
        assert.equal(real.take_new().filter(({ event }) => event === 'grant.success').length, 1);
        assert.equal((await profiles('Mette')).length, 1);
    });

    test(named('one login is good at all clinics: the same account, a profile at each'), async () => {
        const { client } = await log_in_by(portal, real, { slug: 'other' });
        assert.ok(is_in(client));
        const rows = await profiles('Mette');
        assert.equal(rows.length, 2);
        assert.equal(rows[0][1], rows[1][1], 'one account');
        assert.notEqual(rows[0][2], rows[1][2]);
    });

    test(named('a patient whom the clinic made is found by the CPR number, never by address or name'), async () => {
        await make_patient(portal, 'demo', { 'first-name': 'Else', 'last-name': 'Friis', email: 'else@demo.example', mobile: '+4520123456', national_id: '0404804444' });
        await make_patient(portal, 'demo', { 'first-name': 'Kaj', 'last-name': 'Holm', email: 'kaj@demo.example', mobile: '+4520123456' });
        const { client } = await log_in_by(portal, real, { person: 'known' });
        assert.ok(is_in(client));
        const known = await profiles('Else');
        assert.equal(known.length, 1, 'the clinic’s own profile');
        assert.equal(known[0][3], 'clinic');
        await log_in_by(portal, real, { person: 'kaj' });
        assert.equal((await portal.sql("SELECT id FROM membership WHERE last_name = 'Holm'")).length, 2, 'the same name is another person');
    });

    for (const algorithm of ['RS256', 'PS256', 'ES256']) {
        test(named(`a token signed with ${algorithm} logs in`), async () => {
            await real.control({ algorithm });
            assert.ok(is_in((await log_in_by(portal, real)).client));
        });
    }

    test(named('new keys of the provider are fetched when a token names them, at most once in some minutes'), async () => {
        await real.control({ rotate: true });
        assert.ok(is_in((await log_in_by(portal, real)).client), 'the first rotation');
        await real.control({ rotate: true });
        const { client, answer } = await log_in_by(portal, real);
        assert.ok(!is_in(client), 'a second one within the minute');
        assert.equal(answer.status, 401);
        await portal.advance(4);
        await real.control({ now: new Date(portal.now).toISOString() });
        assert.ok(is_in((await log_in_by(portal, real)).client), 'some minutes later');
    });

    test(named('a level of assurance that is too low lets nobody in and writes nothing'), async () => {
        const before_it = await counts();
        const { client, answer } = await log_in_by(portal, real, { person: 'low' });
        assert.equal(answer.status, 401);
        assert.ok(!is_in(client));
        assert.equal(await counts(), before_it);
        assert.equal((await denials()).at(-1), 'mitid:id_token.acr');
    });

    test(named('who stops at the provider comes back to a plain page'), async () => {
        const client = portal.client('demo');
        const answer = await press(client);
        const back = await come_back(client, await abort(real.client(), answer.headers.location));
        assert.equal(back.status, 200);
        assert.match(back.body, /You stopped the login/);
        assert.match(back.body, /href="\/login/);
        assert.equal((await denials()).at(-1), 'mitid:stopped');
        assert.ok(!is_in(client));
    });

    test(named('a person without a CPR number is known by the provider’s own id alone'), async () => {
        const first = await log_in_by(portal, real, { person: 'foreign' });
        const second = await log_in_by(portal, real, { person: 'foreign' });
        assert.ok(is_in(first.client) && is_in(second.client));
        assert.equal((await profiles('Ana')).length, 1);
        assert.equal((await profiles('Ana'))[0][3], 'mitid-self');
    });

    test(named('a hidden name is stored over no name'), async () => {
        const { client } = await log_in_by(portal, real, { person: 'hidden' });
        assert.ok(is_in(client));
        assert.deepEqual(await portal.sql("SELECT first_name FROM membership WHERE first_name LIKE '%ADRESSE%' OR last_name LIKE '%ADRESSE%'"), []);
        await real.control({ people: { ...people, mette: { ...mette, 'mitid.identity_name': 'NAVNE & ADRESSEBESKYTTET' } } });
        await log_in_by(portal, real);
        assert.equal((await profiles('Mette')).length, 2, 'the name that was there stays');
        await real.control({ people });
    });

    test(named('who does not tell the CPR number is asked three times and then not let in'), async () => {
        const before_it = await counts();
        const [client, browser] = [portal.client('demo'), real.client()];
        let answer = await press(client);
        answer = await come_back(client, await prove(browser, answer.headers.location, 'shy'));
        for (let tries = 1; tries <= 3; tries += 1) {
            const address = answer.headers.location ?? answer.body.match(/href="(http[^"]*\/auth[^"]*)"/)[1].replaceAll('&amp;', '&');
            assert.match(new URL(address).searchParams.get('scope'), /ssn/);
            answer = await come_back(client, await prove(browser, address, 'shy'));
            assert.ok(!is_in(client));
        }
        assert.equal(answer.status, 401);
        assert.match(answer.body, /CPR number could not be confirmed/);
        assert.equal(await counts(), before_it);
    });

    test(named('the second step does not take the number of another person'), async () => {
        const before_it = await counts();
        const client = portal.client('demo');
        const first = await press(client);
        const again = await come_back(client, await prove(real.client(), first.headers.location, 'shy'));
        const { status } = await come_back(client, await prove(real.client(), again.headers.location, 'many'));
        assert.equal(status, 401);
        assert.equal((await denials()).at(-1), 'mitid:match.subject');
        assert.equal(await counts(), before_it);
    });

    test(named('ten callbacks of one unknown person at once make one profile'), async () => {
        const logins = Array.from({ length: 10 }, async () => {
            const [client, browser] = [portal.client('demo'), real.client()];
            let answer = await press(client);
            answer = await come_back(client, await prove(browser, answer.headers.location, 'many'));
            return { client, away: await prove(browser, answer.headers.location, 'many') };
        });
        const ready = await Promise.all(logins);
        const answers = await Promise.all(ready.map(({ client, away }) => come_back(client, away)));
        assert.deepEqual(answers.map(({ status }) => status), Array(10).fill(303));
        assert.ok(ready.every(({ client }) => is_in(client)));
        assert.equal((await profiles('Ida')).length, 1);
    });

    test(named('a callback counts once, and only in the browser that began'), async () => {
        const client = portal.client('demo');
        const answer = await press(client);
        const away = await prove(real.client(), answer.headers.location);
        const thief = portal.client('demo');
        assert.equal((await come_back(thief, away)).status, 400, 'without the cookie');
        thief.cookies.set('__Host-eid', 'A'.repeat(43));
        assert.equal((await come_back(thief, away)).status, 400, 'with another cookie');
        assert.ok(!is_in(thief));
        assert.equal((await come_back(client, away)).status, 303);
        assert.ok(is_in(client));
        const copy = portal.client('demo');
        copy.cookies = new Map([...client.cookies, ['__Host-eid', answer.headers['set-cookie'][0].match(/__Host-eid=([^;]*)/)[1]]]);
        copy.cookies.delete('__Host-sid');
        assert.equal((await come_back(copy, away)).status, 400, 'twice');
        assert.equal((await denials()).at(-1), 'mitid:callback.state');
    });

    test(named('ten minutes after the button was pressed the answer comes too late'), async () => {
        const client = portal.client('demo');
        const answer = await press(client);
        await portal.advance(10);
        await real.control({ now: new Date(portal.now).toISOString() });
        const away = await prove(real.client(), answer.headers.location);
        assert.equal((await come_back(client, away)).status, 400);
        assert.ok(!is_in(client));
    });

    test(named('made-up, missing and doubled states are refused on both ways back'), async () => {
        const client = portal.client('demo');
        await press(client);
        for (const query of ['', '?code=x', '?code=x&state=', '?state=y', `?code=x&state=${'A'.repeat(43)}`, '?code=x&state=a&state=b', '?error=access_denied', '?error=access_denied&state=%00']) {
            const answer = await client.request('GET', `/login/mitid/return${query}`);
            assert.equal(answer.status, 400, query);
            assert.ok(!is_in(client));
        }
    });

    test(named('a clinic that does not use MitID has no way to it, button or not'), async () => {
        const client = portal.client('other');
        await client.get('/login');
        const form = client.forms().find(({ action }) => action?.includes('/login/mitid'));
        await portal.ask(['policy', 'set', '-T', 'other', '--methods', 'password']);
        const answer = await client.post_raw(form.action, form.filled({}));
        assert.equal(answer.status, 403);
        assert.equal(answer.headers.location, undefined);
        await client.get('/login');
        assert.ok(!client.forms().some(({ action }) => action?.includes('/login/mitid')));
        await portal.ask(['policy', 'set', '-T', 'other', '--methods', 'mitid']);
    });

    test(named('an unknown person is told so where the clinic takes none, and nothing is made'), async () => {
        await portal.ask(['policy', 'set', '-T', 'other', '--unknown-by-eid', 'no']);
        const before_it = await counts();
        const { client, answer } = await log_in_by(portal, real, { slug: 'other', person: 'known' });
        assert.equal(answer.status, 403);
        assert.match(answer.body, /not registered at this clinic/);
        assert.ok(!is_in(client));
        assert.equal(await counts(), before_it);
        await portal.ask(['policy', 'set', '-T', 'other', '--unknown-by-eid', 'yes']);
    });

    test(named('logging out ends the session here first and leads through the provider'), async () => {
        const { client, browser } = await log_in_by(portal, real);
        await client.get('/bookings');
        const old = client.cookies.get('__Host-sid');
        const form = client.form(/logout/);
        const answer = await client.post_raw(form.action, form.filled({}));
        const address = new URL(answer.headers.location);
        assert.equal(address.origin, real.issuer);
        assert.equal(address.searchParams.get('post_logout_redirect_uri'), `http://${portal.host('demo')}/login?done=logged-out`);
        const claims = JSON.parse(Buffer.from(address.searchParams.get('id_token_hint').split('.')[1], 'base64url'));
        assert.ok(!JSON.stringify(claims).includes(mette['dk.cpr']), 'no number in an address');
        const copy = portal.client('demo');
        copy.cookies.set('__Host-sid', old);
        assert.equal((await copy.request('GET', '/bookings')).status, 303, 'already over here');
        const page = await browser.request('GET', address.pathname + address.search);
        assert.equal(page.status, 200);
        assert.match(page.body, /sign-out|Sign-out/i);
    });

    test(named('who is logged in already must prove anew who it is, and gets a new session'), async () => {
        const { client, browser } = await log_in_by(portal, real);
        const old = client.cookies.get('__Host-sid');
        await portal.advance(6);
        await real.control({ now: new Date(portal.now).toISOString() });
        await client.get('/login?again=1');
        const form = client.forms().find(({ action }) => action?.includes('/login/mitid'));
        const { headers } = await client.post_raw(form.action, form.filled({}));
        const asked = new URL(headers.location).searchParams;
        assert.deepEqual([asked.get('prompt'), asked.get('max_age')], ['login', '300']);
        const answer = await come_back(client, await prove(browser, headers.location));
        assert.equal(answer.status, 303, answer.body);
        assert.notEqual(client.cookies.get('__Host-sid'), old);
        const copy = portal.client('demo');
        copy.cookies.set('__Host-sid', old);
        assert.equal((await copy.request('GET', '/bookings')).status, 303, 'the old session is over');
    });

    test(named('the address to the provider holds what the protocol asks for and nothing of the person'), async () => {
        const client = portal.client('demo', { language: 'da' });
        const { headers } = await press(client);
        const address = new URL(headers.location);
        const asked = Object.fromEntries(address.searchParams);
        assert.equal(asked.response_type, 'code');
        assert.equal(asked.code_challenge_method, 'S256');
        assert.equal(asked.ui_locales, 'da');
        assert.equal(asked.redirect_uri, `http://${portal.host('demo')}/login/mitid/return`);
        for (const name of ['state', 'nonce', 'code_challenge']) assert.ok(asked[name].length >= 43, name);
        const cookie = headers['set-cookie'].find((line) => line.startsWith('__Host-eid='));
        assert.match(cookie, /HttpOnly/);
        assert.match(cookie, /SameSite=Lax/);
    });

    test(named('no number, code or token is in the log'), async () => {
        for (const { 'dk.cpr': cpr } of Object.values(people)) if (cpr) assert.ok(!portal.log.includes(cpr));
        assert.ok(!/eyJ[\w-]{10}/.test(portal.log), 'a token');
        assert.ok(!portal.log.includes('Mette'));
        assert.match(portal.log, /oidc\.refused/);
    });
});
