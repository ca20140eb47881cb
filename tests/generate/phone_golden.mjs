// Writes tests/golden/phones.tsv: numbers as people write them, and what libphonenumber-js makes of
// them: text, region, E.164 or "-" where it is refused, kind. tests/unit/domain/phone_test.cpp reads it.
import { createRequire } from 'node:module';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { table } from './phone_table.mjs';

const { version } = createRequire(import.meta.url)('libphonenumber-js/package.json');
const regions = { 45: 'DK', 46: 'SE', 47: 'NO', 358: 'FI' };
const trunk = { 45: '', 46: '0', 47: '', 358: '0' };
const refused = new Set(['PREMIUM_RATE', 'TOLL_FREE', 'SHARED_COST', 'PAGER', 'VOICEMAIL']);
const kinds = { MOBILE: 'mobile', FIXED_LINE_OR_MOBILE: 'mobile', FIXED_LINE: 'fixed' };

/** A linear congruential sequence: the file is the same each time. */
let state = 20261121;
const below = (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
};

const spaced = (digits, sign) => digits.replace(/(\d{2,3})(?=\d{4})/, `$1${sign}`).replace(/(\d{3})(?=\d{2,3}$)/, `$1${sign === '.' ? '.' : ' '}`);
const styles = [
    (code, digits) => `+${code}${digits}`,
    (code, digits) => `00${code} ${spaced(digits, ' ')}`,
    (code, digits) => `${trunk[code]}${digits}`,
    (code, digits) => `${trunk[code]}${spaced(digits, '-')}`,
    (code, digits) => `+${code} ${spaced(digits, ' ')}`,
    (code, digits) => (trunk[code] ? `+${code} (0)${spaced(digits, ' ')}` : `+${code}-${digits}`),
    (code, digits) => `${trunk[code]}${spaced(digits, '.')}`,
];

function expected(text, region, code) {
    const parsed = parsePhoneNumberFromString(text, { defaultCountry: region, extract: false });
    const type = parsed?.getType();
    if (!type || refused.has(type) || parsed.countryCallingCode !== code || parsed.nationalNumber.length < 6) return '-\t-';
    return `${parsed.number}\t${kinds[type] ?? 'other'}`;
}

/** The edges of every range and what lies just beside them, and numbers drawn at random. */
function numbers() {
    const list = [];
    for (const row of table().split('\n').filter((line) => line.startsWith('{'))) {
        const [code, length, first, last] = row.slice(1).split(',').map(Number);
        const near = [first, last, first - 1, last + 1, first + below(last - first + 1)];
        for (const number of near) if (number >= 0 && number < 10 ** length) list.push([String(code), String(number).padStart(length, '0')]);
    }
    for (const code of Object.keys(regions))
        for (let i = 0; i < 500; i += 1) {
            const length = 5 + below(8);
            list.push([code, Array.from({ length }, () => below(10)).join('')]);
        }
    return list;
}

export function golden() {
    const lines = new Set();
    for (const [code, digits] of numbers()) {
        if (digits.startsWith('0')) continue;
        const text = styles[below(styles.length)](code, digits);
        lines.add(`${text}\t${regions[code]}\t${expected(text, regions[code], code)}`);
    }
    return `# Made by ./dev generate (tests/generate/phone_golden.mjs) with libphonenumber-js ${version}: text, region, E.164, kind\n${[...lines].join('\n')}\n`;
}

export const outputs = { 'tests/golden/phones.tsv': () => { state = 20261121; return golden(); } };
