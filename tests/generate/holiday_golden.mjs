// Writes tests/golden/holidays.tsv: country, date, "law" or "custom", as the package date-holidays
// knows them (its type "public", and the eves that it lists as "bank" or "observance").
// tests/unit/domain/holiday_test.cpp reads it. The package is large and needed here only, so it is
// not among the tests' own:
//   npm install --ignore-scripts --prefix DIR date-holidays@3.37.0
//   node tests/generate/holiday_golden.mjs DIR
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const need = createRequire(resolve(process.argv[2], 'none.js'));
const Holidays = need('date-holidays');
const { version } = need('date-holidays/package.json');
const customs = { SE: ['Midsummer Eve', 'Christmas Eve', "New Year's Eve"], DK: ['Constitution Day', 'Christmas Eve'] };

function rows(country, year) {
    const kinds = new Map();
    const listed = new Holidays(country, { languages: ['en'] }).getHolidays(year);
    for (const { date, type, name, rule } of listed) {
        // The package knows the Swedish Whit Monday as no holiday in any year; it was one to 2004
        // (lag 2004:1320), as other calendars have it.
        const whit_monday = country === 'SE' && year < 2005 && rule === 'easter 50';
        const kind = type === 'public' || whit_monday ? 'law' : customs[country].includes(name) || rule === '06-05' ? 'custom' : undefined;
        if (kind && kinds.get(date.slice(0, 10)) !== 'law') kinds.set(date.slice(0, 10), kind);
    }
    if (country === 'DK') kinds.set(`${year}-12-31`, 'custom'); // the package has no Danish New Year's Eve
    return [...kinds].sort().map(([date, kind]) => `${country.toLowerCase()}\t${date}\t${kind}`);
}

const lines = ['SE', 'DK'].flatMap((country) => Array.from({ length: 111 }, (_, i) => rows(country, 1990 + i)).flat());
writeFileSync(new URL('../golden/holidays.tsv', import.meta.url), `# Made by tests/generate/holiday_golden.mjs with date-holidays ${version}: country, date, kind\n${lines.join('\n')}\n`);
