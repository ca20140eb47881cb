// A certified OpenID provider (npm oidc-provider) as a process, with the claims of a MitID broker.
// Its own pages ask for a login and for consent; whoever writes a person's key there is that person.
// POST /control changes it: now, redirect_uris, logout_uris, algorithm (RS256, ES256, PS256), people
// {key: claims}, rotate (new signing keys), idle (no user info). Logs each token request.
import crypto from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { announce, end_with_parent, read_options } from './options.mjs';

const options = read_options();
const state = { algorithm: 'ES256', redirect_uris: ['http://localhost/unused'], logout_uris: [], people: {}, keys: [] };

// The tests set the time; it stands still until the next order.
const RealDate = Date;
let now = RealDate.now();
globalThis.Date = class extends RealDate {
    constructor(...given) {
        super(...(given.length === 0 ? [now] : given));
    }

    static now() {
        return now;
    }
};

function make_keys() {
    const round = crypto.randomUUID().slice(0, 8);
    const jwk = (pair, kid) => ({ ...pair.privateKey.export({ format: 'jwk' }), use: 'sig', kid });
    return [
        jwk(crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }), `ec-${round}`),
        jwk(crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }), `rsa-${round}`),
    ];
}

function configuration() {
    return {
        jwks: { keys: state.keys },
        clients: [{
            client_id: 'portal', client_secret: 'secret: of + portal', grant_types: ['authorization_code'], response_types: ['code'],
            redirect_uris: state.redirect_uris, post_logout_redirect_uris: state.logout_uris,
            id_token_signed_response_alg: state.algorithm, token_endpoint_auth_method: 'client_secret_basic',
        }],
        claims: {
            openid: ['sub', 'loa', 'idp', 'identity_type'],
            mitid: ['mitid.uuid', 'mitid.identity_name', 'mitid.has_cpr', 'mitid.age'],
            ssn: ['dk.cpr'],
            profile: ['name', 'given_name', 'family_name'],
            pnr: ['personal_number'],
        },
        scopes: ['openid', 'mitid', 'ssn', 'profile', 'pnr'],
        pkce: { required: () => true },
        cookies: { keys: ['of the tests'] },
        findAccount: (context, key) => state.people[key] && { accountId: key, claims: () => ({ sub: `sub-${key}`, ...state.people[key] }) },
        ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 3600, Grant: 3600 },
    };
}

let provider;
let handle;
function rebuild() {
    provider = new Provider(`http://127.0.0.1:${server.address().port}`, configuration());
    for (const event of ['grant.success', 'grant.error']) {
        provider.on(event, (context, error) => options.record({ event, error: error?.error, basic: context.headers.authorization, fields: { ...context.oidc?.body, code: undefined } }));
    }
    handle = provider.callback();
}

function control(orders) {
    if (orders.now) now = RealDate.parse(orders.now);
    if (orders.rotate) state.keys = make_keys();
    for (const name of ['redirect_uris', 'logout_uris', 'algorithm', 'people']) if (orders[name]) state[name] = orders[name];
    rebuild();
}

const server = createServer((request, response) => {
    if (request.url !== '/control') return handle(request, response);
    let body = '';
    request.setEncoding('utf8').on('data', (part) => (body += part));
    request.on('end', () => {
        control(JSON.parse(body));
        response.writeHead(204).end();
    });
});
console.info = console.warn = () => {}; // it warns of what is meant here: plain http, its own pages
server.listen(options.port, '127.0.0.1', () => {
    state.keys = make_keys();
    rebuild();
    announce(server);
});
end_with_parent();
