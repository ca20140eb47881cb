// Figures: CPU of a server's processes, interleaved rounds, medians, and the line that says how a
// comparison ended.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';

const ticks_per_second = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

function process_tree(pid) {
    const children = fs.readdirSync(`/proc/${pid}/task`).flatMap((task) => {
        try {
            return fs.readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
        } catch {
            return []; // the thread has ended
        }
    });
    return [pid, ...children.flatMap(process_tree)];
}

/** User and system time of a process and its children so far, µs. */
export function cpu_us(pid) {
    return process_tree(pid).reduce((sum, each) => {
        const fields = fs.readFileSync(`/proc/${each}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
        return sum + ((Number(fields[11]) + Number(fields[12])) * 1e6) / ticks_per_second;
    }, 0);
}

/** CPU of the threads whose name fits, µs; to leave a part's own work out of a figure. */
export function thread_cpu_us(pid, fits) {
    return fs.readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
        const [, name, rest] = fs.readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8').match(/\((.*)\) (.*)/s);
        const fields = rest.split(' ');
        return fits.test(name) ? sum + ((Number(fields[11]) + Number(fields[12])) * 1e6) / ticks_per_second : sum;
    }, 0);
}

export function rss_mib(pid) {
    return Number(fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
}

export function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A B A B ...: medians of both, each measured `rounds` times in turn. */
export async function interleave(rounds, ours, reference) {
    const a = [];
    const b = [];
    for (let round = 0; round < rounds; round += 1) {
        a.push(await ours(round));
        b.push(await reference(round));
    }
    return { ours: median(a), reference: median(b), all: { ours: a, reference: b } };
}

const figure = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** Prints one comparison; true when it holds. `bar` is {most} or {least} of ours over reference. */
export function report(name, unit, { ours, reference }, bar) {
    const ratio = ours / reference;
    const holds = bar.most !== undefined ? ratio <= bar.most : ratio >= bar.least;
    const wanted = bar.most !== undefined ? `<=${bar.most}` : `>=${bar.least}`;
    console.log(`bench ${name}: ours ${figure(ours)} ${unit}, reference ${figure(reference)} ${unit}, ratio ${ratio.toFixed(2)}, bar ${wanted}: ${holds ? 'holds' : 'short'}`);
    return holds;
}

/** Prints one figure against a limit of its own. */
export function report_limit(name, unit, ours, most) {
    const holds = ours <= most;
    console.log(`bench ${name}: ours ${figure(ours)} ${unit}, bar <=${most} ${unit}: ${holds ? 'holds' : 'short'}`);
    return holds;
}

/** wrk for some seconds; {requests, bad}. */
export function wrk(url, { seconds = 3, connections = 16, threads = 1, headers = {}, script } = {}) {
    const args = ['-t', String(threads), '-c', String(connections), '-d', `${seconds}s`, ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]), ...(script ? ['-s', script] : []), url];
    return new Promise((resolve, reject) => {
        const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] });
        let text = '';
        child.stdout.on('data', (part) => { text += part; });
        child.on('error', reject);
        child.on('exit', (code) => {
            if (code !== 0) return reject(new Error(`wrk ended with ${code}: ${text}`));
            const requests = Number(text.match(/(\d+) requests in/)[1]);
            const bad = Number(text.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0);
            const took = Number(text.match(/requests in ([\d.]+)s/)[1]);
            resolve({ requests, bad, seconds: took });
        });
    });
}

/** CPU µs a request of the server `pid` while wrk asks it. */
export async function cpu_per_request(pid, url, options) {
    const before = cpu_us(pid);
    const { requests, bad } = await wrk(url, options);
    if (bad > 0) throw new Error(`${bad} of ${requests} answers were bad`);
    return (cpu_us(pid) - before) / requests;
}
