// Every page and every operation x everybody who exists, against the oracle that people checked by
// hand: tests/golden/matrix.tsv. What to ask comes from the binaries themselves, so that a route
// without a line there cannot pass.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { arguments_of, cell_of, operation_request, operators, principals, read_oracle, reader_uid, requests, stranger_uid, World } from './matrix.mjs';
import { send } from './http.mjs';
import { on_each_engine, portalctl, run } from './portal.mjs';

const oracle = read_oracle();
const is_page = (key) => key.includes(' ');
/** A look that is led to the login page is refused too; a post that ends there has done its work. */
const is_refused = (key, cell) => cell.startsWith('4') || (key.startsWith('GET ') && cell === '303 /login');

function run_as(uid, program, args) {
    return new Promise((resolve) => {
        execFile(program, args, { uid, gid: uid, cwd: '/', env: { LC_ALL: 'C.UTF-8' } }, (error, stdout, stderr) => resolve({ status: error ? error.code : 0, stdout, stderr }));
    });
}

async function read_operations() {
    const printed = await run(portalctl, ['__operations']);
    assert.equal(printed.status, 0, printed.stderr);
    return printed.stdout.trim().split('\n').map((line) => line.split('\t')).map(([name, method, at, access]) => ({ name, method, path: at, access }));
}

on_each_engine((engine, named) => {
    let world;
    let routes;
    let operations;
    let right = 0; // cells

    before(async () => {
        operations = await read_operations();
        world = await World.make(engine);
        routes = JSON.parse((await world.portal.admin('GET', '/test/routes')).body);
    });
    after(() => world?.portal.close());

    test(named('the oracle has a line for every page and every operation, and for nothing else'), () => {
        const pages = routes.pages.map((route) => [`${route.method} ${route.pattern}`, route.access]);
        const all = [...pages, ...operations.map((row) => [row.name, row.access])];
        assert.ok(pages.length > 20 && operations.length > 20, 'the lists were not read');
        assert.deepEqual([...oracle].map(([key, { access }]) => `${key}: ${access}`).sort(), all.map(([key, access]) => `${key}: ${access}`).sort());
        assert.deepEqual(Object.keys(requests).sort(), pages.map(([key]) => key).sort());
        assert.deepEqual(Object.keys(arguments_of).sort(), operations.map(({ name }) => name).sort());
    });

    test(named('the admin socket serves the operations that portalctl knows, at the same addresses'), () => {
        const served = routes.admin.filter(({ access }) => !access.startsWith('test.'));
        assert.deepEqual(served.map(({ method, pattern, access }) => `${access} ${method} ${pattern}`).sort(), operations.map(({ name, method, path: at }) => `${name} ${method} ${at}`).sort());
    });

    /** One cell, made ready but not sent: each is asked at the port or at the socket, as its principal comes. */
    async function prepare(key, name) {
        const by_socket = operators.includes(name);
        if (is_page(key)) {
            const request = await requests[key](world, name);
            if (!by_socket) return () => world.page(name, request);
            const body = new URLSearchParams(request.fields).toString();
            return () => world.callers[name].call(request.method, request.path, body, 'application/x-www-form-urlencoded');
        }
        const request = await operation_request(world, operations.find((row) => row.name === key), name);
        if (by_socket) return () => world.callers[name].call(request.method, request.path, request.body);
        return () => world.page(name, { ...request, fields: request.method === 'GET' ? undefined : { form_token: world.sessions[name]?.token ?? 'none' } });
    }

    for (const [key, { cells }] of oracle) {
        test(named(`everybody gets their own answer at ${key}`), async () => {
            const got = {};
            const refused = principals.filter((name) => is_refused(key, cells[name]));
            const ready = [];
            for (const name of refused) ready.push([name, await prepare(key, name)]);
            const was = await world.fingerprint();
            for (const [name, ask] of ready) got[name] = cell_of(await ask());
            assert.equal(await world.fingerprint(), was, 'something was written for one who was refused');
            for (const name of principals.filter((each) => !refused.includes(each))) {
                got[name] = cell_of(await (await prepare(key, name))());
                if (['POST /logout', 'POST /activate/password'].includes(key) && world.people[name]) await world.enter(name);
            }
            assert.deepEqual(principals.map((name) => `${name}: ${got[name]}`), principals.map((name) => `${name}: ${cells[name]}`));
            right += principals.length;
        });
    }

    test(named('every page and operation was asked by everybody, and each answer is the oracle’s'), (t) => {
        t.diagnostic(`${right} cells`);
        assert.equal(right, (routes.pages.length + operations.length) * principals.length);
    });

    test(named('a uid that admin.allow does not name may do nothing, and every refusal is in the audit'), async () => {
        const { stranger } = world.callers;
        for (const operation of operations) {
            const was = await world.audit_of(`uid:${stranger_uid}`, operation.name);
            const { method, path: at, body } = await operation_request(world, operation, 'stranger');
            const answer = await stranger.call(method, at, body);
            assert.equal(answer.status, 403, operation.name);
            assert.deepEqual(Object.keys(JSON.parse(answer.body)), ['error'], operation.name);
            assert.equal(await world.audit_of(`uid:${stranger_uid}`, operation.name), was + 1, `${operation.name} is not in the audit once`);
        }
    });

    test(named('a stranger is refused before arguments are read, and learns of no clinic'), async () => {
        const { stranger } = world.callers;
        for (const [method, at, body] of [['GET', '/v1/tenants/nowhere', ''], ['GET', '/v1/tenants/demo', ''], ['POST', '/v1/tenants/demo/staff', '{"bogus": 1'], ['POST', '/test/clock', '{}'], ['GET', '/test/routes', '']]) {
            const answer = await stranger.call(method, at, body);
            assert.equal(answer.status, 403, at);
            assert.match(JSON.parse(answer.body).error.message, /^You may not do this\.$/);
        }
    });

    test(named('portalctl of a stranger ends with 4, says so and shows nothing'), async () => {
        const copy = path.join(world.portal.folder, 'portalctl');
        fs.copyFileSync(portalctl, copy);
        fs.chmodSync(copy, 0o755);
        const done = await run_as(stranger_uid, copy, ['tenant', 'list', '--socket', world.portal.settings.admin.socket]);
        assert.equal(done.status, 4, done.stderr);
        assert.equal(done.stdout, '');
        assert.match(done.stderr, /may not/);
    });

    test(named('who may only read is refused for writing, which the audit tells'), async () => {
        const writes = operations.filter(({ access }) => access === 'write');
        assert.ok(writes.length > 10);
        for (const { name } of writes) assert.ok((await world.audit_of(`uid:${reader_uid}`, name)) > 0, name);
        const reads = operations.filter(({ access }) => access === 'read');
        for (const { name } of reads) assert.equal(await world.audit_of(`uid:${reader_uid}`, name), 0, name);
    });

    test(named('the admin listener answers nobody by TCP'), async () => {
        for (const port of [world.portal.port, world.portal.metrics_port]) {
            const answer = await send({ port, path: '/v1/tenants', headers: { host: world.portal.host('demo') } });
            assert.equal(answer.status, 404);
        }
    });

    test(named('what the machine’s own listener tells is told nowhere else and names nobody'), async () => {
        const { port, metrics_port } = world.portal;
        for (const at of ['/metrics', '/readyz']) {
            assert.equal((await send({ port, path: at, headers: { host: world.portal.host('demo') } })).status, 404, at);
            const own = await send({ port: metrics_port, path: at, headers: { host: '127.0.0.1' } });
            assert.equal(own.status, 200, at);
            assert.doesNotMatch(own.body, /demo|elsa|anna|tenant=|slug/i, at);
        }
    });

    test(named('with the module off a reminder that falls due is not sent, and its row says why'), async () => {
        const { portal } = world;
        const due = () => portal.sql("SELECT r.state, r.reason FROM reminder r JOIN tenant t ON t.id = r.tenant WHERE t.slug = 'off'");
        assert.deepEqual(await due(), [['pending', '']]);
        await portal.set_clock('2027-01-11T23:40:00Z');
        await portal.ask(['reminder', 'send']);
        assert.deepEqual(await due(), [['not-sent', 'module-off']]);
        const rows = await portal.sql("SELECT o.state, o.reason FROM outbox o JOIN tenant t ON t.id = o.tenant WHERE t.slug = 'off' AND o.kind = 'booking-reminder'");
        assert.deepEqual(rows, [['not-sent', 'module-off']]);
    });
});
