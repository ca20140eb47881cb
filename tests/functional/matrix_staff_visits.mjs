// The authorization matrix's requests of staff's lists and acts on visits.

const get = (at) => async () => ({ method: 'GET', path: at });

const settle = (act) => async (world, name) => {
    const id = await world.booking_of(name);
    const at = `/bookings/${id}/${act}`;
    return { method: 'POST', path: at, fields: { form_token: await world.token(name, `/bookings/${id}`, at) } };
};

/** In the clinic's winter time. */
const local = (instant) => new Date(Date.parse(instant) + 3_600_000).toISOString();

const move_path = async (world, name) => `/staff/bookings/${await world.booking_of(name)}/move`;

export const staff_visit_requests = {
    'GET /staff/bookings': get('/staff/bookings'),
    'GET /unit/bookings': get('/unit/bookings'),
    'POST /bookings/{id}/done': settle('done'),
    'POST /bookings/{id}/missed': settle('missed'),
    'GET /staff/bookings/{id}/move': async (world, name) => ({ method: 'GET', path: await move_path(world, name) }),
    'POST /staff/bookings/{id}/move': async (world, name) => {
        const at = await move_path(world, name);
        const starts = local(world.start_in(world.place_of(name)));
        return { method: 'POST', path: at, fields: { form_token: await world.token(name, at, at), date: starts.slice(0, 10), time: starts.slice(11, 16) } };
    },
};

export const staff_visit_fields = {
    'POST /bookings/{id}/done': [],
    'POST /bookings/{id}/missed': [],
    'POST /staff/bookings/{id}/move': ['date', 'time', 'which'],
};

export const staff_visit_arguments = {
    'booking.done': (world, slug, booking) => ({ booking }),
    'booking.no-show': (world, slug, booking) => ({ booking }),
};
