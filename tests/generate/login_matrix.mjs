// Writes tests/golden/login_matrix.tsv: who may log in by which method under which policy, or the
// exact reason why not. The rules stand here as they are written in the requirements (K1-K3, K12,
// P13-P21, C1, C48, G14, D2), and know nothing of lib/domain/login_policy.cpp, which
// tests/unit/domain/login_policy_test.cpp holds against every line; the page, `login why` and the
// admin API answer the same in tests/functional/policy_matrix.test.mjs.

export const axes = {
    audience: ['patient', 'relative', 'staff'],
    method: ['password', 'bankid', 'mitid', 'oidc'],
    allowed: ['yes', 'no'], // by the policy of the audience
    client_login: ['yes', 'no'],
    eid_first: ['no', 'yes'],
    assurance: ['password-code', 'eid'],
    module: ['on', 'off'], // of the method; a password needs none
    exemption: ['none', 'active', 'suspended'],
    verified: ['no', 'yes'], // by an eID login at this clinic
};

/** The first rule that speaks decides. Everybody here has a password, an address and a number. */
const rules = [
    // K1: the switch for clients is the clinic's first word; it never concerns its staff.
    [(c) => c.client_login === 'no' && c.audience !== 'staff', 'client_login_disabled'],
    // K2: only what is ticked exists.
    [(c) => c.allowed === 'no', 'method_not_allowed'],
    // G14, X1: an eID is a module.
    [(c) => c.method !== 'password' && c.module === 'off', 'module_off'],
    // What an eID proves is enough for every policy.
    [(c) => c.method !== 'password', 'allowed'],
    // P13, P15: whom the clinic has checked needs no eID, as long as that check holds.
    [(c) => c.exemption === 'active', 'allowed'],
    // D2: the code address has changed, so the exemption counts for nothing where it is needed.
    [(c) => c.exemption === 'suspended' && c.assurance === 'eid', 'exemption_suspended'],
    [(c) => c.exemption === 'suspended' && c.eid_first === 'yes' && c.verified === 'no', 'exemption_suspended'],
    // C1, C48: the clinic asks for an eID every time.
    [(c) => c.assurance === 'eid', 'assurance_too_low'],
    // P14, P20, P21: the first time by eID, here; then the password does.
    [(c) => c.eid_first === 'yes' && c.verified === 'no', 'eid_first'],
    [() => true, 'allowed'],
];

export const decide = (cell) => rules.find(([speaks]) => speaks(cell))[1];

/** Every combination of the axes, in their order. */
export function* cells(names = Object.keys(axes), cell = {}) {
    if (names.length === 0) yield cell;
    else for (const value of axes[names[0]]) yield* cells(names.slice(1), { ...cell, [names[0]]: value });
}

export function golden() {
    const names = Object.keys(axes);
    const lines = [...cells()].map((cell) => [...names.map((name) => cell[name]), decide(cell)].join('\t'));
    return `# Made by ./dev generate (tests/generate/login_matrix.mjs).\n${[...names, 'reason'].join('\t')}\n${lines.join('\n')}\n`;
}

export const outputs = { 'tests/golden/login_matrix.tsv': golden };
