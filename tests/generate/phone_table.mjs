// Writes lib/domain/phone_table.inc: which national numbers of Sweden, Denmark, Norway and Finland
// exist and of what kind, as ranges of plain numbers, so that nothing matches patterns at run time.
// Source: the numbering-plan metadata in libphonenumber-js (Google's, Apache 2.0).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const package_folder = dirname(createRequire(import.meta.url).resolve('libphonenumber-js/package.json'));
const metadata = JSON.parse(readFileSync(join(package_folder, 'metadata.max.json')));
const { version } = JSON.parse(readFileSync(join(package_folder, 'package.json')));

// A calling code and its territories; of the two, the one whose leading digits fit.
const plans = [['45', ['DK']], ['46', ['SE']], ['47', ['SJ', 'NO']], ['358', ['AX', 'FI']]];
// In the library's order of precedence; null: refused.
const kinds = [[3, null], [2, null], [9, null], [8, 'other'], [4, 'other'], [7, null], [6, 'other'], [5, null]];
const least_length = 6; // shorter ones are short codes

// ---- a pattern of digits, classes, groups, alternatives and counts as a small automaton ----

function parse(pattern) {
    let at = 0;
    const alternatives = () => {
        const options = [sequence()];
        while (pattern[at] === '|') { at += 1; options.push(sequence()); }
        return { options };
    };
    const sequence = () => {
        const items = [];
        while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') items.push(counted(atom()));
        return { items };
    };
    const atom = () => {
        if (pattern.startsWith('(?:', at)) {
            at += 3;
            const group = alternatives();
            at += 1;
            return group;
        }
        if (pattern.startsWith('\\d', at)) { at += 2; return { digits: '0123456789' }; }
        if (pattern[at] === '[') {
            const end = pattern.indexOf(']', at);
            const inside = pattern.slice(at + 1, end).replace(/(\d)-(\d)/g, (_, a, b) => '0123456789'.slice(+a, +b + 1));
            at = end + 1;
            return { digits: inside };
        }
        if (/\d/.test(pattern[at])) { at += 1; return { digits: pattern[at - 1] }; }
        throw new Error(`cannot read ${pattern} at ${at}`);
    };
    const counted = (node) => {
        const count = /^(?:\{(\d+)(?:,(\d+))?\}|(\?))/.exec(pattern.slice(at));
        if (!count) return node;
        at += count[0].length;
        const least = count[3] ? 0 : +count[1];
        const most = count[3] ? 1 : +(count[2] ?? count[1]);
        const optional = { options: [node, { items: [] }] };
        return { items: Array.from({ length: most }, (_, i) => (i < least ? node : optional)) };
    };
    const tree = alternatives();
    if (at !== pattern.length) throw new Error(`cannot read ${pattern} at ${at}`);
    return tree;
}

function compile(pattern) {
    const states = []; // each {digits, next} or {jumps}
    const add = (state) => states.push(state) - 1;
    const build = (node, next) => {
        if (node.digits !== undefined) return add({ digits: node.digits, next });
        if (node.options) return add({ jumps: node.options.map((option) => build(option, next)) });
        return node.items.reduceRight((then, item) => build(item, then), next);
    };
    const accept = add({ jumps: [] });
    const start = build(parse(pattern), accept);
    const close = (wanted) => {
        const seen = new Set();
        const visit = (i) => {
            if (seen.has(i)) return;
            seen.add(i);
            states[i].jumps?.forEach(visit);
        };
        wanted.forEach(visit);
        return [...seen].sort((a, b) => a - b);
    };
    return {
        start: close([start]),
        step: (set, digit) => close(set.filter((i) => states[i].digits?.includes(digit)).map((i) => states[i].next)),
        accepts: (set) => set.includes(accept),
    };
}

// ---- the ranges of one length ----

function matchers(country) {
    const [, , general, lengths] = metadata.countries[country];
    const types = metadata.countries[country][11];
    const of_type = (i) => types[i] && { machine: compile(types[i][0]), lengths: types[i][1] ?? lengths };
    return { general: compile(general), leading: metadata.countries[country][10], lengths, types: types.map((_, i) => of_type(i)) };
}

/** The kind of a number whose every automaton stands at its end. */
function kind_of({ types }, sets, length) {
    const fits = (i) => types[i] && types[i].lengths.includes(length) && types[i].machine.accepts(sets[i]);
    for (const [i, kind] of kinds) if (fits(i)) return kind;
    if (fits(1)) return 'mobile';
    return fits(0) ? 'fixed' : null;
}

/** Ranges [first, last, kind] of the numbers of `length` digits that begin with `prefix`. */
function ranges(matcher, length) {
    const memo = new Map();
    const descend = (general, sets, left) => {
        if (general.length === 0) return [];
        if (left === 0) {
            const kind = matcher.general.accepts(general) ? kind_of(matcher, sets, length) : null;
            return kind ? [[0, 0, kind]] : [];
        }
        const key = JSON.stringify([general, sets, left]);
        if (memo.has(key)) return memo.get(key);
        const found = [];
        for (let digit = 0; digit < 10; digit += 1) {
            const inner = descend(matcher.general.step(general, `${digit}`), sets.map((set, i) => set && matcher.types[i].machine.step(set, `${digit}`)), left - 1);
            const base = digit * 10 ** (left - 1);
            for (const [first, last, kind] of inner) append(found, [base + first, base + last, kind]);
        }
        memo.set(key, found);
        return found;
    };
    return descend(matcher.general.start, matcher.types.map((type) => type && type.machine.start), length);
}

function append(list, [first, last, kind]) {
    const previous = list.at(-1);
    if (previous && previous[2] === kind && previous[1] + 1 === first) previous[1] = last;
    else list.push([first, last, kind]);
}

/** Of the territories with one calling code, the first whose leading digits fit; else the last. */
function territory_ranges(countries, length) {
    const all = countries.map(matchers);
    const claimed = (number) => all.findIndex((m, i) => i === all.length - 1 || new RegExp(`^(?:${m.leading})`).test(number));
    const found = [];
    all.forEach((matcher, i) => {
        if (!matcher.lengths.includes(length)) return;
        for (const range of ranges(matcher, length))
            for (const part of split(range, length)) if (claimed(String(part[0]).padStart(length, '0')) === i) found.push(part);
    });
    const merged = [];
    found.sort((a, b) => a[0] - b[0]).forEach((range) => append(merged, [...range]));
    return merged;
}

/** A range cut at every change of its first two digits, which decide the territory. */
function split([first, last, kind], length) {
    const unit = 10 ** (length - 2);
    const parts = [];
    for (let from = first; from <= last;) {
        const to = Math.min(last, (Math.floor(from / unit) + 1) * unit - 1);
        parts.push([from, to, kind]);
        from = to + 1;
    }
    return parts;
}

export function table() {
    const rows = [];
    for (const [code, countries] of plans)
        for (let length = least_length; length <= 15 - code.length; length += 1)
            for (const [first, last, kind] of territory_ranges(countries, length)) rows.push(`{${code}, ${length}, ${first}, ${last}, PhoneKind::${kind}},`);
    return [
        '// Made by ./dev generate (tests/generate/phone_table.mjs) from the numbering plans in',
        `// libphonenumber-js ${version}; do not edit. Calling code, digits, first, last, kind; sorted.`,
        ...rows, ''].join('\n');
}

export const outputs = { 'lib/domain/phone_table.inc': table };
