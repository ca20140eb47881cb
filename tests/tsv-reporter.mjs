// A reporter of node's test runner: one line a test, "path: name" TAB result. Suites are no tests.
import path from 'node:path';

const top = path.resolve(import.meta.dirname, '..');
const one_line = (text) => text.replace(/[\t\r\n]+/g, ' ');

function line(event, result) {
    const data = event.data;
    if (data.details?.type === 'suite') return '';
    const file = data.file ? path.relative(top, data.file) : 'tests';
    if (file === data.name || data.name === data.file) return result === 'passed' ? '' : `${file}: the file itself\tfailed\n`;
    const skipped = data.skip !== undefined || data.todo !== undefined;
    return `${file}: ${one_line(data.name)}\t${skipped ? 'skipped' : result}\n`;
}

export default async function* report(source) {
    for await (const event of source) {
        if (event.type === 'test:pass') yield line(event, 'passed');
        if (event.type === 'test:fail') yield line(event, 'failed');
    }
}
