// Staff who invite to a visit: by the page's form and by portalctl.
import { flags } from './clinic.mjs';

/** A patient as the form and portalctl ask for one; `national_id` in any writing. */
export const new_patient = (national_id, over = {}) => ({ first_name: 'Ulla', last_name: 'Dahl', mobile: '070-174 06 05', national_id, ...over });

const dashed = (fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replaceAll('_', '-'), value]));

/** The words of `portalctl booking invite` and what it reads; `now` and `allow_overlap` are true or absent. */
export function invite_words(slug, { staff = `anna@${slug}.example`, visit_type = 'Check-up', national_id, now, allow_overlap, message_file, ...fields }) {
    const words = ['booking', 'invite', '-T', slug, ...flags(dashed({ staff, visit_type, ...fields }))];
    if (now) words.push('--now');
    if (allow_overlap) words.push('--allow-overlap');
    if (message_file) words.push('--message-file', message_file);
    if (national_id === undefined) return [words, {}];
    return [[...words, '--national-id-file', '-'], { input: `${national_id}\n` }];
}

/** Invites; the booking. */
export const invite = (portal, slug, fields) => portal.ask(...invite_words(slug, fields));
/** The same that may be refused: {status, stderr}. */
export const try_invite = (portal, slug, fields) => portal.ctl(...invite_words(slug, fields));

/** Sends the form of the page; the id of the visit whose page came up, or undefined. */
export async function invite_on_page(client, fields, page = '/staff/invite') {
    await client.get(page);
    await client.submit(/^\/staff\/invite/, fields);
    return client.path.match(/^\/bookings\/([0-9a-f-]{36})/)?.[1];
}
