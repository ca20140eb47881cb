// The matrix's requests to the kinds of visit and to the waiting list, each of which would succeed
// for whoever may make it. The types are Anna's own; who waits is Elsa.
import { flags } from './clinic.mjs';

const nobodys = '00000000-0000-4000-8000-000000000000';
const member = (slug, name) => `${name}@${slug}.example`;
const body = { kind: 'phone', duration_minutes: '5', capacity: '', approval: 'no', step_minutes: '', lead_minutes: '120', horizon_days: '90', before_minutes: '0', after_minutes: '0', cancel_minutes: '0', extra_mail: '', extra_sms: '', owner: '' };
const type_fields = ['title', ...Object.keys(body)];

const new_type = (world, slug, over = {}) => world.portal.ask(['visit-type', 'create', '-T', slug, world.fresh('Kind '), ...flags({ 'duration-minutes': 5, kind: 'phone', ...over })]);
const annas_type = async (world, name) => {
    const { slug } = world.place_of(name);
    return (await new_type(world, slug, { staff: member(slug, 'anna') })).id;
};
const on_type = (method, act, fields) => async (world, name) => {
    const at = `/visit-types/${await annas_type(world, name)}`;
    if (method === 'GET') return { method, path: at };
    return { method, path: at + act, fields: { form_token: await world.token(name, at, at + act), ...fields(world) } };
};

/** The clinic's list is switched on with the first question about it. */
async function open_list(world, name) {
    const { slug } = world.place_of(name);
    if (slug !== 'off') world.listed ??= await world.portal.ask(['tenant', 'set', slug, '--waitlist', 'yes']);
    return slug;
}
const wait = (world, slug, type) => world.portal.ask(['waitlist', 'add', '-T', slug, ...flags({ patient: member(slug, 'elsa'), 'visit-type': type })]);

async function entry_of(world, name) {
    const slug = await open_list(world, name);
    return slug === 'off' ? nobodys : (await wait(world, slug, (await new_type(world, slug)).id)).id;
}

/** A time of Olle's that was cancelled and is offered to Elsa now. */
async function offer_of(world, name) {
    const slug = await open_list(world, name);
    if (slug === 'off') return nobodys;
    const { id } = await new_type(world, slug);
    const starts = world.start_in(world.place_of(name));
    const booked = await world.portal.ask(['booking', 'create', '-T', slug, ...flags({ patient: member(slug, 'olle'), staff: member(slug, 'anna'), 'visit-type': id, starts })]);
    const entry = await wait(world, slug, id);
    await world.portal.ask(['booking', 'cancel', '-T', slug, booked.id]);
    return (await world.portal.ask(['waitlist', 'offers', '-T', slug])).items.find((each) => each.entry === entry.id).id;
}

export const visit_type_requests = {
    'GET /visit-types': async () => ({ method: 'GET', path: '/visit-types' }),
    'GET /visit-types/new': async () => ({ method: 'GET', path: '/visit-types/new' }),
    'POST /visit-types/new': async (world, name) => ({ method: 'POST', path: '/visit-types/new', fields: { form_token: await world.token(name, '/visit-types/new', '/visit-types/new'), title: world.fresh('Kind '), ...body } }),
    'GET /visit-types/{id}': on_type('GET', ''),
    'POST /visit-types/{id}': on_type('POST', '', (world) => ({ title: world.fresh('Kind '), ...body })),
    'POST /visit-types/{id}/active': on_type('POST', '/active', () => ({ active: 'no' })),
    'GET /waitlist': async (world, name) => {
        await open_list(world, name);
        return { method: 'GET', path: '/waitlist' };
    },
    'GET /waitlist/join': async (world, name) => {
        const slug = await open_list(world, name);
        return { method: 'GET', path: `/waitlist/join?visit_type=${(await new_type(world, slug)).id}` };
    },
    'POST /waitlist/join': async (world, name) => {
        const slug = await open_list(world, name);
        const { id } = await new_type(world, slug);
        const at = `/waitlist/join?visit_type=${id}`;
        return { method: 'POST', path: '/waitlist/join', fields: { form_token: await world.token(name, at, '/waitlist/join'), visit_type: id, with: 'anybody' } };
    },
    'POST /waitlist/{id}/leave': async (world, name) => {
        const at = `/waitlist/${await entry_of(world, name)}/leave`;
        return { method: 'POST', path: at, fields: { form_token: await world.token(name, '/waitlist', at) } };
    },
    'GET /waitlist/offers/{id}': async (world, name) => ({ method: 'GET', path: `/waitlist/offers/${await offer_of(world, name)}` }),
    'POST /waitlist/offers/{id}': async (world, name) => {
        const at = `/waitlist/offers/${await offer_of(world, name)}`;
        return { method: 'POST', path: at, fields: { form_token: await world.token(name, at, at) } };
    },
};

export const visit_type_form_fields = {
    'POST /visit-types/new': type_fields,
    'POST /visit-types/{id}': type_fields,
    'POST /visit-types/{id}/active': ['active'],
    'POST /waitlist/join': ['visit_type', 'with'],
    'POST /waitlist/{id}/leave': [],
    'POST /waitlist/offers/{id}': [],
};

export const visit_type_arguments = {
    'visit-type.create': (world) => ({ title: world.fresh('Visit '), duration_minutes: 5, kind: 'physical' }),
    'visit-type.list': () => ({}),
    'visit-type.show': () => ({ visit_type: 'Short' }),
    'visit-type.set': () => ({ visit_type: 'Short', lead_minutes: 60 }),
    'visit-type.delete': async (world, slug) => ({ visit_type: (await new_type(world, slug)).id }),
    'waitlist.list': () => ({}),
    'waitlist.offers': () => ({}),
    'waitlist.add': async (world, slug) => {
        await open_list(world, slug === 'off' ? 'off-write' : 'write');
        return { patient: member(slug, 'elsa'), visit_type: (await new_type(world, slug)).id };
    },
    'waitlist.remove': async (world, slug) => ({ entry: await entry_of(world, slug === 'off' ? 'off-write' : 'write') }),
};
