// The people and clinic of the matrix of login policies, and one login of each kind as its page
// answers it. What a cell should be comes from tests/generate/login_matrix.mjs alone.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { BankIdPortal, personal_number, Visitor } from './bankid.mjs';
import { make_staff, make_tenant } from './clinic.mjs';
import { exempt } from './exemption.mjs';
import { as_mitid, log_in_by, nsis, Provider, provider_settings } from './oidc.mjs';
import { choose_password, mailed_code, password } from './people.mjs';
import { top } from './portal.mjs';

export const slug = 'matrix';
const methods = ['password', 'bankid', 'mitid', 'oidc'];

/** tests/golden/login_matrix.tsv: "axis=value ..." -> reason. */
export function read_oracle() {
    const lines = fs.readFileSync(path.join(top, 'tests/golden/login_matrix.tsv'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
    const [names, ...rows] = lines.map((line) => line.split('\t'));
    return new Map(rows.map((row) => [row.slice(0, -1).map((value, i) => `${names[i]}=${value}`).join(' '), row.at(-1)]));
}

/** Every policy that the axes can make: 32. */
export function* policies() {
    for (const allowed of ['yes', 'no']) {
        for (const client_login of ['yes', 'no']) {
            for (const eid_first of ['no', 'yes']) {
                for (const assurance of ['password-code', 'eid']) {
                    for (const module of ['on', 'off']) yield { allowed, client_login, eid_first, assurance, module };
                }
            }
        }
    }
}

/** Who can be exempt is a patient; the rest of the table has no door from outside. */
const kinds = [['patient', 'none'], ['patient', 'active'], ['patient', 'suspended'], ['relative', 'none'], ['staff', 'none']];

export class Matrix {
    people = [];
    tokens = [];
    refusals = 0;

    static async make(engine) {
        const matrix = new Matrix();
        matrix.folder = fs.mkdtempSync(path.join(fs.realpathSync('/tmp'), 'portal-matrix-'));
        try {
            await matrix.prepare(engine);
        } catch (error) {
            console.error(matrix.portal?.log.slice(-3000));
            await matrix.close();
            throw error;
        }
        return matrix;
    }

    async prepare(engine) {
        this.provider = await Provider.start(path.join(this.folder, 'provider'));
        const settings = provider_settings(this.provider, this.folder, { national_id_country: 'se' });
        this.both = await BankIdPortal.start({ engine, settings: { mitid: settings, oidc: { ...settings, ...as_mitid, match_scopes: 'openid mitid ssn', national_id_country: 'se', label: 'Folk ID' } } });
        this.portal = this.both.portal;
        await make_tenant(this.portal, slug, { modules: 'booking,sms,bankid,mitid,oidc' });
        await this.set({ allowed: 'yes', client_login: 'yes', eid_first: 'no', assurance: 'password-code', module: 'on' });
        let nth = 100;
        for (const verified of ['no', 'yes']) {
            for (const [audience, exemption] of kinds) this.people.push(await this.make_person({ audience, exemption, verified, number: personal_number(nth += 1) }));
        }
        const origin = `http://${this.portal.host(slug)}`;
        const claims = ({ number }) => ({ 'mitid.uuid': `uuid-${number}`, 'mitid.identity_name': 'Mira Matrix', 'mitid.has_cpr': 'true', loa: nsis('Substantial'), 'dk.cpr': number });
        await this.provider.control({ redirect_uris: ['mitid', 'oidc'].map((method) => `${origin}/login/${method}/return`), people: Object.fromEntries(this.people.map((person) => [`p${person.number}`, claims(person)])) });
        for (let i = 0; i < 400; i += 1) await this.keep_token();
    }

    async close() {
        await Promise.all([this.both?.close(), this.provider?.stop()]);
        fs.rmSync(this.folder, { recursive: true, force: true });
    }

    async add(audience, email, number) {
        const { portal } = this;
        const name = ['--first-name', 'Mira', '--last-name', email.split('@')[0], '--email', email];
        const input = { input: `${number}\n` };
        if (audience === 'patient') return (await portal.ask(['patient', 'create', '-T', slug, ...name, '--mobile', '0701740605', '--national-id-file', '-'], input)).id;
        if (audience === 'relative') return (await portal.ask(['user', 'create', '-T', slug, ...name, '--login-name', email.split('@')[0], '--national-id-file', '-'], input)).id;
        const { id } = await make_staff(portal, slug, { email });
        await portal.ask(['user', 'set', '-T', slug, id, '--national-id-file', '-'], input);
        return id;
    }

    /** In the order that leaves each state as it is wanted: exempt, proved by eID, then the address. */
    async make_person(person) {
        const { portal, both } = this;
        person.email = `${person.audience}-${person.exemption}-${person.verified}@${slug}.example`;
        person.id = await this.add(person.audience, person.email, person.number);
        if (person.exemption !== 'none') await exempt(portal, slug, person.id);
        if (person.verified === 'yes') {
            const visitor = new Visitor(both, slug);
            await visitor.log_in(this.app_of(person));
            assert.ok(visitor.is_in, visitor.client.text());
        }
        if (person.exemption === 'suspended') {
            person.email = `new-${person.email}`;
            await portal.ask(['user', 'set', '-T', slug, person.id, '--email', person.email]);
        }
        await choose_password(portal, slug, person.id);
        await portal.settle();
        return person;
    }

    app_of(person) {
        return { personalNumber: person.number, givenName: 'Mira', surname: 'Matrix' };
    }

    /** A login form as it was open in somebody's browser before the policy changed; one a post. */
    async keep_token() {
        const client = this.portal.client(slug);
        await client.get('/login');
        this.tokens.push(client.form(/^\/login/).field('form_token').value);
        client.close();
    }

    /** A post as that browser sends it, shown or not. */
    post(client, at, fields, token = this.tokens.pop()) {
        return client.post_raw(`${at}?lang=en`, { form_token: token, next: '', ...fields });
    }

    async set({ allowed, client_login, eid_first, assurance, module }) {
        const { portal } = this;
        const put = async (at, body) => {
            const done = await portal.admin('POST', `/v1/tenants/${slug}${at}`, body);
            assert.equal(done.status, 200, done.body);
        };
        await put('', { modules: ['booking', 'sms', ...(module === 'on' ? ['bankid', 'mitid', 'oidc'] : [])] });
        for (const audience of ['patient', 'relative', 'staff']) {
            await put('/policy', { audience, client_login: client_login === 'yes', methods: allowed === 'yes' ? methods : [], assurance, eid_first: eid_first === 'yes' });
        }
        await this.both.pass(61 * 60); // past every throttle
        await this.provider.control({ now: new Date(this.portal.now).toISOString() });
    }

    /** login why over the socket and by portalctl; both must say the same. */
    async told(person) {
        const direct = await this.portal.admin('POST', `/v1/tenants/${slug}/logins/why`, { person: person.id });
        assert.equal(direct.status, 200, direct.body);
        const by_socket = JSON.parse(direct.body);
        assert.deepEqual(await this.portal.ask(['login', 'why', '-T', slug, person.id]), by_socket);
        return Object.fromEntries(by_socket.items.map(({ method, reason }) => [method, reason]));
    }

    /** The actions of the login page's forms. */
    async offered() {
        const client = this.portal.client(slug);
        await client.get('/login');
        const actions = client.forms().map(({ action }) => action.split('?')[0]).filter((action) => action.startsWith('/login'));
        client.close();
        return actions;
    }

    /** Of the refusal that the audit has since the last look. */
    async last_reason() {
        const [id, reason] = (await this.portal.sql("SELECT id, reason FROM audit WHERE act = 'login.denied' ORDER BY id DESC LIMIT 1"))[0] ?? [0];
        if (Number(id) <= this.refusals) return 'nothing in the audit';
        this.refusals = Number(id);
        return reason;
    }

    /** Password and code, all the way; "allowed" or the reason in the audit. */
    async try_password(person) {
        const { portal } = this;
        const client = portal.client(slug);
        const seen = (await portal.mail.read()).length;
        const answer = await this.post(client, '/login', { identifier: person.email, password });
        if (answer.status !== 303) {
            assert.equal(answer.status, 403, answer.body);
            return this.last_reason();
        }
        await client.get('/login/code');
        await client.submit(/code/, { code: await mailed_code(portal, person.email, seen) });
        assert.ok(client.cookies.has('__Host-sid'), client.text());
        client.close();
        return 'allowed';
    }

    /** The whole way by an eID whose button is there. */
    async try_eid(person, method) {
        const client = method === 'bankid' ? await this.try_bankid(person) : (await log_in_by(this.portal, this.provider, { slug, method, person: `p${person.number}` })).client;
        const inside = client.cookies.has('__Host-sid');
        client.close();
        return inside ? 'allowed' : this.last_reason();
    }

    async try_bankid(person) {
        const visitor = new Visitor(this.both, slug);
        await visitor.log_in(this.app_of(person));
        return visitor.client;
    }

    /** Where no page offers it: the button's own post. */
    async press_hidden(method) {
        const client = this.portal.client(slug);
        const { status, headers } = await this.post(client, `/login/${method}`, {}, this.tokens[0]);
        const inside = client.cookies.has('__Host-sid');
        client.close();
        return inside || (status === 303 && !headers.location.startsWith('/login')) || status === 200 ? 'begun' : status;
    }
}
