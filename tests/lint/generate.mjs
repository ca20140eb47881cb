// Writes the generated files (./dev generate); tests/lint/generated.test.mjs compares them.
// Without the binaries only those are made that need none (--before-build).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { outputs } from '../generate/all.mjs';
import { homes, library_modules } from './modules.mjs';
import { files, read, top } from './tree.mjs';

const build = process.env.PORTAL_BUILD ?? path.join(top, 'build/dev');

function output(program, args) {
    return execFileSync(path.join(build, program), args, { encoding: 'utf8', maxBuffer: 1 << 26, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } });
}

function module_table() {
    const libraries = library_modules();
    const third_party = (folder) => homes.filter(({ at }) => at.includes(folder)).map(({ library }) => library).join(', ') || '-';
    const rows = [...libraries].map(([name, [, ...uses]]) => `| ${name} | ${uses.join(', ') || '-'} | ${third_party(`lib/${name}`)} |`);
    rows.push(`| daemon | all of lib, never cli | ${third_party('daemon/http')} (daemon/http) |`);
    rows.push(`| cli | base, config, net, domain, api | ${third_party('cli')} |`);
    return ['| module | may use | third party |', '|---|---|---|', ...rows].join('\n');
}

function architecture() {
    const between = /(<!-- modules:[^>]*-->\n)[\s\S]*?(<!-- \/modules -->)/;
    return read('docs/architecture.md').replace(between, (_, begin, end) => `${begin}${module_table()}\n${end}`);
}

/** path -> what it should hold, for the files that need no binary. */
export function generated_from_sources() {
    return new Map([['docs/architecture.md', architecture()], ...Object.entries(outputs).map(([file, make]) => [file, make()])]);
}

/** lib/text/extract.sh writes the catalogues, or with --check says what they lack. */
export function extract_sentences(...args) {
    execFileSync('bash', [path.join(top, 'lib/text/extract.sh'), ...args], { encoding: 'utf8', stdio: 'pipe' });
}

/** The same for the files that the binaries write of themselves. */
export function generated_from_binaries() {
    const made = new Map([
        ['etc/portald.toml', output('daemon/portald', ['check-config', '--example'])],
        ['man/portald.toml.5', output('daemon/portald', ['check-config', '--manual'])],
    ]);
    for (const page of output('cli/portalctl', ['__man']).split('\n').filter(Boolean)) made.set(`man/${page}`, output('cli/portalctl', ['__man', page]));
    for (const shell of ['bash', 'zsh', 'fish']) made.set(`completions/portalctl.${shell}`, output('cli/portalctl', ['completion', shell]));
    return made;
}

/** Files of generated folders that nothing generates any more. */
export function left_over(made) {
    return files(/^man\/portalctl-.*\.1$/).filter((file) => !made.has(file));
}

function write(made) {
    for (const [file, text] of made) {
        if (fs.existsSync(path.join(top, file)) && read(file) === text) continue;
        fs.writeFileSync(path.join(top, file), text);
        console.log(`wrote ${file}`);
    }
}

if (process.argv[1] === import.meta.filename) {
    extract_sentences();
    write(generated_from_sources());
    if (!process.argv.includes('--before-build')) {
        const made = generated_from_binaries();
        write(made);
        for (const file of left_over(made)) {
            fs.unlinkSync(path.join(top, file));
            console.log(`removed ${file}`);
        }
    }
}
