// The whole story as people have it: Chromium without script, keyboard and forms alone, on both
// engines. Every page and state on the way is kept and shown to axe in a second context with script,
// wide and at 320 px, light and dark.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, launch } from '../functional/browser.mjs';
import { make_patient, make_staff, make_tenant, week } from '../functional/clinic.mjs';
import { read_event } from '../functional/ics.mjs';
import { mailed_code, password } from '../functional/people.mjs';
import { engines, with_portal } from '../functional/portal.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** One person at one browser: a context without script, and every state that was looked at. */
class Person {
    static async at(portal, states, options = {}) {
        const person = new Person();
        Object.assign(person, { portal, states, origin: `http://${portal.host('demo')}`, requests: [] });
        person.context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB', ...options });
        person.page = await person.context.newPage();
        person.page.on('request', (request) => person.requests.push(request.url()));
        return person;
    }

    async open(path) {
        await this.page.goto(path.startsWith('http') ? path : this.origin + path);
    }

    /** Keeps the page as it stands now under a name. */
    async look(name) {
        this.states.set(name, { url: this.page.url(), html: await this.page.content() });
    }

    heading() {
        return this.page.locator('h1').innerText();
    }

    async fill(values) {
        for (const [label, value] of Object.entries(values)) await this.page.getByLabel(label, { exact: true }).fill(value);
    }

    press(name) {
        return this.page.getByRole('button', { name }).click();
    }

    follow(name) {
        return this.page.getByRole('link', { name }).first().click();
    }

    async log_in(email, secret = password) {
        const seen = (await this.portal.mail.read()).length;
        await this.open('/login');
        await this.fill({ 'E-mail address': email, Password: secret });
        await this.press('Go on');
        await this.fill({ 'Code, six digits': await mailed_code(this.portal, email, seen) });
        await this.press('Log in');
    }
}

async function set_up(portal) {
    await make_tenant(portal, 'demo', { modules: 'booking,sms', confirmation: 'yes' });
    await portal.ask(['policy', 'set', '-T', 'demo', '--client-login', 'yes', '--methods', 'password']);
    for (const [email, name] of [['anna@demo.example', 'Anna'], ['omar@demo.example', 'Omar']]) {
        await make_staff(portal, 'demo', { email, 'first-name': name });
        await portal.ask(['availability', 'set', '-T', 'demo', email, ...week.flatMap((rule) => ['--rule', rule])]);
    }
    await portal.ask(['visit-type', 'create', '-T', 'demo', 'First visit', '--duration-minutes', '60', '--kind', 'physical']);
    await portal.ask(['visit-type', 'create', '-T', 'demo', 'Check-up', '--duration-minutes', '30', '--kind', 'physical']);
    await make_patient(portal, 'demo', { national_id: '191212121212' });
}

async function choose_password_by_mail(person, email, states_name) {
    const { portal } = person;
    await portal.ask(['user', 'set-password', '-T', 'demo', email]);
    const mail = await portal.wait_mail((each) => each.recipients.includes(email) && /set-password/.test(each.text));
    await person.open(mail.text.match(/http:\/\/\S+\/set-password\/\S+/)[0]);
    await person.look(`${states_name}: choose a password`);
    await person.fill({ 'New password': 'short', 'The same password once more': 'other' });
    await person.press('Save the password');
    await person.look(`${states_name}: choose a password, wrong`);
    assert.ok(await person.page.getByRole('alert').isVisible());
    await person.fill({ 'New password': password, 'The same password once more': password });
    await person.press('Save the password');
    await person.look(`${states_name}: password saved`);
}

async function log_in_with_mistakes(person) {
    await person.open('/login');
    await person.look('log in');
    await person.press('Go on');
    await person.look('log in, nothing written');
    await person.fill({ 'E-mail address': 'elsa@demo.example', Password: 'not the right one' });
    await person.press('Go on');
    await person.look('log in, wrong password');
    const seen = (await person.portal.mail.read()).length;
    await person.fill({ Password: password });
    await person.press('Go on');
    await person.look('code');
    await person.fill({ 'Code, six digits': '12' });
    await person.press('Log in');
    await person.look('code, wrong');
    await person.fill({ 'Code, six digits': await mailed_code(person.portal, 'elsa@demo.example', seen) });
    await person.press('Log in');
    await person.look('visits, none');
}

/** From the list of visits to a booked one; answers its id. */
async function book_by_hand(person, name) {
    await person.page.getByRole('link', { name: 'Book a visit' }).last().click();
    await person.look(`${name}: choose type and person`);
    const type = await person.page.locator('#visit_type option', { hasText: 'Check-up (30 minutes' }).getAttribute('value');
    await person.page.getByLabel('What is the visit about?').selectOption(type);
    await person.page.getByLabel('Whom do you want to see?').selectOption({ index: 0 });
    await person.press('Show free times');
    await person.look(`${name}: free times`);
    await person.page.locator('ul.times a').nth(3).click();
    await person.look(`${name}: is this right`);
    await person.press('Yes, book this time');
    await person.look(`${name}: booked`);
    return person.page.url().match(/\/bookings\/([0-9a-f-]{36})/)[1];
}

async function change_visit(person, id) {
    const { portal } = person;
    const invited = read_event(await portal.wait_mail((mail) => mail.text.includes(id)));
    await person.open(`/bookings/${id}`);
    await person.press('Yes, I am coming');
    await person.look('confirmed');
    assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', id])).state, 'confirmed');
    await person.follow('Move the visit');
    await person.look('move: choose');
    await person.page.locator('ul.times a').last().click();
    await person.look('move: is this right');
    await person.press('Yes, move the visit');
    await person.look('moved');
    const { starts } = await portal.ask(['booking', 'show', '-T', 'demo', id]);
    const moved = read_event(await portal.wait_mail((mail) => mail.attachments.length > 0 && Date.parse(read_event(mail).starts) === Date.parse(starts)));
    assert.equal(moved.uid, invited.uid);
    return starts;
}

async function cancel_visit(person, id) {
    await person.open(`/bookings/${id}`);
    await person.follow('Cancel the visit');
    await person.look('cancel: the question');
    await person.press('Yes, cancel the visit');
    await person.look('cancelled');
    await person.follow('Back to all visits');
    await person.look('visits, some past');
    const { portal } = person;
    assert.equal((await portal.ask(['booking', 'show', '-T', 'demo', id])).state, 'cancelled');
    await portal.wait_mail((mail) => /cancelled/i.test(mail.subject));
}

async function see_as_staff(portal, states) {
    const anna = await Person.at(portal, states);
    await choose_password_by_mail(anna, 'anna@demo.example', 'staff');
    await anna.log_in('anna@demo.example');
    assert.equal(new URL(anna.page.url()).pathname, '/staff');
    await anna.look('staff home');
    await anna.page.getByRole('link', { name: /Elsa/ }).first().click();
    await anna.look('staff: a visit');
    await anna.context.close();
}

async function see_dead_ends(person) {
    for (const [name, path] of [['not found', '/nowhere'], ['used link', '/set-password/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'], ['another’s visit', '/bookings/00000000-0000-4000-8000-000000000000']]) {
        await person.open(path);
        await person.look(name);
    }
    for (const language of ['sv', 'da']) {
        await person.open('/slots');
        await person.page.locator(`button[lang=${language}]`).click();
        await person.look(`free times in ${language}`);
    }
    await person.page.locator('button[lang=en]').click();
}

/** The story once on one engine; answers every state that was looked at. */
async function tell(portal) {
    const states = new Map();
    await set_up(portal);
    const elsa = await Person.at(portal, states);
    await choose_password_by_mail(elsa, 'elsa@demo.example', 'patient');
    await log_in_with_mistakes(elsa);
    const id = await book_by_hand(elsa, 'first');
    const starts = await change_visit(elsa, id);
    await portal.wait_mail((mail) => mail.recipients.includes('elsa@demo.example') && mail.text.includes(id));
    await see_as_staff(portal, states);
    const second = await book_by_hand(elsa, 'second');
    await elsa.open('/bookings');
    await elsa.look('visits, two');
    await cancel_visit(elsa, second);
    await see_dead_ends(elsa);
    await portal.set_clock(new Date(Date.parse(starts) - 30 * 60_000).toISOString());
    await portal.wait_text(({ text: words }) => words.includes(id) && /Remember/.test(words));
    const late = await Person.at(portal, states);
    await late.log_in('elsa@demo.example');
    await late.press('Log out');
    await late.look('logged out');
    const foreign = [...elsa.requests, ...late.requests].filter((url) => !url.startsWith(elsa.origin));
    assert.deepEqual(foreign, [], 'a page asked another host');
    const cookies = (await elsa.context.cookies()).map(({ name }) => name);
    assert.deepEqual(cookies.filter((name) => !/^__Host-(sid|login|device|register|reset)$/.test(name)), []);
    return states;
}

const views = [
    ['wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
    ['narrow and dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
];

/** What is wrong with a kept page, shown at its own address in a context with script. */
async function faults_of(context, state, width) {
    const page = await context.newPage();
    await page.route(state.url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: state.html }));
    await page.goto(state.url);
    const faults = await axe(page);
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    await page.close();
    return needed > width ? [...faults, `${needed} px wide`] : faults;
}

async function look_at_all(states) {
    const faults = [];
    for (const [view, options] of views) {
        const context = await browser.newContext(options);
        for (const [name, state] of states) {
            for (const fault of await faults_of(context, state, options.viewport.width)) faults.push(`${name}, ${view}: ${fault}`);
        }
        await context.close();
    }
    return faults;
}

for (const engine of engines) {
    describe(`on ${engine}`, () => {
        test(`a patient books, confirms, moves, cancels and is reminded, all without script (${engine})`, () => with_portal({ engine }, async (portal) => {
            assert.ok((await tell(portal)).size >= 30);
        }));
    });
}

test('every page and state of the story passes axe, wide and at 320 px, light and dark', () => with_portal({}, async (portal) => {
    assert.deepEqual(await look_at_all(await tell(portal)), []);
}));

test('a visit is booked by keyboard alone, the focus always to be seen', () => with_portal({}, async (portal) => {
    await set_up(portal);
    const elsa = await Person.at(portal, new Map());
    const { choose_password } = await import('../functional/people.mjs');
    await choose_password(portal, 'demo', 'elsa@demo.example');
    const keyboard = elsa.page.keyboard;
    /** Tabs until the focus stands on what fits; fails after a whole round. */
    const tab_to = async (selector) => {
        for (let i = 0; i < 80; i += 1) {
            await keyboard.press('Tab');
            const outline = await elsa.page.locator(':focus').evaluate((element) => getComputedStyle(element).outlineStyle);
            assert.notEqual(outline, 'none', 'the focus cannot be seen');
            if (await elsa.page.locator(`${selector}:focus`).count()) return;
        }
        assert.fail(`no ${selector} was reached by Tab`);
    };
    const seen = (await portal.mail.read()).length;
    await elsa.open('/login');
    await tab_to('#identifier');
    await keyboard.type('elsa@demo.example');
    await tab_to('#password');
    await keyboard.type(password);
    await keyboard.press('Enter');
    await elsa.page.waitForURL(/login\/code/);
    await tab_to('#code');
    await keyboard.type(await mailed_code(portal, 'elsa@demo.example', seen));
    await keyboard.press('Enter');
    await elsa.page.waitForURL(/\/consent/);
    await tab_to('main form button');
    await keyboard.press('Enter');
    await elsa.page.waitForURL(/\/bookings/);
    await tab_to('main a.button');
    await keyboard.press('Enter');
    await elsa.page.waitForURL(/\/slots/);
    await tab_to('main form button');
    await keyboard.press('Enter');
    await elsa.page.waitForURL(/staff=/);
    await tab_to('ul.times a');
    await keyboard.press('Enter');
    await elsa.page.waitForURL(/\/book\?/);
    await tab_to('main form button');
    await keyboard.press('Enter');
    await elsa.page.waitForURL(/\/bookings\/[0-9a-f-]{36}/);
    assert.equal((await portal.ask(['booking', 'list', '-T', 'demo'])).items.length, 1);
}));
