// People who book without a login at a clinic that lets them (`tenant set --booking-login none`).
import { links } from './html.mjs';
import { mailed_code } from './people.mjs';

/** The addresses of the free times that a page shows. */
export const times_of = (client) => links(client.page.body).filter(({ href }) => /^\/(book|guest)\?/.test(href ?? '')).map(({ href }) => href);

/** The form behind the first free time of a day; `client` then looks at it. */
export async function open_guest_form(client, from, type = 'Check-up') {
    await client.get('/slots');
    if (client.forms().some(({ action }) => action === '/slots')) {
        const form = client.form(/^\/slots/);
        const named = (name, text) => form.fields.find((field) => field.name === name)?.options.find((option) => option.text.includes(text))?.value;
        await client.get(`/slots?${new URLSearchParams({ visit_type: named('visit_type', type) ?? '', staff: named('staff', 'Anna') ?? '', from })}`);
    } else {
        await client.get(`/slots?from=${from}`);
    }
    await client.get(times_of(client)[0]);
    return client.form(/^\/guest/);
}

/** A visit that somebody booked so; the path of the link in the mail about it. */
export async function guest_link(portal, email, from, { slug = 'demo', language = 'en' } = {}) {
    const client = portal.client(slug, { language });
    const seen = (await portal.mail.read()).length;
    const form = await open_guest_form(client, from);
    await client.submit(form, { first_name: 'Gun', last_name: 'Gäst', contact: email });
    await client.submit(/^\/guest\/code/, { code: await mailed_code(portal, email, seen) });
    client.close();
    const at = /\/visit\/[\w-]{43}/;
    const { text } = await portal.wait_mail((mail) => mail.recipients.includes(email) && at.test(mail.text));
    return text.match(at)[0];
}
