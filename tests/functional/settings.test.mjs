// portald's settings file: what is wrong is said with its place, and nothing starts.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { portald, run } from './portal.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-settings-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

function check(bytes) {
    const file = path.join(folder, 'portald.toml');
    fs.rmSync(file, { force: true });
    fs.writeFileSync(file, bytes, { mode: 0o600 });
    return run(portald, ['check-config', '--config', file]);
}

const refused = [
    ['an unknown table', '[htpp]\n', /:1:\d+: .*htpp/],
    ['an unknown setting', '[http]\nlissten = "127.0.0.1:80"\n', /:2:\d+: .*lissten/],
    ['a doubled table', '[http]\n[http]\n', /:2:\d+: /],
    ['a doubled setting', '[http]\nburst = 1\nburst = 2\n', /:3:\d+: /],
    ['a number for a text', '[http]\nlisten = 80\n', /:2:\d+: .*http\.listen/],
    ['a text for a number', '[http]\nburst = "many"\n', /:2:\d+: .*http\.burst/],
    ['a number over its limit', '[metrics]\nlisten = "127.0.0.1:99999"\n', /:2:\d+: .*metrics\.listen/],
    ['a floating number', '[http]\nburst = nan\n', /:2:\d+: .*http\.burst/],
    ['a date that does not exist', '[admin]\ntest_clock = 2026-02-30T00:00:00Z\n', /:2:\d+/],
    ['an unknown choice', '[mail]\nsender = "pigeon"\n', /:2:\d+: .*mail\.sender/],
    ['a network that is none', '[http]\ntrusted_proxies = ["10.0.0.0/99"]\n', /:2:\d+: .*http\.trusted_proxies/],
    ['an admin rule that is none', '[admin]\nallow = ["everybody"]\n', /:2:\d+: .*admin\.allow/],
    ['a bare letter å', 'å = 1\n', /:1:\d+/],
    ['NUL bytes', '[http]\n\0\0\n', /:2:\d+/],
    ['an opening bracket and nothing else', '[', /:1:\d+/],
    ['a torn date', 'd=2026-03-2ǫ', /:1:\d+/],
    ['broken UTF-8', Buffer.from([0x5b, 0xff, 0xfe, 0x5d, 0x0a]), /:1:\d+/],
    ['a text without its end', '[http]\nlisten = "127\n', /:2:\d+/],
    ['a dotted key of 200 levels', `${Array(200).fill('a').join('.')} = 1\n`, /:1:\d+/],
    ['10,000 brackets', `x = ${'['.repeat(10_000)}`, /:1:\d+/],
];

for (const [name, text, wanted] of refused) {
    test(`settings with ${name} are refused with line and column`, async () => {
        const done = await check(text);
        assert.equal(done.status, 2, `${done.status}: ${done.stderr}`);
        assert.match(done.stderr, wanted);
    });
}

test('every problem of a file is told at once', async () => {
    const done = await check('[http]\nburst = "x"\nlisten = 3\n[nowhere]\n');
    assert.equal(done.status, 2);
    for (const line of [2, 3, 4]) assert.match(done.stderr, new RegExp(`:${line}:\\d+`));
});

test('an empty file is a whole one', async () => {
    const done = await check('');
    assert.equal(done.status, 0, done.stderr);
});

test('a file that is not there is named', async () => {
    const done = await run(portald, ['check-config', '--config', path.join(folder, 'absent.toml')]);
    assert.equal(done.status, 5);
    assert.match(done.stderr, /absent\.toml/);
});

test('the example file is accepted and shows every setting of the manual', async () => {
    const example = (await run(portald, ['check-config', '--example'])).stdout;
    const uncommented = example.replace(/^#(\w+ = .+)$/gm, '$1');
    const named = (text) => {
        let table = '';
        return text.split('\n').flatMap((line) => {
            table = line.match(/^\[(\w+)\]/)?.[1] ?? table;
            const name = line.match(/^#?(\w+) =/)?.[1];
            return name ? [`${table}.${name}`] : [];
        });
    };
    const manual = (await run(portald, ['check-config', '--manual'])).stdout;
    const described = [...manual.matchAll(/^\.It Cm (\w+\.\w+)/gm)].map(([, name]) => name);
    assert.ok(described.length > 30, 'the manual was not read');
    assert.deepEqual([...named(uncommented)].sort(), [...described].sort());
    assert.equal((await check(example)).status, 0);
});

test('a settings file that others may read is warned of when it holds a password', async () => {
    const file = path.join(folder, 'open.toml');
    fs.writeFileSync(file, '[database]\nurl = "postgresql://portal:swordfish@127.0.0.1/portal"\n');
    fs.chmodSync(file, 0o644);
    const done = await run(portald, ['check-config', '--config', file]);
    assert.doesNotMatch(done.stdout + done.stderr, /swordfish/);
    assert.match(done.stderr, /open\.toml/);
});
