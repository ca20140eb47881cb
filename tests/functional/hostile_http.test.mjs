// What a stranger may send to the port: each case has its answer, and the clinic is there afterwards.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { Portal } from './portal.mjs';
import { ask, exchange } from './raw.mjs';

let portal;
let host;

before(async () => {
    portal = await Portal.start({ settings: { http: { head_seconds: 1, body_seconds: 1 } } });
    await make_clinic(portal);
    host = portal.host('demo');
});
after(() => portal.close());

const get = (line, ...headers) => [line, `Host: ${host}`, 'Connection: close', ...headers];

async function still_there() {
    const answer = await ask(portal.port, get('GET /login HTTP/1.1'));
    assert.equal(answer.status, 200, 'the login page is gone');
    assert.equal(portal.ended, null, 'portald ended');
}

const chunked = (size) => [[...get('POST /login HTTP/1.1'), 'Transfer-Encoding: chunked', 'Content-Type: application/x-www-form-urlencoded'], `${size}\r\nabc\r\n0\r\n\r\n`];
const post = (...headers) => [...get('POST /login HTTP/1.1'), 'Content-Type: application/x-www-form-urlencoded', ...headers];

const malformed = [
    ['two Host headers', () => [[...get('GET / HTTP/1.1'), 'Host: evil.test']], [400]],
    ['no Host header', () => [['GET / HTTP/1.1', 'Connection: close']], [400]],
    ['a foreign host', () => [['GET /login HTTP/1.1', 'Host: evil.test', 'Connection: close']], [421]],
    ['a foreign host in an absolute address', () => [['GET http://evil.test/login HTTP/1.1', `Host: ${host}`, 'Connection: close']], [400, 421]],
    ['a length and chunks', () => [post('Content-Length: 5', 'Transfer-Encoding: chunked'), '0\r\n\r\n'], [400]],
    ['an unknown coding', () => [post('Transfer-Encoding: xchunked'), '0\r\n\r\n'], [400, 501]],
    ['chunked before another coding', () => [post('Transfer-Encoding: chunked, identity'), '0\r\n\r\n'], [400, 501]],
    ['a space before the colon', () => [post('Transfer-Encoding : chunked'), '0\r\n\r\n'], [400]],
    ['a chunk size that overflows', () => chunked('FFFFFFFFFFFFFFFFF'), [400, 413]],
    ['a negative chunk size', () => chunked('-1'), [400]],
    ['a chunk size with a prefix', () => chunked('0x3'), [400]],
    ['two lengths', () => [post('Content-Length: 5, 6'), 'hello'], [400]],
    ['a length with a sign', () => [post('Content-Length: +5'), 'hello'], [400]],
    ['two Content-Length headers', () => [post('Content-Length: 5', 'Content-Length: 6'), 'hello'], [400]],
    ['10,000 headers', () => [get('GET / HTTP/1.1', ...Array.from({ length: 10_000 }, (_, i) => `X-${i}: 1`))], [431]],
    ['a header of 1 MiB', () => [get('GET / HTTP/1.1', `X-Big: ${'a'.repeat(1 << 20)}`)], [431]],
    ['a NUL in a header', () => [get('GET / HTTP/1.1', 'X-Nul: a\0b')], [400]],
    ['a folded header', () => [get('GET / HTTP/1.1', 'X-Fold: a\r\n b')], [400]],
    ['a request line of 64 KiB', () => [get(`GET /${'a'.repeat(65_536)} HTTP/1.1`)], [414, 431]],
    ['an unknown method', () => [get('FOO /login HTTP/1.1')], [405, 501]],
    ['TRACE', () => [get('TRACE /login HTTP/1.1')], [405, 501]],
    ['CONNECT', () => [get('CONNECT demo.test:80 HTTP/1.1')], [400, 405, 421, 501]],
    ['another protocol', () => [['PRI * HTTP/2.0', '', 'SM']], [0, 400, 505]],
    ['a body over the limit', () => [post('Content-Length: 1000000'), ''], [413]],
    ['an Accept-Language of 100 KiB', () => [get('GET /login HTTP/1.1', `Accept-Language: ${'sv,'.repeat(34_000)}`)], [431]],
    ['an encoded NUL in a field', () => [post('Content-Length: 6', 'Origin: http://x', 'Sec-Fetch-Site: same-origin'), 'a=%00b'], [400, 403]],
];

for (const [name, lines, wanted] of malformed) {
    test(`a request with ${name} is answered with ${wanted.filter(Boolean).join(' or ')}`, async () => {
        const answer = await ask(portal.port, ...lines());
        assert.ok(wanted.includes(answer.status), `answered ${answer.status}: ${answer.text.slice(0, 200)}`);
        await still_there();
    });
}

test('bare line feeds end no line', async () => {
    const answer = await exchange(portal.port, `GET / HTTP/1.1\nHost: ${host}\n\n`);
    assert.ok([0, 400, 408].includes(answer.status), answer.text.slice(0, 100));
});

for (const path of ['/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%c0%af..%c0%afetc/passwd', '/static/a%00.css', '/\\..\\..\\etc\\passwd', '/static/../../etc/passwd', '//evil.test/', '/static//style.css']) {
    test(`the path ${path} leads nowhere`, async () => {
        const answer = await ask(portal.port, get(`GET ${path} HTTP/1.1`));
        assert.ok([400, 404].includes(answer.status), `answered ${answer.status}`);
        assert.doesNotMatch(answer.text, /root:/);
    });
}

test('a forwarded host from a stranger is ignored', async () => {
    const answer = await ask(portal.port, get('GET /login HTTP/1.1', 'X-Forwarded-Host: evil.test', 'X-Forwarded-Proto: https', 'Forwarded: host=evil.test'));
    assert.equal(answer.status, 200);
    assert.doesNotMatch(answer.text, /evil\.test/);
});

test('a method in a header changes nothing', async () => {
    const answer = await ask(portal.port, get('GET /login HTTP/1.1', 'X-HTTP-Method-Override: DELETE'));
    assert.equal(answer.status, 200);
});

test('a thousand ranges are ignored', async () => {
    const answer = await ask(portal.port, get('GET /login HTTP/1.1', `Range: bytes=${Array(1000).fill('0-').join(',')}`));
    assert.equal(answer.status, 200);
});

test('a malformed language preference falls back to the clinic’s language', async () => {
    const answer = await ask(portal.port, get('GET /login HTTP/1.1', 'Accept-Language: sv;q=NaN, ;;q=, *;q=9'));
    assert.equal(answer.status, 200);
});

test('a head that never ends is cut at its deadline, a byte does not extend it', async () => {
    const socket = net.connect({ host: '127.0.0.1', port: portal.port });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.resume();
    const started = performance.now();
    const drip = setInterval(() => socket.write('X'), 100);
    socket.write(`GET /login HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `);
    await closed;
    clearInterval(drip);
    assert.ok(performance.now() - started < 4000, 'the head was read for too long');
});

test('a body that never ends is cut at its deadline', async () => {
    const answer = await exchange(portal.port, `${post('Content-Length: 50').join('\r\n')}\r\n\r\na=`);
    assert.ok([0, 408].includes(answer.status));
    assert.ok(answer.ms < 5000, `cut after ${answer.ms} ms`);
});

test('a thousand pipelined requests and a reset leave the daemon as it was', async () => {
    const socket = net.connect({ host: '127.0.0.1', port: portal.port });
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    await new Promise((resolve) => socket.write(`GET /login HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(1000), resolve));
    socket.resetAndDestroy();
    await still_there();
});
