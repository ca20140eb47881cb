// What portalctl and portald say to whoever runs them when something does not fit.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { make_clinic, make_tenant } from './clinic.mjs';
import { on_each_engine, Portal, portalctl, portald, run, with_portal } from './portal.mjs';

const nobody = '11111111-2222-4333-8444-555555555555';
const owner = ['--first-name', 'Åsa', '--last-name', 'Öst', '--email', 'asa@ny.example'];

on_each_engine((engine, named) => {
    let portal;

    before(async () => {
        portal = await Portal.start({ engine });
        await make_clinic(portal);
        await make_tenant(portal, 'other');
    });
    after(() => portal?.close());

    /** Refused with this status; stderr holds each of the texts. */
    async function refused(args, status, ...texts) {
        const done = await portal.ctl(args);
        assert.equal(done.status, status, `${args.join(' ')}: ${done.status} ${done.stdout}${done.stderr}`);
        for (const text of texts) assert.ok(done.stderr.includes(text), `${text} is not in: ${done.stderr}`);
        return done.stderr;
    }

    test(named('a clinic is in the time zone of a place, which its visits can be booked in'), async () => {
        for (const zone of ['UTC', 'GMT', 'localtime', 'EST5EDT', 'Etc/UTC', 'posix/Europe/Stockholm', 'posixrules', 'Europe/Atlantis', '../etc/localtime']) {
            await refused(['tenant', 'set', 'demo', '--zone', zone], 2, '--zone', 'Europe/Stockholm');
            await refused(['availability', 'set', '-T', 'demo', 'anna@demo.example', '--zone', zone], 2, '--zone', 'Europe/Stockholm');
        }
        for (const zone of ['Europe/Copenhagen', 'America/Argentina/Ushuaia', 'Europe/Stockholm']) {
            assert.equal((await portal.ask(['tenant', 'set', 'demo', '--zone', zone])).zone, zone);
        }
    });

    test(named('a host of one\'s own is a host name, and nobody else\'s'), async () => {
        for (const host of ['clinic', '127.0.0.1', '10.1', '::1', 'a..example', '-a.example', 'a-.example', 'a.example.', 'a_b.example', 'å.example', 'a.example:443', 'www.a.example', `${'a'.repeat(64)}.example`]) {
            await refused(['tenant', 'set', 'demo', `--host=${host}`], 2, '--host');
        }
        await refused(['tenant', 'set', 'demo', '--host', 'next.localhost'], 2, '--host', 'localhost');
        await portal.ask(['tenant', 'set', 'demo', '--host', 'Portal.Clinic.example']);
        await refused(['tenant', 'set', 'other', '--host', 'portal.clinic.example'], 6, '--host', 'portal.clinic.example');
        assert.match((await portal.ask(['tenant', 'show', 'demo'])).url, /portal\.clinic\.example/);
        await portal.ask(['tenant', 'set', 'demo', '--host', '']);
    });

    test(named('a clinic that cannot be made says whether its slug or its host is taken'), async () => {
        await refused(['tenant', 'create', '--organisation', 'Demo again', '--slug', 'demo', ...owner], 6, "slug 'demo'", '--slug');
        await portal.ask(['tenant', 'set', 'other', '--host', 'fjord.clinics.example']);
        await portal.stop();
        portal.write_settings({ ...portal.settings, http: { ...portal.settings.http, base_domain: 'clinics.example' } });
        await portal.serve();
        const told = await refused(['tenant', 'create', '--organisation', 'Fjord', ...owner], 6, 'fjord.clinics.example');
        assert.doesNotMatch(told, /slug 'fjord'/);
    });

    test(named('hours answer the version that they have'), async () => {
        const set = ['availability', 'set', '-T', 'demo', 'anna@demo.example', '--rule', 'mon 08:00-12:00'];
        const first = await portal.ask(set);
        const second = await portal.ask(set);
        assert.ok(first.version > 0);
        assert.equal(second.version, first.version + 1);
        assert.equal((await portal.ask(['availability', 'show', '-T', 'demo', 'anna@demo.example'])).version, second.version);
    });

    test(named('rules that overlap are told by the flag that they were given with'), async () => {
        const told = await refused(['availability', 'set', '-T', 'demo', 'anna@demo.example', '--rule', 'mon 08:00-12:00', '--rule', 'mon 11:00-13:00'], 2, '--rule: overlaps the 1st --rule');
        assert.doesNotMatch(told, /rules?\[/);
        await refused(['availability', 'set', '-T', 'demo', 'anna@demo.example', '--exception', '2027-02-01 closed', '--exception', '2027-02-02 closed', '--exception', '2027-02-02 closed'], 2, '--exception: overlaps the 2nd --exception');
    });

    test(named('what is not there is named, with the line that lists what is'), async () => {
        for (const verb of ['show', 'confirm', 'cancel']) {
            await refused(['booking', verb, '-T', 'demo', nobody], 5, 'There is no such booking here.', 'hint: portalctl booking list -T demo');
        }
        await refused(['patient', 'show', '-T', 'demo', 'nobody@demo.example'], 5, 'hint: portalctl patient list -T demo');
        await refused(['availability', 'show', '-T', 'demo', 'nobody@demo.example'], 5, 'hint: portalctl staff list -T demo');
        await refused(['user', 'set-password', '-T', 'demo', 'nobody@demo.example'], 5, 'portalctl patient list -T demo', 'portalctl staff list -T demo');
    });

    test(named('what is refused is told with a line that runs and goes on'), async () => {
        const hint = (told) => told.match(/^hint: (portalctl .*)$/m)?.[1] ?? assert.fail(told);
        const runs = async (told) => {
            const line = hint(told);
            const done = await run('bash', ['-c', line.replace(/^portalctl/, '"$0"'), portalctl], { env: { PORTALCTL_SOCKET: portal.settings.admin.socket } });
            assert.equal(done.status, 0, `${line}: ${done.stderr}`);
            return done.stdout;
        };
        const type = ['--visit-type', 'Knee, 1st talk'];
        const { id } = await portal.ask(['visit-type', 'create', '-T', 'demo', type[1], '--duration-minutes', '30', '--kind', 'phone']);
        await refused(['visit-type', 'set', '-T', 'demo', type[1], '--version', '9', '--approval', 'yes'], 6).then(runs).then((shown) => assert.ok(shown.includes(id)));
        await refused(['visit-type', 'create', '-T', 'demo', type[1], '--duration-minutes', '30', '--kind', 'phone'], 6).then(runs);
        await refused(['visit-type', 'set', '-T', 'demo', type[1], '--kind', 'video-group'], 2).then(runs);
        await refused(['simulate', '-T', 'demo', '--at', '2020-01-01T00:00:00Z'], 2, '--at', 'has passed').then(runs);
        const { email } = await portal.ask(['patient', 'create', '-T', 'demo', '--first-name', 'Bo', '--last-name', 'Lind', '--email', 'bo@demo.example']);
        const create = ['booking', 'create', '-T', 'demo', '--patient', email, '--staff', 'anna@demo.example', ...type, '--starts', '2027-01-16T08:00:00Z'];
        assert.match(hint(await refused(create, 6, '--starts')), /slot list .* --from 2027-01-16$/);
        await refused(create, 6).then(runs);
        const visit = await portal.ask([...create.slice(0, -1), '2027-01-18T08:00:00Z']);
        await refused(['booking', 'done', '-T', 'demo', visit.id], 6).then(runs).then((shown) => assert.ok(shown.includes(visit.id)));
        await portal.ask(['staff', 'set', '-T', 'demo', 'anna@demo.example', '--bookable', 'no']);
        await refused(create, 6, '--staff').then(runs);
        assert.equal((await portal.ask(['staff', 'show', '-T', 'demo', 'anna@demo.example'])).bookable, true);
        await portal.ask(['tenant', 'set', 'demo', '--waitlist', 'yes']);
        await portal.ask(['waitlist', 'add', '-T', 'demo', '--patient', email, ...type]);
        await refused(['waitlist', 'add', '-T', 'demo', '--patient', email, ...type], 6, 'This patient').then(runs);
    });

    test(named('the hint about a module that is off is a line that adds it and keeps the others'), async () => {
        const told = await refused(['policy', 'set', '-T', 'demo', '--identifier', 'national-id'], 2, '--identifier');
        const line = told.match(/^hint: portalctl (.*)$/m)[1];
        await portal.ask(line.split(' '));
        assert.deepEqual((await portal.ask(['tenant', 'show', 'demo'])).modules, ['booking', 'sms', 'cpr-password']);
    });

    test(named('a name or a title of white space alone is refused'), async () => {
        for (const blank of ['  ', '\u00a0', '\u200b']) {
            await refused(['tenant', 'create', '--organisation', blank, ...owner], 2, '--organisation');
            await refused(['tenant', 'set', 'demo', '--name', blank], 2, '--name');
            await refused(['staff', 'create', '-T', 'demo', '--first-name', blank, '--last-name', 'B', '--email', 'b@demo.example', '--title', 'C'], 2, '--first-name');
            await refused(['visit-type', 'create', '-T', 'demo', blank, '--duration-minutes', '30', '--kind', 'physical'], 2, 'TITLE');
        }
    });

    test(named('an address that mail cannot be sent to is refused when it is given'), async () => {
        await refused(['patient', 'create', '-T', 'demo', '--first-name', 'A', '--last-name', 'B', '--email', 'åsa@demo.example'], 2, '--email', 'letters beyond a to z before the @');
    });
});

test('the admin socket goes to the group that the settings name', async () => {
    const is_root = process.getuid() === 0;
    const group = is_root ? 'daemon' : execFileSync('id', ['-Gn'], { encoding: 'utf8' }).trim().split(' ').at(-1);
    const wanted = Number(execFileSync('getent', ['group', group], { encoding: 'utf8' }).split(':')[2]);
    await with_portal({ settings: { admin: { group } } }, async (portal) => {
        const about = fs.statSync(portal.settings.admin.socket);
        assert.equal(about.gid, wanted);
        assert.equal(about.mode & 0o777, 0o660);
    });
});

test('the admin socket stays as it is, with one line in the log, where its group does not exist', async () => {
    await with_portal({ settings: { admin: { group: 'no-such-group-here' } } }, async (portal) => {
        assert.equal(fs.statSync(portal.settings.admin.socket).gid, process.getgid());
        const lines = portal.log.split('\n').filter((line) => line.includes('no-such-group-here'));
        assert.equal(lines.length, 1);
        assert.match(lines[0], /"info"/);
    });
});

test('init beside a key file without a database says what to do', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portal-init-'));
    after(() => fs.rmSync(folder, { recursive: true, force: true }));
    const config = path.join(folder, 'portald.toml');
    const keys = path.join(folder, 'portal.kek');
    fs.writeFileSync(config, `[database]\nurl = "sqlite:${folder}/portal.db"\n[keys]\nfile = "${keys}"\n`, { mode: 0o600 });
    const init = () => run(portald, ['init', '--config', config]);
    assert.equal((await init()).status, 0);
    const before = fs.readFileSync(keys, 'utf8');
    fs.rmSync(path.join(folder, 'portal.db'));
    const done = await init();
    assert.equal(done.status, 6, done.stderr);
    assert.match(done.stderr, /There is a key file at .*portal\.kek already, but no database; nothing was changed\./);
    assert.match(done.stderr, /hint: keep it if it belongs to a database or a backup/);
    assert.equal(fs.readFileSync(keys, 'utf8'), before);
    assert.equal(fs.existsSync(path.join(folder, 'portal.db')), false);
    fs.rmSync(keys);
    assert.equal((await init()).status, 0);
});

test('a portal that cannot be made leaves nothing behind that keeps a test running', async () => {
    const wrong = { settings: { keys: { file: '/no-such-folder-here/portal.kek' } } };
    const code = `import { Portal } from ${JSON.stringify(path.join(import.meta.dirname, 'portal.mjs'))};
        await Portal.start(${JSON.stringify(wrong)}).then(() => process.exit(3), (error) => console.log(error.message));`;
    const done = await run(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code], { env: { PORTAL_BUILD: process.env.PORTAL_BUILD ?? '' }, timeout_ms: 20_000 });
    assert.equal(done.status, 0, `${done.status}: ${done.stdout}${done.stderr}`);
    assert.match(done.stdout, /portald init: .*no-such-folder-here/);
});
