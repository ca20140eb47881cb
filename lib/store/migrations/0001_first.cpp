// The first schema: tenants, people and their login, visits, audit, outbox.
// A released migration is never edited; a change is a new file beside it.
// Global tables (no tenant column): tenant, account, national_identity. Every other table belongs
// to a tenant. Sealed columns name table, column, tenant and row in their associated data.
#include <array>

#include "store/migrations/migration.hpp"

namespace portal::store {

const Migration& migration_0001();

namespace {

constexpr std::string_view kCommon = R"sql(
CREATE TABLE tenant (
    id {pk},
    slug {text} NOT NULL UNIQUE,
    host {text} NOT NULL UNIQUE,
    own_host {i64} NOT NULL DEFAULT 0 CHECK (own_host IN (0, 1)),
    name {text} NOT NULL,
    address {text} NOT NULL DEFAULT '',
    zone {text} NOT NULL,
    country {text} NOT NULL,
    language {text} NOT NULL,
    modules {text} NOT NULL DEFAULT '',
    confirmation {i64} NOT NULL DEFAULT 0 CHECK (confirmation IN (0, 1)),
    reminders {text} NOT NULL DEFAULT '30m',
    client_login {i64} NOT NULL DEFAULT 0 CHECK (client_login IN (0, 1)),
    login_methods {text} NOT NULL DEFAULT 'password',
    login_identifier {text} NOT NULL DEFAULT 'email',
    code_channel {text} NOT NULL DEFAULT 'email',
    contact_name {text} NOT NULL,
    contact_email {text} NOT NULL,
    created_at {i64} NOT NULL,
    version {i64} NOT NULL DEFAULT 1
) {strict};

CREATE TABLE account (
    id {pk},
    created_at {i64} NOT NULL
) {strict};

CREATE TABLE national_identity (
    id {pk},
    account {i64} NOT NULL REFERENCES account (id),
    country {text} NOT NULL,
    blind_index {blob} NOT NULL UNIQUE,
    sealed {blob} NOT NULL,
    masked {text} NOT NULL,
    created_at {i64} NOT NULL
) {strict};
CREATE INDEX national_identity_account ON national_identity (account);

CREATE TABLE membership (
    id {pk},
    public_id {blob} NOT NULL UNIQUE,
    tenant {i64} NOT NULL REFERENCES tenant (id),
    account {i64} NOT NULL REFERENCES account (id),
    role {text} NOT NULL CHECK (role IN ('patient', 'staff')),
    status {text} NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'blocked')),
    first_name {text} NOT NULL,
    last_name {text} NOT NULL,
    email {text} NOT NULL DEFAULT '',
    mobile {text} NOT NULL DEFAULT '',
    language {text} NOT NULL,
    created_at {i64} NOT NULL,
    version {i64} NOT NULL DEFAULT 1,
    UNIQUE (tenant, account, role)
) {strict};

CREATE TABLE identifier (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    account {i64} NOT NULL REFERENCES account (id),
    kind {text} NOT NULL CHECK (kind IN ('email', 'login')),
    folded {text} NOT NULL,
    UNIQUE (tenant, kind, folded)
) {strict};
CREATE INDEX identifier_account ON identifier (tenant, account);

CREATE TABLE credential (
    id {pk},
    account {i64} NOT NULL REFERENCES account (id),
    tenant {i64} REFERENCES tenant (id),
    proved_by {text} NOT NULL CHECK (proved_by IN ('eid', 'tenant')),
    kind {text} NOT NULL CHECK (kind IN ('password')),
    hash {text} NOT NULL,
    created_at {i64} NOT NULL,
    voided_at {i64},
    CHECK ((proved_by = 'eid') = (tenant IS NULL))
) {strict};
CREATE INDEX credential_account ON credential (account, kind);

CREATE TABLE password_link (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    membership {i64} NOT NULL REFERENCES membership (id),
    token_hash {blob} NOT NULL UNIQUE,
    created_at {i64} NOT NULL,
    expires_at {i64} NOT NULL,
    used_at {i64}
) {strict};

CREATE TABLE login_attempt (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    membership {i64} REFERENCES membership (id),
    token_hash {blob} NOT NULL UNIQUE,
    code_hash {blob},
    tries {i64} NOT NULL DEFAULT 0,
    created_at {i64} NOT NULL,
    expires_at {i64} NOT NULL,
    done_at {i64}
) {strict};
CREATE INDEX login_attempt_expires ON login_attempt (expires_at);

CREATE TABLE login_budget (
    tenant {i64} NOT NULL REFERENCES tenant (id),
    subject {blob} NOT NULL,
    window_start {i64} NOT NULL,
    steps {i64} NOT NULL,
    UNIQUE (tenant, subject)
) {strict};
CREATE INDEX login_budget_window ON login_budget (window_start);

CREATE TABLE session (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    membership {i64} NOT NULL REFERENCES membership (id),
    token_hash {blob} NOT NULL UNIQUE,
    assurance {text} NOT NULL CHECK (assurance IN ('link', 'password', 'password-code', 'eid')),
    language {text} NOT NULL,
    created_at {i64} NOT NULL,
    seen_at {i64} NOT NULL,
    expires_at {i64} NOT NULL,
    ended_at {i64}
) {strict};
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE consent (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    membership {i64} NOT NULL REFERENCES membership (id),
    text_version {text} NOT NULL,
    text_hash {blob} NOT NULL,
    language {text} NOT NULL,
    method {text} NOT NULL,
    given_at {i64} NOT NULL,
    withdrawn_at {i64}
) {strict};

CREATE TABLE staff (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    membership {i64} NOT NULL UNIQUE REFERENCES membership (id),
    title {text} NOT NULL,
    bookable {i64} NOT NULL DEFAULT 1 CHECK (bookable IN (0, 1)),
    version {i64} NOT NULL DEFAULT 1
) {strict};
CREATE INDEX staff_tenant ON staff (tenant);

CREATE TABLE visit_type (
    id {pk},
    public_id {blob} NOT NULL UNIQUE,
    tenant {i64} NOT NULL REFERENCES tenant (id),
    title {text} NOT NULL,
    kind {text} NOT NULL DEFAULT 'physical',
    duration_minutes {i64} NOT NULL CHECK (duration_minutes BETWEEN 1 AND 240),
    step_minutes {i64} NOT NULL,
    lead_minutes {i64} NOT NULL,
    horizon_days {i64} NOT NULL,
    active {i64} NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version {i64} NOT NULL DEFAULT 1,
    UNIQUE (tenant, title)
) {strict};

CREATE TABLE availability (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    staff {i64} NOT NULL UNIQUE REFERENCES staff (id),
    zone {text} NOT NULL,
    rules {text} NOT NULL,
    exceptions {text} NOT NULL,
    version {i64} NOT NULL DEFAULT 1
) {strict};

CREATE TABLE booking (
    id {pk},
    public_id {blob} NOT NULL UNIQUE,
    tenant {i64} NOT NULL REFERENCES tenant (id),
    staff {i64} NOT NULL REFERENCES staff (id),
    patient {i64} NOT NULL REFERENCES membership (id),
    visit_type {i64} NOT NULL REFERENCES visit_type (id),
    starts {i64} NOT NULL,
    ends {i64} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('unconfirmed', 'confirmed', 'lapsed', 'cancelled', 'done', 'no-show')),
    uid {blob} NOT NULL,
    sequence {i64} NOT NULL DEFAULT 0,
    schedule {i64} NOT NULL DEFAULT 1,
    created_at {i64} NOT NULL,
    changed_at {i64} NOT NULL,
    version {i64} NOT NULL DEFAULT 1,
    CHECK (ends > starts AND ends - starts <= 14400000)
) {strict};
CREATE INDEX booking_staff ON booking (staff, starts);
CREATE INDEX booking_patient ON booking (patient, starts);
CREATE INDEX booking_tenant ON booking (tenant, starts);

CREATE TABLE reminder (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    booking {i64} NOT NULL REFERENCES booking (id),
    kind {text} NOT NULL,
    lead_ms {i64} NOT NULL,
    schedule {i64} NOT NULL,
    due_at {i64} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('pending', 'queued', 'not-sent')),
    reason {text} NOT NULL DEFAULT '',
    UNIQUE (booking, kind, lead_ms, schedule)
) {strict};
CREATE INDEX reminder_due ON reminder (due_at) WHERE state = 'pending';

CREATE TABLE idempotency (
    tenant {i64} NOT NULL REFERENCES tenant (id),
    key {blob} NOT NULL,
    act {text} NOT NULL,
    result {blob} NOT NULL,
    created_at {i64} NOT NULL,
    UNIQUE (tenant, key)
) {strict};
CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE audit (
    id {pk},
    tenant {i64} NOT NULL,
    at {i64} NOT NULL,
    actor {text} NOT NULL,
    act {text} NOT NULL,
    object {text} NOT NULL,
    reason {text} NOT NULL DEFAULT '',
    before_digest {blob},
    after_digest {blob},
    on_behalf_of {text} NOT NULL DEFAULT ''
) {strict};
CREATE INDEX audit_tenant ON audit (tenant, at);

CREATE TABLE outbox (
    id {pk},
    public_id {blob} NOT NULL UNIQUE,
    tenant {i64} NOT NULL REFERENCES tenant (id),
    kind {text} NOT NULL,
    channel {text} NOT NULL CHECK (channel IN ('email', 'sms')),
    booking {i64} REFERENCES booking (id),
    membership {i64} REFERENCES membership (id),
    schedule {i64} NOT NULL DEFAULT 0,
    dedupe {text} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'delivered', 'deferred', 'held', 'expired', 'dead', 'unknown', 'not-sent')),
    reason {text} NOT NULL DEFAULT '',
    recipient_sealed {blob},
    body_sealed {blob},
    secret {i64} NOT NULL CHECK (secret IN (0, 1)),
    language {text} NOT NULL,
    attempts {i64} NOT NULL DEFAULT 0,
    next_at {i64} NOT NULL,
    expires_at {i64} NOT NULL,
    lease_owner {text} NOT NULL DEFAULT '',
    provider {text} NOT NULL DEFAULT '',
    provider_id {text} NOT NULL DEFAULT '',
    created_at {i64} NOT NULL,
    final_at {i64},
    UNIQUE (tenant, dedupe)
) {strict};
CREATE INDEX outbox_active ON outbox (channel, tenant, secret, next_at) WHERE final_at IS NULL;
CREATE INDEX outbox_expiry ON outbox (expires_at) WHERE final_at IS NULL;
CREATE INDEX outbox_tenant ON outbox (tenant, id);
CREATE INDEX outbox_booking ON outbox (tenant, booking);
)sql";

/// Overlaps are refused by the database itself; both triggers and the constraint mean the same.
/// The look back is bounded by the longest booking (4 h), so that it stays one index range.
constexpr std::string_view kSqlite = R"sql(
CREATE TRIGGER booking_no_overlap_insert BEFORE INSERT ON booking
WHEN NEW.state IN ('unconfirmed', 'confirmed')
BEGIN
    SELECT RAISE(ABORT, 'overlap') FROM booking
    WHERE staff = NEW.staff AND starts > NEW.starts - 14400000 AND starts < NEW.ends
      AND ends > NEW.starts AND state IN ('unconfirmed', 'confirmed');
END;
CREATE TRIGGER booking_no_overlap_update BEFORE UPDATE OF starts, ends, staff, state ON booking
WHEN NEW.state IN ('unconfirmed', 'confirmed')
BEGIN
    SELECT RAISE(ABORT, 'overlap') FROM booking
    WHERE staff = NEW.staff AND starts > NEW.starts - 14400000 AND starts < NEW.ends
      AND ends > NEW.starts AND state IN ('unconfirmed', 'confirmed') AND id <> NEW.id;
END;
)sql";

constexpr std::string_view kPostgres = R"sql(
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE booking ADD CONSTRAINT booking_no_overlap
    EXCLUDE USING gist (staff WITH =, int8range(starts, ends) WITH &&)
    WHERE (state IN ('unconfirmed', 'confirmed'));
)sql";

constexpr std::array<std::string_view, 3> kGlobalTables{"tenant", "account", "national_identity"};

}  // namespace

const Migration& migration_0001() {
    static const Migration migration{1, "first", kCommon, kSqlite, kPostgres, 1, kGlobalTables};
    return migration;
}

}  // namespace portal::store
