// People at a clinic: they choose a password by their one-time link and log in with a code.
import assert from 'node:assert/strict';
import { password } from './clinic.mjs';
import { until } from './wait.mjs';

export { password };

/** The one-time link of a person, as the clinic would read it out. */
export async function password_link(portal, slug, user) {
    const { link } = await portal.ask(['user', 'set-password', '-T', slug, user, '--print']);
    assert.ok(link.startsWith(`http://${portal.host(slug)}/`), `the link ${link} is not of the clinic`);
    return link.slice(`http://${portal.host(slug)}`.length);
}

export async function choose_password(portal, slug, user, secret = password) {
    const client = portal.client(slug);
    await client.get(await password_link(portal, slug, user));
    const answer = await client.submit(/password/, { password: secret, repeated: secret });
    assert.equal(answer.status, 200, client.text());
    client.close();
}

// Six digits that stand alone: an id in a link may hold six between its letters.
const code_in = (mail) => mail.text?.match(/(?<!\w)\d{6}(?!\w)/)?.[0];

/** The newest code that was mailed to `email` after the first `seen` mails and is none of `tried`. */
export function mailed_code(portal, email, seen, tried = []) {
    return until(async () => {
        const mails = (await portal.mail.read()).slice(seen).filter((mail) => mail.recipients.includes(email) && code_in(mail));
        return mails.map(code_in).findLast((code) => !tried.includes(code));
    }, () => `a code for ${email}`, 20_000);
}

/** Answers the question for consent, where this login led to it; the page after it is looked at. */
export async function answer_consent(client, answer = 'yes') {
    if (client.path.startsWith('/consent?next=')) await client.submit(/^\/consent$/, { answer });
}

/** Through both steps and the question for consent (`consent`: its answer, or null to stop there);
 *  the client then looks at its first page. */
export async function log_in(portal, slug, email, { secret = password, consent = 'yes', ...options } = {}) {
    const client = portal.client(slug, options);
    const seen = (await portal.mail.read()).length;
    await client.get('/login');
    await client.submit(/password/, { identifier: email, password: secret });
    assert.match(client.path, /^\/login\/code/, client.text());
    // The code of an attempt before this one may still be on its way, and come first.
    const tried = [];
    while (!client.cookies.has('__Host-sid') && tried.length < 3) {
        tried.push(await mailed_code(portal, email, seen, tried));
        await client.submit(/code/, { code: tried.at(-1) });
    }
    assert.ok(client.cookies.has('__Host-sid'), client.text());
    if (consent) await answer_consent(client, consent);
    return client;
}

/** `count` patients with passwords and sessions, made through the same doors as any other. */
export async function make_crowd(portal, slug, count, { width = 8 } = {}) {
    const names = Array.from({ length: count }, (_, i) => `p${i}@${slug}.example`);
    const clients = [];
    const worker = async () => {
        for (let email = names.shift(); email; email = names.shift()) {
            const made = await portal.admin('POST', `/v1/tenants/${slug}/patients`, { first_name: 'Per', last_name: `Patient ${clients.length}`, email, mobile: '0701740605' });
            assert.ok(made.status < 300, made.body);
            await choose_password(portal, slug, email);
            clients.push(await log_in(portal, slug, email));
        }
    };
    await Promise.all(Array.from({ length: width }, worker));
    return clients;
}
