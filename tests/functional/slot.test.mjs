// Free times through the real interface on the days when the clocks change. The oracle is the zone
// data of the test's own ICU, not portald's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { make_clinic } from './clinic.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const days = [
    ['the day that loses an hour', '2027-03-28'],
    ['the day that gains an hour', '2027-10-31'],
    ['a day like any other', '2027-06-13'],
];
const zones = ['Europe/Stockholm', 'Europe/Copenhagen'];
const half_hour = 30 * 60_000;

/** "2027-03-28 01:30" of an instant, by ICU. */
function local_text(zone, ms) {
    const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' }).formatToParts(ms).map(({ type, value }) => [type, value]));
    return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** Every half hour whose local time lies in [00:00, 06:00) of the date, as a clock on the wall shows it. */
function expected(zone, date) {
    const first = Date.parse(`${date}T00:00:00Z`) - 3 * 3_600_000;
    return Array.from({ length: 48 }, (_, i) => first + i * half_hour)
        .map((ms) => ({ starts: new Date(ms).toISOString().replace('.000Z', 'Z'), local: local_text(zone, ms) }))
        .filter(({ local }) => local.startsWith(date) && local.slice(11) < '06:00');
}

on_each_engine((engine, named) => {
    let portal;
    before(async () => {
        portal = await Portal.start({ engine });
        for (const [i, zone] of zones.entries()) {
            await make_clinic(portal, `clinic${i}`, { zone, rules: ['sun 00:00-06:00'] });
            await portal.ask(['visit-type', 'create', '-T', `clinic${i}`, 'Night', '--duration-minutes', '30', '--kind', 'physical', '--horizon-days', '730']);
        }
    });
    after(() => portal?.close());

    test(named('free times follow the rules’ local hours on both days when the clocks change'), async () => {
        const hours = [];
        for (const [i, zone] of zones.entries()) {
            for (const [what, date] of days) {
                const { items, zone: told } = await portal.ask(['slot', 'list', '-T', `clinic${i}`, '--staff', `anna@clinic${i}.example`, '--visit-type', 'Night', '--from', date, '--days', '1']);
                assert.equal(told, zone);
                assert.deepEqual(items.map(({ starts, local }) => ({ starts, local })), expected(zone, date), `${zone}, ${what}`);
                hours.push(items.length / 2);
            }
        }
        assert.deepEqual(hours, [5, 7, 6, 5, 7, 6]);
    });
});
