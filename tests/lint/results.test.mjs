// The runner's own reading of reports: a failure or a crash must never count as passed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { check_engines, check_requirements, read_catch } from '../results.mjs';

const report = `<Catch name="x_test"><Group name="x_test">
<TestCase name="a passes &amp; holds" filename="../../tests/unit/x/a_test.cpp" line="3"><OverallResult success="true"/></TestCase>
<TestCase name="b fails" filename="/somewhere/tests/unit/x/b_test.cpp" line="5">
<Expression success="false" type="CHECK" filename="/somewhere/tests/unit/x/b_test.cpp" line="6"><Original> 1 == 2 </Original><Expanded> 1 == 2 </Expanded></Expression>
<OverallResult success="false"/></TestCase>
<TestCase name="c crashes" filename="tests/unit/x/c_test.cpp" line="9">`;

test('a report of Catch2 is read with its failures and its crash', () => {
    const { rows, failures } = read_catch(report, 'x_test');
    assert.deepEqual(rows, [
        { name: 'tests/unit/x/a_test.cpp: a passes & holds', result: 'passed' },
        { name: 'tests/unit/x/b_test.cpp: b fails', result: 'failed' },
        { name: 'tests/unit/x/c_test.cpp: c crashes', result: 'failed' },
    ]);
    assert.match(failures[0], /b_test\.cpp:6: 1 == 2/);
    assert.match(failures[1], /ended in the middle/);
});

test('a requirement counts only when each of its tests ran and passed', () => {
    const wanted = new Map([['A1', ['p: one']], ['A2', ['p: one', 'p: two']], ['A3', ['p: none']], ['A4', []], ['A5', ['p: both']]]);
    const rows = [['p: one', 'passed'], ['p: two', 'skipped'], ['p: both', 'failed'], ['p: both', 'passed']].map(([name, result]) => ({ name, result }));
    const { shown, all, short } = check_requirements(wanted, rows);
    assert.deepEqual([shown, all], [1, 5]);
    assert.equal(short.length, 4);
});

test('a test that ran on one engine only is named', () => {
    const rows = ['p: one (sqlite)', 'p: one (postgresql)', 'p: two (sqlite)', 'p: three'].map((name) => ({ name, result: 'passed' }));
    assert.deepEqual(check_engines(rows), { sqlite: 2, postgresql: 1, alone: ['p: two'] });
});
