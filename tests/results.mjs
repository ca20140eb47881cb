// What ran and how it ended: rows of {name, result}, name being "path: sentence".
import fs from 'node:fs';
import path from 'node:path';

const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
const plain = (text) => text.replace(/&(lt|gt|quot|apos|amp);/g, (mark) => entities[mark]).replace(/&#x?[0-9a-f]+;/gi, ' ');
const attribute = (tag, name) => plain(tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '');

/** Rows of one Catch2 run from its XML report (-r xml); `failures` holds what to print. */
export function read_catch(xml, binary) {
    const rows = [];
    const failures = [];
    for (const part of xml.split(/(?=<TestCase )/).slice(1)) {
        const tag = part.slice(0, part.indexOf('>'));
        const file = attribute(tag, 'filename').replace(/^.*?(?=tests\/)/, '');
        const name = `${file}: ${attribute(tag, 'name').trim()}`;
        const ended = part.match(/<OverallResult success="(\w+)"/);
        const passed = ended?.[1] === 'true';
        rows.push({ name, result: passed ? 'passed' : 'failed' });
        if (!passed) failures.push(`${binary}: ${name}\n${explain(part)}`);
    }
    return { rows, failures };
}

function explain(part) {
    const lines = [];
    const failed = /<Expression success="false"([^>]*)>([\s\S]*?)<\/Expression>|<(Exception|Failure|FatalErrorCondition)([^>]*)>([\s\S]*?)<\/\3>/g;
    for (const found of part.matchAll(failed)) {
        const place = `${attribute(found[1] ?? found[4], 'filename')}:${attribute(found[1] ?? found[4], 'line')}`;
        const text = plain((found[2] ?? found[5]).replace(/<\/?\w+[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
        lines.push(`    ${place}: ${text}`);
    }
    return lines.length > 0 ? lines.slice(0, 10).join('\n') : '    ended in the middle';
}

export function read_tsv(file) {
    if (!fs.existsSync(file)) return [];
    return fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => {
        const [name, result] = line.split('\t');
        return { name, result };
    });
}

export function write_tsv(file, rows) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, rows.map((row) => `${row.name}\t${row.result}\n`).join(''));
}

/** tests/requirements.toml: `K1 = ["path: sentence", ...]`, lists over one line or several. */
export function read_requirements(file) {
    const text = fs.readFileSync(file, 'utf8').replace(/^\s*#.*$/gm, '');
    const rows = new Map();
    for (const [, id, list] of text.matchAll(/^(\w+)\s*=\s*\[([\s\S]*?)\]\s*$/gm)) {
        if (rows.has(id)) throw new Error(`${file}: ${id} stands twice`);
        rows.set(id, [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, name]) => JSON.parse(`"${name}"`)));
    }
    return rows;
}

/** A row is shown when every test that it names ran and passed. */
export function check_requirements(requirements, rows) {
    const ended = new Map();
    for (const { name, result } of rows) {
        if (ended.get(name) !== 'failed') ended.set(name, result);
    }
    const short = [];
    for (const [id, names] of requirements) {
        if (names.length === 0) short.push(`${id}: names no test`);
        for (const name of names) {
            if (ended.get(name) !== 'passed') short.push(`${id}: "${name}" ${ended.get(name) ?? 'did not run'}`);
        }
    }
    const ids = new Set(short.map((line) => line.split(':')[0]));
    return { shown: requirements.size - ids.size, all: requirements.size, short };
}

/** Tests that ran on one engine only; a name ends with its engine. */
export function check_engines(rows) {
    const on = (engine) => new Set(rows.filter(({ name }) => name.endsWith(` (${engine})`)).map(({ name }) => name.slice(0, -engine.length - 3)));
    const [sqlite, postgresql] = [on('sqlite'), on('postgresql')];
    const alone = [...[...sqlite].filter((name) => !postgresql.has(name)), ...[...postgresql].filter((name) => !sqlite.has(name))];
    return { sqlite: sqlite.size, postgresql: postgresql.size, alone };
}
