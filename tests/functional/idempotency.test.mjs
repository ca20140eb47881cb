// One key, one act: what is sent again is answered again, what is something else is refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { on_each_engine, Portal } from './portal.mjs';

on_each_engine((engine, named) => {
    let portal;
    let clinic;
    const create = (starts, key) => portal.admin('POST', '/v1/tenants/demo/bookings', { patient: 'elsa@demo.example', staff: 'anna@demo.example', visit_type: 'Check-up', starts, key });
    const act = (id, verb, body) => portal.admin('POST', `/v1/tenants/demo/bookings/${id}/${verb}`, body);
    const json = (answer) => JSON.parse(answer.body);

    before(async () => {
        portal = await Portal.start({ engine });
        clinic = await make_clinic(portal);
    });
    after(() => portal.close());

    test(named('the same key and the same booking is one booking, another booking is refused'), async () => {
        const [first, again] = [await create('2027-01-12T08:00:00Z', 'k1'), await create('2027-01-12T08:00:00Z', 'k1')];
        assert.deepEqual([first.status, again.status], [200, 200], again.body);
        assert.equal(json(first).id, json(again).id);
        const other = await create('2027-01-12T09:00:00Z', 'k1');
        assert.equal(other.status, 409, other.body);
        assert.equal((await portal.sql('SELECT COUNT(*) FROM booking'))[0][0].toString(), '1');
        assert.ok(clinic.patient);
    });

    test(named('a key of one act does not answer for another act or another booking'), async () => {
        const a = json(await create('2027-01-13T08:00:00Z', 'a')).id;
        const b = json(await create('2027-01-13T09:00:00Z', 'b')).id;
        assert.equal((await act(a, 'confirm', { key: 'c' })).status, 200);
        assert.equal((await act(a, 'confirm', { key: 'c' })).status, 200);
        assert.equal((await act(a, 'cancel', { key: 'c' })).status, 409);
        assert.equal((await act(b, 'confirm', { key: 'c' })).status, 409);
        assert.equal((await act(b, 'cancel', { key: 'd' })).status, 200);
    });

    test(named('acts at once without a version are all answered, and one changes something'), async () => {
        const { id } = json(await create('2027-01-14T08:00:00Z', 'e'));
        const answers = await Promise.all([1, 2, 3, 4].map(() => act(id, 'confirm', {})));
        assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200]);
        assert.equal(json(answers[0]).version, 2);
    });

    test(named('a move to the same time tells nobody'), async () => {
        const { id } = json(await create('2027-01-15T08:00:00Z', 'f'));
        await portal.settle();
        const mails = (await portal.mail.read()).length;
        assert.equal((await act(id, 'move', { starts: '2027-01-15T08:00:00Z' })).status, 200);
        await portal.settle();
        assert.equal((await portal.mail.read()).length, mails);
    });
});
