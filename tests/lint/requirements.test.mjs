// Both directions between docs/requirements.md and tests/requirements.toml. That the named tests ran
// and passed is checked at the end of ./dev test, from its report.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { read_requirements } from '../results.mjs';
import { read, top } from './tree.mjs';

const shown = () => read_requirements(path.join(top, 'tests/requirements.toml'));

function documented() {
    const rows = new Map();
    for (const line of read('docs/requirements.md').split('\n')) {
        const id = line.match(/^\| ([KRCPGXDLN]\d+) \|/)?.[1];
        if (!id) continue;
        assert.ok(!rows.has(id), `docs/requirements.md has ${id} twice`);
        rows.set(id, line.replace(/\\\|/g, '').split('|').at(-2).trim());
    }
    return rows;
}

test('every shown requirement is documented with the version since which it holds, and back', () => {
    const rows = documented();
    assert.ok(rows.size > 200, 'the table was not read');
    for (const id of shown().keys()) {
        assert.ok(rows.has(id), `tests/requirements.toml names ${id}, which docs/requirements.md lacks`);
        assert.match(rows.get(id), /^\d+\.\d+\.\d+$/, `${id} is shown but has no version in column since`);
    }
    for (const [id, since] of rows) assert.ok(since === '' || shown().has(id), `${id} holds since ${since} but tests/requirements.toml lacks it`);
});

test('every test that a requirement names stands in its file', () => {
    for (const [id, names] of shown()) {
        for (const name of names) {
            const [file, ...rest] = name.split(': ');
            assert.match(file, /^tests\/(functional|browser|unit|store|lint)\//, `${id}: ${file}`);
            assert.ok(fs.existsSync(path.join(top, file)), `${id}: no file ${file}`);
            const sentence = rest.join(': ').replace(/ \((sqlite|postgresql)\)$/, '').replace(/ - (sqlite|postgresql)$/, '').replace(/ \((sv|da|en)\)$/, '');
            assert.ok(read(file).includes(sentence), `${id}: ${file} has no test "${sentence}"`);
        }
    }
});
