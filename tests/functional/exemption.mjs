// A clinic whose patients need MitID first, and what it states when it lets somebody in without.
import { make_tenant } from './clinic.mjs';
import { mailed_code, password } from './people.mjs';
import { until } from './wait.mjs';

/** What the clinic says it has checked, as flags. */
export const checked = ['--identity-checked-by', 'Anna Lind', '--identity-checked-how', 'passport shown at the desk', '--identity-checked-on', '2027-01-11', '--address-owner', 'own', '--address-confirmed'];

/** Denmark: CPR number and password, and MitID before anything else. */
export async function make_eid_clinic(portal, slug, { modules = 'booking,cpr-password,mitid', ...more } = {}) {
    await make_tenant(portal, slug, { country: 'dk', modules, zone: 'Europe/Copenhagen', ...more });
    await portal.ask(['policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', 'password,mitid', '--identifier', 'national-id', '--eid-first', 'yes']);
}

export function exempt(portal, slug, patient, more = []) {
    return portal.ask(['exemption', 'create', '-T', slug, patient, '--reason', 'has no MitID', ...checked, ...more]);
}

/** The path of the newest one-time link in the mails to `email` after the first `seen`. */
export function mailed_link(portal, email, seen = 0) {
    return until(async () => {
        const mails = (await portal.mail.read()).slice(seen).filter((mail) => mail.recipients.includes(email));
        return mails.map((mail) => mail.text?.match(/https?:\/\/[^/\s]+(\/set-password\/\S+)/)?.[1]).findLast(Boolean);
    }, () => `a link for ${email}`, 20_000);
}

/** Chooses a password by the link that was mailed to `email`. */
export async function activate(portal, slug, email, { seen = 0, secret = password } = {}) {
    const client = portal.client(slug);
    await client.get(await mailed_link(portal, email, seen));
    const answer = await client.submit(/password/, { password: secret, repeated: secret });
    client.close();
    return answer;
}

/** The password step as a stranger's browser sends it. */
export async function try_password(portal, slug, identifier, secret = password) {
    const client = portal.client(slug);
    await client.get('/login');
    const answer = await client.submit(/password/, { identifier, password: secret });
    return { client, answer };
}

/** Both steps; the code comes to `email`. */
export async function enter(portal, slug, identifier, email, secret = password) {
    const seen = (await portal.mail.read()).length;
    const { client } = await try_password(portal, slug, identifier, secret);
    await client.submit(/code/, { code: await mailed_code(portal, email, seen) });
    return client;
}
