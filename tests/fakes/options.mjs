// What both fakes share: --log FILE, --port N (0: any), --behave LIST; the chosen port on stdout.
import { appendFileSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export function read_options() {
    const { values } = parseArgs({
        options: {
            log: { type: 'string' },
            port: { type: 'string', default: '0' },
            behave: { type: 'string', default: 'ok' }, // taken in turn: "ok,503,hang"
            'behave-file': { type: 'string' }, // read for each message, before --behave: tests change it
        },
    });
    let turn = 0;
    return {
        port: Number(values.port),
        /** Synchronous, so that a receipt is on file before its answer leaves. */
        record(receipt) {
            if (values.log) appendFileSync(values.log, JSON.stringify({ at: Date.now(), ...receipt }) + '\n');
        },
        next_behaviour() {
            const list = values['behave-file'] ? readFileSync(values['behave-file'], 'utf8').trim() : values.behave;
            const behaviours = list.split(',');
            return behaviours[turn++ % behaviours.length];
        },
    };
}

export function announce(server) {
    console.log(`listening ${server.address().port}`);
}

/** Ends with its parent: standard input closes. */
export function end_with_parent() {
    process.stdin.resume();
    process.stdin.on('end', () => process.exit(0));
    process.on('SIGTERM', () => process.exit(0));
}
