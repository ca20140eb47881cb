// Whoever has a mail or a text message, and no more, sees no visit: every link of every message is
// opened by a stranger (C43).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { make_clinic, make_patient } from './clinic.mjs';
import { choose_password, log_in, password } from './people.mjs';
import { on_each_engine, with_portal } from './portal.mjs';
import { book } from './visits.mjs';

const of_the_visit = /Anna Lind|Check-up|12 January|13 January|09[:.]00|10[:.]00|Physiotherapist|\/bookings\/[0-9a-f]{8}/;

/** Every link that was ever sent to this person, as a path. */
async function links_of(portal, email, mobile) {
    const mails = (await portal.mail.read()).filter(({ recipients }) => recipients.includes(email));
    const texts = (await portal.sms.read()).filter(({ to }) => to === mobile).map(({ text }) => text);
    const all = [...mails.map(({ text, html }) => `${text}\n${html || ''}`), ...mails.flatMap(({ attachments }) => attachments.map(({ content }) => String(content).replaceAll('\r\n ', ''))), ...texts];
    return [...new Set(all.flatMap((text) => text.match(/https?:\/\/[^\s"<>\\]+/g) ?? []))].map((url) => url.replace(/^https?:\/\/[^/]+/, ''));
}

on_each_engine((engine, named) => {
    test(named('no link of an invitation, booking mail, reminder or text message shows the visit to a stranger'), () => with_portal({ engine }, async (portal) => {
        await make_clinic(portal, 'demo', { confirmation: 'no' });
        const [email, mobile] = ['vera@demo.example', '+46701740605'];
        await make_patient(portal, 'demo', { email });
        await choose_password(portal, 'demo', email);
        const id = await book(await log_in(portal, 'demo', email), '2027-01-12T08:00:00Z');
        await portal.ask(['booking', 'move', '-T', 'demo', id, '--starts', '2027-01-13T09:00:00Z']);
        await make_patient(portal, 'demo', { email: 'nils@demo.example', 'first-name': 'Nils' });
        await portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'nils@demo.example', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', '2027-01-12T08:00:00Z']);
        for (const each of [email, 'nils@demo.example']) await portal.ask(['invite', 'send', '-T', 'demo', each]);
        await portal.ask(['user', 'set-password', '-T', 'demo', email]);
        await portal.set_clock('2027-01-13T08:30:00Z');
        await portal.wait_text(({ text }) => /Remember/.test(text));
        await portal.settle();
        const links = [...(await links_of(portal, 'nils@demo.example', mobile)), ...(await links_of(portal, email, mobile))];
        for (const kind of ['/bookings/', '/set-password/', '/invite/']) assert.ok(links.some((link) => link.startsWith(kind)), `no ${kind} among ${links.join(' ')}`);
        for (const link of links) {
            for (const suffix of ['', '/confirm', '/cancel', '/move', '.ics', '?print=1']) {
                const stranger = portal.client('demo');
                await stranger.get(link + suffix);
                assert.doesNotMatch(stranger.text(), of_the_visit, link + suffix);
                assert.ok(!stranger.cookies.has('__Host-sid'), link);
            }
            for (const act of ['confirm', 'cancel', 'move']) assert.ok([401, 403, 404, 405].includes((await portal.client('demo').post_raw(`${link}/${act}`, {})).status), `${link}/${act}`);
        }
        // Not even a password that was chosen by such a link: the code goes to its owner.
        const thief = portal.client('demo');
        await thief.get(links.findLast((link) => link.startsWith('/set-password/')));
        await thief.submit(/password/, { password, repeated: password });
        assert.ok(!thief.cookies.has('__Host-sid'));
        await thief.get(`/bookings/${id}`);
        assert.match(thief.path, /^\/login/);
        assert.doesNotMatch(thief.text(), of_the_visit);
        // The control: its patient sees it by the same link.
        const owner = await log_in(portal, 'demo', email);
        await owner.get(links.find((link) => link.startsWith(`/bookings/${id}`)));
        assert.match(owner.text(), /Anna Lind/);
    }));
});
