// The matrix's requests to calendars and to the time machine, each of which would succeed.
import { find_forms } from './html.mjs';

const nobodys = '00000000-0000-4000-8000-000000000000';
const calendar_form = async (world, name) => ({ form_token: await world.token(name, '/calendar', '/calendar') });

/** A new address of this principal's calendar, as the page shows it this once; without its host. */
async function new_address(world, name) {
    const made = await world.page(name, { method: 'POST', path: '/calendar', fields: await calendar_form(world, name) });
    return made.body.match(/\/calendar\/[\w-]{43}\.ics/)?.[0];
}

/** The id of a feed that this principal has just made; nobody's where they may make none. */
async function feed_of(world, name) {
    await new_address(world, name);
    const shown = await world.page(name, { method: 'GET', path: '/calendar' });
    return find_forms(shown.body).find(({ action }) => action === '/calendar/address/stop')?.field('feed').value ?? nobodys;
}

export const calendar_requests = {
    'GET /calendar': async () => ({ method: 'GET', path: '/calendar' }),
    'POST /calendar': async (world, name) => ({ method: 'POST', path: '/calendar', fields: await calendar_form(world, name) }),
    'POST /calendar/address/stop': async (world, name) => ({ method: 'POST', path: '/calendar/address/stop', fields: { feed: await feed_of(world, name), ...await calendar_form(world, name) } }),
    'GET /calendar/{file}': async (world) => {
        world.calendar ??= await new_address(world, 'staff');
        return { method: 'GET', path: world.calendar };
    },
    'GET /bookings/{id}/calendar.ics': async (world, name) => ({ method: 'GET', path: `/bookings/${await world.booking_of(name)}/calendar.ics` }),
};

export const calendar_fields = { 'POST /calendar': [], 'POST /calendar/address/stop': ['feed'] };

export const calendar_arguments = {
    'feed.list': () => ({}),
    'feed.revoke': async (world, slug) => ({ feed: slug === 'off' ? nobodys : await feed_of(world, 'other-staff') }),
    simulate: () => ({ to: '2027-01-20T00:00:00Z' }),
};
