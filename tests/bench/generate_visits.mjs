// Clinics, patients and bookings straight into the SQLite file of a portald that is stopped, by the
// hundred thousand. Every staff member has every second half hour of five working days, week after
// week, up to four weeks from now; past visits are over, as the daemon would have settled them.
import { DatabaseSync } from 'node:sqlite';

const minute_ms = 60_000;
const day_ms = 1440 * minute_ms;
const week_ms = 7 * day_ms;
const weeks_ahead = 4;
const each_week = 40; // bookings of a staff member
const first_hour = 8; // UTC: within the working day in summer and in winter
const numbered = 'WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)';

/** 5 million bookings of 1 million patients at 1,000 clinics; a million of them at `demo`. */
export const large = { clinics: 1000, patients: 1_000_000, big: { staff: 251, bookings: 4000, patients: 100_000 }, other: { staff: 10, bookings: 400 } };
/** The clinic `demo` of `large` alone. */
export const one_large_clinic = { ...large, clinics: 1, patients: large.big.patients };
/** A thousand bookings of a hundred patients. */
export const small = { clinics: 1, patients: 100, big: { staff: 5, bookings: 200, patients: 100 }, other: large.other };

const monday_of = (now) => {
    const today = Math.floor(now / day_ms);
    return (today - ((today + 3) % 7)) * day_ms;
};

class Generator {
    constructor(file, size, now) {
        Object.assign(this, { size, now, database: new DatabaseSync(file) });
        this.demo = this.one("SELECT id FROM tenant WHERE slug = 'demo'").id;
        this.base = Object.fromEntries(['tenant', 'account', 'membership', 'staff', 'visit_type', 'booking'].map((table) => [table, this.one(`SELECT COALESCE(MAX(id), 0) + 1 AS next FROM ${table}`).next]));
    }

    one(sql, ...values) {
        return this.database.prepare(sql).get(...values);
    }

    run(sql, ...values) {
        this.database.prepare(sql).run(...values);
    }

    /** Copies of demo and of its visit type, the i-th as `t<i>`. */
    make_clinics() {
        const count = this.size.clinics - 1;
        if (count === 0) return;
        this.run(`${numbered} INSERT INTO tenant (id, slug, host, name, zone, country, language, contact_name, contact_email, client_login, created_at)
            SELECT ? + n.i, 't' || n.i, 't' || n.i || '.localhost', 'Clinic ' || n.i, t.zone, t.country, t.language, t.contact_name, t.contact_email, 1, t.created_at FROM n, tenant t WHERE t.id = ?`, count, this.base.tenant, this.demo);
        this.run(`${numbered} INSERT INTO visit_type (id, public_id, tenant, title, kind, duration_minutes, step_minutes, lead_minutes, horizon_days)
            SELECT ? + n.i, randomblob(16), ? + n.i, v.title, v.kind, v.duration_minutes, v.step_minutes, v.lead_minutes, v.horizon_days FROM n, visit_type v WHERE v.tenant = ?`, count, this.base.visit_type, this.base.tenant, this.demo);
    }

    /** `count` people, the i-th at the clinic `tenant` says (SQL over i); answers their first id. */
    add_people(role, count, tenant) {
        const { account, membership } = this.base;
        this.run(`${numbered} INSERT INTO account (id, created_at) SELECT ? + i, ? FROM n`, count, account, this.now);
        this.run(`${numbered} INSERT INTO membership (id, public_id, tenant, account, role, first_name, last_name, email, mobile, language, created_at)
            SELECT ? + i, randomblob(16), ${tenant}, ? + i, ?, 'Maja', 'Lindqvist ' || i, ? || (? + i) || '@bench.example', '+46701740605', 'sv', ? FROM n`, count, membership, account, role, role, membership, this.now);
        this.base.account += count;
        this.base.membership += count;
        return membership;
    }

    /** `count` staff members with demo's hours; answers their first id. */
    add_staff(count, tenant) {
        const people = this.add_people('staff', count, tenant);
        const first = this.base.staff;
        this.run(`${numbered} INSERT INTO staff (id, tenant, membership, title) SELECT ? + i, ${tenant}, ? + i, 'Physiotherapist' FROM n`, count, first, people);
        this.run(`${numbered} INSERT INTO availability (tenant, staff, zone, rules, exceptions)
            SELECT ${tenant}, ? + i, zone, rules, exceptions FROM n, (SELECT zone, rules, exceptions FROM availability WHERE tenant = ? ORDER BY id LIMIT 1)`, count, first, this.demo);
        this.base.staff += count;
        return first;
    }

    /** The k-th booking of each of some staff members; `of` says whose clinic, patient and type (SQL over i). */
    add_bookings({ staff, count, each }, of) {
        const first = monday_of(this.now) + (weeks_ahead - Math.ceil(each / each_week)) * week_ms;
        const k = `(i % ${each})`;
        const starts = `(${first} + ${k} / ${each_week} * ${week_ms} + ${k} % ${each_week} / 8 * ${day_ms} + ${first_hour * 60 * minute_ms} + ${k} % 8 * ${60 * minute_ms})`;
        const draw = '((i * 7919) % 100)';
        this.run(`${numbered}, b AS (SELECT i, ${starts} AS starts FROM n)
            INSERT INTO booking (id, public_id, tenant, staff, patient, visit_type, starts, ends, state, uid, created_at, changed_at, awaits)
            SELECT ? + i, randomblob(16), ${of.tenant}, ${staff} + i / ${each}, ${of.patient}, ${of.type}, starts, starts + ${30 * minute_ms},
                CASE WHEN ${draw} < 10 THEN 'cancelled' WHEN starts < ${this.now} - ${day_ms} THEN CASE WHEN ${draw} < 16 THEN 'no-show' WHEN ${draw} < 22 THEN 'lapsed' ELSE 'done' END
                     WHEN ${draw} < 30 THEN 'unconfirmed' ELSE 'confirmed' END,
                randomblob(16), starts - ${week_ms}, starts - ${week_ms}, CASE WHEN ${draw} < 30 THEN 'patient' ELSE 'nobody' END FROM b`, count * each, this.base.booking);
        this.base.booking += count * each;
    }

    fill_demo() {
        const { staff, bookings, patients } = this.size.big;
        const type = this.one('SELECT id FROM visit_type WHERE tenant = ?', this.demo).id;
        const first_patient = this.add_people('patient', patients, String(this.demo));
        const first_staff = this.add_staff(staff, String(this.demo));
        const of = { tenant: this.demo, patient: `${first_patient} + (i * 7919) % ${patients}`, type };
        this.add_bookings({ staff: first_staff, count: staff, each: bookings }, of);
        // The patient who looks at her visits has five past and five to come, however large the clinic.
        const elsa = this.one("SELECT id FROM membership WHERE tenant = ? AND email = 'elsa@demo.example'", this.demo).id;
        const take = (when) => this.run(`UPDATE booking SET patient = ? WHERE id IN (SELECT id FROM booking WHERE staff = ? AND ${when} LIMIT 5)`, elsa, first_staff + 1);
        take(`starts > ${this.now + day_ms} AND state = 'confirmed'`);
        take(`starts < ${this.now} AND state = 'done'`);
    }

    fill_others() {
        const clinics = this.size.clinics - 1;
        if (clinics === 0) return;
        const { staff, bookings } = this.size.other;
        const each_patients = Math.ceil((this.size.patients - this.size.big.patients) / clinics);
        const first_patient = this.add_people('patient', each_patients * clinics, `${this.base.tenant} + i / ${each_patients}`);
        const first_staff = this.add_staff(staff * clinics, `${this.base.tenant} + i / ${staff}`);
        const clinic = `i / ${staff * bookings}`;
        const of = { tenant: `${this.base.tenant} + ${clinic}`, patient: `${first_patient} + ${clinic} * ${each_patients} + (i * 7919) % ${each_patients}`, type: `${this.base.visit_type} + ${clinic}` };
        this.add_bookings({ staff: first_staff, count: staff * clinics, each: bookings }, of);
    }

    /** A reminder an hour before each visit to come. */
    add_reminders() {
        this.run(`INSERT INTO reminder (tenant, booking, kind, lead_ms, schedule, due_at, state)
            SELECT tenant, id, 'start', ${60 * minute_ms}, 1, starts - ${60 * minute_ms}, 'pending' FROM booking WHERE starts > ? AND state = 'confirmed'`, this.now + 2 * day_ms);
    }

    /** Indexes and the overlap triggers are put aside meanwhile: no two of these bookings meet. */
    fill() {
        this.database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY; BEGIN');
        const aside = this.database.prepare("SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('booking', 'reminder') AND sql IS NOT NULL AND type IN ('index', 'trigger')").all();
        for (const { type, name } of aside) this.database.exec(`DROP ${type} ${name}`);
        this.make_clinics();
        this.fill_demo();
        this.fill_others();
        this.add_reminders();
        for (const { sql } of aside) this.database.exec(sql);
        this.database.exec('COMMIT; PRAGMA journal_mode = WAL');
        this.database.close();
    }
}

/** Fills the file with what `size` says, in one go. */
export function generate_visits(file, size, now = Date.now()) {
    new Generator(file, size, now).fill();
}
