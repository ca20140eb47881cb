// Bytes to a port and the bytes that come back, for requests that no client library would send.
import net from 'node:net';

/** Sends `bytes` and reads until the other side closes, an answer is whole enough, or time is up. */
export function exchange(port, bytes, { limit_ms = 15_000, end = false } = {}) {
    return new Promise((resolve, reject) => {
        const started = performance.now();
        const parts = [];
        const socket = net.connect({ host: '127.0.0.1', port });
        const done = (closed) => {
            socket.destroy();
            const text = Buffer.concat(parts).toString('latin1');
            resolve({ status: Number(text.match(/^HTTP\/1\.[01] (\d{3})/)?.[1] ?? 0), text, closed, ms: performance.now() - started });
        };
        AbortSignal.timeout(limit_ms).addEventListener('abort', () => done(false));
        socket.on('connect', () => (end ? socket.end(bytes) : socket.write(bytes)));
        socket.on('data', (part) => parts.push(part));
        socket.on('close', () => done(true));
        socket.on('error', (error) => (['ECONNRESET', 'EPIPE'].includes(error.code) ? done(true) : reject(error)));
    });
}

/** One request with `Connection: close`, from its lines. */
export function ask(port, lines, body = '') {
    return exchange(port, `${lines.join('\r\n')}\r\n\r\n${body}`);
}
