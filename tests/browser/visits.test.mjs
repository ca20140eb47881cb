// Visits as patients and staff have them, from a free time to a finished meeting: Chromium without
// script, each story once in each language. In English it is told by keyboard alone. Every page on the
// way passes axe, fits 320 px, also with text twice as large, and has one main action.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { personal_number } from '../functional/bankid.mjs';
import { launch } from '../functional/browser.mjs';
import { flags, make_clinic, make_patient, make_staff, week } from '../functional/clinic.mjs';
import { choose_password, log_in, mailed_code } from '../functional/people.mjs';
import { Portal } from '../functional/portal.mjs';
import { Person } from './person.mjs';

const said = {
    sv: { anyone: 'Vem som helst', own: 'Samtal' },
    da: { anyone: 'Hvem som helst', own: 'Samtale' },
    en: { anyone: 'Anyone', own: 'Talk' },
};
const titles = {
    sv: { checkup: 'Återbesök', first: 'Nybesök', video: 'Videosamtal', group: 'Ryggskola', asked: 'Akut tid' },
    da: { checkup: 'Kontrol', first: 'Første besøg', video: 'Videosamtale', group: 'Rygskole', asked: 'Akut tid' },
    en: { checkup: 'Check-up', first: 'First visit', video: 'Video talk', group: 'Back school', asked: 'Urgent time' },
};
// The clock stands still: a mail that is tried again later would never be.
const patient_settings = { outbox: { timeout_seconds: 60, lease_seconds: 120 }, login: { patient_idle_minutes: 1440, patient_absolute_minutes: 43_200, staff_idle_minutes: 1440, staff_absolute_minutes: 43_200 } };
const anna = 'anna@demo.example';
const chief = 'astrid@demo.example';
const booked = /\/bookings\/[0-9a-f-]{36}/;

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const tell_in = (language) => describe(`in ${language}`, { concurrency: 1 }, () => {
    const words = titles[language];
    const keys = language === 'en';
    let portal;

    const ask = (noun, verb, ...rest) => portal.ask([noun, verb, '-T', 'demo', ...rest]);
    const elsa = 'elsa@demo.example';
    const make = (starts, { patient = elsa, type = words.checkup, staff = anna } = {}) => ask('booking', 'create', ...flags({ patient, staff, 'visit-type': type, starts }));
    const confirmed = async (starts, options) => {
        const { id } = await make(starts, options);
        await ask('booking', 'confirm', id);
        return id;
    };
    const state_of = async (id) => (await ask('booking', 'show', id)).state;
    const enter = (email) => Person.at({ browser, portal, language, email, keys });

    before(async () => {
        portal = await Portal.start({ engine: 'sqlite', now: '2027-01-11T08:00:00Z', settings: patient_settings });
        const { visit_type } = await make_clinic(portal, 'demo', { language, waitlist: 'yes', warnings: '2d', phone: '08-123 45 67' });
        await ask('visit-type', 'set', visit_type.id, '--title', words.checkup);
        const types = [[words.first, 60, 'physical'], [words.video, 30, 'video'], [words.group, 45, 'video-group', '--capacity', '8'], [words.asked, 15, 'phone', '--approval']];
        for (const [title, length, kind, ...more] of types) await ask('visit-type', 'create', title, '--duration-minutes', `${length}`, '--kind', kind, ...more);
        await make_staff(portal, 'demo', { email: 'bo@demo.example', 'first-name': 'Bo', 'last-name': 'Ek', title: 'Psychologist' });
        await ask('availability', 'set', 'bo@demo.example', ...week.flatMap((rule) => ['--rule', rule]));
        await ask('staff', 'create', ...flags({ 'first-name': 'Astrid', 'last-name': 'Berg', title: 'Manager', email: chief, bookable: 'no' }), '--administrator');
        await make_patient(portal, 'demo', { email: 'karl@demo.example', 'first-name': 'Karl', 'last-name': 'Öst', language });
        for (const email of [elsa, anna, chief]) await choose_password(portal, 'demo', email);
    });
    after(() => portal?.close());

    /** Staff's pages speak the language that they choose at the foot. */
    async function enter_staff(email) {
        const person = await enter(email);
        await person.open('/staff');
        if ((await person.page.locator('html').getAttribute('lang')) !== language) await person.press(`footer button[lang=${language}]`);
        return person;
    }

    test(`a patient books, confirms, moves and cancels, waits for a time and takes it (${language})`, async () => {
        const person = await enter(elsa);
        await person.open('/bookings');
        await person.look('patient 1 no visits');
        const id = await book(person);
        await person.press('form[action$="/confirm"] button');
        await person.look('patient 6 confirmed');
        assert.equal(await state_of(id), 'confirmed');
        await move(person, id);
        const [file] = await Promise.all([person.page.waitForEvent('download'), person.mark('a[href$=".ics"]')]);
        assert.match(fs.readFileSync(await file.path(), 'utf8'), /^BEGIN:VCALENDAR\r\n/);
        await cancel(person, id, 'patient');
        await person.press('main p:last-child a');
        await person.look('patient 13 visits, one cancelled');
        await wait_for_a_time(person);
        assert.deepEqual(await person.faults(), []);
    });

    /** From the list of visits to a booked one; its id. */
    async function book(person) {
        await person.press('main a.button');
        await person.look('patient 2 choose');
        await person.choose('#visit_type', words.checkup);
        await person.choose('#staff', said[language].anyone);
        await person.press('form.choose button');
        await person.look('patient 3 free times');
        await person.press('ul.times li:nth-child(3) a');
        await person.look('patient 4 is this right');
        await person.press('form[action="/book"] button');
        await person.look('patient 5 booked');
        return person.booking();
    }

    async function move(person, id) {
        const before_move = (await ask('booking', 'show', id)).starts;
        await person.press('a[href$="/move"]');
        await person.look('patient 7 move');
        await person.press('ul.times li:last-child a');
        await person.look('patient 8 move, is this right');
        await person.press('form[action$="/move"] button');
        await person.look('patient 9 moved');
        assert.notEqual((await ask('booking', 'show', id)).starts, before_move);
    }

    async function cancel(person, id, who) {
        await person.press('a[href$="/cancel"]');
        await person.look(`${who} 11 cancel`);
        await person.press('form[action$="/cancel"] button');
        await person.look(`${who} 12 cancelled`);
        assert.equal(await state_of(id), 'cancelled');
    }

    async function wait_for_a_time(person) {
        const { id } = await make('2027-01-21T09:00:00Z', { patient: 'karl@demo.example' });
        await person.menu('/slots');
        await person.choose('#visit_type', words.checkup);
        await person.press('form.choose button');
        await person.press('a[href^="/waitlist/join"]');
        await person.look('patient 14 wait');
        await person.press('form[action="/waitlist/join"] button');
        await person.look('patient 15 waiting');
        await ask('booking', 'cancel', id);
        await person.open('/waitlist');
        await person.look('patient 16 a time has become free');
        await person.press('a[href^="/waitlist/offers/"]');
        await person.look('patient 17 take it');
        await person.press('form[action^="/waitlist/offers/"] button');
        await person.look('patient 18 taken');
        assert.match(await state_of(person.booking()), /confirmed/);
    }

    test(`staff invite a new patient and a colleague, and book now (${language})`, async () => {
        const person = await enter_staff(anna);
        await person.menu('/staff/invite');
        await person.look('invite 1 form');
        await person.press('form[action="/staff/invite"] button:not(.second)');
        await person.look('invite 2 nothing written');
        assert.equal(await person.has('[role=alert]'), 1);
        await write_patient(person, 1);
        await person.write('#date', '2027-01-18');
        await person.write('#time', '10:30');
        await person.press('form[action="/staff/invite"] button:not(.second)');
        await person.look('invite 3 invited');
        assert.equal(await state_of(person.booking()), 'unconfirmed');
        await portal.wait_text(({ to }) => to === '+46701740605');
        await person.menu('/staff/invite');
        await person.press('a[href="/staff/invite/colleague"]');
        await person.look('invite 4 colleague');
        await person.write('#date', '2027-01-18');
        await person.write('#time', '13:30');
        await person.press('form[action="/staff/invite/colleague"] button:not(.second)');
        await person.look('invite 5 colleague invited');
        await person.menu('/staff/invite');
        await write_patient(person, 2);
        await person.choose('#visit_type', words.video);
        await person.press('#now');
        await person.look('invite 6 begun');
        assert.equal(await state_of(person.booking()), 'confirmed');
        await person.press('a[href$="/message"]');
        await person.look('invite 7 message');
        assert.deepEqual(await person.faults(), []);
    });

    async function write_patient(person, number) {
        await person.write('#first_name', 'Ulla');
        await person.write('#last_name', 'Dahl');
        await person.write('#mobile', '0701740605');
        await person.write('#national_id', personal_number(number));
    }

    test(`staff set hours, kinds of visit, the profile and the calendar (${language})`, async () => {
        const person = await enter_staff(anna);
        await person.menu('/availability');
        await person.look('own 1 hours');
        await person.write('#mon_to_1', '7');
        await person.press('form[action="/availability"] button');
        await person.look('own 2 hours, wrong');
        await person.write('#mon_to_1', '15:00');
        await person.press('form[action="/availability"] button');
        await person.look('own 3 hours, saved');
        await person.press('a[href^="/availability/close"]');
        await person.look('own 4 close');
        await person.write('#from', '2027-02-01');
        await person.write('#to', '2027-02-05');
        await person.press('form[action="/availability/close"] button');
        await person.look('own 5 closed');
        await person.press('a[href^="/availability/day"]');
        await person.look('own 6 day');
        await person.menu('/visit-types');
        await person.look('own 7 kinds of visit');
        await person.press('a[href="/visit-types/new"]');
        await person.look('own 8 new kind');
        await person.press('form[action="/visit-types/new"] button');
        await person.look('own 9 new kind, nothing written');
        await person.write('#title', said[language].own);
        await person.press('form[action="/visit-types/new"] button');
        await person.look('own 10 kind saved');
        await person.menu('/profile');
        await person.look('own 11 profile');
        await person.write('#description', 'Anna.');
        await person.press('form[action="/profile"] button');
        await person.look('own 12 profile saved');
        await person.menu('/calendar');
        await person.look('own 13 calendar');
        await person.press('form[action="/calendar"] button');
        await person.look('own 14 calendar address');
        assert.deepEqual(await person.faults(), []);
    });

    test(`an administrator looks after staff, patients and bookings (${language})`, async () => {
        const person = await enter_staff(chief);
        await person.menu('/unit/bookings');
        await person.look('unit 1 bookings');
        await person.menu('/unit/staff');
        await person.look('unit 2 staff');
        await person.press('a[href="/unit/staff/new"]');
        await person.look('unit 3 new staff member');
        await person.write('#first_name', 'Cecilia');
        await person.write('#last_name', 'Holm');
        await person.write('#title', 'Psychologist');
        await person.write('#email', 'cecilia@demo.example');
        await person.press('form[action="/unit/staff/new"] button');
        await person.look('unit 4 staff member added');
        await person.press('main .lines li:has(bdi:text("Cecilia")) a');
        await person.look('unit 4b staff member');
        await person.press('a[href$="/end"]');
        await person.look('unit 5 end');
        await person.menu('/unit/patients');
        await person.look('unit 6 patients');
        await person.write('#name', 'Öst');
        await person.press('form[action="/unit/patients"] button');
        await person.look('unit 7 found');
        await person.press('main .lines a');
        await person.look('unit 8 patient');
        await person.menu('/unit/patients');
        await person.press('a[href="/unit/patients/new"]');
        await person.look('unit 9 new patient');
        assert.deepEqual(await person.faults(), []);
    });

    test(`somebody without a login books and opens the visit from the mail (${language})`, async () => {
        await portal.ask(['tenant', 'set', 'demo', '--booking-login', 'none']);
        const person = await Person.at({ browser, portal, language, keys });
        await person.open('/slots');
        await person.look('guest 1 choose');
        await person.choose('#visit_type', words.checkup);
        await person.press('form.choose button');
        await person.look('guest 2 free times');
        await person.press('ul.times li:last-child a');
        await person.look('guest 3 who are you');
        await person.press('form[action^="/guest"] button');
        await person.look('guest 4 nothing written');
        await person.write('#first_name', 'Gun');
        await person.write('#last_name', 'Gäst');
        await person.write('#contact', 'gun@guest.example');
        const seen = (await portal.mail.read()).length;
        await person.press('form[action^="/guest"] button');
        await person.look('guest 5 code');
        await person.write('#code', await mailed_code(portal, 'gun@guest.example', seen));
        await person.press('form[action^="/guest/code"] button');
        await person.look('guest 6 booked');
        assert.match(person.page.url(), booked);
        const { text } = await portal.wait_mail((mail) => mail.recipients.includes('gun@guest.example') && /\/visit\//.test(mail.text));
        const other = await Person.at({ browser, portal, language, keys });
        await other.open(text.match(/http:\/\/\S+\/visit\/[\w-]{43}/)[0]);
        await other.look('guest 7 from the mail');
        await other.press('form[action^="/visit/"] button');
        await other.look('guest 8 the visit');
        assert.match(other.page.url(), booked);
        assert.deepEqual([...(await person.faults()), ...(await other.faults())], []);
    });

    test(`staff see what needs them, approve, filter, confirm, move, cancel and settle visits (${language})`, async () => {
        await confirmed('2027-01-11T10:00:00Z');
        await confirmed('2027-01-14T10:00:00Z', { type: words.first });
        const missed = await confirmed('2027-01-11T10:30:00Z', { patient: 'karl@demo.example' });
        const open = (await make('2027-01-12T12:00:00Z', { patient: 'karl@demo.example' })).id;
        const asked = await ask_for('2027-01-13T12:00:00Z');
        const person = await enter_staff(anna);
        await person.menu('/staff');
        await person.look('staff 1 overview');
        assert.equal(await person.has(`.warn a[href="/bookings/${open}"]`), 1, 'what will not take place');
        await person.press(`form[action="/bookings/${asked}/confirm"] button`);
        await person.look('staff 2 approved');
        await person.menu('/staff/bookings');
        await person.look('staff 3 bookings');
        await person.choose('#state', await person.page.locator('#state option[value=unconfirmed]').innerText());
        await person.press('form.choose button');
        await person.look('staff 4 bookings, not confirmed');
        await person.press(`main a[href="/bookings/${open}"]`);
        await person.look('staff 5 a visit');
        await person.press('form[action$="/confirm"] button');
        await person.look('staff 6 confirmed');
        assert.equal(await state_of(open), 'confirmed');
        await move_as_staff(person, open);
        await cancel(person, open, 'staff');
        await portal.set_clock('2027-01-11T10:40:00Z');
        await person.open(`/bookings/${missed}`);
        await person.look('staff 13 under way');
        await person.press('form[action$="/missed"] button');
        await person.look('staff 14 missed');
        assert.equal(await state_of(missed), 'no-show');
        assert.deepEqual(await person.faults(), []);
    });

    /** A visit that Elsa asks for and the clinic has to approve; its id. */
    async function ask_for(starts) {
        const of = async (noun, fits) => (await ask(noun, 'list')).items.find(fits).id;
        const [staff, visit_type] = [await of('staff', ({ email }) => email === anna), await of('visit-type', ({ title }) => title === words.asked)];
        const client = await log_in(portal, 'demo', elsa, { language });
        await client.get(`/book?${new URLSearchParams({ staff, visit_type, starts })}`);
        await client.submit(/^\/book$/);
        return client.path.match(/[0-9a-f-]{36}/)[0];
    }

    async function move_as_staff(person, id) {
        await person.press('a[href$="/move"]');
        await person.look('staff 7 move');
        await person.write('#date', '2027-01-15');
        await person.write('#time', '21:15');
        await person.press('form[action$="/move"] button');
        await person.look('staff 8 moved');
        assert.equal((await ask('booking', 'show', id)).starts, '2027-01-15T20:15:00Z');
    }

    test(`a patient with a video visit soon sees where to go on each page and enters the room (${language})`, async () => {
        const id = await confirmed('2027-01-12T08:00:00Z', { type: words.video });
        const person = await enter(elsa);
        await portal.set_clock('2027-01-12T07:44:00Z');
        await person.open('/bookings');
        assert.equal(await person.has('.room-now'), 0, 'a minute early');
        await portal.set_clock('2027-01-12T07:45:00Z');
        await person.open('/contact');
        await person.look('room 1 another page');
        await person.open('/bookings');
        await person.look('room 2 your visits');
        await person.press(`.cards a[href="/bookings/${id}/room"]`);
        await person.look('room 3 at the door');
        await person.press('form[action$="/room"] button');
        await person.look('room 4 inside');
        await person.press('form[action$="/leave"] button');
        await person.look('room 5 left');
        await portal.set_clock('2027-01-12T08:36:00Z');
        await person.open('/bookings');
        assert.equal(await person.has('.room-now'), 0, 'five minutes after the end it is over');
        assert.deepEqual(await person.faults(), []);
    });
});

// Each language has its own portal, so that they run beside each other.
describe('visits', { concurrency: true }, () => { for (const language of Object.keys(said)) tell_in(language); });
