// Clinics: how little starts one, and what its modules open and close.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';
import { book } from './visits.mjs';

const four = { organisation: 'Nya kliniken', 'first-name': 'Åsa', 'last-name': 'Öst', email: 'asa@ny.example' };
const flags = (values) => Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);

on_each_engine((engine, named) => {
    let portal;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        await choose_password(portal, 'demo', 'elsa@demo.example');
        await choose_password(portal, 'demo', 'anna@demo.example');
    });
    after(() => portal?.close());

    test(named('four facts start a clinic, and each of the four is needed'), async () => {
        for (const absent of Object.keys(four)) {
            const { [absent]: _, ...three } = four;
            const done = await portal.ctl(['tenant', 'create', ...flags(three)]);
            assert.equal(done.status, 2);
            assert.match(done.stderr, new RegExp(`--${absent}`));
        }
        const made = await portal.ask(['tenant', 'create', ...flags(four)]);
        assert.equal(made.name, 'Nya kliniken');
        assert.equal(made.slug, 'nya-kliniken');
        assert.equal(made.client_login, false);
        const page = await portal.client('nya-kliniken').get('/login');
        assert.equal(page.status, 200);
        assert.match(page.body, /Nya kliniken/);
    });

    test(named('a second clinic at the same address is refused'), async () => {
        const done = await portal.ctl(['tenant', 'create', ...flags({ ...four, slug: 'demo' })]);
        assert.equal(done.status, 6, done.stderr);
    });

    test(named('without the module booking its pages, its menu and its operations do not exist'), async () => {
        const elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        const anna = await log_in(portal, 'demo', 'anna@demo.example');
        const id = await book(elsa, '2027-01-12T08:00:00Z');
        await portal.ask(['tenant', 'set', 'demo', '--modules', 'sms']);
        for (const path of ['/slots', '/slots.json?staff=x&visit_type=y', '/book?starts=2027-01-12T09:00:00Z', '/bookings', `/bookings/${id}`, `/bookings/${id}/confirm`, `/bookings/${id}/move`, `/bookings/${id}/cancel`]) {
            const answer = await elsa.request('GET', path);
            assert.ok([403, 404].includes(answer.status), `${path}: ${answer.status}`);
        }
        await elsa.get('/');
        assert.doesNotMatch(elsa.page.body, /href="\/(slots|bookings)/);
        assert.equal((await anna.request('GET', `/bookings/${id}`)).status, 404);
        assert.doesNotMatch((await anna.get('/staff')).body, new RegExp(id));
        const token = elsa.form(/logout/).field('form_token').value;
        for (const path of ['/book', `/bookings/${id}/confirm`, `/bookings/${id}/move`, `/bookings/${id}/cancel`]) {
            const answer = await elsa.post_raw(path, { form_token: token, starts: '2027-01-12T09:00:00Z' });
            assert.ok([403, 404].includes(answer.status), `POST ${path}: ${answer.status}`);
        }
        const by_hand = await portal.ctl(['booking', 'cancel', '-T', 'demo', id]);
        assert.notEqual(by_hand.status, 0, 'an operation of a module that is off');
        await portal.ask(['tenant', 'set', 'demo', '--modules', 'booking,sms']);
        assert.equal((await elsa.request('GET', `/bookings/${id}`)).status, 200);
    });

    test(named('without the module sms nothing goes out by text message'), async () => {
        const elsa = await log_in(portal, 'demo', 'elsa@demo.example');
        await portal.ask(['tenant', 'set', 'demo', '--modules', 'booking']);
        const id = await book(elsa, '2027-01-13T08:00:00Z');
        await portal.wait_mail((mail) => mail.text.includes(id));
        await portal.settle();
        assert.equal((await portal.sms.read()).filter(({ text }) => text.includes(id)).length, 0);
        await portal.ask(['tenant', 'set', 'demo', '--modules', 'booking,sms']);
    });

    test(named('the national id opens the login only with its module, and a code goes by text message only with its own'), async () => {
        for (const args of [['--identifier', 'national-id'], ['--code', 'sms']]) {
            const done = await portal.ctl(['policy', 'set', '-T', 'demo', ...args]);
            assert.notEqual(done.status, 0, `${args}: ${done.stdout}`);
        }
    });
});
