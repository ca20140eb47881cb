// Profiles as staff write and patients read them, and the pages of a unit's administrator: the
// unit's own people and nobody else's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { personal_number } from './bankid.mjs';
import { flags, make_clinic, make_patient, make_staff } from './clinic.mjs';
import { links, page_text } from './html.mjs';
import { choose_password, log_in } from './people.mjs';
import { on_each_engine, Portal } from './portal.mjs';

const absent = '00000000-0000-4000-8000-000000000000';
const menu = (client) => links(client.page.body.split('<main')[0]).map(({ href }) => href);

on_each_engine((engine, named) => {
    let portal;
    let clinic;
    let other;
    const who = {};
    let serial = 0;

    before(async () => {
        portal = await Portal.start({ engine });
        clinic = await make_clinic(portal, 'demo', { modules: 'booking,sms,bankid' });
        other = await make_clinic(portal, 'other', { modules: 'booking,sms,bankid' });
        for (const slug of ['demo', 'other']) await make_chief(slug, 'cecilia');
        for (const [slug, name] of [['demo', 'cecilia'], ['demo', 'anna'], ['demo', 'elsa'], ['other', 'cecilia']]) await enter(slug, name);
    });
    after(() => portal?.close());

    const count = async (from) => Number((await portal.sql(`SELECT COUNT(*) FROM ${from}`))[0][0]);
    const make_chief = (slug, name) => portal.ask(['staff', 'create', '-T', slug, ...flags({ 'first-name': name, 'last-name': 'Chef', title: 'Manager', email: `${name}@${slug}.example` }), '--administrator', '--bookable', 'no']);
    async function enter(slug, name) {
        const email = `${name}@${slug}.example`;
        await choose_password(portal, slug, email);
        who[`${name}@${slug}`] = await log_in(portal, slug, email);
        return who[`${name}@${slug}`];
    }
    const see = async (client, path) => {
        await client.get(path);
        return client.page.status;
    };
    const staff = (email) => portal.ask(['staff', 'show', '-T', 'demo', email]);

    test(named('a staff member writes a profile, and patients read it only while it is listed'), async () => {
        const [anna, elsa] = [who['anna@demo'], who['elsa@demo']];
        const profile = `/staff-members/${clinic.staff.id}`;
        assert.equal(await see(elsa, profile), 404);
        assert.equal(await see(elsa, '/staff-members'), 200);
        assert.doesNotMatch(elsa.text(), /Anna Lind/);
        await anna.get('/profile');
        assert.match(anna.text(), /patients see you as: Anna Lind, Physiotherapist/);
        await anna.submit(/^\/profile$/, { description: 'I treat backs & knees.\r\nAlso shoulders.\r\n\r\n<b>Since 1999.</b>', listed: 'yes' });
        assert.equal(anna.page.status, 200, anna.text());
        assert.match(anna.text(), /Your profile is saved/);
        assert.equal(await see(elsa, '/staff-members'), 200);
        assert.deepEqual(links(elsa.page.body).filter(({ href }) => href === profile).map(({ text }) => text), ['Anna Lind']);
        assert.equal(await see(elsa, profile), 200);
        assert.deepEqual([...elsa.page.body.matchAll(/<p class="written">([^]*?)<\/p>/g)].map(([, text]) => text), ['I treat backs &amp; knees.<br>Also shoulders.<br>', '&lt;b&gt;Since 1999.&lt;/b&gt;<br>']);
        assert.match(elsa.text(), /Physiotherapist/);
        assert.doesNotMatch(elsa.page.body, /anna@demo/);
        assert.ok(links(elsa.page.body).some(({ href }) => href === `/slots?staff=${clinic.staff.id}`));
        await anna.get('/profile');
        await anna.submit(/^\/profile$/, { listed: 'no' });
        assert.match((await staff('anna@demo.example')).description, /knees\.\nAlso shoulders\.\n\n<b>/, 'lines are kept');
        assert.equal(await see(elsa, profile), 404);
        assert.equal(await see(anna, profile), 404, 'for staff too');
        for (const id of [absent, other.staff.id, clinic.patient.id, 'x']) assert.equal(await see(elsa, `/staff-members/${id}`), 404, id);
    });

    test(named('a profile that is too long or was changed meanwhile is refused beside what was typed'), async () => {
        const anna = who['anna@demo'];
        await anna.get('/profile');
        await anna.submit(/^\/profile$/, { description: `Q${'x'.repeat(2000)}` });
        assert.equal(anna.page.status, 400);
        assert.match(anna.text(), /Write at most 2000 characters/);
        assert.match(anna.page.body, /Qxxxx/);
        await anna.get('/profile');
        await portal.ask(['staff', 'set', '-T', 'demo', 'anna@demo.example', '--title', 'Chief physiotherapist']);
        await anna.submit(/^\/profile$/, { description: 'Mine.' });
        assert.equal(anna.page.status, 409, anna.text());
        assert.notEqual((await staff('anna@demo.example')).description, 'Mine.');
        await portal.ask(['staff', 'set', '-T', 'demo', 'anna@demo.example', '--title', 'Physiotherapist']);
    });

    test(named('staff turn their bookings off and on again, and the page says what that means'), async () => {
        const anna = who['anna@demo'];
        await anna.get('/profile');
        assert.match(anna.text(), /Patients can book times with you, and you can invite them/);
        await anna.submit(/profile\/booking/);
        assert.match(anna.text(), /Your bookings are turned off\..*Nobody can book a new time with you, and you cannot invite anybody/);
        assert.equal((await staff('anna@demo.example')).bookable, false);
        const free = await portal.ask(['slot', 'list', '-T', 'demo', ...flags({ staff: 'anna@demo.example', 'visit-type': 'Check-up' })]);
        assert.deepEqual(free.items, []);
        await anna.submit(/profile\/booking/);
        assert.match(anna.text(), /Your bookings are turned on/);
        assert.equal((await staff('anna@demo.example')).bookable, true);
        const rows = await portal.sql("SELECT actor FROM audit WHERE act IN ('staff.booking-off', 'staff.booking-on') ORDER BY id");
        assert.equal(rows.length, 2);
        for (const [actor] of rows) assert.match(actor, /^member:\d+$/);
    });

    test(named('only administrators see the unit in their menu, and for others its pages do not exist'), async () => {
        const pages = ['/unit/staff', '/unit/staff/new', `/unit/staff/${clinic.staff.id}`, `/unit/staff/${clinic.staff.id}/end`, '/unit/patients', '/unit/patients/new', `/unit/patients/${clinic.patient.id}`];
        for (const path of pages) {
            assert.equal(await see(who['cecilia@demo'], path), 200, path);
            assert.equal(await see(who['anna@demo'], path), 404, path);
            assert.equal(await see(who['elsa@demo'], path), 404, path);
        }
        assert.equal(await see(who['cecilia@demo'], '/profile'), 200);
        assert.ok(menu(who['cecilia@demo']).includes('/unit/staff') && menu(who['cecilia@demo']).includes('/unit/patients'));
        assert.equal(await see(who['anna@demo'], '/profile'), 200);
        assert.ok(!menu(who['anna@demo']).some((href) => href.startsWith('/unit')), menu(who['anna@demo']).join(' '));
        assert.equal(await see(who['elsa@demo'], '/profile'), 403);
    });

    test(named('another unit’s people cannot be seen or changed by their ids'), async () => {
        const chief = who['cecilia@demo'];
        const theirs = [['staff', other.staff.id], ['patients', other.patient.id], ['staff', clinic.patient.id], ['patients', clinic.staff.id], ['staff', absent], ['patients', 'anna@demo.example']];
        for (const [folder, id] of theirs) assert.equal(await see(chief, `/unit/${folder}/${id}`), 404, `${folder} ${id}`);
        await chief.get(`/unit/staff/${clinic.staff.id}`);
        const form = chief.form(/^\/unit\/staff\/[0-9a-f-]+$/);
        const fields = form.filled({ title: 'Stolen' });
        const was = await portal.ask(['staff', 'show', '-T', 'other', other.staff.id]);
        for (const act of ['', '/invite', '/end']) {
            const answer = await chief.post_raw(`/unit/staff/${other.staff.id}${act}`, act === '' ? fields : [fields.find(([name]) => name === 'form_token')]);
            assert.equal(answer.status, 404, act);
        }
        const invited = await chief.post_raw(`/unit/patients/${other.patient.id}/invite`, [fields.find(([name]) => name === 'form_token')]);
        assert.equal(invited.status, 404);
        assert.deepEqual(await portal.ask(['staff', 'show', '-T', 'other', other.staff.id]), was);
        await chief.get('/unit/patients?after=' + other.patient.id);
        assert.equal(chief.page.status, 404);
        await chief.get('/unit/staff');
        assert.doesNotMatch(chief.page.body, /other\.example/);
    });

    test(named('an administrator adds a staff member once, who is invited and can log in'), async () => {
        const chief = who['cecilia@demo'];
        await chief.get('/unit/staff/new');
        const form = chief.form(/unit\/staff\/new/);
        const values = { first_name: 'Nils', last_name: 'Ny', title: 'Nurse', email: 'nils@demo.example', mobile: '' };
        const fields = form.filled(values);
        const answers = await Promise.all([1, 2].map(() => chief.post_raw(form.action, fields)));
        assert.deepEqual(answers.map(({ status }) => status), [303, 303]);
        assert.equal(await count("membership WHERE email = 'nils@demo.example'"), 1);
        const mail = await portal.wait_mail(({ recipients }) => recipients.includes('nils@demo.example'));
        assert.match(mail.text, /\/invite\//);
        const made = await staff('nils@demo.example');
        assert.deepEqual([made.name, made.title, made.administrator, made.bookable], ['Nils Ny', 'Nurse', false, true]);
        await chief.get('/unit/staff');
        assert.match(chief.text(), /Nils Ny ?, Nurse/);
        await chief.get('/unit/staff/new');
        await chief.submit(/unit\/staff\/new/, { ...values, email: 'elsa@demo.example' });
        assert.equal(chief.page.status, 409);
        assert.match(chief.text(), /Somebody else here has this e-mail address\./);
        assert.doesNotMatch(page_text(chief.page.body), /[0-9a-f]{8}-/, 'no id is shown');
        await chief.submit(/unit\/staff\/new/, { ...values, first_name: '', email: 'nowhere' });
        assert.equal(chief.page.status, 400);
        assert.match(chief.text(), /Write something here/);
    });

    test(named('an administrator adds a patient; who is known at another clinic is answered as anybody'), async () => {
        const national_id = '19121212-1212';
        await make_patient(portal, 'other', { email: 'tolv@other.example', national_id });
        const chief = who['cecilia@demo'];
        const add = async (values) => {
            await chief.get('/unit/patients/new');
            await chief.submit(/unit\/patients\/new/, { first_name: 'Tolv', last_name: 'Tolvan', mobile: '', email: `tolv${serial += 1}@demo.example`, ...values });
            return chief.page;
        };
        const known = await add({ national_id });
        assert.equal(known.status, 200, chief.text());
        assert.match(chief.path, /^\/unit\/patients\/[0-9a-f-]{36}\?done=added$/);
        assert.match(chief.text(), /The patient is added\..*Tolv Tolvan|Tolv Tolvan/);
        const seen = chief.text();
        await add({ national_id: personal_number(7, 1970) });
        const bare = (text) => text.replace(/tolv\d+@/g, '@').replace(/\d{6,8}[-+ ]?[*•\d]{2,4}/g, 'N');
        assert.equal(bare(chief.text()), bare(seen));
        const again = await add({ national_id });
        assert.equal(again.status, 409);
        assert.match(chief.text(), /This person is here already\./);
        const way = links(again.body).find(({ text }) => /Show the person who is here already/.test(text));
        assert.equal(await see(chief, way.href), 200);
        assert.match(chief.text(), /Tolv Tolvan/);
        const wrong = await add({ national_id: '19121212-1213' });
        assert.equal(wrong.status, 400);
        assert.equal(await count("audit WHERE act = 'patient.create' AND actor LIKE 'member:%'"), 2);
        const invited = await add({ national_id: '', email: '', invite: 'yes' });
        assert.equal(invited.status, 400);
        assert.match(chief.text(), /An invitation needs an e-mail address/);
    });

    test(named('patients are listed in pages and found by a part of the name, and who looked is written down'), async () => {
        const chief = who['cecilia@demo'];
        for (let i = 0; i < 60; i += 1) {
            const made = await portal.admin('POST', '/v1/tenants/demo/patients', { first_name: i % 20 === 0 ? 'Åse' : 'Bo', last_name: `Zackrisson ${String(i).padStart(2, '0')}` });
            assert.equal(made.status, 200, made.body);
        }
        const names = () => links(chief.page.body.split('<main')[1]).filter(({ href }) => /^\/unit\/patients\/[0-9a-f]{8}-/.test(href)).map(({ text }) => text);
        const all = [];
        await chief.get('/unit/patients');
        for (let next = '/unit/patients'; next; next = links(chief.page.body).find(({ text }) => text === 'Show more')?.href) {
            await chief.get(next);
            assert.ok(names().length <= 50);
            all.push(...names());
        }
        assert.equal(all.length, await count("membership m JOIN tenant t ON t.id = m.tenant WHERE t.slug = 'demo' AND m.role = 'patient'"));
        assert.equal(new Set(all).size, all.length - all.filter((name, i) => all.indexOf(name) !== i).length);
        await chief.get('/unit/patients');
        await chief.submit(/^\/unit\/patients$/, { name: 'åse  zack' });
        assert.deepEqual(names(), ['Åse Zackrisson 00', 'Åse Zackrisson 20', 'Åse Zackrisson 40']);
        assert.doesNotMatch(chief.path, /zack/i, 'no name in an address');
        await chief.submit(/^\/unit\/patients$/, { name: 'Zackrisson' });
        assert.equal(names().length, 50);
        await chief.submit('Show more');
        assert.equal(names().length, 10);
        await make_patient(portal, 'demo', { email: 'hidden@demo.example', 'last-name': 'Skyddad' });
        await portal.ask(['user', 'set', '-T', 'demo', 'hidden@demo.example', '--protected-identity', 'yes']);
        await chief.submit(/^\/unit\/patients$/, { name: 'Skyddad' });
        assert.equal(names().length, 1);
        assert.doesNotMatch(chief.text(), /hidden@|0740605/, 'where a protected person is reached stands in no list');
        await chief.submit(/^\/unit\/patients$/, { name: 'Nobody Here' });
        assert.match(chief.text(), /Nobody was found/);
        assert.ok(await count("audit WHERE act = 'patient.find' AND actor LIKE 'member:%'") >= 3);
        assert.ok(await count("audit WHERE act = 'patient.list' AND actor LIKE 'member:%'") >= 3);
        const id = clinic.patient.id;
        await chief.get(`/unit/patients/${id}`);
        assert.match(chief.text(), /Elsa Nyström.*elsa@demo\.example/);
        assert.ok(await count("audit WHERE act = 'patient.show' AND actor LIKE 'member:%'") >= 1);
        await chief.submit(/invite/);
        assert.match(chief.text(), /The invitation is on its way/);
        await chief.submit(/invite/);
        assert.equal(chief.page.status, 409);
        assert.match(chief.text(), /invited within the last 24 hours/);
    });

    test(named('an administrator changes a colleague, and the last one cannot give it up'), async () => {
        const chief = who['cecilia@demo'];
        await chief.get(`/unit/staff/${clinic.staff.id}`);
        await chief.submit(/^\/unit\/staff\/[0-9a-f-]+$/, { title: 'Senior physiotherapist', listed: 'yes' });
        assert.match(chief.text(), /The changes are saved/);
        const anna = await staff('anna@demo.example');
        assert.deepEqual([anna.title, anna.listed], ['Senior physiotherapist', true]);
        const own = await staff('cecilia@demo.example');
        await chief.get(`/unit/staff/${own.id}`);
        await chief.submit(/^\/unit\/staff\/[0-9a-f-]+$/, { administrator: 'no' });
        assert.equal(chief.page.status, 409);
        assert.match(chief.text(), /This is the only administrator here\. Make somebody else an administrator first\./);
        await chief.get(`/unit/staff/${own.id}/end`);
        await chief.submit(/end$/);
        assert.equal(chief.page.status, 409);
        assert.equal((await staff('cecilia@demo.example')).administrator, true);
    });

    test(named('of two administrators who take each other away at once one fails'), async () => {
        for (const act of ['', '/end']) {
            const names = [`right${serial += 1}`, `left${serial += 1}`];
            const slug = `twin${serial}`;
            await make_clinic(portal, slug);
            for (const name of names) await make_chief(slug, name);
            const people = [];
            for (const name of names) people.push({ client: await enter(slug, name), id: (await portal.ask(['staff', 'show', '-T', slug, `${name}@${slug}.example`])).id });
            const posts = [];
            for (const [i, { client }] of people.entries()) {
                const at = `/unit/staff/${people[1 - i].id}${act}`;
                await client.get(at);
                const form = client.form(new RegExp(`${at}$`));
                posts.push([client, form.action, form.filled(act === '' ? { administrator: 'no' } : {})]);
            }
            const answers = await Promise.all(posts.map(([client, action, fields]) => client.post_raw(action, fields)));
            assert.equal(answers.filter(({ status }) => status === 303).length, 1, answers.map(({ status }) => status).join(' '));
            assert.equal(await count(`staff s JOIN membership m ON m.id = s.membership JOIN tenant t ON t.id = s.tenant WHERE t.slug = '${slug}' AND s.administrator = 1 AND m.status = 'active'`), 1);
        }
    });

    test(named('work ends on a page that first names the visits to come'), async () => {
        const chief = who['cecilia@demo'];
        const made = JSON.parse((await portal.admin('POST', '/v1/tenants/demo/bookings', { patient: 'elsa@demo.example', staff: 'anna@demo.example', visit_type: 'Check-up', starts: '2027-01-13T08:00:00Z' })).body);
        const at = `/unit/staff/${clinic.staff.id}/end`;
        await chief.get(at);
        assert.match(chief.text(), /still to come\. Move or cancel them first\..*13 January/);
        assert.ok(links(chief.page.body).some(({ href }) => href === `/bookings/${made.id}`));
        assert.ok(!chief.forms().some(({ action }) => action === at), 'no button while visits are to come');
        await portal.ask(['booking', 'cancel', '-T', 'demo', made.id]);
        await chief.get(at);
        await chief.submit(/end$/);
        assert.match(chief.text(), /can no longer log in and takes no bookings/);
        assert.match(chief.text(), /No longer works here/);
        assert.equal((await staff(clinic.staff.id)).status, 'blocked');
        await who['anna@demo'].get('/staff');
        assert.match(who['anna@demo'].path, /^\/login/);
        await chief.get(`/unit/staff/${clinic.staff.id}`);
        assert.match(chief.text(), /no longer works here/);
        const [[actor]] = await portal.sql("SELECT actor FROM audit WHERE act = 'staff.delete' ORDER BY id DESC LIMIT 1");
        assert.match(actor, /^member:\d+$/);
    });

    test(named('without the module Booking the menu and the pages say nothing of bookings'), async () => {
        await portal.ask(['tenant', 'set', 'demo', '--modules', 'sms']);
        const chief = who['cecilia@demo'];
        await chief.get('/profile');
        assert.equal(chief.page.status, 200);
        assert.doesNotMatch(chief.page.body, /Turn bookings/);
        assert.deepEqual(menu(chief).filter((href) => /book|slot|invite|availability|visit-types/.test(href)), []);
        const token = chief.form(/^\/profile$/).field('form_token').value;
        assert.equal((await chief.post_raw('/profile/booking', { form_token: token, bookable: 'yes' })).status, 404);
        const own = await staff('cecilia@demo.example');
        await chief.get(`/unit/staff/${own.id}`);
        await chief.submit(/^\/unit\/staff\/[0-9a-f-]+$/, { title: 'Head' });
        assert.match(chief.text(), /The changes are saved/);
        await portal.ask(['tenant', 'set', 'demo', '--modules', 'booking,sms,bankid']);
    });
});
