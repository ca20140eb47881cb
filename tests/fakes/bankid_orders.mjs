// What BankID keeps: orders, from the first call to the one time that their end can be read.
// Times are BankID's, as far as they are known.
import crypto from 'node:crypto';
import { isIP } from 'node:net';

const second = 1000;
const no_client_after = 30 * second;
const expires_after = 180 * second; // from when the app has it
const complete_kept = 180 * second;
const failed_kept = 300 * second;
const shortest_between = 1 * second; // collects of one order
const code_good_for = 5 * second; // how late a camera may be

export class Refusal extends Error {
    constructor(status, code, headers) {
        super(code);
        Object.assign(this, { status, code, headers });
    }
}
const invalid = (details) => new Refusal(400, 'invalidParameters', { 'x-details': details });

const text_of = (least, most) => (value) => typeof value === 'string' && value.length >= least && value.length <= most;
const flag = (value) => typeof value === 'boolean';
const base64_of = (most) => (value) => text_of(1, most)(value) && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value);
const members = (checks) => (value) => value !== null && typeof value === 'object' && Object.entries(value).every(([name, inner]) => checks[name]?.(inner));
const number = (value) => typeof value === 'string' && /^\d{12}$/.test(value);

const requirement = {
    personalNumber: number, pinCode: flag, mrtd: flag,
    cardReader: (value) => ['class1', 'class2'].includes(value),
    certificatePolicies: (value) => Array.isArray(value) && value.every(text_of(1, 100)),
    risk: (value) => ['low', 'moderate'].includes(String(value).toLowerCase()),
};
const visible = {
    userVisibleData: base64_of(1500),
    userVisibleDataFormat: (value) => ['plaintext', 'simpleMarkdownV1'].includes(value),
    userNonVisibleData: base64_of(200_000),
    requirement: members(requirement),
};
const browser = {
    ...visible,
    endUserIp: (value) => isIP(value) !== 0,
    returnUrl: text_of(1, 512),
    returnRisk: flag,
    web: members({ referringDomain: text_of(3, 253), userAgent: text_of(1, 256), deviceIdentifier: text_of(1, 64) }),
    app: members({ appIdentifier: text_of(1, 64), deviceOS: text_of(1, 64), deviceModelName: text_of(1, 64), deviceIdentifier: text_of(1, 64) }),
};
const phone = { ...visible, personalNumber: number, callInitiator: (value) => ['user', 'RP'].includes(value) };
const kinds = {
    auth: { checks: browser, needs: ['endUserIp'] },
    sign: { checks: browser, needs: ['endUserIp', 'userVisibleData'] },
    'phone/auth': { checks: phone, needs: ['callInitiator'] },
    'phone/sign': { checks: phone, needs: ['callInitiator', 'userVisibleData'] },
};

function check(kind, body) {
    const { checks, needs } = kinds[kind];
    for (const name of needs) if (!(name in body)) throw invalid(`no ${name}`);
    if (!members(checks)(body)) throw invalid('a member is wrong');
    if (body.web && body.app) throw invalid('web and app');
}

export class Orders {
    all = new Map();
    fixed = null;

    now() {
        return this.fixed ?? Date.now();
    }
    set_clock(at) {
        this.fixed = at;
    }

    start(kind, body) {
        check(kind, body);
        const owner = body.requirement?.personalNumber ?? body.personalNumber;
        if (owner && this.end_pending_of(owner)) throw new Refusal(400, 'alreadyInProgress');
        const order = {
            orderRef: crypto.randomUUID(), autoStartToken: crypto.randomUUID(), qrStartToken: crypto.randomUUID(), qrStartSecret: crypto.randomUUID(),
            kind, body, owner, started: this.now(), status: 'pending', hint: kind.startsWith('phone') ? 'userCallConfirm' : 'outstandingTransaction', collects: [],
        };
        if (kind.startsWith('phone')) order.opened = order.started;
        this.all.set(order.orderRef, order);
        const { orderRef, autoStartToken, qrStartToken, qrStartSecret } = order;
        return kind.startsWith('phone') ? { orderRef } : { orderRef, autoStartToken, qrStartToken, qrStartSecret };
    }

    /** Both orders of a person end when a second one names him. */
    end_pending_of(owner) {
        const pending = [...this.all.values()].filter((order) => order.owner === owner && this.state(order) === 'pending');
        for (const order of pending) this.end(order, 'failed', 'cancelled');
        return pending.length > 0;
    }

    end(order, status, hint) {
        Object.assign(order, { status, hint, ended: this.now() });
    }

    /** The order's status now: time ends what nobody has. */
    state(order) {
        if (order.status === 'pending') {
            if (!order.opened && this.now() - order.started >= no_client_after) this.end(order, 'failed', 'startFailed');
            if (order.opened && this.now() - order.opened >= expires_after) this.end(order, 'failed', 'expiredTransaction');
        }
        if (order.status === 'complete' && this.now() - order.ended > complete_kept) this.end(order, 'failed', 'expiredTransaction');
        return order.status;
    }

    find(orderRef) {
        const order = this.all.get(orderRef);
        if (!order || order.read) throw invalid('no such order');
        return order;
    }

    collect({ orderRef }) {
        const order = this.find(orderRef);
        const last = order.collects.at(-1);
        order.collects.push(this.now());
        if (last !== undefined && this.now() - last < shortest_between) {
            order.too_fast = (order.too_fast ?? 0) + 1;
            throw new Refusal(429, 'tooManyRequests', { 'ratelimit-reset': '1' });
        }
        const status = this.state(order);
        if (status === 'failed' && this.now() - order.ended > failed_kept) throw invalid('too late');
        if (status !== 'pending') order.read = true;
        if (status === 'complete') return { orderRef, status, completionData: order.completion };
        return { orderRef, status, hintCode: order.hint };
    }

    cancel({ orderRef }) {
        const order = this.find(orderRef);
        if (this.state(order) !== 'pending') throw invalid('not pending');
        this.end(order, 'failed', 'cancelled');
        order.read = true;
        return {};
    }

    // ---- the person's app

    pending(orderRef) {
        const order = this.all.get(orderRef);
        if (!order || this.state(order) !== 'pending') throw new Refusal(409, 'not pending');
        return order;
    }

    take(order) {
        if (order.opened) throw new Refusal(409, 'another app has it');
        Object.assign(order, { opened: this.now(), hint: 'userSign' });
        return { order: order.orderRef, returnUrl: order.body.returnUrl, visible: order.body.userVisibleData };
    }

    scan(text) {
        const [mark, token, seconds, code] = text.split('.');
        const order = [...this.all.values()].find(({ qrStartToken }) => qrStartToken === token);
        if (mark !== 'bankid' || !order) throw new Refusal(409, 'no such code');
        this.pending(order.orderRef);
        if (code !== crypto.createHmac('sha256', order.qrStartSecret).update(seconds).digest('hex')) throw new Refusal(409, 'a wrong code');
        const late = this.now() - order.started - Number(seconds) * second;
        if (late < -code_good_for || late > code_good_for) throw new Refusal(409, 'a stale code');
        const taken = this.take(order);
        delete taken.returnUrl; // it is for orders that were opened by their token
        return taken;
    }

    open(token) {
        const order = [...this.all.values()].find(({ autoStartToken }) => autoStartToken === token);
        if (!order) throw new Refusal(409, 'no such token');
        this.pending(order.orderRef);
        return this.take(order);
    }

    hint(orderRef, hint) {
        this.pending(orderRef).hint = hint;
    }

    fail(orderRef, hint) {
        this.end(this.pending(orderRef), 'failed', hint);
    }

    sign(orderRef, { person, address = '127.0.0.1', uhi = 'OZvYM9VvyiAmG7NA5jU5zqGcVpo=', risk = 'low', stepUp }) {
        const order = this.pending(orderRef);
        if (order.owner && order.owner !== person.personalNumber) return this.end(order, 'failed', 'certificateErr');
        const older = [...this.all.values()].find((one) => one !== order && one.person === person.personalNumber && this.state(one) === 'pending');
        if (older) this.end(older, 'failed', 'cancelled');
        order.person = person.personalNumber;
        order.completion = {
            user: { name: `${person.givenName} ${person.surname}`, ...person },
            device: { ipAddress: address, uhi },
            bankIdIssueDate: '2025-03-01',
            signature: Buffer.from('<xml/>').toString('base64'),
            ocspResponse: Buffer.from('ocsp').toString('base64'),
            ...(order.body.returnRisk ? { risk } : {}),
            ...(stepUp === undefined ? {} : { stepUp }),
        };
        this.end(order, 'complete');
    }

    list() {
        return [...this.all.values()].map((order) => ({ ...order, status: this.state(order) }));
    }
}
