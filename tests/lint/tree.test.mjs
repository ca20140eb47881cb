// The tree as a whole: what stands at the top, and what no file may name.
import assert from 'node:assert/strict';
import test from 'node:test';
import { files, places, read } from './tree.mjs';

const top_level = [
    '.ci', '.clang-format', '.editorconfig', '.gitignore', 'CHANGELOG.md', 'CMakeLists.txt', 'CMakePresets.json', 'README.md',
    'cli', 'completions', 'daemon', 'dev', 'docs', 'etc', 'lib', 'man', 'tests',
];

test('the top level holds what the README explains and nothing else', () => {
    const found = [...new Set(files().map((file) => file.split('/')[0]))];
    assert.deepEqual(found.filter((name) => !top_level.includes(name)), []);
    const readme = read('README.md');
    for (const folder of found.filter((name) => files().some((file) => file.startsWith(`${name}/`)))) {
        assert.ok(readme.includes(`\`${folder}/\``), `README.md says nothing of ${folder}/`);
    }
});

test('no folder is called common, util, misc or helpers', () => {
    assert.deepEqual(files(/(^|\/)(common|utils?|misc|helpers)\//), []);
});

test('no file names a path of one machine', () => {
    const machine = /(^|[\s"'`=(])\/(tmp|root|home|work)\/[A-Za-z0-9_.-]+/gm;
    const wrong = files().filter((file) => !/\.(png|ico|woff2?)$/.test(file) && file !== 'tests/lint/tree.test.mjs')
        .flatMap((file) => places(read(file), machine).map(({ line, text }) => `${file}:${line}: ${text.trim()}`));
    assert.deepEqual(wrong, []);
});

test('the lock file pins every tool and names no registry', () => {
    const lock = JSON.parse(read('tests/package-lock.json'));
    assert.deepEqual(Object.entries(lock.packages).filter(([, entry]) => entry.resolved).map(([name]) => name), []);
    const tools = JSON.parse(read('tests/package.json'));
    for (const [name, version] of Object.entries({ ...tools.dependencies, ...tools.optionalDependencies })) {
        assert.match(version, /^\d+\.\d+\.\d+$/, `${name} is not pinned`);
    }
});

test('every folder below lib, daemon and cli has a purpose of its own: no header without a comment', () => {
    const bare = files(/^(lib|daemon|cli)\/.*\.hpp$/).filter((file) => !read(file).trimStart().startsWith('//'));
    assert.deepEqual(bare, []);
});
