// The matrix's requests to profiles and to the pages of a unit's administrator, each of which would
// succeed for whoever may make it. None of the matrix's people administers a unit: for all of them
// those pages do not exist. What administrators see and do is in unit_pages.test.mjs.
import assert from 'node:assert/strict';

const get = (at) => async () => ({ method: 'GET', path: at });
const member = (slug, name) => `${name}@${slug}.example`;

const post = async (world, name, { shown, at = shown, fields = {} }) => ({ method: 'POST', path: at, fields: { form_token: await world.token(name, shown, at), ...fields } });

/** Anna of this principal's clinic, whose profile is shown to patients. */
async function listed(world, name) {
    const place = world.place_of(name);
    if (!place.listed) await world.portal.ask(['staff', 'set', '-T', place.slug, member(place.slug, 'anna'), '--listed', 'yes']);
    place.listed = true;
    return place.staff_id;
}

const on_staff = (method, act, fields) => async (world, name) => {
    const at = `/unit/staff/${world.place_of(name).staff_id}${act}`;
    return method === 'GET' ? { method, path: at } : post(world, name, { shown: at.replace('/invite', ''), at, fields });
};
const on_patient = (method, act) => async (world, name) => {
    const place = world.place_of(name);
    place.patient_id ??= await world.patient(place.slug);
    const at = `/unit/patients/${place.patient_id}`;
    return method === 'GET' ? { method, path: at } : post(world, name, { shown: at, at: at + act });
};

export const people_requests = {
    'GET /profile': get('/profile'),
    'POST /profile': (world, name) => post(world, name, { shown: '/profile', fields: { description: 'Backs and knees', listed: 'yes' } }),
    'POST /profile/booking': (world, name) => post(world, name, { shown: '/profile', at: '/profile/booking', fields: { bookable: 'yes' } }),
    'GET /staff-members': get('/staff-members'),
    'GET /staff-members/{id}': async (world, name) => ({ method: 'GET', path: `/staff-members/${await listed(world, name)}` }),
    'GET /unit/staff': get('/unit/staff'),
    'GET /unit/staff/new': get('/unit/staff/new'),
    'POST /unit/staff/new': (world, name) => post(world, name, { shown: '/unit/staff/new', fields: { first_name: 'Nya', last_name: 'Namn', title: 'Nurse', email: `${world.fresh('n')}@new.example`, mobile: '', administrator: 'no', invite: 'no', bookable: 'yes' } }),
    'GET /unit/staff/{id}': on_staff('GET', ''),
    'POST /unit/staff/{id}': on_staff('POST', '', { title: 'Nurse', description: '', listed: 'yes', bookable: 'yes', administrator: 'no' }),
    'POST /unit/staff/{id}/invite': on_staff('POST', '/invite'),
    'GET /unit/staff/{id}/end': on_staff('GET', '/end'),
    'POST /unit/staff/{id}/end': on_staff('POST', '/end'),
    'GET /unit/patients': get('/unit/patients'),
    'POST /unit/patients': (world, name) => post(world, name, { shown: '/unit/patients', fields: { name: 'Elsa' } }),
    'GET /unit/patients/new': get('/unit/patients/new'),
    'POST /unit/patients/new': (world, name) => post(world, name, { shown: '/unit/patients/new', fields: { first_name: 'Nya', last_name: 'Namn', national_id: '', email: '', mobile: '', protected_identity: 'no', invite: 'no' } }),
    'GET /unit/patients/{id}': on_patient('GET', ''),
    'POST /unit/patients/{id}/invite': on_patient('POST', '/invite'),
};

export const people_fields = {
    'POST /profile': ['description', 'listed'],
    'POST /profile/booking': ['bookable'],
    'POST /unit/staff/new': ['first_name', 'last_name', 'title', 'email', 'mobile', 'administrator', 'invite', 'bookable'],
    'POST /unit/staff/{id}': ['title', 'description', 'listed', 'bookable', 'administrator'],
    'POST /unit/staff/{id}/invite': [],
    'POST /unit/staff/{id}/end': [],
    'POST /unit/patients': ['name'],
    'POST /unit/patients/new': ['first_name', 'last_name', 'national_id', 'email', 'mobile', 'protected_identity', 'invite'],
    'POST /unit/patients/{id}/invite': [],
};

/** Somebody new at this clinic, whose work may end. */
async function newcomer(world, slug) {
    const email = `${world.fresh('s')}@new.example`;
    const made = await world.portal.admin('POST', `/v1/tenants/${slug}/staff`, { first_name: 'Nya', last_name: 'Namn', title: 'Nurse', email });
    assert.equal(made.status, 200, made.body);
    return email;
}

export const people_arguments = {
    'staff.show': (world, slug) => ({ staff: member(slug, 'bo') }),
    'staff.set': (world, slug) => ({ staff: member(slug, 'bo'), description: world.fresh('About ') }),
    'staff.delete': async (world, slug) => ({ staff: await newcomer(world, slug) }),
};
