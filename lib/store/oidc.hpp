// Logins that are on their way through an OpenID Connect provider: the state only as a hash, the
// rest sealed, each used once. Thread rule: inside a transaction. Source: P1, RFC 9700 section 4.7.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "domain/tenant.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct OidcLogin {
    domain::LoginMethod provider = domain::LoginMethod::mitid;
    base::Bytes state_hash;
    base::Bytes browser_hash;  // of the cookie of the browser that began it
    std::string purpose;       // "login", "match"
    base::Bytes sealed;
    std::string next;
    base::Instant expires_at{};
};
base::Status insert_oidc_login(Tx& tx, base::TenantId tenant, const OidcLogin& login,
                               base::Instant now);

/// What a browser brings back.
struct OidcKey {
    domain::LoginMethod provider = domain::LoginMethod::mitid;
    base::Bytes state_hash;
    base::Bytes browser_hash;
};
/// Uses the row up; none where it was used, has expired, or is another browser's or provider's.
base::Result<std::optional<OidcLogin>> take_oidc_login(Tx& tx, base::TenantId tenant,
                                                       const OidcKey& key, base::Instant now);

/// How a session was begun, and the sealed hint for ending it at the provider too.
struct SessionOrigin {
    domain::LoginMethod method = domain::LoginMethod::password;
    std::optional<base::Bytes> logout_hint;
    base::Uuid public_id;
};
base::Result<std::optional<SessionOrigin>> find_session_origin(Tx& tx, base::TenantId tenant,
                                                               base::SessionId session);

base::Result<std::int64_t> remove_stale_oidc_logins(Tx& tx, base::Instant before);

std::span<const Statement> oidc_statements();

}  // namespace portal::store
