// Generated files are committed; here they are compared with what ./dev generate would write.
import assert from 'node:assert/strict';
import test from 'node:test';
import { extract_sentences, generated_from_binaries, generated_from_sources, left_over } from './generate.mjs';
import { read } from './tree.mjs';

function assert_fresh(made) {
    for (const [file, text] of made) assert.equal(read(file), text, `${file} is stale: run ./dev generate`);
}

test('what is generated from the sources is fresh', () => {
    assert_fresh(generated_from_sources());
});

test('what the binaries write of themselves is fresh', () => {
    const made = generated_from_binaries();
    assert_fresh(made);
    assert.deepEqual(left_over(made), []);
});

test('every sentence of the sources stands in every catalogue, translated', () => {
    extract_sentences('--check');
});
