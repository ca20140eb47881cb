// BankID's relying-party API, version 6, and the apps of its users, as a process: HTTPS with
// mutual TLS (--cert, --key, --ca), and beside it on loopback a control server for the test:
//   POST /clock {at}             sets the time (ms); {at: null}: the machine's own
//   POST /app/scan {text}        somebody's app reads a QR code;  -> {order}, or 409 when it is stale
//   POST /app/open {token}       the app is opened by an autostart token -> {order, returnUrl}
//   POST /app/hint {order, hint} what collect says while the order is pending
//   POST /app/sign {order, person, address, risk, ...}  the person identifies himself
//   POST /app/fail {order, hint} the order fails
//   POST /fail {path, kind, times, reset}  the next answers of a path: see `faults`
//   GET /orders                  every order with its calls
// --log FILE gets each call as a JSON line, with the time on this fake's clock.
import { readFileSync, appendFileSync } from 'node:fs';
import { createServer as create_plain } from 'node:http';
import { createServer } from 'node:https';
import { parseArgs } from 'node:util';
import { Orders, Refusal } from './bankid_orders.mjs';
import { end_with_parent } from './options.mjs';

const { values } = parseArgs({
    options: { log: { type: 'string' }, port: { type: 'string', default: '0' }, cert: { type: 'string' }, key: { type: 'string' }, ca: { type: 'string' } },
});
const orders = new Orders();
const failing = new Map(); // path -> [{kind, times, reset}]

function record(entry) {
    if (values.log) appendFileSync(values.log, JSON.stringify({ at: orders.now(), ...entry }) + '\n');
}

function answer(response, status, body, headers = {}) {
    const text = body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

const refuse = (response, status, errorCode, headers) => answer(response, status, { errorCode, details: `${errorCode} of the fake` }, headers);

/** What a test may have happen in place of an answer. */
const faults = {
    429: (response, { reset = 3 }) => refuse(response, 429, 'tooManyRequests', { 'ratelimit-limit': '10', 'ratelimit-remaining': '0', 'ratelimit-reset': String(reset) }),
    maintenance: (response) => refuse(response, 503, 'maintenance'),
    Maintenance: (response) => refuse(response, 503, 'Maintenance'),
    401: (response) => refuse(response, 401, 'unauthorized'),
    408: (response) => refuse(response, 408, 'requestTimeout'),
    500: (response) => refuse(response, 500, 'internalError'),
    503: (response) => response.writeHead(503).end(),
    alreadyInProgress: (response) => refuse(response, 400, 'alreadyInProgress'),
    invalidParameters: (response) => refuse(response, 400, 'invalidParameters'),
    html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>just a moment</html>'),
    html502: (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>'),
    hang: () => {},
    cut: (response) => response.writeHead(200, { 'content-length': 500 }).write('{"orderRef"', () => response.socket.destroy()),
    reset: (response) => response.socket.destroy(),
};

function take_fault(path) {
    const waiting = failing.get(path)?.find(({ times }) => times > 0);
    if (waiting) waiting.times -= 1;
    return waiting;
}

function read_body(request, use) {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => (body += part)).on('end', () => use(body));
}

function parse(text) {
    try {
        const value = JSON.parse(text);
        return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
    } catch {
        return null;
    }
}

const calls = {
    '/auth': (body) => orders.start('auth', body),
    '/sign': (body) => orders.start('sign', body),
    '/phone/auth': (body) => orders.start('phone/auth', body),
    '/phone/sign': (body) => orders.start('phone/sign', body),
    '/collect': (body) => orders.collect(body),
    '/cancel': (body) => orders.cancel(body),
};

function serve(request, response, text) {
    const path = request.url.replace(/^\/rp\/v6\.0/, '');
    const type = request.headers['content-type'] ?? '';
    record({ path, body: parse(text), type, subject: request.socket.getPeerCertificate()?.subject?.CN });
    if (!request.url.startsWith('/rp/v6.0/') || !calls[path]) return refuse(response, 404, 'notFound');
    if (request.method !== 'POST') return refuse(response, 405, 'methodNotAllowed');
    if (!/^application\/json(;\s*charset=utf-8)?$/i.test(type)) return refuse(response, 415, 'unsupportedMediaType');
    const fault = take_fault(path);
    if (fault) return faults[fault.kind](response, fault);
    try {
        const body = parse(text);
        if (!body) throw new Refusal(400, 'invalidParameters');
        answer(response, 200, calls[path](body));
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refuse(response, error.status, error.code, error.headers);
    }
}

const control = {
    '/clock': ({ at }) => orders.set_clock(at),
    '/app/scan': ({ text }) => orders.scan(text),
    '/app/open': ({ token }) => orders.open(token),
    '/app/hint': ({ order, hint }) => orders.hint(order, hint),
    '/app/sign': ({ order, ...who }) => orders.sign(order, who),
    '/app/fail': ({ order, hint }) => orders.fail(order, hint),
    '/fail': ({ path, kind, times = 1, reset }) => {
        if (!faults[kind]) throw new Refusal(400, `no fault ${kind}`);
        failing.set(path, [...(failing.get(path) ?? []), { kind, times, reset }]);
    },
    '/orders': () => orders.list(),
};

const control_server = create_plain((request, response) => read_body(request, (text) => {
    try {
        answer(response, 200, control[request.url](parse(text) ?? {}) ?? {});
    } catch (error) {
        answer(response, error instanceof Refusal ? error.status : 500, { error: error.code ?? error.stack });
    }
}));
const server = createServer({
    cert: readFileSync(values.cert), key: readFileSync(values.key), ca: readFileSync(values.ca),
    requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2',
}, (request, response) => read_body(request, (text) => serve(request, response, text)));
server.on('tlsClientError', (error) => record({ refused: error.code }));
server.listen(Number(values.port), '127.0.0.1', () => control_server.listen(0, '127.0.0.1', () => {
    console.log(`listening ${server.address().port} control ${control_server.address().port}`);
}));
end_with_parent();
