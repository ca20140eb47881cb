// Every login policy x everybody x every method: the page, really gone through, `login why` by
// portalctl and over the socket, and the table of the rules say the same.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Matrix, policies, read_oracle, slug } from './policy_matrix.mjs';
import { on_each_engine } from './portal.mjs';

const oracle = read_oracle();
const methods = ['password', 'bankid', 'mitid', 'oidc'];
const all = [...policies()];
const path_of = (method) => (method === 'password' ? '/login' : `/login/${method}`);

on_each_engine((engine, named) => {
    let matrix;
    const count = { cells: 0, ends: 0, hidden: 0 };

    before(async () => {
        matrix = await Matrix.make(engine);
    });
    after(() => matrix?.close());

    const wanted = (policy, { audience, exemption, verified }, method) => {
        const { allowed, client_login, eid_first, assurance, module } = policy;
        const reason = oracle.get(`audience=${audience} method=${method} allowed=${allowed} client_login=${client_login} eid_first=${eid_first} assurance=${assurance} module=${module} exemption=${exemption} verified=${verified}`);
        assert.ok(reason, `no such line: ${JSON.stringify({ policy, audience, method })}`);
        return reason;
    };
    /** The page offers what one of the audiences may use. */
    const offers = ({ allowed, module }, method) => allowed === 'yes' && (method === 'password' || module === 'on');
    /** A first login by eID would make another person of the unverified: what they may, others show. */
    const goes_in = (reason, person, method) => method === 'password' || person.verified === 'yes' || reason !== 'allowed';

    /** What the page answers to this person; null where nobody asks it. */
    async function asked(policy, person, method) {
        const reason = wanted(policy, person, method);
        if (!offers(policy, method)) {
            if (method === 'password') return { got: await matrix.try_password(person), reason: policy.client_login === 'no' ? 'client_login_disabled' : reason };
            const status = await matrix.press_hidden(method);
            assert.ok([403, 404].includes(status), `${method} of ${person.email} by a hidden button: ${status}`);
            count.hidden += 1;
            return null;
        }
        if (!goes_in(reason, person, method)) return null;
        count.ends += 1;
        return { got: method === 'password' ? await matrix.try_password(person) : await matrix.try_eid(person, method), reason };
    }

    for (const policy of all) {
        const sentence = `the page, login why and the API agree where ${Object.entries(policy).map((pair) => pair.join(' ')).join(', ')}`;
        test(named(sentence), async () => {
            await matrix.set(policy);
            assert.deepEqual((await matrix.offered()).sort(), methods.filter((method) => offers(policy, method)).map(path_of).sort());
            const wrong = [];
            for (const person of matrix.people) {
                const told = await matrix.told(person);
                for (const method of methods) {
                    const cell = `${person.email} by ${method}`;
                    const reason = wanted(policy, person, method);
                    if (told[method] !== reason) wrong.push(`${cell}: login why says ${told[method]}, the rules ${reason}`);
                    const seen = await asked(policy, person, method);
                    if (seen && seen.got !== seen.reason) wrong.push(`${cell}: the page says ${seen.got}, the rules ${seen.reason}`);
                    count.cells += 1;
                }
            }
            assert.deepEqual(wrong, []);
        });
    }

    test(named('every cell that can be reached from outside was asked'), async (t) => {
        t.diagnostic(`${count.cells} cells of ${oracle.size}: ${count.ends} logins gone through, ${count.hidden} hidden buttons pressed, clinic ${slug}`);
        assert.equal(count.cells, all.length * matrix.people.length * methods.length);
    });
});
