// A provider that lies: every forged answer is refused, and nothing is written but the refusal.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { come_back, nsis, press, prove, start_with_providers } from './oidc.mjs';
import { on_each_engine } from './portal.mjs';

const person = { sub: 'karen', loa: nsis('High'), 'mitid.identity_name': 'Karen Blå', 'mitid.has_cpr': true, 'dk.cpr': '0606401234' };

/** mode of the provider -> what the audit says was wrong. */
const table = {
    alg_none: 'id_token.alg', alg_none_mixed_case: 'id_token.alg', alg_none_with_signature: 'id_token.alg',
    hs256_with_public_pem: 'id_token.alg', hs256_with_public_jwk: 'id_token.alg', hs256_with_secret: 'id_token.alg',
    rs256_header_es256_signature: 'id_token.kid', stranger_signs: 'id_token.signature', key_in_header: 'id_token.kid',
    key_by_address: 'id_token.kid', key_is_a_path: 'id_token.kid', critical_header: 'id_token.form',
    short_signature: 'id_token.signature', long_signature: 'id_token.signature', der_signature: 'id_token.signature',
    zero_signature: 'id_token.signature', no_signature: 'id_token.signature',
    wrong_issuer: 'id_token.iss', wrong_audience: 'id_token.aud', extra_audience: 'id_token.aud', wrong_party: 'id_token.azp',
    wrong_nonce: 'id_token.nonce', no_nonce: 'id_token.nonce', expired: 'id_token.exp', no_end: 'id_token.exp', not_yet: 'id_token.nbf',
    made_long_ago: 'id_token.iat', made_in_the_future: 'id_token.iat', wrong_token_hash: 'id_token.at_hash',
    level_too_low: 'id_token.acr', level_unknown: 'id_token.acr', level_absent: 'id_token.acr', no_subject: 'id_token.sub',
    logout_token: 'id_token.typ', no_id_token: 'token.id_token', five_parts: 'id_token.form',
    another_persons_userinfo: 'userinfo.sub', impossible_number: 'claims.national_id',
    callback_of_another: 'callback.iss', callback_without_issuer: 'callback.iss', huge_answer: 'token', garbage: 'token',
};

on_each_engine((engine, named) => {
    let portal, real, liar, close;

    before(async () => {
        ({ portal, real, liar, close } = await start_with_providers({ engine, forge: true }));
        await liar.control({ person });
    });
    after(() => close?.());

    const tables = ['account', 'membership', 'session', 'eid_subject', 'national_identity', 'credential', 'outbox'];
    const counts = async () => (await portal.sql(`SELECT ${tables.map((name) => `(SELECT COUNT(*) FROM ${name})`).join(', ')}`))[0].join(' ');
    const denials = async () => (await portal.sql("SELECT reason FROM audit WHERE act = 'login.denied' ORDER BY id")).map(([reason]) => reason);

    /** Where the provider that lies sends the browser, having pressed its button. */
    async function go(client, mode) {
        await liar.control({ mode });
        const { headers } = await press(client, 'oidc');
        return prove(liar.client(), headers.location);
    }

    for (const [mode, reason] of Object.entries(table)) {
        test(named(`a login with ${mode.replaceAll('_', ' ')} is refused and leaves nothing but the refusal`), async () => {
            const [before_it, denied] = [await counts(), (await denials()).length];
            const client = portal.client('demo');
            const answer = await come_back(client, await go(client, mode));
            assert.ok([401, 503].includes(answer.status), `${answer.status}`);
            assert.ok(!client.cookies.has('__Host-sid'));
            assert.equal(await counts(), before_it);
            assert.deepEqual((await denials()).slice(denied), [`oidc:${reason}`]);
        });
    }

    test(named('the same person is let in when the same provider tells the truth, in either algorithm'), async () => {
        for (const mode of ['honest', 'rs256']) {
            const client = portal.client('demo');
            const answer = await come_back(client, await go(client, mode));
            assert.equal(answer.status, 303, answer.body);
            assert.ok(client.cookies.has('__Host-sid'));
        }
        assert.equal((await portal.sql("SELECT id FROM membership WHERE last_name = 'Blå'")).length, 1);
    });

    test(named('a code is redeemed once, whatever the browser sends again'), async () => {
        const client = portal.client('demo');
        const away = await go(client, 'code_taken_twice');
        liar.take_new();
        const twins = [1, 2, 3, 4].map(() => {
            const twin = portal.client('demo');
            twin.cookies = new Map(client.cookies);
            return twin;
        });
        const answers = await Promise.all(twins.map((twin) => come_back(twin, away)));
        assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400, 400, 400]);
        assert.equal(liar.take_new().filter(({ event }) => event === 'token').length, 1);
        assert.equal((await denials()).at(-1), 'oidc:callback.state');
    });

    test(named('a code of one browser’s login does not fit another’s'), async () => {
        const [mine, yours] = [portal.client('demo'), portal.client('demo')];
        const [stolen, own] = [await go(mine, 'honest'), await go(yours, 'honest')];
        own.searchParams.set('code', stolen.searchParams.get('code'));
        const answer = await come_back(yours, own);
        assert.equal(answer.status, 401);
        assert.equal((await denials()).at(-1), 'oidc:token.invalid_grant');
    });

    test(named('an answer of one provider never reaches the other'), async () => {
        const before_it = await counts();
        const client = portal.client('demo');
        const away = await go(client, 'honest');
        liar.take_new();
        real.take_new();
        const crossed = new URL(away.href.replace('/login/oidc/', '/login/mitid/'));
        assert.equal((await come_back(client, crossed)).status, 400, 'a state of the other provider');
        const { headers } = await press(client, 'mitid');
        const state = new URL(headers.location).searchParams.get('state');
        crossed.searchParams.set('state', state);
        assert.equal((await come_back(client, crossed)).status, 401, 'the issuer of the other provider');
        assert.equal((await denials()).at(-1), 'mitid:callback.iss');
        assert.deepEqual([liar.take_new(), real.take_new()], [[], []], 'the code was sent to nobody');
        assert.equal(await counts(), before_it);
    });

    test(named('the log names the refusals and nobody'), async () => {
        assert.match(portal.log, /oidc\.refused/);
        assert.match(portal.log, /id_token\.nonce/);
        for (const personal of [person['dk.cpr'], '3213999999', 'Karen', 'karen']) assert.ok(!portal.log.includes(personal), personal);
        assert.ok(!/eyJ[\w-]{10}/.test(portal.log), 'a token');
    });
});
