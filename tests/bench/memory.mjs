// What portald holds after its start and one page.
import { median, report_limit, rss_mib } from './measure.mjs';
import { start_portal } from './setup.mjs';

export async function rss({ rounds, closers }) {
    const { portal } = await start_portal();
    closers.push(() => portal.close());
    const figures = [];
    for (let round = 0; round < rounds; round += 1) {
        await portal.stop();
        await portal.serve();
        await portal.client('demo').get('/login');
        figures.push(rss_mib(portal.child.pid));
    }
    return report_limit('rss', 'MiB', median(figures), 40);
}
