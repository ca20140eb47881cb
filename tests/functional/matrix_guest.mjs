// The matrix's requests to the pages of people without a login. Its clinics want a login, so that
// the pages do not exist there; guest.test.mjs opens them.
const token = 'A'.repeat(43);
const page = (method, path, fields) => async () => ({ method, path, ...(fields ? { fields: { form_token: 'none', ...fields } } : {}) });

export const guest_requests = {
    'GET /guest': page('GET', '/guest?starts=2027-01-12T08:00:00Z'),
    'POST /guest': page('POST', '/guest', { first_name: 'Gun', last_name: 'Gäst', contact: 'gun@guest.example', starts: '2027-01-12T08:00:00Z', staff: '', visit_type: '' }),
    'GET /guest/code': page('GET', '/guest/code'),
    'POST /guest/code': page('POST', '/guest/code', { code: '000000' }),
    'GET /visit/{token}': page('GET', `/visit/${token}`),
    'POST /visit/{token}': page('POST', `/visit/${token}`, {}),
};

export const guest_fields = {
    'POST /guest': ['first_name', 'last_name', 'contact', 'starts', 'staff', 'visit_type'],
    'POST /guest/code': ['code'],
    'POST /visit/{token}': [],
};
