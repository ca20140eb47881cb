// An OpenID provider that lies, as a process: what a real one will not send. It logs everybody in at
// once as the person whom it was told. POST /control: now, mode (a row of `lies`), person (claims).
// Mode "honest" is a whole right login, so that a refusal is of the lie alone. Logs each request.
import crypto from 'node:crypto';
import { createServer } from 'node:http';
import { announce, end_with_parent, read_options } from './options.mjs';

const options = read_options();
const state = { now: Date.now(), mode: 'honest', person: {} };
const codes = new Map();
const base64 = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(state.now / 1000);

const keys = {
    ec: crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    rsa: crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }),
    stranger: crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
const public_jwk = (pair, kid) => ({ ...pair.publicKey.export({ format: 'jwk' }), kid, use: 'sig' });
const published = () => ({ keys: [public_jwk(keys.ec, 'ec-1'), public_jwk(keys.rsa, 'rsa-1')] });

const by = {
    ES256: (input, pair = keys.ec) => crypto.sign('sha256', Buffer.from(input), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }),
    RS256: (input) => crypto.sign('sha256', Buffer.from(input), keys.rsa.privateKey),
    none: () => Buffer.alloc(0),
    HS256: (input, secret) => crypto.createHmac('sha256', secret).update(input).digest(),
};
const set = (values) => (token) => Object.assign(token.claims, values(token.claims));
const headed = (header, sign) => (token) => Object.assign(token, { header, sign });

/** What a mode does to the token {header, claims, sign}, to the callback or to userinfo. */
const lies = {
    honest: {},
    rs256: { token: headed({ alg: 'RS256', kid: 'rsa-1' }, by.RS256) },
    alg_none: { token: headed({ alg: 'none' }, by.none) },
    alg_none_mixed_case: { token: headed({ alg: 'nOnE' }, by.none) },
    alg_none_with_signature: { token: headed({ alg: 'none', kid: 'ec-1' }, by.ES256) },
    hs256_with_public_pem: { token: headed({ alg: 'HS256', kid: 'rsa-1' }, (input) => by.HS256(input, keys.rsa.publicKey.export({ type: 'spki', format: 'pem' }))) },
    hs256_with_public_jwk: { token: headed({ alg: 'HS256', kid: 'ec-1' }, (input) => by.HS256(input, JSON.stringify(keys.ec.publicKey.export({ format: 'jwk' })))) },
    hs256_with_secret: { token: headed({ alg: 'HS256' }, (input) => by.HS256(input, 'secret: of + portal')) },
    rs256_header_es256_signature: { token: headed({ alg: 'RS256', kid: 'ec-1' }, by.ES256) },
    stranger_signs: { token: headed({ alg: 'ES256', kid: 'ec-1' }, (input) => by.ES256(input, keys.stranger)) },
    key_in_header: { token: headed({ alg: 'ES256', kid: 'mine', jwk: public_jwk(keys.stranger, 'mine') }, (input) => by.ES256(input, keys.stranger)) },
    key_by_address: { token: headed({ alg: 'ES256', kid: 'mine', jku: 'http://127.0.0.1:1/jwks' }, (input) => by.ES256(input, keys.stranger)) },
    key_is_a_path: { token: headed({ alg: 'ES256', kid: '../../dev/null' }, (input) => by.ES256(input, keys.stranger)) },
    critical_header: { token: headed({ alg: 'ES256', kid: 'ec-1', crit: ['x'], x: 1 }, by.ES256) },
    short_signature: { token: headed({ alg: 'ES256', kid: 'ec-1' }, (input) => by.ES256(input).subarray(0, 63)) },
    long_signature: { token: headed({ alg: 'ES256', kid: 'ec-1' }, (input) => Buffer.concat([by.ES256(input), Buffer.alloc(1)])) },
    der_signature: { token: headed({ alg: 'ES256', kid: 'ec-1' }, (input) => crypto.sign('sha256', Buffer.from(input), keys.ec.privateKey)) },
    zero_signature: { token: headed({ alg: 'ES256', kid: 'ec-1' }, () => Buffer.alloc(64)) },
    no_signature: { token: headed({ alg: 'ES256', kid: 'ec-1' }, by.none) },
    wrong_issuer: { token: set((claims) => ({ iss: `${claims.iss}/` })) },
    wrong_audience: { token: set(() => ({ aud: 'another-client' })) },
    extra_audience: { token: set(() => ({ aud: ['portal', 'another-client'] })) },
    wrong_party: { token: set(() => ({ azp: 'another-client' })) },
    wrong_nonce: { token: set(() => ({ nonce: 'A'.repeat(43) })) },
    no_nonce: { token: set(() => ({ nonce: undefined })) },
    expired: { token: set(() => ({ exp: seconds() - 61 })) },
    no_end: { token: set(() => ({ exp: undefined })) },
    not_yet: { token: set(() => ({ nbf: seconds() + 120 })) },
    made_long_ago: { token: set(() => ({ iat: seconds() - 86_400 })) },
    made_in_the_future: { token: set(() => ({ iat: seconds() + 86_400 })) },
    wrong_token_hash: { token: set(() => ({ at_hash: base64('not the right hash') })) },
    level_too_low: { token: set(() => ({ loa: 'https://data.gov.dk/concept/core/nsis/Low' })) },
    level_unknown: { token: set(() => ({ loa: 'highest' })) },
    level_absent: { token: set(() => ({ loa: undefined })) },
    no_subject: { token: set(() => ({ sub: undefined })) },
    logout_token: { token: headed({ alg: 'ES256', kid: 'ec-1', typ: 'logout+jwt' }, by.ES256) },
    no_id_token: { answer: (answer) => ({ ...answer, id_token: undefined }) },
    five_parts: { answer: (answer) => ({ ...answer, id_token: `${answer.id_token}.AA.AA` }) },
    another_persons_userinfo: { userinfo: (claims) => ({ ...claims, sub: 'somebody-else' }) },
    impossible_number: { userinfo: (claims) => ({ ...claims, 'dk.cpr': '3213999999' }) },
    callback_of_another: { callback: (answer) => answer.set('iss', 'https://op.example') },
    callback_without_issuer: { callback: (answer) => answer.delete('iss') },
    code_taken_twice: { keep_code: true },
    huge_answer: { answer: (answer) => ({ ...answer, filling: 'x'.repeat(300_000) }) },
    garbage: { raw: '{"id_token": "' },
};

const issuer = () => `http://127.0.0.1:${server.address().port}`;
const json = (response, value, status = 200) => response.writeHead(status, { 'content-type': 'application/json' }).end(typeof value === 'string' ? value : JSON.stringify(value));

function describe(response) {
    const at = issuer();
    json(response, {
        issuer: at, authorization_endpoint: `${at}/auth`, token_endpoint: `${at}/token`, jwks_uri: `${at}/jwks`, userinfo_endpoint: `${at}/userinfo`,
        authorization_response_iss_parameter_supported: true,
    });
}

function authorize(url, response) {
    const asked = Object.fromEntries(url.searchParams);
    const code = crypto.randomBytes(24).toString('base64url');
    codes.set(code, asked);
    const answer = new URLSearchParams({ code, state: asked.state, iss: issuer() });
    lies[state.mode].callback?.(answer);
    response.writeHead(303, { location: `${asked.redirect_uri}?${answer}` }).end();
}

function make_token(asked, access_token) {
    const half = crypto.createHash('sha256').update(access_token).digest().subarray(0, 16);
    const { loa, sub } = state.person;
    const token = {
        header: { alg: 'ES256', kid: 'ec-1' },
        claims: {
            iss: issuer(), aud: 'portal', sub, loa, nonce: asked.nonce, iat: seconds(), nbf: seconds(), exp: seconds() + 300,
            auth_time: seconds(), at_hash: half.toString('base64url'),
        },
        sign: by.ES256,
    };
    lies[state.mode].token?.(token);
    const input = `${base64(token.header)}.${base64(token.claims)}`;
    return `${input}.${token.sign(input).toString('base64url')}`;
}

function redeem(fields, response) {
    const lie = lies[state.mode];
    const asked = codes.get(fields.code);
    const challenge = crypto.createHash('sha256').update(fields.code_verifier ?? '').digest('base64url');
    const fits = asked && asked.code_challenge === challenge && asked.redirect_uri === fields.redirect_uri;
    options.record({ event: 'token', fits: Boolean(fits) });
    if (!fits) return json(response, { error: 'invalid_grant' }, 400);
    if (!lie.keep_code) codes.delete(fields.code);
    if (lie.raw) return json(response, lie.raw);
    const access_token = crypto.randomBytes(24).toString('base64url');
    const answer = { access_token, token_type: 'Bearer', expires_in: 600, id_token: make_token(asked, access_token) };
    json(response, lie.answer?.(answer) ?? answer);
}

function tell(response) {
    const { loa, ...claims } = state.person;
    json(response, lies[state.mode].userinfo?.(claims) ?? claims);
}

function control(orders, response) {
    if (orders.now) state.now = Date.parse(orders.now);
    if (orders.mode && !lies[orders.mode]) return json(response, { unknown: orders.mode }, 400);
    Object.assign(state, { mode: orders.mode ?? state.mode, person: orders.person ?? state.person });
    json(response, { modes: Object.keys(lies) });
}

const server = createServer((request, response) => {
    const url = new URL(request.url, issuer());
    let body = '';
    request.setEncoding('utf8').on('data', (part) => (body += part));
    request.on('end', () => {
        if (url.pathname === '/.well-known/openid-configuration') return describe(response);
        if (url.pathname === '/jwks') return json(response, published());
        if (url.pathname === '/auth') return authorize(url, response);
        if (url.pathname === '/token') return redeem(Object.fromEntries(new URLSearchParams(body)), response);
        if (url.pathname === '/userinfo') return tell(response);
        if (url.pathname === '/control') return control(JSON.parse(body || '{}'), response);
        json(response, {}, 404);
    });
});
server.listen(options.port, '127.0.0.1', () => announce(server));
end_with_parent();
