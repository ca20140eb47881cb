// OpenID providers beside a portal: the real one and the one that lies, as processes, and people
// who go through them with a browser as plain as it gets.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { make_tenant } from './clinic.mjs';
import { Client } from './http.mjs';
import { find_forms } from './html.mjs';
import { Portal } from './portal.mjs';
import { Sink } from './sinks.mjs';

export const nsis = (level) => `https://data.gov.dk/concept/core/nsis/${level}`;
export const client_secret = 'secret: of + portal';

/** Claims of a person as a MitID broker tells them. */
export const mette = { 'mitid.uuid': '3f1c', 'mitid.identity_name': 'Mette Jensen', 'mitid.has_cpr': 'true', 'mitid.age': '58', loa: nsis('Substantial'), idp: 'mitid', identity_type: 'private', 'dk.cpr': '0107680000' };

export class Provider extends Sink {
    /** kind: "oidc" (the real one) or "oidc_forge". */
    static async start(folder, kind = 'oidc') {
        fs.mkdirSync(folder, { recursive: true });
        const provider = await new Provider(kind, folder).started();
        provider.issuer = `http://127.0.0.1:${provider.port}`;
        return provider;
    }

    async control(orders) {
        const answer = await fetch(`${this.issuer}/control`, { method: 'POST', body: JSON.stringify(orders) });
        assert.ok(answer.ok, await answer.text());
        return answer;
    }

    /** Settings that lead here, for tests that do not go all the way. */
    settings() {
        return { issuer: this.issuer, client_id: 'portal', levels: 'high', eid_level: 'high' };
    }

    client() {
        return new Client({ port: this.port, host: `127.0.0.1:${this.port}` });
    }
}

/** The table of settings that leads to a provider. */
export function provider_settings(provider, folder, over = {}) {
    const secret = path.join(folder, 'client-secret');
    fs.writeFileSync(secret, `${client_secret}\n`, { mode: 0o600 });
    return { issuer: provider.issuer, client_id: 'portal', client_secret_file: secret, ...over };
}

/** A Danish clinic that lets patients in by MitID, and takes whoever comes by it. */
export async function make_danish_clinic(portal, slug = 'demo', { methods = 'mitid', unknown = 'yes', modules = 'booking,mitid,oidc' } = {}) {
    await make_tenant(portal, slug, { country: 'dk', language: 'en', modules, zone: 'Europe/Copenhagen' });
    await portal.ask(['policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', methods, '--unknown-by-eid', unknown]);
}

/** A portal with a real provider (mitid) and, where asked, one that lies (oidc), and clinics. */
export async function start_with_providers({ engine, forge = false, slugs = ['demo'], mitid = {} } = {}) {
    const folder = fs.mkdtempSync(path.join(fs.realpathSync('/tmp'), 'portal-oidc-'));
    const real = await Provider.start(path.join(folder, 'real'));
    const liar = forge ? await Provider.start(path.join(folder, 'liar'), 'oidc_forge') : null;
    const settings = { mitid: provider_settings(real, folder, mitid) };
    if (liar) settings.oidc = provider_settings(liar, folder, as_mitid);
    const portal = await Portal.start({ engine, settings });
    const close = async () => {
        await portal.close();
        await Promise.all([real.stop(), liar?.stop()]);
        fs.rmSync(folder, { recursive: true, force: true });
    };
    try {
        for (const slug of slugs) await make_danish_clinic(portal, slug, { methods: forge ? 'mitid,oidc' : 'mitid' });
        const origins = slugs.map((slug) => `http://${portal.host(slug)}`);
        await real.control({ now: new Date(portal.now).toISOString(), redirect_uris: origins.map((origin) => `${origin}/login/mitid/return`), logout_uris: origins.map((origin) => `${origin}/login?done=logged-out`), people: { mette } });
        await liar?.control({ now: new Date(portal.now).toISOString() });
    } catch (error) {
        console.error(portal.log.slice(-3000));
        await close();
        throw error;
    }
    return { portal, real, liar, close };
}

/** The second provider of the tests speaks as a MitID broker does, so that one table fits both. */
export const as_mitid = {
    scopes: 'openid mitid', levels: ['Low', 'Substantial', 'High'].map(nsis).join(' '), eid_level: nsis('Substantial'), claim_level: 'loa', claim_national_id: 'dk.cpr',
    claim_has_national_id: 'mitid.has_cpr', national_id_country: 'dk', claim_name: 'mitid.identity_name',
};

/** Presses the button of `method`; the provider's address to go on to. */
export async function press(client, method = 'mitid', next = '') {
    await client.get('/login');
    const form = client.forms().find(({ action }) => action?.includes(`/login/${method}`));
    assert.ok(form, `no button for ${method}: ${client.text()}`);
    return client.post_raw(form.action, form.filled(next ? { next } : {}));
}

/** Follows a provider's redirects from `at` until they lead away from it; the last answer. */
async function wander(browser, at) {
    let answer = await browser.request('GET', at);
    for (let hops = 0; hops < 10 && answer.status >= 301 && answer.status <= 308; hops += 1) {
        const to = new URL(answer.headers.location, `http://${browser.host}${at}`);
        if (to.host !== browser.host) return { away: to };
        at = to.pathname + to.search;
        answer = await browser.request('GET', at);
    }
    return { page: answer.body, at };
}

async function fill_in(browser, here, values) {
    const form = find_forms(here.page).find(({ names }) => names.includes('prompt')) ?? find_forms(here.page)[0];
    const posted = await browser.request('POST', form.action.replace(/^https?:\/\/[^/]+/, ''), {
        headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form.filled(values)).toString(),
    });
    const to = new URL(posted.headers.location, `http://${browser.host}`);
    return to.host === browser.host ? wander(browser, to.pathname + to.search) : { away: to };
}

/** Through the real provider's pages as `person`; where it sends the browser in the end. */
export async function prove(browser, address, person = 'mette') {
    const url = new URL(address);
    let here = await wander(browser, url.pathname + url.search);
    for (let pages = 0; pages < 4 && !here.away; pages += 1) {
        const asks = here.page.includes('name="login"');
        here = await fill_in(browser, here, asks ? { login: person, password: 'any' } : {});
    }
    assert.ok(here.away, here.page);
    return here.away;
}

/** Presses "cancel" on the real provider's page. */
export async function abort(browser, address) {
    const url = new URL(address);
    const here = await wander(browser, url.pathname + url.search);
    const link = here.page.match(/href="([^"]*\/abort)"/)[1];
    return (await wander(browser, new URL(link).pathname)).away;
}

/** Back at the portal; no redirect followed. */
export const come_back = (client, away) => client.request('GET', away.pathname + away.search);

/** The whole way, the second step for the number included; the portal's last answer. */
export async function log_in_by(portal, provider, { slug = 'demo', method = 'mitid', person = 'mette', client = portal.client(slug), browser = provider.client() } = {}) {
    let answer = await press(client, method);
    for (let steps = 0; steps < 3 && answer.headers.location?.startsWith(provider.issuer); steps += 1) {
        answer = await come_back(client, await prove(browser, answer.headers.location, person));
    }
    return { client, browser, answer };
}
