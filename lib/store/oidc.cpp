#include "store/oidc.hpp"

#include "store/column.hpp"
#include "store/store.hpp"

namespace portal::store {
namespace {

using domain::LoginMethod;

constexpr Statement kInsert{
    "oidc_login.insert",
    "INSERT INTO oidc_login (tenant, provider, state_hash, browser_hash, purpose, sealed, next, "
    "created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Statement kTake{
    "oidc_login.take",
    "UPDATE oidc_login SET used_at = $5 WHERE tenant = $1 AND provider = $2 AND state_hash = $3 "
    "AND browser_hash = $4 AND used_at IS NULL AND expires_at > $5 "
    "RETURNING purpose, sealed, next, expires_at"};
constexpr Statement kOrigin{
    "session.origin",
    "SELECT method, logout_hint, public_id FROM session WHERE tenant = $1 AND id = $2"};
constexpr Statement kClean{"oidc_login.clean", "DELETE FROM oidc_login WHERE expires_at < $1",
                           true};
constexpr Statement kAll[] = {kInsert, kTake, kOrigin, kClean};

}  // namespace

base::Status insert_oidc_login(Tx& tx, base::TenantId tenant, const OidcLogin& login,
                               base::Instant now) {
    PORTAL_TRY(made, tx.run(kInsert, tenant, enum_text(login.provider), login.state_hash,
                            login.browser_hash, login.purpose, login.sealed, login.next, now,
                            login.expires_at));
    return {};
}

base::Result<std::optional<OidcLogin>> take_oidc_login(Tx& tx, base::TenantId tenant,
                                                       const OidcKey& key, base::Instant now) {
    return tx.find(
        kTake,
        [&](const Row& row) {
            OidcLogin login{key.provider, key.state_hash, key.browser_hash, row.text(0),
                            row.blob(1),  row.text(2),    row.instant(3)};
            return login;
        },
        tenant, enum_text(key.provider), key.state_hash, key.browser_hash, now);
}

base::Result<std::optional<SessionOrigin>> find_session_origin(Tx& tx, base::TenantId tenant,
                                                               base::SessionId session) {
    return tx.find(
        kOrigin,
        [](const Row& row) {
            SessionOrigin origin;
            origin.method = text_enum(row.text(0), LoginMethod::password);
            if (!row.is_null(1)) origin.logout_hint = row.blob(1);
            if (!row.is_null(2)) origin.public_id = row.uuid(2);
            return origin;
        },
        tenant, session);
}

base::Result<std::int64_t> remove_stale_oidc_logins(Tx& tx, base::Instant before) {
    return tx.run(kClean, before);
}

std::span<const Statement> oidc_statements() {
    return kAll;
}

}  // namespace portal::store
