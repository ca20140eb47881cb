// A mail server as a process, without TLS on loopback. Logs each message as a JSON line with its
// envelope and raw text before it answers. Behaviours: ok; a code with its place (451, 554: after
// the message; rcpt-450, rcpt-550, mail-550); hang (taken, never answered); close (taken,
// connection closed); slow (ok after a second).
import { SMTPServer } from 'smtp-server';
import { announce, end_with_parent, read_options } from './options.mjs';

const options = read_options();

function refusal(code) {
    return Object.assign(new Error('refused'), { responseCode: Number(code) });
}

/** The behaviour of a message is drawn when it begins. */
function refuse_at(place, session, done) {
    if (place === 'mail') session.behaviour = options.next_behaviour();
    const [where, code] = session.behaviour.split('-');
    done(where === place ? refusal(code) : undefined);
}

const ends = {
    ok: (session, done) => done(),
    slow: (session, done) => setTimeout(done, 1000),
    hang: () => {},
    close: (session, done, stream) => stream.emit('portal-close'),
};

const sockets = new Map();
const mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideSTARTTLS: true,
    onMailFrom: (address, session, done) => refuse_at('mail', session, done),
    onRcptTo: (address, session, done) => refuse_at('rcpt', session, done),
    onData(stream, session, done) {
        let raw = '';
        stream.setEncoding('utf8').on('data', (part) => (raw += part));
        stream.on('portal-close', () => sockets.get(`${session.remoteAddress}:${session.remotePort}`)?.destroy());
        stream.on('end', () => {
            const { mailFrom, rcptTo } = session.envelope;
            const taken = session.behaviour in ends;
            options.record({
                taken,
                behaviour: session.behaviour,
                from: mailFrom.address,
                to: rcptTo.map((each) => each.address),
                raw,
            });
            if (taken) ends[session.behaviour](session, done, stream);
            else done(refusal(session.behaviour));
        });
    },
});
mail.on('error', () => {}); // a peer that was killed
mail.server.on('connection', (socket) => {
    const name = `${socket.remoteAddress}:${socket.remotePort}`;
    sockets.set(name, socket);
    socket.on('close', () => sockets.delete(name));
});
mail.listen(options.port, '127.0.0.1', () => announce(mail.server));
end_with_parent();
