// The matrix's requests to the pages where staff invite to visits, each of which would succeed.
import { personal_number } from './bankid.mjs';

const hour = 3_600_000; // of the clinics' zone, in winter

/** A time of this place that nobody has, as a form's date and time. */
function local_start(world, place) {
    const local = new Date(Date.parse(world.start_in(place)) + hour).toISOString();
    return { date: local.slice(0, 10), time: local.slice(11, 16) };
}

async function invitation(world, name, path, person) {
    const place = world.place_of(name);
    const fields = { form_token: await world.token(name, path, path), visit_type: place.type_id, ...local_start(world, place), ...person };
    return { method: 'POST', path, fields };
}

/** A colleague of this principal's: Anna's is Bo. */
async function colleague_of(world, name) {
    const { slug } = world.place_of(name);
    const { items } = await world.portal.ask(['staff', 'list', '-T', slug]);
    return items.find(({ email }) => email.startsWith(name === 'other-staff' ? 'anna@' : 'bo@')).id;
}

const number_of = (world) => personal_number((world.serial += 1) % 999, 1970);

export const invite_requests = {
    'GET /staff/invite': async () => ({ method: 'GET', path: '/staff/invite' }),
    'POST /staff/invite': (world, name) => invitation(world, name, '/staff/invite', { first_name: 'Nya', last_name: 'Namn', mobile: '0701740605', national_id: number_of(world) }),
    'GET /staff/invite/colleague': async () => ({ method: 'GET', path: '/staff/invite/colleague' }),
    'POST /staff/invite/colleague': async (world, name) => invitation(world, name, '/staff/invite/colleague', { colleague: await colleague_of(world, name) }),
    'GET /bookings/{id}/message': async (world, name) => ({ method: 'GET', path: `/bookings/${await world.booking_of(name)}/message` }),
    'POST /bookings/{id}/message': async (world, name) => {
        const path = `/bookings/${await world.booking_of(name)}/message`;
        return { method: 'POST', path, fields: { form_token: await world.token(name, path, path), message: 'Come in time' } };
    },
};

export const invite_fields = {
    'POST /staff/invite': ['patient', 'visit_type', 'first_name', 'last_name', 'mobile', 'national_id', 'email', 'language', 'date', 'time', 'which', 'message', 'allow_overlap', 'reason', 'now'],
    'POST /staff/invite/colleague': ['colleague', 'visit_type', 'date', 'time', 'which', 'message', 'allow_overlap', 'reason', 'now'],
    'POST /bookings/{id}/message': ['message'],
};

export const invite_arguments = {
    'booking.invite': (world, slug) => ({ first_name: 'Nya', last_name: 'Namn', mobile: '0701740605', national_id: number_of(world), staff: `anna@${slug}.example`, visit_type: 'Short', starts: world.start_in(world.places[slug]) }),
    'booking.set': (world, slug, booking) => ({ booking, message: 'Come in time' }),
};
