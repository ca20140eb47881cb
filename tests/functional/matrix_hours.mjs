// The matrix's requests about when staff can be booked, each of which would succeed for whoever may
// make it: staff their own hours, operators everybody's. Administrators of a unit are in
// availability.test.mjs.
const member = (slug, name) => `${name}@${slug}.example`;
const get = (at) => async () => ({ method: 'GET', path: at });
const post = (shown, fields) => async (world, name) => ({ method: 'POST', path: shown, fields: { form_token: await world.token(name, shown.replace('/remove', ''), shown), ...fields } });

/** A date that differs for this one, so that it can go back; nothing where there is no such person. */
async function differing(world, slug, name) {
    const made = await world.portal.admin('POST', `/v1/tenants/${slug}/availability/exceptions`, { staff: member(slug, name), exception: ['2027-08-02 closed'] });
    if (![200, 404].includes(made.status)) throw new Error(made.body);
}
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const own_names = { staff: 'anna', 'other-staff': 'bo' };

export const hours_requests = {
    'GET /availability': get('/availability'),
    'POST /availability': async (world, name) => {
        const form = { method: 'POST', path: '/availability', fields: { form_token: await world.token(name, '/availability', '/availability'), holidays: 'open' } };
        for (const day of weekdays) Object.assign(form.fields, { [`${day}_from_1`]: '00:00', [`${day}_to_1`]: '24:00' });
        return form;
    },
    'POST /availability/remove': async (world, name) => {
        const who = own_names[name];
        if (who) await differing(world, world.place_of(name).slug, who);
        return post('/availability/remove', { from: '2027-08-02', to: '2027-08-02' })(world, name);
    },
    'GET /availability/close': get('/availability/close'),
    'POST /availability/close': post('/availability/close', { from: '2027-08-03', to: '2027-08-04' }),
    'GET /availability/day': get('/availability/day'),
    'POST /availability/day': post('/availability/day', { date: '2027-08-05', day_from_1: '09:00', day_to_1: '11:00' }),
};

const openings = (day) => [1, 2, 3].flatMap((i) => [`${day}_from_${i}`, `${day}_to_${i}`]);
export const hours_fields = {
    'POST /availability': [...weekdays.flatMap(openings), 'staff', 'holidays'],
    'POST /availability/remove': ['staff', 'from', 'to'],
    'POST /availability/close': ['staff', 'from', 'to'],
    'POST /availability/day': [...openings('day'), 'staff', 'date'],
};

export const hours_arguments = {
    'availability.add-exception': (world, slug) => ({ staff: member(slug, 'bo'), exception: ['2027-08-09 closed'] }),
    'availability.remove-exception': async (world, slug) => {
        await differing(world, slug, 'bo');
        return { staff: member(slug, 'bo'), date: '2027-08-02' };
    },
    'availability.close': (world, slug) => ({ staff: member(slug, 'bo'), from: '2027-08-10', to: '2027-08-11' }),
};
