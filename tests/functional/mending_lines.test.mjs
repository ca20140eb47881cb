// What `login why` tells to mend a login is a command that works as it stands, once the words in
// capitals are filled in.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { BankIdPortal, personal_number } from './bankid.mjs';
import { flags, make_tenant } from './clinic.mjs';
import { choose_password } from './people.mjs';
import { on_each_engine } from './portal.mjs';

on_each_engine((engine, named) => {
    let both;
    let portal;
    let serial = 0;

    before(async () => {
        both = await BankIdPortal.start({ engine });
        portal = both.portal;
    });
    after(() => both?.close());

    const ask = (...words) => portal.ask(words);
    const why = async (slug, id, method = 'password') => (await ask('login', 'why', '-T', slug, id)).items.find((item) => item.method === method);

    async function clinic(policy = [], modules = 'booking,bankid', methods = 'password,bankid') {
        const slug = `mend${serial += 1}`;
        await make_tenant(portal, slug, { modules });
        await ask('policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', methods, ...policy);
        return slug;
    }
    const patient = (slug, over = {}) => ask('patient', 'create', '-T', slug, ...flags({ 'first-name': 'Rut', 'last-name': 'Ek', email: `rut@${slug}.example`, ...over }));
    const relative = (slug) => ask('user', 'create', '-T', slug, ...flags({ 'first-name': 'Eva', 'last-name': 'Ek', 'login-name': 'eva.ek', email: `eva@${slug}.example` }));

    /** As an operator would: the line, with his own values for the words in capitals. */
    async function run(line, slug) {
        const file = path.join(portal.folder, `number${serial += 1}`);
        fs.writeFileSync(file, `${personal_number(serial, 1949)}\n`, { mode: 0o600 });
        const values = { TEXT: 'passport shown', NAME: 'Anna Lind', DATE: '2027-01-11', OWNER: 'own', ADDRESS: `new@${slug}.example`, NUMBER: '0701740605', FILE: file };
        const [command, ...words] = line.split(' ').map((word) => values[word] ?? word);
        assert.equal(command, 'portalctl', line);
        return portal.ask(words);
    }
    /** The way is closed for `reason`, and is not for that reason any more when the line was run. */
    async function mend(reason, slug, id, method = 'password') {
        const told = await why(slug, id, method);
        assert.equal(told.reason, reason);
        await run(told.mend, slug);
        const after_it = await why(slug, id, method);
        assert.notEqual(after_it.reason, reason, `${told.mend} did not help`);
        return after_it;
    }

    test(named('what the clinic switched off is switched on by the line'), async () => {
        const slug = await clinic([], 'booking', 'password');
        const { id } = await patient(slug);
        await ask('policy', 'set', '-T', slug, '--client-login', 'no');
        await mend('client_login_disabled', slug, id);
        await mend('method_not_allowed', slug, id, 'bankid');
        await mend('module_off', slug, id, 'bankid');
        await mend('no_national_id', slug, id, 'bankid');
        const mitid = await clinic([], 'booking,mitid', 'password,mitid');
        const other = await patient(mitid);
        assert.deepEqual(Object.values(await why(mitid, other.id, 'mitid')).slice(2), ['not_configured', 'portald\'s settings have no mitid', 'man portald.toml']);
    });

    test(named('who is blocked, has no password or no address gets them by the line'), async () => {
        const slug = await clinic();
        const { id } = await patient(slug, { email: undefined });
        await ask('user', 'set', '-T', slug, id, '--status', 'blocked');
        await mend('blocked', slug, id);
        const { link } = await run((await why(slug, id)).mend, slug);
        assert.match(link, /set-password/, 'without an address the link is printed');
        await choose_password(portal, slug, id);
        assert.equal((await mend('no_email', slug, id)).reason, 'allowed');
        const sms = await clinic(['--code', 'sms'], 'booking,bankid,two-factor-sms');
        const phoneless = await patient(sms);
        await choose_password(portal, sms, phoneless.id);
        await mend('no_mobile', sms, phoneless.id);
    });

    test(named('who would need an eID is exempt after the line, with an address or after getting one'), async () => {
        for (const [reason, policy] of [['assurance_too_low', ['--assurance', 'eid']], ['eid_first', ['--eid-first', 'yes']]]) {
            const slug = await clinic(policy);
            const { id } = await patient(slug);
            await mend(reason, slug, id);
            const bare = await patient(slug, { email: undefined });
            await run((await why(slug, bare.id)).mend, slug);
            await mend(reason, slug, bare.id);
            await ask('user', 'set', '-T', slug, id, '--email', `moved@${slug}.example`);
            await mend('exemption_suspended', slug, id);
            await ask('policy', 'set', '-T', slug, '--audience', 'relative', '--methods', 'password', ...policy);
            await mend(reason, slug, (await relative(slug)).id);
        }
    });
});
