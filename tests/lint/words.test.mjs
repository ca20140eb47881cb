// Words that may not be written, or only in some place.
import assert from 'node:assert/strict';
import test from 'node:test';
import { bare_cpp, cpp_files, files, places, read } from './tree.mjs';

function strays(pattern, may_stand) {
    return cpp_files().filter((file) => !may_stand(file))
        .flatMap((file) => places(bare_cpp(read(file)), pattern).map(({ line, text }) => `${file}:${line}: ${text.trim()}`));
}
const in_base_or_tests = (file) => file.startsWith('lib/base/') || file.startsWith('tests/');

test('only lib/base asks the machine for the time', () => {
    const time = /\b(system_clock|steady_clock|high_resolution_clock|utc_clock)::now\b|\b(gettimeofday|clock_gettime|std::time|localtime(_r)?|gmtime(_r)?|mktime)\s*\(|[^\w.:>]time\s*\(\s*(nullptr|0|NULL|&)/g;
    assert.deepEqual(strays(time, in_base_or_tests), []);
});

test('only lib/base makes randomness', () => {
    const random = /\b(random_device|mt19937(_64)?|default_random_engine|getrandom|getentropy|arc4random\w*|randombytes_\w+|RAND_bytes)\b|[^\w.:>]s?rand\s*\(/g;
    assert.deepEqual(strays(random, in_base_or_tests), []);
});

test('nothing sleeps outside lib/base', () => {
    const sleep = /\b(sleep_for|sleep_until|usleep|nanosleep)\b|[^\w.:>]sleep\s*\(/g;
    assert.deepEqual(strays(sleep, (file) => file.startsWith('lib/base/')), []);
});

test('nothing uses std::regex', () => {
    assert.deepEqual(strays(/\bstd::w?regex\b|#\s*include\s*<regex>/g, () => false), []);
});

test('nothing holds a TODO, a FIXME or commented-out code', () => {
    const wrong = files(/\.(cpp|hpp|mjs|js|tpl|css)$|^dev$|CMakeLists\.txt$/).filter((file) => file !== 'tests/lint/words.test.mjs')
        .flatMap((file) => places(read(file), /\b(TODO|FIXME|XXX|HACK)\b|^[ \t]*\/\/[ \t]*[\w:.>()-]+\([^)]*\);[ \t]*$/gm).map(({ line, text }) => `${file}:${line}: ${text.trim()}`));
    assert.deepEqual(wrong, []);
});

test('what is personal is revealed in listed places only', () => {
    const ceiling = new Map(read('tests/lint/reveal.txt').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
        const [file, count] = line.split(/\s+/);
        return [file, Number(count)];
    }));
    const counted = cpp_files().filter((file) => !file.startsWith('tests/')).map((file) => [file, places(bare_cpp(read(file)), /(\.|->)reveal\s*\(/g).length]).filter(([, count]) => count > 0);
    const over = counted.filter(([file, count]) => count > (ceiling.get(file) ?? 0)).map(([file, count]) => `${file}: ${count} .reveal(), listed ${ceiling.get(file) ?? 0}`);
    const found = new Map(counted);
    const stale = [...ceiling].filter(([file, count]) => (found.get(file) ?? 0) < count).map(([file, count]) => `${file}: ${found.get(file) ?? 0} .reveal(), lower the listed ${count}`);
    assert.deepEqual([...over, ...stale], []);
});
