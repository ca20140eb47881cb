// The matrix's requests to the room of a video visit that is open, and those of bad forms.

/** A video visit of Elsa's at Anna's whose room is open: it begins within the hour. */
export async function open_room(portal, slug, starts, patient = `elsa@${slug}.example`) {
    await portal.ask(['tenant', 'set', slug, '--room-minutes', '120']);
    const types = await portal.ask(['visit-type', 'list', '-T', slug]);
    if (!types.items.some(({ title }) => title === 'Video talk')) await portal.ask(['visit-type', 'create', '-T', slug, 'Video talk', '--duration-minutes', '15', '--kind', 'video', '--lead-minutes', '0']);
    const { id } = await portal.ask(['booking', 'create', '-T', slug, '--patient', patient, '--staff', `anna@${slug}.example`, '--visit-type', 'Video talk', '--starts', starts]);
    await portal.ask(['booking', 'confirm', '-T', slug, id]);
    return id;
}

async function room_path(world, name) {
    const place = world.place_of(name);
    if (place.slug === 'off') return `/bookings/${await world.booking_of(name)}/room`;
    place.room ??= await open_room(world.portal, place.slug, '2027-01-11T08:00:00Z');
    return `/bookings/${place.room}/room`;
}

const look = (suffix) => async (world, name) => ({ method: 'GET', path: `${await room_path(world, name)}${suffix}` });
const press = (suffix) => async (world, name) => ({ method: 'POST', path: `${await room_path(world, name)}${suffix}`, fields: { form_token: world.sessions[name]?.token ?? 'none' } });

export const room_requests = {
    'GET /bookings/{id}/room': look(''),
    'GET /bookings/{id}/room.json': look('.json'),
    'POST /bookings/{id}/room': press(''),
    'POST /bookings/{id}/room/leave': press('/leave'),
};

export const room_fields = {
    'POST /bookings/{id}/room': [],
    'POST /bookings/{id}/room/leave': [],
};
