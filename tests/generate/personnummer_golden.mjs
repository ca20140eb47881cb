// Writes tests/golden/personnummer.tsv: numbers, right and wrong, and the twelve digits that the
// package personnummer makes of them, or "-". tests/unit/domain/national_id_test.cpp reads it.
import { createRequire } from 'node:module';
import personnummer from 'personnummer';

const { version } = createRequire(import.meta.url)('personnummer/package.json');
const Personnummer = personnummer.default ?? personnummer;

export function golden() {
    let state = 19121212;
    const below = (bound) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * bound);
    };
    const two = (number) => String(number).padStart(2, '0');
    const judged = (text) => {
        try {
            return Personnummer.parse(text, { allowInterimNumber: false }).format(true).replace(/\D/g, '');
        } catch {
            return '-';
        }
    };
    const lines = new Set();
    for (let i = 0; i < 600; i += 1) {
        const year = 1900 + below(126);
        const day = 1 + below(31) + (below(4) === 0 ? 60 : 0);
        const front = `${year}${two(1 + below(12))}${two(day)}`;
        const serial = String(below(1000)).padStart(3, '0');
        // Every tenth check digit is right, so that all ten are tried.
        for (let check = 0; check < 10; check += 1) {
            if (check % 3 !== i % 3) continue;
            const text = `${front}-${serial}${check}`;
            lines.add(`${text}\t${judged(text)}`);
        }
        const right = [...Array(10).keys()].find((check) => judged(`${front}${serial}${check}`) !== '-');
        if (right !== undefined) lines.add(`${front}${serial}${right}\t${judged(`${front}${serial}${right}`)}`);
    }
    return `# Made by ./dev generate (tests/generate/personnummer_golden.mjs) with personnummer ${version}: text, canonical\n${[...lines].join('\n')}\n`;
}

export const outputs = { 'tests/golden/personnummer.tsv': golden };
