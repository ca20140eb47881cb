// An SMS gateway as a process: POST /send of {to, from, text, id}, JSON or form. Logs each receipt
// as a JSON line before it answers. Behaviours: ok; a status (503, 429+7: with Retry-After 7);
// hang (taken, never answered); reset (taken, connection reset); refuse (reset before reading);
// garbage; half (half an answer); slow (ok after a second); once (ok, a repeated key taken once).
import { createServer } from 'node:http';
import { announce, end_with_parent, read_options } from './options.mjs';

const options = read_options();
const keys = new Set();
let count = 0;

function read_fields(request, body) {
    const json = (request.headers['content-type'] ?? '').startsWith('application/json');
    return json ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
}

function accept(response, key) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `sms-${key}` }));
}

const answers = {
    ok: accept,
    once: accept,
    slow: (response, key) => setTimeout(() => accept(response, key), 1000),
    hang: () => {},
    reset: (response) => response.socket.resetAndDestroy(),
    garbage: (response) => response.socket.end('\x00\xff nonsense\r\n\r\n'),
    half: (response) => response.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id"'),
};

const server = createServer((request, response) => {
    const behaviour = options.next_behaviour();
    if (behaviour === 'refuse') return request.socket.resetAndDestroy();
    let body = '';
    request.setEncoding('utf8').on('data', (part) => (body += part));
    request.on('end', () => {
        const key = request.headers['idempotency-key'];
        const repeated = behaviour === 'once' && keys.has(key);
        const [status, wait] = behaviour.split('+').map(Number);
        const taken = !repeated && Number.isNaN(status);
        keys.add(key);
        options.record({ taken, behaviour, key, token: request.headers.authorization, fields: read_fields(request, body) });
        if (Number.isNaN(status)) return answers[behaviour](response, key ?? ++count);
        response.writeHead(status, wait ? { 'retry-after': wait } : {}).end();
    });
});
server.listen(options.port, '127.0.0.1', () => announce(server));
end_with_parent();
