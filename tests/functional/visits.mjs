// Booking as a person does it: look at the free times, follow one, press the button.
import assert from 'node:assert/strict';
import { find_forms, links } from './html.mjs';

/** The times that the page of a week shows; `from` is a date. Where there is something to choose, it
 *  is the visit type "Check-up" with Anna, if they are there. */
export async function free_times(client, from) {
    await client.get(`/slots?from=${from}`);
    assert.equal(client.page.status, 200, client.text());
    const form = find_forms(client.page.body).find(({ action }) => action === '/slots');
    if (form) {
        const choose = (name, begin) => form.field(name).options.find(({ text }) => text.startsWith(begin))?.value ?? form.field(name).value;
        await client.get(`/slots?${new URLSearchParams({ visit_type: choose('visit_type', 'Check-up'), staff: choose('staff', 'Anna'), from })}`);
    }
    return links(client.page.body).filter(({ href }) => href?.startsWith('/book?')).map(({ href, text }) => ({ href, text, starts: new URLSearchParams(href.split('?')[1]).get('starts') }));
}

/** The form that asks whether this time is right. */
export async function open_book_form(client, starts) {
    const times = await free_times(client, starts.slice(0, 10));
    const time = times.find((each) => each.starts === starts);
    assert.ok(time, `${starts} is not free at ${client.path}: ${times.slice(0, 5).map((each) => each.starts)} ...`);
    await client.get(time.href);
    return client.form(/^\/book$/);
}

/** Books and answers the id. */
export async function book(client, starts) {
    const form = await open_book_form(client, starts);
    await client.submit(form);
    const id = client.path.match(/^\/bookings\/([0-9a-f-]{36})/)?.[1];
    assert.ok(id, `${client.page.status} ${client.path}: ${client.text()}`);
    return id;
}
