// Runs everything that ./dev test promises and says how it ended: the Catch2 binaries, then the
// lints and the functional and browser tests. Writes build/tests.tsv and the closing line.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check_engines, check_requirements, read_catch, read_requirements, read_tsv, write_tsv } from './results.mjs';

const top = path.resolve(import.meta.dirname, '..');
const build = process.env.PORTAL_BUILD ?? path.join(top, 'build/dev');
const results = path.join(top, 'build/results');
const unit_limit_ms = 5 * 60_000;
const long = process.env.PORTAL_TEST_LONG === '1';

function run(command, args, options = {}) {
    return new Promise((resolve) => {
        const child = spawn(command, args, { cwd: top, stdio: ['ignore', 'inherit', 'inherit'], ...options });
        child.on('error', () => resolve(127));
        child.on('exit', (code, signal) => resolve(code ?? signal));
    });
}

async function run_catch(binary) {
    const name = path.basename(binary);
    const report = path.join(results, `${name}.xml`);
    const started = Date.now();
    const ended = await run(binary, ['-r', 'xml', '-o', report], { timeout: unit_limit_ms, killSignal: 'SIGKILL' });
    const xml = fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : '';
    const { rows, failures } = read_catch(xml, name);
    if (ended !== 0 && failures.length === 0) {
        rows.push({ name: `tests: ${name} ends well`, result: 'failed' });
        failures.push(`${name}: ended with ${ended}`);
    }
    const bad = rows.filter((row) => row.result === 'failed').length;
    console.log(`${bad === 0 ? 'ok' : 'NOT OK'} ${name}: ${rows.length} tests, ${bad} failed, ${((Date.now() - started) / 1000).toFixed(1)} s`);
    for (const failure of failures) console.log(failure);
    return rows;
}

async function run_unit_tests() {
    const folder = path.join(build, 'tests');
    const binaries = fs.readdirSync(folder).filter((file) => file.endsWith('_test')).map((file) => path.join(folder, file));
    const rows = [];
    const worker = async () => {
        for (let next = binaries.shift(); next; next = binaries.shift()) rows.push(...(await run_catch(next)));
    };
    await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
    return rows;
}

function node_test_files() {
    return ['lint', 'functional', 'browser'].flatMap((folder) => {
        const at = path.join(top, 'tests', folder);
        if (!fs.existsSync(at)) return [];
        return fs.readdirSync(at).filter((file) => file.endsWith('.test.mjs')).sort().map((file) => path.join(at, file));
    });
}

async function run_node_tests() {
    const tsv = path.join(results, 'node.tsv');
    const ended = await run(process.execPath, [
        '--disable-warning=ExperimentalWarning', '--test', `--test-concurrency=${os.availableParallelism()}`, `--test-timeout=${(long ? 40 : 8) * 60_000}`,
        '--test-reporter=spec', '--test-reporter-destination=stdout',
        `--test-reporter=${path.join(top, 'tests/tsv-reporter.mjs')}`, `--test-reporter-destination=${tsv}`,
        ...node_test_files(),
    ], { env: { ...process.env, PORTAL_BUILD: build } });
    const rows = read_tsv(tsv);
    if (ended !== 0 && !rows.some((row) => row.result === 'failed')) rows.push({ name: 'tests: the node tests end well', result: 'failed' });
    return rows;
}

function check_rows(rows) {
    const { sqlite, postgresql, alone } = check_engines(rows);
    for (const name of alone) console.log(`on one engine only: ${name}`);
    console.log(`engines: ${sqlite} tests on sqlite, ${postgresql} on postgresql`);
    rows.push({ name: 'tests: what runs on one engine runs on the other', result: alone.length === 0 && sqlite > 0 ? 'passed' : 'failed' });
    const { shown, all, short } = check_requirements(read_requirements(path.join(top, 'tests/requirements.toml')), rows);
    for (const line of short) console.log(`not shown: ${line}`);
    console.log(`requirements: ${shown} of ${all} rows shown`);
    rows.push({ name: 'tests/requirements.toml: every row is shown by tests that passed', result: short.length === 0 ? 'passed' : 'failed' });
}

fs.rmSync(results, { recursive: true, force: true });
fs.mkdirSync(results, { recursive: true });
const rows = [...(await run_unit_tests()), ...(await run_node_tests())];
check_rows(rows);
write_tsv(path.join(top, 'build/tests.tsv'), rows);
const count = (result) => rows.filter((row) => row.result === result).length;
const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(count);
for (const row of rows.filter((row) => row.result === 'failed')) console.log(`failed: ${row.name}`);
fs.writeFileSync(path.join(top, 'build/closing-line'), `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
