// The time machine: what the clock alone would do, told and not done.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { dump } from './dump.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { until } from './wait.mjs';

const all_day = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day} 00:00-24:00`);

on_each_engine((engine, named) => {
    let portal;

    before(async () => {
        portal = await Portal.start({ engine, settings: { jobs: { reminder_seconds: 0 } } }); // nothing happens but what is asked for
        await make_clinic(portal, 'demo', { rules: all_day, reminders: '30m,24h' });
        for (const [title, kind] of [['On the screen', 'video'], ['Long ahead', 'physical']])
            await portal.ask(['visit-type', 'create', '-T', 'demo', title, '--duration-minutes', '30', '--kind', kind, '--horizon-days', '365']);
    });
    after(() => portal?.close());

    async function create(starts, { type = 'Long ahead', confirmed = true } = {}) {
        const { id } = await portal.ask(['booking', 'create', '-T', 'demo', '--patient', 'elsa@demo.example', '--staff', 'anna@demo.example', '--visit-type', type, '--starts', starts]);
        if (confirmed) await portal.ask(['booking', 'confirm', '-T', 'demo', id]);
        return id;
    }
    const simulate = async (...args) => (await portal.ask(['simulate', '-T', 'demo', ...args])).items;
    const about = (items, id) => items.filter(({ booking }) => booking === id).map(({ at, kind, detail }) => [at, kind, detail]);

    test(named('it tells when a room opens, whom a reminder reaches, and what is done or lapses, in order'), async () => {
        const seen = await create('2027-01-12T09:00:00Z', { type: 'On the screen' });
        const open = await create('2027-01-12T10:00:00Z', { type: 'On the screen', confirmed: false });
        await portal.settle();
        const items = await simulate('--to', '2027-01-13T00:00:00Z');
        assert.deepEqual(about(items, seen), [
            ['2027-01-12T08:30:00Z', 'reminder', 'sms'],
            ['2027-01-12T08:45:00Z', 'room-opens', ''],
            ['2027-01-12T10:30:00Z', 'visit-done', ''],
        ].toSpliced(0, 0, ['2027-01-11T09:00:00Z', 'reminder', 'sms']));
        assert.deepEqual(about(items, open), [['2027-01-12T09:45:00Z', 'room-stays-closed', 'not-confirmed'], ['2027-01-12T10:30:00Z', 'visit-lapses', '']]);
        assert.deepEqual(items.map(({ at }) => at), items.map(({ at }) => at).toSorted());
        assert.equal(items.find(({ kind }) => kind === 'room-opens').local, '2027-01-12 09:45 +01:00');
    });

    test(named('nothing is kept and nothing is sent: the database is the same before and after'), async () => {
        await portal.settle();
        const [mails, texts] = [(await portal.mail.read()).length, (await portal.sms.read()).length];
        const before_it = await dump(portal);
        await simulate('--to', '2027-02-28T00:00:00Z');
        await simulate('--at', '2027-02-28T00:00:00Z');
        assert.deepEqual(await dump(portal), before_it);
        await portal.settle();
        assert.deepEqual([(await portal.mail.read()).length, (await portal.sms.read()).length], [mails, texts]);
    });

    test(named('what it tells is what happens: the real run says the same'), async () => {
        const id = await create('2027-01-13T09:00:00Z');
        const gone = await create('2027-01-13T10:00:00Z', { confirmed: false });
        await portal.settle();
        const told = await simulate('--at', '2027-01-13T10:45:00Z');
        assert.ok(told.every(({ at, kind }) => at === '2027-01-13T10:45:00Z' || /expires|room/.test(kind)), JSON.stringify(told));
        const was = portal.now;
        await portal.set_clock('2027-01-13T10:45:00Z');
        const did = await portal.ask(['reminder', 'send']);
        const count = (kind) => told.filter((each) => each.kind === kind).length;
        assert.deepEqual([count('reminder'), count('reminder-not-sent'), count('visit-lapses'), count('visit-done')], [did.queued, did.not_sent, did.lapsed, did.done]);
        assert.deepEqual(about(told, gone).map(([, kind]) => kind), ['visit-lapses']);
        assert.deepEqual(about(told, id).map(([, kind, detail]) => [kind, detail]), [['reminder-not-sent', 'sms: expired'], ['reminder-not-sent', 'sms: expired'], ['visit-done', '']]);
        await portal.set_clock(new Date(was).toISOString());
    });

    test(named('local times are right on both days of change'), async () => {
        await portal.set_clock('2027-03-27T08:00:00Z');
        const spring = [['2027-03-28T00:30:00Z', '2027-03-28 01:00 +01:00'], ['2027-03-28T01:00:00Z', '2027-03-28 01:30 +01:00'], ['2027-03-28T01:30:00Z', '2027-03-28 03:00 +02:00']];
        for (const [starts] of spring) await create(starts);
        const told = await simulate('--from', '2027-03-27T23:00:00Z', '--to', '2027-03-28T10:00:00Z');
        assert.deepEqual(told.filter(({ kind }) => kind === 'reminder').map(({ local }) => local), spring.map(([, local]) => local));
        await portal.set_clock('2027-10-30T08:00:00Z');
        const autumn = [['2027-10-31T00:30:00Z', '2027-10-31 02:00 +02:00'], ['2027-10-31T01:00:00Z', '2027-10-31 02:30 +02:00'], ['2027-10-31T01:30:00Z', '2027-10-31 02:00 +01:00'], ['2027-10-31T02:00:00Z', '2027-10-31 02:30 +01:00']];
        for (const [starts] of autumn) await create(starts);
        const late = await simulate('--from', '2027-10-30T22:00:00Z', '--to', '2027-10-31T10:00:00Z');
        assert.deepEqual(late.filter(({ kind }) => kind === 'reminder').map(({ local }) => local), autumn.map(([, local]) => local));
        assert.deepEqual(late.filter(({ kind }) => kind === 'visit-done').map(({ at }) => at), ['2027-10-31T02:00:00Z', '2027-10-31T02:30:00Z', '2027-10-31T03:00:00Z', '2027-10-31T03:30:00Z']);
    });

    test(named('links that nobody uses and messages that cannot leave expire in the list'), async () => {
        await portal.settle();
        await portal.ask(['user', 'set-password', '-T', 'demo', 'elsa@demo.example', '--print']);
        const now = new Date(portal.now);
        const soon = new Date(portal.now + 5 * 86_400_000).toISOString();
        assert.ok((await simulate('--to', soon)).some(({ kind, at }) => kind === 'link-expires' && new Date(at) > now));
        portal.mail.behave('451');
        const id = await create(new Date(portal.now + 3 * 86_400_000).toISOString().replace('.000', ''), { confirmed: false });
        const told = await until(async () => (await simulate('--to', soon)).find(({ booking, kind }) => booking === id && kind === 'message-expires'), 'the mail that waits');
        assert.match(told.detail, /booking-invited email/);
        portal.mail.behave('ok');
    });

    const refused = [
        ['without an end', []], ['with a moment and an end', ['--at', '2028-01-01T00:00:00Z', '--to', '2028-01-01T00:00:00Z']], ['that begins in the past', ['--from', '2020-01-01T00:00:00Z', '--to', '2028-01-01T00:00:00Z']],
        ['that ends before it begins', ['--from', '2027-12-01T00:00:00Z', '--to', '2027-11-20T00:00:00Z']], ['of more than 92 days', ['--to', '2028-06-01T00:00:00Z']], ['that has passed', ['--at', '2027-01-01T00:00:00Z']], ['that is no time', ['--at', 'tomorrow']],
    ];
    for (const [what, args] of refused) {
        test(named(`a time ${what} is refused with a word on what to do`), async () => {
            const done = await portal.ctl(['simulate', '-T', 'demo', ...args]);
            assert.notEqual(done.status, 0);
            assert.match(done.stderr, /\w{3}/);
            assert.doesNotMatch(done.stderr, /terminate|\{1\}/);
        });
    }

    test(named('the list is a table, JSON and CSV'), async () => {
        const until_then = new Date(portal.now + 2 * 86_400_000).toISOString();
        const csv = await portal.ctl(['simulate', '-T', 'demo', '-o', 'csv', '--to', until_then]);
        assert.equal(csv.status, 0, csv.stderr);
        assert.match(csv.stdout, /^at,local,kind,booking,detail\r?\n/);
        const table = await portal.ctl(['simulate', '-T', 'demo', '--to', until_then]);
        assert.match(table.stdout, /visit-done/);
        assert.doesNotMatch(csv.stdout + table.stdout, /Elsa|Nyström|@demo\.example|Long ahead/);
    });
});
