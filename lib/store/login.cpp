#include "store/login.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

/// What rests on a password ends with it at every clinic: the one that an eID proved is replaced in
/// a transaction of one clinic, which reaches no rows of another's.
#define PORTAL_RESTS_ON_A_GOOD_PASSWORD(t)                                            \
    "(" t ".credential IS NULL OR EXISTS (SELECT 1 FROM credential c WHERE c.id = " t \
    ".credential AND c.voided_at IS NULL))"

constexpr Statement kInsertAttempt{
    "login_attempt.insert",
    "INSERT INTO login_attempt (tenant, membership, token_hash, created_at, expires_at, purpose, "
    "rests_on, detail_sealed, credential) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT "
    "(token_hash) DO "
    "NOTHING RETURNING id"};
constexpr Statement kSetCode{
    "login_attempt.set_code",
    "UPDATE login_attempt SET code_hash = $3 WHERE tenant = $1 AND id = $2"};
constexpr Statement kFindAttempt{
    "login_attempt.find",
    "SELECT id, membership, code_hash, tries, expires_at, done_at, purpose, rests_on, "
    "detail_sealed, credential FROM login_attempt WHERE tenant = $1 AND token_hash = $2 "
    "AND " PORTAL_RESTS_ON_A_GOOD_PASSWORD("login_attempt")};
constexpr Statement kCountTry{
    "login_attempt.count_try",
    "UPDATE login_attempt SET tries = tries + 1 WHERE tenant = $1 AND id = $2 AND tries < $3 "
    "AND done_at IS NULL AND expires_at > $4"};
constexpr Statement kFinishAttempt{"login_attempt.finish",
                                   "UPDATE login_attempt SET done_at = $3 "
                                   "WHERE tenant = $1 AND id = $2 AND done_at IS NULL"};
constexpr Statement kCountStep{
    "login_budget.count",
    "INSERT INTO login_budget (tenant, subject, window_start, steps) VALUES ($1, $2, $3, 1) "
    "ON CONFLICT (tenant, subject) DO UPDATE SET "
    "steps = CASE WHEN login_budget.window_start = excluded.window_start "
    "THEN login_budget.steps + 1 ELSE 1 END, window_start = excluded.window_start "
    "RETURNING steps"};
constexpr Statement kInsertSession{
    "session.insert",
    "INSERT INTO session (tenant, membership, token_hash, assurance, language, created_at, "
    "seen_at, authenticated_at, expires_at, public_id, method, rests_on, device, logout_hint, "
    "credential) VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING "
    "id"};
constexpr Statement kFindSession{
    "session.find",
    "SELECT m.id, m.public_id, m.account, m.role, m.first_name, m.last_name, m.email, m.mobile, "
    "m.version, s.id, s.created_at, s.seen_at, s.expires_at, s.assurance, s.language, "
    "s.public_id, s.method, s.rests_on, s.authenticated_at, s.device, m.origin, m.verified_at, "
    "m.verified_by, m.protected FROM session s JOIN membership m ON m.id = s.membership "
    "WHERE s.tenant = $1 AND s.token_hash = $2 AND s.expires_at > $3 AND s.seen_at > $4 "
    "AND s.ended_at IS NULL AND m.status = 'active' "
    "AND " PORTAL_RESTS_ON_A_GOOD_PASSWORD("s")};
constexpr Statement kTouch{"session.touch",
                           "UPDATE session SET seen_at = $3 WHERE tenant = $1 AND id = $2"};
constexpr Statement kSetLanguage{"session.set_language",
                                 "UPDATE session SET language = $3 WHERE tenant = $1 AND id = $2"};
constexpr Statement kEnd{
    "session.end",
    "UPDATE session SET ended_at = $3 WHERE tenant = $1 AND id = $2 AND ended_at IS NULL"};
constexpr Statement kEndOf{
    "session.end_of_account",
    "UPDATE session SET ended_at = $3 WHERE tenant = $1 AND ended_at IS NULL AND membership IN "
    "(SELECT id FROM membership WHERE tenant = $1 AND account = $2)"};
constexpr Statement kEndOthersOf{
    "session.end_others_of_account",
    "UPDATE session SET ended_at = $3 WHERE tenant = $1 AND ended_at IS NULL AND id <> $4 AND "
    "membership IN (SELECT id FROM membership WHERE tenant = $1 AND account = $2)"};
constexpr Statement kEndAttemptsOf{
    "login_attempt.end_of_account",
    "UPDATE login_attempt SET expires_at = $3 WHERE tenant = $1 AND expires_at > $3 "
    "AND membership IN (SELECT id FROM membership WHERE tenant = $1 AND account = $2)"};
constexpr Statement kEndOfMember{
    "session.end_of_blocked",
    "UPDATE session SET ended_at = $3 WHERE tenant = $1 AND membership = $2 AND ended_at IS NULL"};
constexpr Statement kEndAttemptsOfMember{
    "login_attempt.end_of_blocked",
    "UPDATE login_attempt SET expires_at = $3 WHERE tenant = $1 AND membership = $2 "
    "AND expires_at > $3"};
constexpr Statement kEndBy{
    "session.end_by_method",
    "UPDATE session SET ended_at = $2 WHERE tenant = $1 AND ended_at IS NULL AND method = $3 "
    "AND membership IN (SELECT m.id FROM membership m WHERE m.tenant = $1 AND m.role = $4 AND "
    "(CAST($5 AS {i64}) = 0 OR NOT EXISTS (SELECT 1 FROM exemption x WHERE x.membership = m.id "
    "AND x.state = 'active')))"};
constexpr Statement kEndAttemptsBy{
    "login_attempt.end_of_role",
    "UPDATE login_attempt SET expires_at = $2 WHERE tenant = $1 AND expires_at > $2 "
    "AND purpose = 'login' "
    "AND membership IN (SELECT m.id FROM membership m WHERE m.tenant = $1 AND m.role = $3 AND "
    "(CAST($4 AS {i64}) = 0 OR NOT EXISTS (SELECT 1 FROM exemption x WHERE x.membership = m.id "
    "AND x.state = 'active')))"};
constexpr Statement kCleanAttempts{"login_attempt.clean",
                                   "DELETE FROM login_attempt WHERE expires_at < $1", true};
constexpr Statement kCleanBudgets{"login_budget.clean",
                                  "DELETE FROM login_budget WHERE window_start < $1", true};
constexpr Statement kCleanSessions{"session.clean", "DELETE FROM session WHERE expires_at < $1",
                                   true};
constexpr Statement kCleanKeys{"idempotency.clean", "DELETE FROM idempotency WHERE created_at < $1",
                               true};
constexpr Statement kAll[] = {kInsertAttempt, kSetCode,       kFindAttempt,   kCountTry,
                              kFinishAttempt, kCountStep,     kInsertSession, kFindSession,
                              kTouch,         kSetLanguage,   kEnd,           kEndOf,
                              kEndOthersOf,   kEndAttemptsOf, kEndOfMember,   kEndAttemptsOfMember,
                              kEndBy,         kEndAttemptsBy, kCleanAttempts, kCleanBudgets,
                              kCleanSessions, kCleanKeys};

std::int64_t map_integer(const Row& row) {
    return row.integer(0);
}

LoginSession map_session(const Row& row) {
    LoginSession s;
    s.person.id = row.id<base::MembershipId>(0);
    s.person.public_id = row.uuid(1);
    s.person.account = row.id<base::AccountId>(2);
    s.person.role = text_enum(row.text(3), Role::patient);
    s.person.first_name = row.text(4);
    s.person.last_name = row.text(5);
    s.person.email = base::Email{row.text(6)};
    s.person.mobile = base::Phone{row.text(7)};
    s.person.version = row.integer(8);
    s.id = row.id<base::SessionId>(9);
    s.created_at = row.instant(10);
    s.seen_at = row.instant(11);
    s.expires_at = row.instant(12);
    s.assurance = row.text(13);
    s.language = text_enum(row.text(14), domain::Language::en);
    s.person.language = s.language;
    if (!row.is_null(15)) s.public_id = row.uuid(15);
    s.method = text_enum(row.text(16), domain::LoginMethod::password);
    s.rests_on = text_enum(row.text(17), ProvedBy::tenant);
    s.authenticated_at = row.instant(18);
    s.device = row.text(19);
    s.person.origin = row.text(20);
    s.person.verified_at = row.maybe_instant(21);
    s.person.verified_by = row.text(22);
    s.person.is_protected = row.boolean(23);
    return s;
}

}  // namespace

base::Result<std::optional<std::int64_t>> insert_attempt(Tx& tx, base::TenantId tenant,
                                                         const NewAttempt& a) {
    return tx.find(kInsertAttempt, map_integer, tenant, a.membership, a.token_hash, a.now,
                   a.expires_at, a.purpose, enum_text(a.rests_on), a.detail, a.credential);
}

base::Status set_attempt_code(Tx& tx, base::TenantId tenant, std::int64_t id,
                              const base::Bytes& code_hash) {
    PORTAL_TRY(changed, tx.run(kSetCode, tenant, id, code_hash));
    return {};
}

base::Result<std::optional<LoginAttempt>> find_attempt(Tx& tx, base::TenantId tenant,
                                                       const base::Bytes& token_hash) {
    return tx.find(
        kFindAttempt,
        [](const Row& row) {
            return LoginAttempt{row.integer(0),    row.maybe_id<base::MembershipId>(1),
                                row.maybe_blob(2), row.integer(3),
                                row.instant(4),    row.maybe_instant(5),
                                row.text(6),       text_enum(row.text(7), ProvedBy::tenant),
                                row.maybe_blob(8), row.maybe_integer(9)};
        },
        tenant, token_hash);
}

base::Result<bool> count_attempt_try(Tx& tx, base::TenantId tenant, std::int64_t id,
                                     std::int64_t most, base::Instant now) {
    PORTAL_TRY(changed, tx.run(kCountTry, tenant, id, most, now));
    return changed > 0;
}

base::Result<bool> finish_attempt(Tx& tx, base::TenantId tenant, std::int64_t id,
                                  base::Instant now) {
    PORTAL_TRY(changed, tx.run(kFinishAttempt, tenant, id, now));
    return changed > 0;
}

base::Result<std::int64_t> count_login_step(Tx& tx, base::TenantId tenant,
                                            const base::Bytes& subject,
                                            base::Instant window_start) {
    PORTAL_TRY(steps, tx.find(kCountStep, map_integer, tenant, subject, window_start));
    return steps.value_or(1);
}

base::Result<base::SessionId> insert_session(Tx& tx, base::TenantId tenant, const NewSession& s) {
    PORTAL_TRY(made, tx.find(
                         kInsertSession, [](const Row& row) { return row.id<base::SessionId>(0); },
                         tenant, s.membership, s.token_hash, s.assurance, enum_text(s.language),
                         s.now, s.expires_at, s.public_id, enum_text(s.method),
                         enum_text(s.rests_on), s.device, s.logout_hint, s.credential));
    if (!made) return base::make_error(base::ErrorCode::internal, {});
    return *made;
}

base::Result<std::optional<LoginSession>> find_session(Tx& tx, base::TenantId tenant,
                                                       const base::Bytes& token_hash,
                                                       base::Instant now,
                                                       base::Instant seen_after) {
    return tx.find(kFindSession, map_session, tenant, token_hash, now, seen_after);
}

base::Status touch_session(Tx& tx, base::TenantId tenant, base::SessionId id, base::Instant now) {
    PORTAL_TRY(changed, tx.run(kTouch, tenant, id, now));
    return {};
}

base::Status set_session_language(Tx& tx, base::TenantId tenant, base::SessionId id,
                                  domain::Language language) {
    PORTAL_TRY(changed, tx.run(kSetLanguage, tenant, id, enum_text(language)));
    return {};
}

base::Status end_session(Tx& tx, base::TenantId tenant, base::SessionId id, base::Instant now) {
    PORTAL_TRY(changed, tx.run(kEnd, tenant, id, now));
    return {};
}

base::Status end_sessions_of(Tx& tx, base::TenantId tenant, base::AccountId account,
                             base::Instant now) {
    PORTAL_TRY(waiting, tx.run(kEndAttemptsOf, tenant, account, now));
    PORTAL_TRY(changed, tx.run(kEndOf, tenant, account, now));
    return {};
}

base::Status end_other_sessions_of(Tx& tx, base::TenantId tenant, base::AccountId account,
                                   const OtherSessions& others) {
    PORTAL_TRY(waiting, tx.run(kEndAttemptsOf, tenant, account, others.now));
    PORTAL_TRY(changed, tx.run(kEndOthersOf, tenant, account, others.now, others.keep));
    return {};
}

base::Status end_sessions_of_member(Tx& tx, base::TenantId tenant, base::MembershipId member,
                                    base::Instant now) {
    PORTAL_TRY(waiting, tx.run(kEndAttemptsOfMember, tenant, member, now));
    PORTAL_TRY(changed, tx.run(kEndOfMember, tenant, member, now));
    return {};
}

base::Status end_sessions_by(Tx& tx, base::TenantId tenant, const ClosedWay& way,
                             base::Instant now) {
    const auto role = enum_text(way.role);
    const std::int64_t spares = way.spares_exempt ? 1 : 0;
    if (way.method == domain::LoginMethod::password) {
        PORTAL_TRY(waiting, tx.run(kEndAttemptsBy, tenant, now, role, spares));
    }
    PORTAL_TRY(changed, tx.run(kEndBy, tenant, now, enum_text(way.method), role, spares));
    return {};
}

base::Result<std::int64_t> remove_stale_logins(Tx& tx, base::Instant before) {
    PORTAL_TRY(attempts, tx.run(kCleanAttempts, before));
    PORTAL_TRY(budgets, tx.run(kCleanBudgets, before));
    PORTAL_TRY(sessions, tx.run(kCleanSessions, before));
    PORTAL_TRY(keys, tx.run(kCleanKeys, before));
    return attempts + budgets + sessions + keys;
}

std::span<const Statement> login_statements() {
    return kAll;
}

}  // namespace portal::store
