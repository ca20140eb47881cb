// Clinic B against a person of clinic A: it adds the same personal number with a mailbox and a
// mobile number of its own, sends and prints whatever it can, and chooses passwords. None of it may
// open clinic A, and no answer may tell B that the person is known elsewhere (D1, P2, P3).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BankIdPortal, personal_number, Visitor } from './bankid.mjs';
import { make_patient, make_tenant } from './clinic.mjs';
import { checked, mailed_link } from './exemption.mjs';
import { answer_consent, choose_password, log_in, mailed_code, password_link } from './people.mjs';
import { on_each_engine } from './portal.mjs';
import { registration_link } from './registering.mjs';
import { get_reset_code, invitation_link, letter_code, mailed_path, open_letter, reset_link } from './ways_in.mjs';

const theirs = 'the password that B has chosen'; // B's
const own = 'the password of the person'; // after an eID login

/** How B makes its password: (both, victim) -> what it holds of links and codes on the way. */
const ways = {
    'a link to set a password': async (world, { b }) => {
        const link = await password_link(world.portal, 'gamma', b.email);
        await world.choose('gamma', link);
        return { links: [link] };
    },
    'an invitation': async (world, { b }) => {
        const link = await invitation_link(world.portal, 'gamma', b);
        await world.choose('gamma', link);
        return { links: [link] };
    },
    'an activation letter': async (world, { b }) => {
        const code = await letter_code(world.portal, 'gamma', b);
        const client = await open_letter(world.portal, 'gamma', code, { address: world.network() });
        const token = client.cookies.get('__Host-letter');
        await client.submit(/activate\/password/, { password: theirs, repeated: theirs });
        return { codes: [code], cookies: { '__Host-letter': token, '__Host-sid': client.cookies.get('__Host-sid') } };
    },
    'a reset': async (world, { b }) => {
        await choose_password(world.portal, 'gamma', b.email, 'another password of B');
        const link = await reset_link(world.portal, 'gamma', b);
        const { client, code } = await get_reset_code(world.portal, 'gamma', link);
        await client.submit(/^\/new-password\/[^/]+\?/, { code, password: theirs, repeated: theirs });
        return { links: [link] };
    },
    'the activation of an exemption': async (world, { b }) => {
        const seen = (await world.portal.mail.read()).length;
        await world.portal.ask(['exemption', 'create', '-T', 'gamma', b.id, '--reason', 'has no BankID', ...checked]);
        const link = await mailed_link(world.portal, b.email, seen);
        await world.choose('gamma', link);
        return { links: [link] };
    },
    'a change in a session': async (world, { b }) => {
        await choose_password(world.portal, 'gamma', b.email, 'another password of B');
        const client = await log_in(world.portal, 'gamma', b.email, { secret: 'another password of B' });
        await client.get('/password');
        await client.submit(/^\/password\?/, { current: 'another password of B', password: theirs, repeated: theirs });
        assert.match(client.path, /^\/password\?done=saved/, client.text());
        return { cookies: { '__Host-sid': client.cookies.get('__Host-sid') } };
    },
    'a registration': async (world, { b }) => {
        const link = await password_link(world.portal, 'gamma', b.id);
        await world.choose('gamma', link);
        return { links: [link] };
    },
};

/** What the person does before and after B makes its password, and whether it then opens B. */
const moments = {
    'made before any eID login': { opens_b: true },
    'made before an eID login at A': { after: ['eid at alfa'], opens_b: true },
    'made before the person chose a password after an eID login at A': { after: ['eid at alfa', 'chooses'], opens_b: true },
    'made before an eID login at B': { after: ['eid at gamma'], opens_b: false },
    'made after an eID login at A': { before: ['eid at alfa'], opens_b: true },
    'made after the person chose a password after an eID login at A': { before: ['eid at alfa', 'chooses'], opens_b: true },
    'made before the person chose a password after an eID login at B': { after: ['eid at gamma', 'chooses'], opens_b: false },
    'made after an eID login at B': { before: ['eid at gamma'], opens_b: true },
};
/** Whoever registered himself must come with an eID first (P6), and then has the address no more that nobody proved. */
const opens_b = (way, moment) => way !== 'a registration' && moments[moment].opens_b;

class World {
    serial = 0;
    networks = 1;

    async start(engine) {
        this.both = await BankIdPortal.start({ engine, settings: { login: { steps_per_account: 1000, steps_per_network: 100_000, code_tries_per_hour: 1000, codes_per_hour: 1000 }, sms: { per_number_hour: 1000, per_number_day: 1000 } } });
        const { portal } = this.both;
        this.portal = portal;
        for (const slug of ['alfa', 'gamma']) {
            await make_tenant(portal, slug, { modules: 'booking,sms,two-factor-sms,bankid,cpr-password' });
            await portal.ask(['policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', 'password,bankid', ...(slug === 'alfa' ? ['--identifier', 'national-id'] : ['--registration', 'open'])]);
        }
    }

    network() {
        this.networks += 1;
        return `127.0.2.${this.networks}`;
    }

    /** A person at A, and the same number at B with what belongs to B. */
    async victim(way, known_at_a = true) {
        const serial = this.serial += 1;
        const number = personal_number(serial);
        const person = { personalNumber: number, givenName: 'Vera', surname: 'Ek' };
        const a = { email: `vera${serial}@alfa.example` };
        if (known_at_a) {
            await make_patient(this.portal, 'alfa', { ...a, national_id: number, 'first-name': 'Vera', 'last-name': 'Ek' });
        }
        const b = { email: `b${serial}@gamma.example`, mobile: `+467017406${String(5 + (serial % 94)).padStart(2, '0')}` };
        if (way === 'a registration') await this.register(b, number);
        else b.id = (await make_patient(this.portal, 'gamma', { ...b, national_id: number, 'first-name': 'Vera', 'last-name': 'Ek' })).id;
        return { number, person, a, b };
    }

    async register(b, number) {
        const client = this.portal.client('gamma');
        await client.get('/register');
        await client.submit(/^\/register/, { first_name: 'Vera', last_name: 'Ek', email: b.email, mobile: b.mobile, national_id: number });
        const link = await mailed_path(this.portal, b.email, 'register/confirm');
        await client.get(link);
        await client.submit(/confirm/);
        const { items } = await this.portal.ask(['user', 'list', '-T', 'gamma']);
        b.id = items.find(({ email }) => email === b.email)?.id;
        assert.ok(b.id, client.text());
        client.close();
    }

    async choose(slug, link) {
        const client = this.portal.client(slug);
        await client.get(link);
        await client.submit(/password/, { password: theirs, repeated: theirs });
        assert.match(client.path, /^\/login\?done=password/, client.text());
        client.close();
    }

    async act(what, { person }, visit = {}) {
        if (what === 'chooses') {
            const { client } = visit.last;
            await client.get('/password');
            await client.submit(/^\/password\?/, { password: own, repeated: own });
            assert.match(client.path, /^\/password\?done=saved/, client.text());
            return;
        }
        const visitor = new Visitor(this.both, what.replace('eid at ', ''), { address: this.network() });
        await visitor.log_in(person);
        assert.ok(visitor.is_in, `${what}: ${visitor.client.text()}`);
        await answer_consent(visitor.client);
        visit.last = visitor;
    }

    /** Whether this password leads to the code step of the clinic. */
    async fits(slug, identifier, secret) {
        const client = this.portal.client(slug);
        await client.get('/login');
        const answer = await client.submit(/password/, { identifier, password: secret });
        client.close();
        assert.ok([200, 401, 403].includes(answer.status), `${answer.status}: ${client.text()}`);
        return client.path.startsWith('/login/code');
    }

    /** Everything of B's that can be carried to A's door; the doors that opened. */
    async try_at_a({ number }, { links = [], codes = [], cookies = {} }) {
        const opened = [];
        for (const secret of [theirs, 'another password of B']) if (await this.fits('alfa', number, secret)) opened.push(secret);
        for (const link of links) {
            const client = this.portal.client('alfa');
            if ((await client.get(link)).status !== 404) opened.push(link);
        }
        for (const code of codes) {
            const client = await open_letter(this.portal, 'alfa', code, { address: this.network() });
            if (client.cookies.has('__Host-letter')) opened.push(code);
        }
        for (const [name, value] of Object.entries(cookies)) {
            const client = this.portal.client('alfa');
            client.cookies.set(name, value);
            if ((await client.request('GET', '/bookings')).status !== 303) opened.push(name);
            if ((await client.request('GET', '/activate/password')).status === 200) opened.push(name);
        }
        return opened;
    }
}

on_each_engine((engine, named) => {
    let world;
    let right = 0;

    before(async () => {
        world = new World();
        await world.start(engine);
    });
    after(() => world.both?.close());

    for (const way of Object.keys(ways)) {
        test(named(`a password of B’s by ${way} never opens A, whenever it was made`), async () => {
            const got = {};
            const wanted = {};
            for (const [moment, { before: first = [], after: later = [] }] of Object.entries(moments)) {
                const victim = await world.victim(way);
                const visit = {};
                for (const act of first) await world.act(act, victim, visit);
                const held = await ways[way](world, victim);
                for (const act of later) await world.act(act, victim, visit);
                got[moment] = { a: await world.try_at_a(victim, held), b: await world.fits('gamma', victim.b.email, theirs) };
                wanted[moment] = { a: [], b: opens_b(way, moment) };
                if ([...first, ...later].includes('chooses')) {
                    got[moment].own = [await world.fits('alfa', victim.number, own), await world.fits('gamma', victim.b.email, own)];
                    // At B its own password stands before the person's until he has come there with his eID.
                    wanted[moment].own = [true, way !== 'a registration' && later.includes('eid at gamma')];
                }
            }
            assert.deepEqual(got, wanted);
            right += Object.keys(got).length;
        });
    }

    test(named('every way was tried at every moment, and opened nothing but what the table says'), (t) => {
        t.diagnostic(`${right} cells`);
        assert.equal(right, Object.keys(ways).length * Object.keys(moments).length);
    });

    test(named('what B does ends no session and no password of the person at A'), async () => {
        const victim = await world.victim('an invitation');
        await choose_password(world.portal, 'alfa', victim.a.email, own);
        const client = world.portal.client('alfa');
        const seen = (await world.portal.mail.read()).length;
        await client.get('/login');
        await client.submit(/password/, { identifier: victim.number, password: own });
        await client.submit(/code/, { code: await mailed_code(world.portal, victim.a.email, seen) });
        await answer_consent(client);
        for (const way of ['an invitation', 'a link to set a password', 'an activation letter', 'a reset', 'the activation of an exemption']) await ways[way](world, victim);
        assert.equal((await client.request('GET', '/bookings')).status, 200);
        assert.ok(await world.fits('alfa', victim.number, own));
        assert.ok(!(await world.fits('gamma', victim.b.email, own)), 'a password of A’s own opens B');
    });

    /** What B is told and sent when it does everything that it can; tokens, ids, names and times masked. */
    async function story(victim) {
        const { portal } = world;
        const { b } = victim;
        const said = [];
        const seen = (await portal.mail.read()).length;
        const [[last]] = await portal.sql('SELECT COALESCE(MAX(id), 0) FROM outbox');
        const note = (text) => said.push(text.replaceAll(b.email, 'MAIL').replaceAll(b.email.replace(/^b\d+/, (name) => `${name[0]}***`), 'MASKED').replaceAll(b.id, 'ID').replaceAll(b.mobile, 'MOBILE').replace(/(\*{3} )\d\d/g, '$1NN').replaceAll(victim.number.slice(2, 8), 'BORN').replace(/[\w-]{43}/g, 'TOKEN').replace(/(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/g, 'CODE').replace(/^\d{6}$/gm, 'SIX').replace(/(write these: )\d{4}/g, '$1FOUR').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replace(/"version":\d+/g, 'VERSION').replace(/(name="form_token" value=")[^"]*/g, '$1'));
        const ctl = async (...words) => {
            const done = await portal.ctl([...words, '-o', 'json']);
            note(`${words.slice(0, 2).join(' ')}: ${done.status} ${done.stdout}${done.stderr}`);
        };
        const look = async () => {
            for (const words of [['user', 'show'], ['user', 'check'], ['patient', 'show'], ['login', 'why']]) await ctl(...words, '-T', 'gamma', b.id);
        };
        const page = async (act) => {
            const client = portal.client('gamma', { address: world.network() });
            await act(client);
            note(`${client.path.replace(/[\w-]{43}/, 'TOKEN')}: ${client.page.status} ${client.page.body}`);
            client.close();
        };
        await look();
        await ctl('invite', 'send', '-T', 'gamma', b.id);
        await portal.settle();
        const link = await invitation_link(portal, 'gamma', b);
        await page(async (client) => {
            await client.get(link);
            note(client.page.body);
            await client.submit(/password/, { password: theirs, repeated: theirs });
        });
        note(`its password opens it: ${await world.fits('gamma', b.email, theirs)}`);
        await look();
        await ctl('user', 'set-password', '-T', 'gamma', b.id);
        await ctl('invite', 'send', '-T', 'gamma', b.id, '--again');
        const reset = await reset_link(portal, 'gamma', b);
        await page((client) => client.get(reset));
        await page(async (client) => {
            const code = await letter_code(portal, 'gamma', b);
            await client.get('/activate');
            await client.submit(/activate/, { code });
        });
        await ctl('exemption', 'create', '-T', 'gamma', b.id, '--reason', 'has no BankID', ...checked);
        await look();
        await portal.settle();
        const mails = (await portal.mail.read()).slice(seen).filter(({ recipients }) => recipients.includes(b.email));
        for (const { subject, text } of mails.toSorted((x, y) => (x.subject < y.subject ? -1 : 1))) note(`${subject}\n${text}`);
        for (const row of await portal.sql(`SELECT kind, channel, state, reason FROM outbox WHERE id > ${last} ORDER BY id`)) note(row.join(' '));
        return said;
    }

    test(named('B is told and sent the same, whether or not the person is known elsewhere, has logged in there or has a password'), async () => {
        const make = async (known_at_a, acts) => {
            const victim = await world.victim('an invitation', known_at_a);
            const visit = {};
            for (const act of acts) await world.act(act, victim, visit);
            return victim;
        };
        const unknown = await story(await make(false, []));
        assert.ok(unknown.length > 30, `${unknown.length} answers`);
        for (const [what, acts] of Object.entries({ 'known at A': [], 'with an eID login at A': ['eid at alfa'], 'with a password of an eID login at A': ['eid at alfa', 'chooses'] })) {
            assert.deepEqual(await story(await make(true, acts)), unknown, what);
        }
    });

    test(named('a stranger who registers at B in another’s name learns nothing and gets nowhere'), async () => {
        const answers = [];
        for (const known of [true, false]) {
            const victim = await world.victim('an invitation', known);
            const email = `stranger${world.serial}@gamma.example`;
            const link = await registration_link(world.portal, 'gamma', email);
            assert.ok([403, 404].includes((await world.portal.client('alfa').get(link)).status));
            answers.push(await world.fits('alfa', victim.number, theirs));
        }
        assert.deepEqual(answers, [false, false]);
    });
});
