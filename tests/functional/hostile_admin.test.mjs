// What portalctl and the admin socket may be given: JSON, words and times. Errors name the field,
// the command ends with 2, and nothing is written.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { send } from './http.mjs';
import { Portal } from './portal.mjs';

let portal;
let clinic;

before(async () => {
    portal = await Portal.start();
    clinic = await make_clinic(portal);
});
after(() => portal.close());

const post_raw = (path, body) => send({
    socketPath: portal.settings.admin.socket, method: 'POST', path, body,
    headers: { host: 'admin', 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
});

const visit_types = async () => (await portal.ask(['visit-type', 'list', '-T', 'demo'])).items.length;

const bad_json = [
    ['100,000 opening brackets', '['.repeat(100_000), /./],
    ['a depth of 40', `{"title": ${'['.repeat(40)}${']'.repeat(40)}}`, /./],
    ['a number beyond every size', '{"title": "A", "duration_minutes": 1e999}', /duration_minutes|number/],
    ['2 to the 63rd', '{"title": "A", "duration_minutes": 9223372036854775808}', /duration_minutes/],
    ['a fraction for a whole number', '{"title": "A", "duration_minutes": 1.5}', /duration_minutes/],
    ['a lone surrogate', '{"title": "\\ud800", "duration_minutes": 30}', /./],
    ['overlong UTF-8', Buffer.concat([Buffer.from('{"title": "'), Buffer.from([0xc0, 0xaf]), Buffer.from('", "duration_minutes": 30}')]), /./],
    ['an unknown field', '{"title": "A", "duration_minutes": 30, "tenant_id": 2}', /tenant_id/],
    ['a doubled field', '{"title": "A", "title": "B", "duration_minutes": 30}', /title/],
    ['a list for a text', '{"title": ["A"], "duration_minutes": 30}', /title/],
    ['null for a text', '{"title": null, "duration_minutes": 30}', /title/],
    ['a number for a text', '{"title": 5, "duration_minutes": 30}', /title/],
    ['a NUL in a text', '{"title": "A\\u0000B", "duration_minutes": 30}', /title/],
    ['a missing field', '{"title": "A"}', /duration_minutes/],
    ['a length of zero', '{"title": "A", "duration_minutes": 0}', /duration_minutes/],
    ['a length over its limit', '{"title": "A", "duration_minutes": 241}', /duration_minutes/],
    ['an empty body', '', /./],
    ['half an object', '{"title": "A"', /./],
    ['something after the object', '{"title": "A", "duration_minutes": 30} x', /./],
];

for (const [name, body, wanted] of bad_json) {
    test(`JSON with ${name} is refused with its place and writes nothing`, async () => {
        const before_it = await visit_types();
        const answer = await post_raw('/v1/tenants/demo/visit-types', body);
        assert.ok([400, 413].includes(answer.status), `answered ${answer.status}: ${answer.body}`);
        assert.match(answer.body, wanted);
        assert.equal(await visit_types(), before_it);
    });
}

const at = (starts) => ['booking', 'create', '-T', 'demo', '--patient', 'elsa@demo.example', '--staff', 'anna@demo.example', '--visit-type', 'Check-up', '--starts', starts];

const bad_words = [
    ['an unknown noun', ['tennant', 'list'], 2, /tenant/],
    ['an unknown verb', ['tenant', 'lost'], 2, /list/],
    ['an unknown flag', ['tenant', 'list', '--colour'], 2, /--colour/],
    ['a missing flag', ['visit-type', 'create', '-T', 'demo', 'A'], 2, /duration-minutes/],
    ['a word for a number', ['visit-type', 'create', '-T', 'demo', 'A', '--duration-minutes', 'ten', '--kind', 'physical'], 2, /duration-minutes/],
    ['a doubled flag', ['visit-type', 'create', '-T', 'demo', 'A', '--duration-minutes', '1', '--duration-minutes', '2', '--kind', 'physical'], 2, /duration-minutes/],
    ['a clinic that is not there', ['staff', 'list', '-T', 'nowhere'], 5, /nowhere/],
    ['a newline in a name', ['staff', 'create', '-T', 'demo', '--first-name', 'A\nB', '--last-name', 'C', '--title', 'D', '--email', 'a@b.se'], 2, /first-name/],
    ['a mail address with a second header', ['staff', 'create', '-T', 'demo', '--first-name', 'A', '--last-name', 'C', '--title', 'D', '--email', 'a@b.se\r\nBcc: all@x.se'], 2, /email/],
    ['an unknown module', ['tenant', 'set', 'demo', '--modules', 'telepathy'], 2, /modules/],
    ['an unknown zone', ['tenant', 'set', 'demo', '--zone', 'Europe/Atlantis'], 2, /zone/],
    ['a rule that ends before it begins', ['availability', 'set', '-T', 'demo', 'anna@demo.example', '--rule', 'mon 12:00-08:00'], 2, /rule/],
    ['a rule of no length', ['availability', 'set', '-T', 'demo', 'anna@demo.example', '--rule', 'mon 08:00-08:00'], 2, /rule/],
    ['a rule on no day', ['availability', 'set', '-T', 'demo', 'anna@demo.example', '--rule', 'someday 08:00-09:00'], 2, /rule/],
    ['rules that overlap', ['availability', 'set', '-T', 'demo', 'anna@demo.example', '--rule', 'mon 08:00-10:00', '--rule', 'mon 09:00-11:00'], 2, /rule/],
    ['an exception on a day that does not exist', ['availability', 'set', '-T', 'demo', 'anna@demo.example', '--exception', '2027-02-30 closed'], 2, /exception/],
    ['a reminder that is no time', ['tenant', 'set', 'demo', '--reminders', 'soon'], 2, /reminders/],
    ['a start in year 0', at('0000-01-01T00:00:00Z'), 2, /starts/],
    ['a start in year 10000', at('10000-01-01T00:00:00Z'), 2, /starts/],
    ['a start without a zone', at('2027-01-12T08:00:00'), 2, /starts/],
    ['a start on the 30th of February', at('2027-02-30T08:00:00Z'), 2, /starts/],
    ['a start in the past', at('2027-01-04T08:00:00Z'), 6, /./],
    ['a start outside the hours', at('2027-01-12T03:00:00Z'), 6, /./],
];

for (const [name, args, status, wanted] of bad_words) {
    test(`portalctl with ${name} ends with ${status} and says what is wrong`, async () => {
        const done = await portal.ctl(args);
        assert.equal(done.status, status, `${done.status}: ${done.stdout}${done.stderr}`);
        assert.match(done.stderr, wanted);
        assert.equal(done.stdout, '');
    });
}

const bad_people = [
    ['a control digit that is wrong', { id: '191212121213' }, /national-id/],
    ['the 29th of February of a common year', { id: '190102291234' }, /national-id/],
    ['fullwidth digits', { id: '１９１２１２１２１２１２' }, /national-id/],
    ['letters', { id: 'abcdefghijkl' }, /national-id/],
    ['an emergency number', { mobile: '112' }, /mobile/],
    ['a premium number', { mobile: '0900123456' }, /mobile/],
    ['an extension', { mobile: '+46701234567;ext=1' }, /mobile/],
    ['an invisible mark', { mobile: '\u200e+46701234567' }, /mobile/],
    ['an address without a domain', { email: 'elsa@' }, /email/],
    ['a quoted line break', { email: '"a\nb"@x.se' }, /email/],
];

for (const [name, { id, mobile = '0701740607', email = 'new@demo.example' }, wanted] of bad_people) {
    test(`a patient with ${name} is refused at that field and not made`, async () => {
        const file = id ? ['--national-id-file', '-'] : [];
        const done = await portal.ctl(['patient', 'create', '-T', 'demo', '--first-name', 'A', '--last-name', 'B', '--mobile', mobile, '--email', email, ...file], { input: id ? `${id}\n` : '' });
        assert.equal(done.status, 2, `${done.status}: ${done.stderr}`);
        assert.match(done.stderr, wanted);
        assert.ok(!id || !done.stderr.includes(id), 'the number itself is repeated');
        assert.equal((await portal.ask(['patient', 'list', '-T', 'demo'])).items.length, 1);
    });
}

test('a national id is never a word of the command line', async () => {
    const done = await portal.ctl(['patient', 'create', '-T', 'demo', '--first-name', 'A', '--last-name', 'B', '--national-id', '191212121212']);
    assert.equal(done.status, 2);
    assert.match(done.stderr, /national-id/);
    assert.doesNotMatch(done.stderr, /191212121212/);
});

test('words that look like a shell’s or a template’s are taken as they are', async () => {
    for (const title of ['$(id)', '{{secret}}', '<img src=x onerror=alert(1)>', '--role=admin']) {
        const made = await portal.ask(['visit-type', 'create', '-T', 'demo', '--duration-minutes', '30', '--kind', 'physical', '--', title]);
        assert.equal(made.title, title);
    }
    assert.ok(clinic.visit_type.id);
});

test('without a daemon portalctl ends with 7', async () => {
    const done = await portal.ctl(['tenant', 'list'], { env: { PORTALCTL_SOCKET: `${portal.folder}/nowhere.sock` } });
    assert.equal(done.status, 7, done.stderr);
    assert.match(done.stderr, /nowhere\.sock/);
});
