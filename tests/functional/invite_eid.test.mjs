// The message of an invitation where the clinic has an eID: that login alone opens it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BankIdPortal, personal_number, Visitor } from './bankid.mjs';
import { make_clinic, make_patient } from './clinic.mjs';
import { exempt } from './exemption.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine } from './portal.mjs';

on_each_engine((engine, named) => {
    let both;
    let portal;

    before(async () => {
        both = await BankIdPortal.start({ engine });
        portal = both.portal;
        await make_clinic(portal, 'demo', { modules: 'booking,sms,bankid' });
        await portal.ask(['policy', 'set', '-T', 'demo', '--methods', 'password,bankid']);
    });
    after(() => both?.close());

    const words = 'Please bring the blue card';
    const invited = async (patient, hour) => {
        const { id } = await portal.ask(['booking', 'invite', '-T', 'demo', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--patient', patient, '--date', '2027-02-02', '--time', `${hour}:00`, '--message-file', '-'], { input: `${words}\n` });
        return id;
    };

    test(named('a password shows that there is a message, and the BankID login what it says'), async () => {
        const number = personal_number(1);
        await make_patient(portal, 'demo', { email: 'ulla@demo.example', national_id: number });
        await choose_password(portal, 'demo', 'ulla@demo.example');
        const id = await invited('ulla@demo.example', '09');
        const ulla = await log_in(portal, 'demo', 'ulla@demo.example');
        await ulla.get(`/bookings/${id}`);
        assert.match(ulla.text(), /There is a message for you/);
        assert.ok(!ulla.page.body.includes('blue card'));
        assert.match(ulla.page.body, /href="\/login\?again=eid&amp;next=%2Fbookings/);
        const visit = new Visitor(both);
        await visit.log_in({ personalNumber: number, givenName: 'Ulla', surname: 'Dahl' });
        assert.ok(visit.is_in, visit.client.text());
        await visit.client.get(`/bookings/${id}`);
        assert.ok(visit.client.text().includes(words), visit.client.text());
    });

    test(named('who is exempt from eID reads it after password and code'), async () => {
        await make_patient(portal, 'demo', { email: 'siv@demo.example' });
        await exempt(portal, 'demo', 'siv@demo.example');
        await choose_password(portal, 'demo', 'siv@demo.example');
        const id = await invited('siv@demo.example', '10');
        const siv = await log_in(portal, 'demo', 'siv@demo.example');
        await siv.get(`/bookings/${id}`);
        assert.ok(siv.text().includes(words), siv.text());
    });
});
