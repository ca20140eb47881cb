// Where messages end in tests: the fakes as processes, each with the log that it writes and a file
// that tells it how to behave.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';

const fakes = path.resolve(import.meta.dirname, '../fakes');

export class Sink {
    constructor(name, folder) {
        this.log = path.join(folder, `${name}.log`);
        this.behaviour = path.join(folder, `${name}.behave`);
        this.receipts = [];
        this.read_bytes = 0;
        fs.writeFileSync(this.log, '');
        this.behave('ok');
        this.child = spawn(process.execPath, [path.join(fakes, `${name}.mjs`), '--log', this.log, '--behave-file', this.behaviour], { stdio: ['pipe', 'pipe', 'inherit'] });
    }

    async started() {
        const line = await new Promise((resolve, reject) => {
            this.child.stdout.once('data', resolve);
            this.child.once('exit', (code, signal) => reject(new Error(`a fake ended with ${code ?? signal} before it listened`)));
        });
        this.port = Number(String(line).match(/listening (\d+)/)[1]);
        return this;
    }

    /** "ok", "503", "hang" ..., as the fake's head says; from the next message on. */
    behave(how) {
        fs.writeFileSync(this.behaviour, how);
    }

    /** Receipts that came since the last call. */
    take_new() {
        const bytes = fs.readFileSync(this.log).subarray(this.read_bytes);
        const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
        this.read_bytes += whole.length;
        const fresh = whole.toString('utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
        this.receipts.push(...fresh);
        return fresh;
    }

    stop() {
        if (this.child.exitCode !== null || this.child.signalCode !== null) return null;
        const ended = new Promise((resolve) => this.child.once('exit', resolve));
        this.child.kill('SIGKILL');
        return ended;
    }
}

export class MailServer extends Sink {
    mails = [];

    static start(folder) {
        return new MailServer('smtp', folder).started();
    }

    /** Every accepted mail so far, parsed: subject, text, html, attachments, recipients. */
    async read() {
        for (const receipt of this.take_new().filter(({ taken }) => taken)) {
            this.mails.push({ ...(await simpleParser(receipt.raw)), recipients: receipt.to, raw: receipt.raw });
        }
        return this.mails;
    }
}

export class SmsProvider extends Sink {
    static start(folder) {
        return new SmsProvider('sms', folder).started();
    }

    /** Every accepted text so far: {to, text, ...}. */
    async read() {
        this.take_new();
        return this.receipts.filter(({ taken }) => taken).map(({ fields }) => fields);
    }
}
