// A clinic as most tests want it, made by portalctl as an administrator would make it.

/** Working days from eight to four, in the clinic's own time. */
export const week = ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => `${day} 08:00-16:00`);

export const password = 'a long enough password';

export const flags = (values) => Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));

export async function make_tenant(portal, slug = 'demo', { modules = 'booking,sms', confirmation = 'yes', language = 'en', country = 'se', ...over } = {}) {
    await portal.ask(['tenant', 'create', ...flags({ organisation: `Clinic ${slug}`, slug, 'first-name': 'Astrid', 'last-name': 'Berg', email: `owner@${slug}.example`, language, country })]);
    await portal.ask(['tenant', 'set', slug, ...flags({ address: 'High Street 1', modules, confirmation, reminders: '30m', ...over })]);
}

export function make_staff(portal, slug = 'demo', { email = `anna@${slug}.example`, ...over } = {}) {
    return portal.ask(['staff', 'create', '-T', slug, ...flags({ 'first-name': 'Anna', 'last-name': 'Lind', title: 'Physiotherapist', email, ...over })]);
}

export function make_patient(portal, slug = 'demo', { email = `elsa@${slug}.example`, national_id, ...over } = {}) {
    const id = national_id ? ['--national-id-file', '-'] : [];
    return portal.ask(['patient', 'create', '-T', slug, ...flags({ 'first-name': 'Elsa', 'last-name': 'Nyström', mobile: '0701740605', email, ...over }), ...id], { input: national_id ? `${national_id}\n` : '' });
}

/** Tenant, login policy, a staff member with hours (on holidays too), a visit type and a patient. */
export async function make_clinic(portal, slug = 'demo', { rules = week, holidays = 'open', ...options } = {}) {
    await make_tenant(portal, slug, options);
    await portal.ask(['policy', 'set', '-T', slug, '--client-login', 'yes', '--methods', 'password']);
    const staff = await make_staff(portal, slug);
    const visit_type = await portal.ask(['visit-type', 'create', '-T', slug, 'Check-up', '--duration-minutes', '30', '--kind', 'physical']);
    await portal.ask(['availability', 'set', '-T', slug, staff.email ?? `anna@${slug}.example`, '--holidays', holidays, ...rules.flatMap((rule) => ['--rule', rule])]);
    const patient = await make_patient(portal, slug);
    return { slug, staff, visit_type, patient };
}
