// Where messages end in tests: a real SMTP server and an HTTP SMS provider, both on free ports.
// Each can be told to refuse, so that retries are seen.
import http from 'node:http';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export async function start_mail_server() {
    const sink = { mails: [], refuse: null, attempts: 0 };
    const server = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        logger: false,
        onData(stream, session, done) {
            sink.attempts += 1;
            simpleParser(stream).then((mail) => {
                if (sink.refuse) return done(Object.assign(new Error('not now'), { responseCode: sink.refuse }));
                sink.mails.push({ ...mail, envelope: session.envelope, recipients: session.envelope.rcptTo.map((to) => to.address) });
                done();
            }, done);
        },
    });
    server.on('error', () => {}); // a killed daemon leaves broken connections
    await new Promise((resolve, reject) => server.listen(0, '127.0.0.1', resolve).once('error', reject));
    return Object.assign(sink, { port: server.server.address().port, stop: () => new Promise((resolve) => server.close(resolve)) });
}

export async function start_sms_provider() {
    const sink = { texts: [], refuse: null, attempts: 0 };
    const server = http.createServer((request, answer) => {
        const parts = [];
        request.on('data', (part) => parts.push(part));
        request.on('end', () => {
            sink.attempts += 1;
            if (sink.refuse) return answer.writeHead(sink.refuse).end('{}');
            const body = Buffer.concat(parts).toString('utf8');
            const fields = request.headers['content-type']?.includes('json') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
            sink.texts.push({ fields, headers: request.headers, path: request.url });
            answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `sms-${sink.texts.length}` }));
        });
    });
    server.listen(0, '127.0.0.1');
    await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
    return Object.assign(sink, { port: server.address().port, stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) });
}
