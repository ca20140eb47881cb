// g++ 12.2 miscompiles lambdas, braces and ?: in an expression with co_await: double frees, some of
// them silent. docs/developer-notes.md, "Coroutines", lists the shapes.
import assert from 'node:assert/strict';
import test from 'node:test';
import { bare_cpp, cpp_files, places, read } from './tree.mjs';

const opens_block = /(\)|\belse|\bdo|\btry|\bconst|\bnoexcept|\boverride|>|[;{}:]|^)\s*$/;

function start_of_statement(text, at) {
    for (let i = at - 1; i >= 0; i -= 1) {
        if (text[i] === ';' || text[i] === '}') return { start: i + 1, braced: false };
        if (text[i] === '{') return { start: i + 1, braced: !opens_block.test(text.slice(Math.max(0, i - 200), i)) };
    }
    return { start: 0, braced: false };
}

function end_of_statement(text, at) {
    let depth = 0;
    for (let i = at; i < text.length; i += 1) {
        if (text[i] === '(') depth += 1;
        if (text[i] === ')') depth -= 1;
        if (depth < 0 || (text[i] === ';' && depth === 0)) return i;
    }
    return text.length;
}

/** Lines where an expression with co_await holds more than names, literals and constructor calls. */
export function faults(source) {
    const text = bare_cpp(source).replace(/\[\[[^\]]*\]\]/g, (found) => ' '.repeat(found.length));
    return [...text.matchAll(/\bco_await\b/g)].filter((found) => {
        const { start, braced } = start_of_statement(text, found.index);
        const statement = text.slice(start, end_of_statement(text, found.index));
        return braced || /[[{?]/.test(statement);
    }).map((found) => text.slice(0, found.index).split('\n').length);
}

test('no expression with co_await holds a lambda, braces or ?:', () => {
    const wrong = cpp_files().flatMap((file) => faults(read(file)).map((line) => `${file}:${line}`));
    assert.deepEqual(wrong, []);
});

test('the lint itself sees each bad shape and passes the good ones', () => {
    for (const bad of [
        'void f() { co_await g([t] { return t; }); }',
        'void f() { auto x = c ? co_await g() : 1; }',
        'void f() { std::array a{s, co_await g()}; }',
        'void f() { co_await g(Query{.sql = 1}); }',
        'void f() { co_await g({1, 2}); }',
    ]) assert.equal(faults(bad).length, 1, bad);
    for (const good of [
        'void f() { auto n = co_await g(a, std::move(b)); h(); }',
        'asio::awaitable<void> f() { for (;;) { co_await g(Timer(x)); } }',
        'void f() { if (co_await g(a)) { h({1}); } }',
    ]) assert.deepEqual(faults(good), [], good);
});

test('coroutines live in daemon/http alone', () => {
    const strays = cpp_files().filter((file) => !file.startsWith('daemon/http/'))
        .flatMap((file) => places(bare_cpp(read(file)), /\bco_(await|return|yield)\b/g).map(({ line }) => `${file}:${line}`));
    assert.deepEqual(strays, []);
});
