// Beginning a session, whichever way somebody logged in. Thread rule: inside a write transaction.
// Source: ASVS 7.2.4 (a new token at each login), 3.3.2 (limits per audience).
#pragma once

#include "domain/login_policy.hpp"
#include "service/session.hpp"

namespace portal::service {

struct NewLogin {
    const store::Membership* person = nullptr;
    domain::LoginMethod method = domain::LoginMethod::password;
    store::ProvedBy rests_on = store::ProvedBy::tenant;
    base::Bytes token_hash;
    std::string device;                        // empty: what the request's browser says
    base::Secret id_token{};                   // of OpenID Connect; empty: none
    std::optional<domain::Assurance> assurance{};  // none: what the method is worth
    std::optional<std::int64_t> credential{};  // of a password that an eID proved
};
/// Ends the session that the browser had, begins the new one and writes the audit row.
base::Status begin_session(store::Tx& tx, const Session& session, const NewLogin& login);

/// Where the sealed id token of a session stands: nobody else's opens there.
std::string logout_hint_place(base::TenantId tenant, const base::Uuid& session);

struct LoggedIn {
    base::Secret token;  // the session cookie
    bool is_staff = false;
};

/// A token that only we can make, the same for the same cause: what a repeated form must find
/// again.
base::Secret derive_token(const Services& services, std::string_view cause);

}  // namespace portal::service
