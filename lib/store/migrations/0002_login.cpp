// Who a person is and how he may log in: policies per audience, exemptions from eID, invitations,
// registrations, eID logins, known devices, consent texts, quotas. Source: D1, D2, K2, K13, N7, L9.
// New global tables: eid_subject, sms_quota, account_budget (subjects are keyed hashes).
#include <array>
#include <string>

#include "store/migrations/migration.hpp"

namespace portal::store {

const Migration& migration_0002();

namespace {

constexpr std::string_view kColumns = R"sql(
ALTER TABLE tenant ADD COLUMN phone {text} NOT NULL DEFAULT '';
ALTER TABLE tenant ADD COLUMN accent {text} NOT NULL DEFAULT 'blue';
ALTER TABLE tenant ADD COLUMN patient_assurance {text} NOT NULL DEFAULT 'password-code';
ALTER TABLE tenant ADD COLUMN patient_eid_first {i64} NOT NULL DEFAULT 0;
ALTER TABLE tenant ADD COLUMN relative_methods {text} NOT NULL DEFAULT '';
ALTER TABLE tenant ADD COLUMN relative_assurance {text} NOT NULL DEFAULT 'password-code';
ALTER TABLE tenant ADD COLUMN relative_eid_first {i64} NOT NULL DEFAULT 0;
ALTER TABLE tenant ADD COLUMN staff_methods {text} NOT NULL DEFAULT 'password';
ALTER TABLE tenant ADD COLUMN staff_assurance {text} NOT NULL DEFAULT 'password-code';
ALTER TABLE tenant ADD COLUMN staff_eid_first {i64} NOT NULL DEFAULT 0;
ALTER TABLE tenant ADD COLUMN feature_assurance {text} NOT NULL DEFAULT '';
ALTER TABLE tenant ADD COLUMN registration {text} NOT NULL DEFAULT 'none';
ALTER TABLE tenant ADD COLUMN unknown_by_eid {i64} NOT NULL DEFAULT 0;
ALTER TABLE tenant ADD COLUMN welcome {text} NOT NULL DEFAULT '';

ALTER TABLE membership ADD COLUMN origin {text} NOT NULL DEFAULT 'clinic';
ALTER TABLE membership ADD COLUMN verified_at {i64};
ALTER TABLE membership ADD COLUMN verified_by {text} NOT NULL DEFAULT '';
ALTER TABLE membership ADD COLUMN protected {i64} NOT NULL DEFAULT 0;
ALTER TABLE membership ADD COLUMN merged_into {i64};

ALTER TABLE credential ADD COLUMN made_by {text} NOT NULL DEFAULT 'link';

ALTER TABLE password_link ADD COLUMN purpose {text} NOT NULL DEFAULT 'password';
ALTER TABLE password_link ADD COLUMN code_hash {blob};
ALTER TABLE password_link ADD COLUMN tries {i64} NOT NULL DEFAULT 0;
ALTER TABLE password_link ADD COLUMN ended {text} NOT NULL DEFAULT '';
ALTER TABLE password_link ADD COLUMN checked_by {text} NOT NULL DEFAULT '';
ALTER TABLE password_link ADD COLUMN checked_how {text} NOT NULL DEFAULT '';
CREATE INDEX password_link_membership ON password_link (tenant, membership);
CREATE INDEX password_link_code ON password_link (tenant, code_hash);

ALTER TABLE login_attempt ADD COLUMN purpose {text} NOT NULL DEFAULT 'login';
ALTER TABLE login_attempt ADD COLUMN rests_on {text} NOT NULL DEFAULT 'tenant';
ALTER TABLE login_attempt ADD COLUMN detail_sealed {blob};
ALTER TABLE login_attempt ADD COLUMN credential {i64};
ALTER TABLE login_attempt ADD COLUMN code_until {i64};
ALTER TABLE login_attempt ADD COLUMN confirmed_at {i64};
CREATE INDEX login_attempt_membership ON login_attempt (tenant, membership);

ALTER TABLE session ADD COLUMN public_id {blob};
ALTER TABLE session ADD COLUMN method {text} NOT NULL DEFAULT 'password';
ALTER TABLE session ADD COLUMN rests_on {text} NOT NULL DEFAULT 'tenant';
ALTER TABLE session ADD COLUMN credential {i64};
ALTER TABLE session ADD COLUMN authenticated_at {i64} NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN device {text} NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN logout_hint {blob};
CREATE INDEX session_membership ON session (tenant, membership);
)sql";

constexpr std::string_view kPeople = R"sql(
CREATE TABLE exemption (
    id {pk},
    public_id {blob} NOT NULL UNIQUE,
    tenant {i64} NOT NULL REFERENCES tenant (id),
    membership {i64} NOT NULL REFERENCES membership (id),
    state {text} NOT NULL CHECK (state IN ('active', 'suspended', 'ended')),
    reason {text} NOT NULL,
    checked_by {text} NOT NULL,
    checked_how {text} NOT NULL,
    checked_at {i64} NOT NULL,
    code_address {text} NOT NULL,
    address_owner {text} NOT NULL,
    review_at {i64},
    created_at {i64} NOT NULL,
    ended_at {i64},
    version {i64} NOT NULL DEFAULT 1
) {strict};
CREATE UNIQUE INDEX exemption_live ON exemption (membership) WHERE state <> 'ended';
CREATE INDEX exemption_tenant ON exemption (tenant, id);

CREATE TABLE registration (
    id {pk},
    public_id {blob} NOT NULL UNIQUE,
    tenant {i64} NOT NULL REFERENCES tenant (id),
    account {i64} REFERENCES account (id),
    membership {i64} REFERENCES membership (id),
    state {text} NOT NULL CHECK (state IN ('unproved', 'pending', 'approved', 'rejected')),
    origin {text} NOT NULL,
    first_name {text} NOT NULL,
    last_name {text} NOT NULL,
    email {text} NOT NULL DEFAULT '',
    mobile {text} NOT NULL DEFAULT '',
    language {text} NOT NULL,
    detail_sealed {blob},
    reason {text} NOT NULL DEFAULT '',
    token_hash {blob} UNIQUE,
    created_at {i64} NOT NULL,
    expires_at {i64},
    decided_at {i64},
    version {i64} NOT NULL DEFAULT 1
) {strict};
CREATE UNIQUE INDEX registration_pending ON registration (tenant, account) WHERE state = 'pending';
CREATE INDEX registration_tenant ON registration (tenant, state, id);
CREATE INDEX registration_account ON registration (tenant, account);

CREATE TABLE eid_subject (
    id {pk},
    account {i64} NOT NULL REFERENCES account (id),
    earlier {i64} REFERENCES account (id),
    blind_index {blob} NOT NULL UNIQUE,
    created_at {i64} NOT NULL
) {strict};
CREATE INDEX eid_subject_account ON eid_subject (account);

CREATE TABLE patient_message (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    membership {i64} NOT NULL REFERENCES membership (id),
    kind {text} NOT NULL,
    body {text} NOT NULL,
    created_at {i64} NOT NULL,
    read_at {i64},
    UNIQUE (membership, kind)
) {strict};
CREATE INDEX patient_message_tenant ON patient_message (tenant, membership);

CREATE TABLE consent_text (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    version {i64} NOT NULL,
    language {text} NOT NULL,
    body {text} NOT NULL,
    created_at {i64} NOT NULL,
    UNIQUE (tenant, version, language)
) {strict};
ALTER TABLE consent ADD COLUMN answer {text} NOT NULL DEFAULT 'yes';
ALTER TABLE consent ADD COLUMN reason {text} NOT NULL DEFAULT '';
CREATE INDEX consent_membership ON consent (tenant, membership);
CREATE UNIQUE INDEX consent_live ON consent (membership, text_version)
    WHERE answer = 'yes' AND withdrawn_at IS NULL;
)sql";

constexpr std::string_view kLogins = R"sql(
CREATE TABLE eid_order (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    browser_hash {blob} NOT NULL,
    flow {text} NOT NULL CHECK (flow IN ('qr', 'device')),
    purpose {text} NOT NULL DEFAULT 'login',
    sealed {blob} NOT NULL,
    nonce_hash {blob} NOT NULL,
    address_hash {blob} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('pending', 'failed', 'complete', 'used', 'cancelled')),
    hint {text} NOT NULL DEFAULT '',
    person_sealed {blob},
    next {text} NOT NULL DEFAULT '',
    first_started_at {i64} NOT NULL,
    started_at {i64} NOT NULL,
    collect_at {i64} NOT NULL,
    returned_at {i64},
    ended_at {i64},
    expires_at {i64} NOT NULL
) {strict};
CREATE INDEX eid_order_browser ON eid_order (tenant, browser_hash, id);
CREATE INDEX eid_order_expires ON eid_order (expires_at);

CREATE TABLE oidc_login (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    provider {text} NOT NULL,
    state_hash {blob} NOT NULL UNIQUE,
    browser_hash {blob} NOT NULL,
    purpose {text} NOT NULL DEFAULT 'login',
    sealed {blob} NOT NULL,
    next {text} NOT NULL DEFAULT '',
    created_at {i64} NOT NULL,
    expires_at {i64} NOT NULL,
    used_at {i64}
) {strict};
CREATE INDEX oidc_login_expires ON oidc_login (expires_at);

CREATE TABLE device (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    account {i64} NOT NULL REFERENCES account (id),
    token_hash {blob} NOT NULL,
    created_at {i64} NOT NULL,
    seen_at {i64} NOT NULL,
    UNIQUE (tenant, account, token_hash)
) {strict};
CREATE INDEX device_seen ON device (seen_at);

CREATE TABLE account_budget (
    subject {blob} NOT NULL UNIQUE,
    last_at {i64} NOT NULL,
    steps {i64} NOT NULL
) {strict};
CREATE INDEX account_budget_last ON account_budget (last_at);

CREATE TABLE draft (
    id {pk},
    tenant {i64} NOT NULL REFERENCES tenant (id),
    membership {i64} NOT NULL REFERENCES membership (id),
    token_hash {blob} NOT NULL UNIQUE,
    path {text} NOT NULL,
    sealed {blob} NOT NULL,
    expires_at {i64} NOT NULL
) {strict};
CREATE INDEX draft_expires ON draft (expires_at);

CREATE TABLE sms_quota (
    subject {blob} NOT NULL UNIQUE,
    window_start {i64} NOT NULL,
    sent {i64} NOT NULL
) {strict};
CREATE INDEX sms_quota_window ON sms_quota (window_start);
)sql";

/// A check that admits more needs no new table: the text of the schema is what changes
/// (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
constexpr std::string_view kSqlite = R"sql(
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = REPLACE(sql, 'role IN (''patient'', ''staff'')',
    'role IN (''patient'', ''relative'', ''staff'')') WHERE type = 'table' AND name = 'membership';
PRAGMA writable_schema = RESET;
)sql";

constexpr std::string_view kPostgres = R"sql(
ALTER TABLE membership DROP CONSTRAINT membership_role_check;
ALTER TABLE membership ADD CONSTRAINT membership_role_check
    CHECK (role IN ('patient', 'relative', 'staff'));
)sql";

constexpr std::array<std::string_view, 3> kGlobalTables{"eid_subject", "sms_quota",
                                                        "account_budget"};

}  // namespace

const Migration& migration_0002() {
    static const std::string common =
        std::string{kColumns} + std::string{kPeople} + std::string{kLogins};
    static const Migration migration{2, "login", common, kSqlite, kPostgres, 2, kGlobalTables};
    return migration;
}

}  // namespace portal::store
