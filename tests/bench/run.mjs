// ./dev bench [NAME...] [--rounds N]: each comparison against its bar; 1 when one falls short.
import os from 'node:os';
import { accounts } from './accounts.mjs';
import { booking } from './bookings.mjs';
import { cli } from './cli.mjs';
import { equal } from './equal.mjs';
import { rss } from './memory.mjs';
import { page, slots_json } from './pages.mjs';
import { password_steps } from './passwords.mjs';
import { listing, visits } from './visits.mjs';

const benches = { page, slots: slots_json, booking, password: password_steps, accounts, equal, cli, rss, visits, listing };
const limit_ms = { preparation: 400_000, round: 60_000 };

function usage() {
    console.error(`usage: ./dev bench [${Object.keys(benches).join(' | ')}]... [--rounds N]`);
    process.exit(2);
}

function read_arguments(words) {
    const names = [];
    let rounds = 3;
    while (words.length > 0) {
        const word = words.shift();
        if (word === '--rounds') rounds = Number(words.shift());
        else if (word in benches) names.push(word);
        else usage();
    }
    if (!Number.isInteger(rounds) || rounds < 3 || rounds > 100) usage();
    return { names: names.length > 0 ? names : Object.keys(benches), rounds };
}

/** Everything that was started ends with the bench, however it ends. */
async function run_one(name, rounds) {
    const closers = [];
    const most = limit_ms.preparation + rounds * limit_ms.round;
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`not done in ${most / 1000} s`)), most).unref());
    try {
        return await Promise.race([benches[name]({ rounds, closers }), late]);
    } catch (error) {
        console.log(`bench ${name}: failed: ${error.stack}`);
        return false;
    } finally {
        for (const close of closers.reverse()) await close();
    }
}

const { names, rounds } = read_arguments(process.argv.slice(2));
console.log(`bench: ${os.availableParallelism()} cores, load ${os.loadavg().map((each) => each.toFixed(1)).join(' ')}, median of ${rounds}`);
let all_hold = true;
for (const name of names) all_hold = (await run_one(name, rounds)) && all_hold;
process.exit(all_hold ? 0 : 1);
