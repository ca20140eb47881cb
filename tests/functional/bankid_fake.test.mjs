// The fake of BankID, held to the protocol: by the npm client `bankid` as far as that knows it, the
// rest from the protocol's facts. What it refuses, portald must never send.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import bankid_client from 'bankid';
import { BankId } from './bankid.mjs';
import { make_authority, make_p12 } from './certificates.mjs';

const { BankIdClientV6 } = bankid_client;
const anna = { personalNumber: '199001011239', givenName: 'Anna', surname: 'Ek' };
const start_of_time = Date.parse('2027-01-11T07:00:00Z');
const asked = { endUserIp: '192.0.2.7' };

let folder;
let bankid;
let now = start_of_time;

before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-bankid-'));
    bankid = await BankId.start(folder);
});
after(async () => {
    await bankid?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
});

async function pass(seconds) {
    now += seconds * 1000;
    await bankid.set_clock(now);
}

function call(at, body, { headers = {}, method = 'POST', pair = bankid.client, ca = bankid.authority.file } = {}) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
        const tls = pair ? { cert: fs.readFileSync(pair.cert), key: fs.readFileSync(pair.key) } : {};
        const request = https.request(`${bankid.url}${at}`, { method, ca: fs.readFileSync(ca), ...tls, agent: false, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
            let answer = '';
            response.on('data', (part) => (answer += part)).on('end', () => {
                let json = null;
                try { json = JSON.parse(answer); } catch {}
                resolve({ status: response.statusCode, headers: response.headers, body: answer, json });
            }).on('error', reject);
        });
        request.on('error', reject);
        request.end(text);
    });
}

async function started(more = {}) {
    const { status, json } = await call('/auth', { ...asked, ...more });
    assert.equal(status, 200);
    return json;
}

async function collect(orderRef) {
    await pass(2);
    return call('/collect', { orderRef });
}

async function refused(answer, status, code) {
    const got = await answer;
    assert.equal(got.status, status, got.body);
    assert.equal(got.json.errorCode, code);
}

describe('the npm client bankid', () => {
    let client;
    before(async () => {
        await bankid.set_clock(null);
        client = new BankIdClientV6({ production: true, pfx: make_p12(bankid.client, 'secret'), passphrase: 'secret', ca: fs.readFileSync(bankid.authority.file), refreshInterval: 1100, qrOptions: { customCache: new Map() } }); // its own cache holds the process for a minute
        client.axios.defaults.baseURL = bankid.url;
    });
    after(() => bankid.set_clock(now));

    test('identifies a person by QR code', async () => {
        const order = await client.authenticate(asked);
        const code = await order.qr.nextQr(order.orderRef, { timeout: 5 }).next();
        const { order: scanned } = await bankid.scan(code.value);
        assert.equal(scanned, order.orderRef);
        const waiting = client.awaitPendingCollect(order.orderRef);
        await bankid.sign(scanned, anna);
        const done = await waiting;
        assert.equal(done.status, 'complete');
        assert.deepEqual(done.completionData.user, { ...anna, name: 'Anna Ek' });
        assert.equal(done.completionData.device.ipAddress, '127.0.0.1');
    });

    test('signs, is told of a cancelled order, and cancels', async () => {
        const order = await client.sign({ ...asked, userVisibleData: 'Ja' });
        await bankid.open(order.autoStartToken);
        await bankid.fail_order(order.orderRef, 'userCancel');
        const failed = await client.collect({ orderRef: order.orderRef });
        assert.equal(failed.status, 'failed');
        assert.equal(failed.hintCode, 'userCancel');
        const other = await client.authenticate(asked);
        assert.deepEqual(await client.cancel({ orderRef: other.orderRef }), {});
        await assert.rejects(client.cancel({ orderRef: other.orderRef }), { code: 'invalidParameters' });
    });

    test('meets the errors that it knows', async () => {
        const person = { ...asked, requirement: { personalNumber: '198001019871' } };
        await client.authenticate(person);
        await assert.rejects(client.authenticate(person), { code: 'alreadyInProgress' });
        for (const [kind, code] of [['500', 'internalError'], ['maintenance', 'maintenance'], ['408', 'requestTimeout'], ['401', 'unauthorized']]) {
            await bankid.fail('/auth', kind);
            await assert.rejects(client.authenticate(asked), { code });
        }
    });
});

describe('the protocol', () => {
    before(() => bankid.set_clock(now));

    test('without the certificate, or with another authority, there is no connection', async () => {
        await assert.rejects(call('/auth', asked, { pair: null }));
        const other = make_authority(folder, 'other');
        await assert.rejects(call('/auth', asked, { pair: other.sign('stranger') }));
        await assert.rejects(call('/auth', asked, { ca: other.file }));
    });

    test('arguments are checked', async () => {
        for (const body of [
            {}, { endUserIp: 'localhost' }, { ...asked, endUserIp: 7 }, { ...asked, userVisibleData: 'not base64!' }, { ...asked, userVisibleData: 'A'.repeat(1504) },
            { ...asked, returnUrl: '' }, { ...asked, returnUrl: 'x'.repeat(513) }, { ...asked, personalNumber: anna.personalNumber },
            { ...asked, requirement: { personalNumber: '9001011239' } }, { ...asked, web: { userAgent: 'x'.repeat(257) } }, { ...asked, web: { referringDomain: 'x' } },
            { ...asked, web: {}, app: {} }, { ...asked, returnRisk: 'yes' }, { ...asked, unheard: 'of' },
        ]) await refused(call('/auth', body), 400, 'invalidParameters');
        await refused(call('/sign', asked), 400, 'invalidParameters');
        await refused(call('/auth', 'not json'), 400, 'invalidParameters');
        await refused(call('/auth', '[]'), 400, 'invalidParameters');
        await refused(call('/collect', { orderRef: 'none' }), 400, 'invalidParameters');
        await refused(call('/auth', asked, { headers: { 'content-type': 'text/plain' } }), 415, 'unsupportedMediaType');
        await refused(call('/nothing', asked), 404, 'notFound');
        await refused(call('/collect', '', { method: 'GET' }), 405, 'methodNotAllowed');
    });

    test('a phone order asks whether there is a call, and may be declined', async () => {
        await refused(call('/phone/auth', { personalNumber: anna.personalNumber }), 400, 'invalidParameters');
        await refused(call('/phone/auth', { callInitiator: 'RP', ...asked }), 400, 'invalidParameters');
        const { json } = await call('/phone/auth', { callInitiator: 'RP', personalNumber: '197001019871' });
        assert.deepEqual(Object.keys(json), ['orderRef']);
        assert.equal((await collect(json.orderRef)).json.hintCode, 'userCallConfirm');
        await bankid.fail_order(json.orderRef, 'userDeclinedCall');
        assert.equal((await collect(json.orderRef)).json.hintCode, 'userDeclinedCall');
    });

    test('every hint of a pending order is told, known or not', async () => {
        const { orderRef, autoStartToken } = await started();
        assert.deepEqual((await collect(orderRef)).json, { orderRef, status: 'pending', hintCode: 'outstandingTransaction' });
        await bankid.open(autoStartToken);
        assert.equal((await collect(orderRef)).json.hintCode, 'userSign');
        for (const hint of ['noClient', 'started', 'userMrtd', 'userCallConfirm', 'processing', 'newHint']) {
            await bankid.hint(orderRef, hint);
            assert.deepEqual((await collect(orderRef)).json, { orderRef, status: 'pending', hintCode: hint });
        }
    });

    test('every end of an order is told once', async () => {
        for (const hint of ['certificateErr', 'userCancel', 'cancelled', 'notSupportedByUserApp', 'transactionRiskBlocked', 'newHint']) {
            const { orderRef } = await started();
            await bankid.fail_order(orderRef, hint);
            assert.deepEqual((await collect(orderRef)).json, { orderRef, status: 'failed', hintCode: hint });
            await refused(collect(orderRef), 400, 'invalidParameters');
        }
        const { orderRef, autoStartToken } = await started({ returnRisk: true });
        await bankid.open(autoStartToken);
        await bankid.sign(orderRef, anna, { stepUp: { mrtd: true } });
        const { json } = await collect(orderRef);
        assert.equal(json.status, 'complete');
        assert.equal(json.completionData.user.personalNumber, anna.personalNumber);
        assert.equal(json.completionData.risk, 'low');
        assert.deepEqual(json.completionData.stepUp, { mrtd: true });
        await refused(collect(orderRef), 400, 'invalidParameters');
    });

    test('nobody for 30 seconds fails the start, and an open order expires', async () => {
        const alone = await started();
        await pass(27);
        assert.equal((await collect(alone.orderRef)).json.status, 'pending');
        assert.equal((await collect(alone.orderRef)).json.hintCode, 'startFailed');
        const open = await started();
        await bankid.open(open.autoStartToken);
        await pass(170);
        assert.equal((await collect(open.orderRef)).json.hintCode, 'userSign');
        await pass(8);
        assert.equal((await collect(open.orderRef)).json.hintCode, 'expiredTransaction');
    });

    test('what has ended can be read for some minutes only', async () => {
        const [failed, complete] = [await started(), await started()];
        await bankid.fail_order(failed.orderRef, 'userCancel');
        await bankid.open(complete.autoStartToken);
        await bankid.sign(complete.orderRef, anna);
        await pass(181);
        assert.equal((await collect(complete.orderRef)).json.hintCode, 'expiredTransaction');
        await pass(120);
        await refused(collect(failed.orderRef), 400, 'invalidParameters');
    });

    test('a QR code is good in its own time, and once', async () => {
        const { qrStartToken, qrStartSecret } = await started();
        const code = (t) => `bankid.${qrStartToken}.${t}.${crypto.createHmac('sha256', qrStartSecret).update(String(t)).digest('hex')}`;
        await pass(10);
        await assert.rejects(bankid.scan(code(0)), /stale/);
        await assert.rejects(bankid.scan(code(10).replace(/.$/, (c) => (c === '0' ? '1' : '0'))), /wrong/);
        await bankid.scan(code(10));
        await assert.rejects(bankid.scan(code(10)), /another app/);
    });

    test('a second order for a named person aborts both', async () => {
        const named = { requirement: { personalNumber: '196001019871' } };
        const { orderRef } = await started(named);
        await refused(call('/auth', { ...asked, ...named }), 400, 'alreadyInProgress');
        assert.equal((await collect(orderRef)).json.hintCode, 'cancelled');
    });

    test('an order is not asked after more than once a second', async () => {
        const { orderRef } = await started();
        await call('/collect', { orderRef });
        const fast = await call('/collect', { orderRef });
        assert.equal(fast.status, 429);
        assert.equal(fast.headers['ratelimit-reset'], '1');
    });

    test('faults come on command', async () => {
        for (const [kind, status] of [['429', 429], ['maintenance', 503], ['Maintenance', 503], ['503', 503], ['500', 500], ['html', 200], ['html502', 502]]) {
            await bankid.fail('/collect', kind);
            const { orderRef } = await started();
            assert.equal((await collect(orderRef)).status, status);
            assert.equal((await collect(orderRef)).json.status, 'pending');
        }
        for (const kind of ['cut', 'reset']) {
            await bankid.fail('/auth', kind);
            await assert.rejects(call('/auth', asked));
        }
    });
});
