// People who register themselves at a clinic that lets them.
import { page_text } from './html.mjs';

/** The form sent, and the path of the link that was mailed. */
export async function registration_link(portal, slug, email, { language = 'en' } = {}) {
    const client = portal.client(slug, { language });
    await client.get('/register');
    await client.submit(/^\/register/, { first_name: 'Rosa', last_name: 'Falk', email });
    if (!client.path.startsWith('/register/sent')) throw new Error(`${client.path}: ${page_text(client.page.body)}`);
    client.close();
    const at = /\/register\/confirm\/[\w-]{43}/;
    const { text } = await portal.wait_mail((mail) => mail.recipients.includes(email) && at.test(mail.text));
    return text.match(at)[0];
}

/** The digits of the mail with this link, for a browser that did not ask for it. */
export async function mail_code(portal, link) {
    const mail = (await portal.mail.read()).find(({ text }) => text?.includes(link));
    return mail.text.match(/write these: (\d{4})\b|skriv de här: (\d{4})\b|så skriv disse: (\d{4})\b/).slice(1).find(Boolean);
}

/** A registration that waits for the clinic’s yes; its id. */
export async function pending_registration(portal, slug, email) {
    const client = portal.client(slug);
    const link = await registration_link(portal, slug, email);
    await client.get(link);
    await client.submit(/confirm/, { mail_code: await mail_code(portal, link) });
    client.close();
    const { items } = await portal.ask(['registration', 'list', '-T', slug]);
    return items.find((each) => each.email === email).id;
}
