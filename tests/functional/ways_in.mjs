// The links and codes that let somebody choose a password, as they come by mail, SMS and on paper.
import assert from 'node:assert/strict';
import { choose_password } from './people.mjs';
import { mail_code } from './registering.mjs';
import { until } from './wait.mjs';

const checked = { identity_checked_by: 'Anna Lind', how: 'passport shown at the desk' };

async function operate(portal, at, body) {
    const made = await portal.admin('POST', at, body);
    assert.equal(made.status, 200, made.body);
    return JSON.parse(made.body);
}

let serial = 0;
/** A patient of whom nothing is known but this. */
export async function new_patient(portal, slug, over = {}) {
    const email = `way${serial += 1}@${slug}.example`;
    const { id } = await operate(portal, `/v1/tenants/${slug}/patients`, { first_name: 'Vera', last_name: `Way ${serial}`, email, mobile: `+467017406${String(5 + (serial % 94)).padStart(2, '0')}`, ...over });
    return { id, email };
}

/** The path of the link in the newest mail to `email` that has one, after the first `seen` mails. */
export function mailed_path(portal, email, door, seen = 0) {
    return until(async () => {
        const mails = (await portal.mail.read()).slice(seen).filter(({ recipients }) => recipients.includes(email));
        return mails.map(({ text }) => text?.match(new RegExp(`https?://[^/\\s]+(/${door}/[\\w-]{43})`))?.[1]).findLast(Boolean);
    }, () => `a link to /${door} for ${email}`, 20_000);
}

export async function invitation_link(portal, slug, person = null) {
    const { email } = person ?? await new_patient(portal, slug);
    const seen = (await portal.mail.read()).length;
    await operate(portal, `/v1/tenants/${slug}/invitations`, { person: email, again: true });
    return mailed_path(portal, email, 'invite', seen);
}

/** The code of a letter, as it is printed. */
export async function letter_code(portal, slug, person = null) {
    const { id } = person ?? await new_patient(portal, slug);
    return (await operate(portal, `/v1/tenants/${slug}/invitations/letter`, { person: id, print: true, ...checked })).code;
}

/** A browser in which the code of a letter was typed. */
export async function open_letter(portal, slug, code, options = {}) {
    const client = portal.client(slug, options);
    await client.get('/activate');
    await client.submit(/activate/, { code });
    return client;
}

/** The link of somebody who has a password and has forgotten it. */
export async function reset_link(portal, slug, person = null) {
    const who = person ?? await new_patient(portal, slug);
    if (!person) await choose_password(portal, slug, who.email);
    const seen = (await portal.mail.read()).length;
    await ask_reset(portal, slug, who.email);
    return mailed_path(portal, who.email, 'new-password', seen);
}

export async function ask_reset(portal, slug, identifier) {
    const client = portal.client(slug);
    await client.get('/reset');
    const answer = await client.submit(/reset/, { identifier });
    client.close();
    return answer;
}

export function confirm_reset(portal, slug, person) {
    return operate(portal, `/v1/tenants/${slug}/resets/confirm`, { person, ...checked });
}

/** A browser at the page behind `link`, and the code that it was sent by SMS. */
export async function get_reset_code(portal, slug, link, options = {}) {
    const client = portal.client(slug, options);
    const seen = (await portal.sms.read()).length;
    await client.get(link);
    await client.submit(/\/code\?/, { mail_code: await mail_code(portal, link) });
    const text = await until(async () => (await portal.sms.read()).slice(seen).find((each) => /^\d{6} /.test(each.text)), () => 'a code by SMS', 20_000);
    return { client, code: text.text.slice(0, 6) };
}
