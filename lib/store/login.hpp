// Login attempts waiting for their code, the budget of login steps, and sessions; tokens and codes
// only as hashes. Thread rule: inside a transaction. Source: P9, K28, architecture.md "Rates".
#pragma once

#include <optional>
#include <span>
#include <string>

#include "store/credential.hpp"
#include "store/person.hpp"

namespace portal::store {

struct LoginAttempt {
    std::int64_t id = 0;
    std::optional<base::MembershipId> membership;  // none: nobody to let in, same answers
    std::optional<base::Bytes> code_hash;
    std::int64_t tries = 0;
    base::Instant expires_at{};
    std::optional<base::Instant> done_at;
    std::string purpose = "login";
    ProvedBy rests_on = ProvedBy::tenant;  // what a login by it will rest on
    std::optional<base::Bytes> detail;     // sealed by the purpose's own service
    std::optional<std::int64_t> credential{};
};

struct NewAttempt {
    std::optional<base::MembershipId> membership;
    base::Bytes token_hash;
    base::Instant now{};
    base::Instant expires_at{};
    std::string purpose = "login";
    ProvedBy rests_on = ProvedBy::tenant;
    std::optional<base::Bytes> detail{};
    std::optional<std::int64_t> credential{};  // the password: the attempt ends with it
};

/// Answers the id, which the code's hash is bound to; nullopt when this token has its attempt.
base::Result<std::optional<std::int64_t>> insert_attempt(Tx& tx, base::TenantId tenant,
                                                         const NewAttempt& attempt);
base::Status set_attempt_code(Tx& tx, base::TenantId tenant, std::int64_t id,
                              const base::Bytes& code_hash);
base::Result<std::optional<LoginAttempt>> find_attempt(Tx& tx, base::TenantId tenant,
                                                       const base::Bytes& token_hash);
/// Counts one try; false when `most` were made already, it is done or has expired.
base::Result<bool> count_attempt_try(Tx& tx, base::TenantId tenant, std::int64_t id,
                                     std::int64_t most, base::Instant now);
base::Result<bool> finish_attempt(Tx& tx, base::TenantId tenant, std::int64_t id,
                                  base::Instant now);

/// Counts a step of `subject` in its window; answers the steps in it, this one included.
base::Result<std::int64_t> count_login_step(Tx& tx, base::TenantId tenant,
                                            const base::Bytes& subject, base::Instant window_start);

struct LoginSession {
    base::SessionId id;
    base::Uuid public_id;  // what lists name it by
    domain::LoginMethod method = domain::LoginMethod::password;
    ProvedBy rests_on = ProvedBy::tenant;
    base::Instant authenticated_at{};  // the last time that the person proved himself
    std::string device;                // "Firefox on Windows"
    base::Instant created_at{};
    base::Instant seen_at{};
    base::Instant expires_at{};
    std::string assurance;
    domain::Language language = domain::Language::en;
    Membership person;
};

struct NewSession {
    base::MembershipId membership;
    base::Uuid public_id;
    domain::LoginMethod method = domain::LoginMethod::password;
    ProvedBy rests_on = ProvedBy::tenant;
    std::string device;
    std::optional<base::Bytes> logout_hint;  // sealed id token of an OpenID Connect login
    std::optional<std::int64_t> credential;  // the session ends with it, wherever it is voided
    base::Bytes token_hash;
    std::string assurance;
    domain::Language language = domain::Language::en;
    base::Instant now{};
    base::Instant expires_at{};
};

base::Result<base::SessionId> insert_session(Tx& tx, base::TenantId tenant,
                                             const NewSession& session);
/// Live ones only: not ended, not expired, seen after `seen_after`, the member not blocked.
base::Result<std::optional<LoginSession>> find_session(Tx& tx, base::TenantId tenant,
                                                       const base::Bytes& token_hash,
                                                       base::Instant now, base::Instant seen_after);
base::Status touch_session(Tx& tx, base::TenantId tenant, base::SessionId id, base::Instant now);
base::Status set_session_language(Tx& tx, base::TenantId tenant, base::SessionId id,
                                  domain::Language language);
base::Status end_session(Tx& tx, base::TenantId tenant, base::SessionId id, base::Instant now);
/// A new password ends what rests on the old one: sessions, and logins that wait for their code.
/// Attempts first, here and below: a code step in flight holds its attempt until its session is in,
/// so that the sessions are looked at only when it is there to be ended (READ COMMITTED).
base::Status end_sessions_of(Tx& tx, base::TenantId tenant, base::AccountId account,
                             base::Instant now);
struct OtherSessions {
    base::SessionId keep;  // SessionId{}: none is kept
    base::Instant now{};
};
base::Status end_other_sessions_of(Tx& tx, base::TenantId tenant, base::AccountId account,
                                   const OtherSessions& others);

base::Status end_sessions_of_member(Tx& tx, base::TenantId tenant, base::MembershipId member,
                                    base::Instant now);
struct ClosedWay {
    domain::LoginMethod method = domain::LoginMethod::password;
    Role role = Role::patient;
    bool spares_exempt = false;  // whoever is exempted from eID may still come so
};
base::Status end_sessions_by(Tx& tx, base::TenantId tenant, const ClosedWay& way,
                             base::Instant now);

/// Removes attempts, budgets, sessions and idempotency keys that ended before `before`.
base::Result<std::int64_t> remove_stale_logins(Tx& tx, base::Instant before);

std::span<const Statement> login_statements();

}  // namespace portal::store
