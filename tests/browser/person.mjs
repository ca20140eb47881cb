// A person at Chromium without script, with a mouse or with the keyboard alone. What was looked at is
// kept, and shown to axe in a second context that has script.
import assert from 'node:assert/strict';
import path from 'node:path';
import { axe } from '../functional/browser.mjs';
import { log_in } from '../functional/people.mjs';

const max_tabs = 150;

/** Presses and writes as a hand with a mouse does. */
class Mouse {
    constructor(page) { this.page = page; }
    press(selector) { return this.page.locator(selector).first().click(); }
    write(selector, text) { return this.page.locator(selector).fill(text); }
    choose(selector, label) { return this.page.locator(selector).selectOption({ label }); }
}

/** The same by keyboard alone: Tab, Enter, letters. The focus must be seen wherever it stands. */
class Keys {
    constructor(page) { this.page = page; }

    async reach(selector) {
        const wanted = this.page.locator(selector).first();
        await wanted.waitFor();
        for (let i = 0; i < max_tabs; i += 1) {
            await this.page.keyboard.press('Tab');
            const [reached, outline] = await wanted.evaluate((element) => [element === document.activeElement, document.activeElement === document.body ? 'page' : getComputedStyle(document.activeElement).outlineStyle]);
            assert.notEqual(outline, 'none', `the focus cannot be seen at ${this.page.url()}`);
            if (reached) return;
        }
        assert.fail(`${selector} was not reached by Tab at ${this.page.url()}`);
    }

    async press(selector) {
        await this.reach(selector);
        const chosen = await this.page.locator(':focus').evaluate((element) => ['radio', 'checkbox'].includes(element.type));
        await this.page.keyboard.press(chosen ? 'Space' : 'Enter');
    }

    async write(selector, text) {
        await this.reach(selector);
        const type = await this.page.locator(selector).getAttribute('type');
        const [year, month, day] = text.split('-');
        if (type === 'date') await this.page.keyboard.type(`${month}${day}${year}`);
        else if (type === 'time') await this.page.keyboard.type(`${String(Number(text.slice(0, 2)) % 12 || 12).padStart(2, '0')}${text.slice(3)}${Number(text.slice(0, 2)) < 12 ? 'AM' : 'PM'}`);
        else {
            await this.page.keyboard.press('Control+A');
            await this.page.keyboard.type(text);
        }
        assert.equal(await this.page.locator(selector).inputValue(), text);
    }

    async choose(selector, label) {
        await this.reach(selector);
        await this.page.keyboard.type(label);
        assert.equal(await this.page.locator(`${selector} option:checked`).innerText(), label);
    }
}

export class Person {
    /** `email` logs in first where it is given; `keys`: by keyboard alone. */
    static async at({ browser, portal, language, email, keys = false }) {
        const person = new Person();
        const origin = `http://${portal.host('demo')}`;
        Object.assign(person, { browser, portal, language, origin, states: new Map() });
        person.context = await browser.newContext({ javaScriptEnabled: false, locale: language });
        person.page = await person.context.newPage();
        person.hands = keys ? new Keys(person.page) : new Mouse(person.page);
        if (email) {
            const client = await log_in(portal, 'demo', email, { language });
            await person.context.addCookies([{ name: '__Host-sid', value: client.cookies.get('__Host-sid'), domain: 'demo.localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
            client.close();
        }
        return person;
    }

    open(at) { return this.page.goto(at.startsWith('http') ? at : this.origin + at); }
    menu(at) { return this.press(`header a[href="${at}"]`); }
    write(selector, text) { return this.hands.write(selector, text); }

    /** The option that begins so. */
    async choose(selector, begin) {
        const names = await this.page.locator(`${selector} option`).allInnerTexts();
        const label = names.find((name) => name.startsWith(begin));
        assert.ok(label, `${begin} is none of ${names}`);
        await this.hands.choose(selector, label);
    }


    /** Presses what leads to another page, or to this one anew. */
    async press(selector) {
        const mark = `${Math.random()}`;
        await this.page.evaluate((value) => { document.documentElement.dataset.seen = value; }, mark);
        await this.hands.press(selector);
        await this.page.waitForSelector(`html:not([data-seen="${mark}"])`);
        await this.page.waitForLoadState();
    }

    /** Presses what stays on the page: a radio button, a box. */
    mark(selector) { return this.hands.press(selector); }

    /** Keeps the page as it stands; it must speak the person's language. */
    async look(name) {
        assert.ok(!this.states.has(name), `${name} was looked at before`);
        assert.equal(await this.page.locator('html').getAttribute('lang'), this.language, name);
        this.states.set(name, { url: this.page.url(), html: await this.page.content() });
    }

    text() { return this.page.locator('main').innerText(); }
    says(selector) { return this.page.locator(selector).first().innerText(); }
    has(selector) { return this.page.locator(selector).count(); }
    booking() { return this.page.url().match(/\/bookings\/([0-9a-f-]{36})/)?.[1]; }

    /** Faults of every page that was looked at, wide and light, then narrow and dark. */
    async faults() {
        await this.context.close();
        const faults = [];
        const context = await this.browser.newContext();
        const page = await context.newPage();
        for (const [state, { url, html }] of this.states) {
            await page.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
            await page.goto(url);
            for (const view of views.filter(({ languages }) => languages.includes(this.language))) for (const fault of await this.faults_in(page, state, view)) faults.push(`${state} (${this.language}), ${view.width} px: ${fault}`);
            await page.unroute(url);
        }
        await context.close();
        return faults;
    }

    async faults_in(page, state, { width, colorScheme }) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        const faults = [...(await page.evaluate(look_at, width)), ...(await axe(page))];
        if (process.env.PORTAL_TEST_PICTURES) await page.screenshot({ path: path.join(process.env.PORTAL_TEST_PICTURES, `${state.replaceAll(/\W+/g, '-')}-${this.language}-${width}.png`), fullPage: true });
        await page.evaluate(() => document.documentElement.style.setProperty('font-size', '225%'));
        faults.push(...(await page.evaluate(look_at, width)).map((fault) => `with text twice as large, ${fault}`));
        await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
        return faults;
    }
}

/** Neither contrast nor a wide page depends on the language: one is enough there. */
const views = [
    { width: 900, colorScheme: 'light', languages: ['sv'] },
    { width: 320, colorScheme: 'dark', languages: ['sv', 'da', 'en'] },
];

/** In the page: sideways scrolling, targets lower than 44 px, more than one main action. */
function look_at(width) {
    const faults = [];
    const needed = document.documentElement.scrollWidth;
    if (needed > width) {
        const widest = [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > width + 1 && getComputedStyle(each).position !== 'absolute').slice(-1)[0];
        faults.push(`${needed} px wide: ${widest?.outerHTML.slice(0, 160)}`);
    }
    const target = (each) => (['radio', 'checkbox'].includes(each.type) ? each.closest('label') : each);
    for (const each of document.querySelectorAll('button, a.button, select, textarea, input:not([type=hidden]), .times a')) {
        const { height } = target(each).getBoundingClientRect();
        if (each.checkVisibility() && height > 0 && height < 44) faults.push(`${Math.round(height)} px high: ${each.outerHTML.slice(0, 120)}`);
    }
    const main = [...document.querySelectorAll('main button, main a.button')].filter((each) => !each.matches('.second, .quiet') && each.checkVisibility());
    if (main.length > 1) faults.push(`main actions: ${main.map((each) => each.innerText).join(' | ')}`);
    return faults;
}
