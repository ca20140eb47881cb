// docs/developer-notes.md, "Sizes". Generated tables are .inc files and have no limit.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { files, read, top } from './tree.mjs';

const limits = { function: 60, file: 400, header: 150, test_file: 800, parameters: 4 };
const generated = new Set(['tests/package-lock.json']);

/** What may be longer, and how long it is: the list may only shrink. */
const exceptions = new Map(read('tests/lint/size.txt').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
    const [file, count] = line.split(/\s+/);
    return [file, Number(count)];
}));

const is_test = (file) => file.startsWith('tests/');
const lines = (file) => read(file).split('\n').length - 1;

test('no file is longer than its limit', () => {
    const long = [];
    for (const file of files(/\.(cpp|hpp|mjs|js|tpl|css|sh|txt|cmake)$|^dev$/)) {
        if (generated.has(file)) continue;
        const limit = exceptions.get(file) ?? (is_test(file) ? limits.test_file : file.endsWith('.hpp') ? limits.header : limits.file);
        if (lines(file) > limit) long.push(`${file}: ${lines(file)} lines, the limit is ${limit}`);
    }
    assert.deepEqual(long, []);
});

/** Macros that ctags would take for functions. */
const macros = ['BOOST_DESCRIBE_ENUM', 'BOOST_DESCRIBE_STRUCT', 'PORTAL_HELP', 'PORTAL_NO_FIELDS', 'PORTAL_TRY', 'PORTAL_TRYV'].flatMap((name) => ['-I', `${name}+`]);

function functions() {
    const sources = files(/\.(cpp|hpp)$/).filter((file) => !is_test(file));
    const listed = execFileSync('ctags', ['-L', '-', '--languages=C++', '--kinds-C++=f', '--fields=+neS', ...macros, '-o', '-'], { cwd: top, input: sources.join('\n'), encoding: 'utf8', maxBuffer: 1 << 28 });
    return listed.split('\n').filter((line) => /\tend:/.test(line)).map((line) => {
        const [name, file] = line.split('\t');
        const number = (field) => Number(line.match(new RegExp(`\\t${field}:(\\d+)`))[1]);
        return { name, file, length: number('end') - number('line') + 1, signature: line.match(/\tsignature:([^\t]*)/)?.[1] ?? '()' };
    });
}

/** Their shape is a C library's. */
const callbacks = new Set(['lib/store/sqlite/inspect.cpp: note_table', 'lib/net/mail.cpp: watch_commands']);

/** Commas at the top level of a signature, which is text like "(const std::map<int, int> & a, int b)". */
export function parameter_count(signature) {
    // What every call of the store has, Tx& and TenantId, counts as one.
    const inside = signature.slice(1, signature.lastIndexOf(')')).replace(/^Tx & tx,(?=base::TenantId tenant)/, '').trim();
    if (inside === '' || inside === 'void') return 0;
    let depth = 0;
    let count = 1;
    for (const letter of inside) {
        if ('<({['.includes(letter)) depth += 1;
        if ('>)}]'.includes(letter)) depth -= 1;
        if (letter === ',' && depth === 0) count += 1;
    }
    return count;
}

test('no function is longer than 60 lines', () => {
    const all = functions();
    assert.ok(all.length > 50, 'ctags found no functions');
    assert.deepEqual(all.filter(({ length }) => length > limits.function).map((f) => `${f.file}: ${f.name} has ${f.length} lines`), []);
});

test('no function takes more than four parameters', () => {
    assert.equal(parameter_count('(const std::map<int,int> & a,int b)'), 2);
    const wide = functions().filter(({ file, name, signature }) => !callbacks.has(`${file}: ${name}`) && parameter_count(signature) > limits.parameters);
    assert.deepEqual(wide.map((f) => `${f.file}: ${f.name}${f.signature}`), []);
});
