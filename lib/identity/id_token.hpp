// The rules for an ID token, apart from the network. Called by OidcProvider and its tests.
// Thread rule: pure. Source: OpenID Connect Core 1.0 section 3.1.3.7, in its order.
#pragma once

#include "identity/jwt.hpp"
#include "identity/oidc.hpp"

namespace portal::identity {

struct IdTokenRules {
    const OidcOptions& options;
    const OidcExpectation& expected;
    const base::Secret& access_token;  // empty: none came
    base::Instant now{};
};

/// Claims that are compared before the signature is (a wrong one needs no key): iss, aud, azp, typ.
base::Status check_addressee(const Jwt& token, const OidcOptions& options);
/// Everything after the signature: times, nonce, level, auth_time, at_hash, sub.
base::Status check_claims(const Jwt& token, const IdTokenRules& rules);
/// The claims of a checked token, with those of userinfo where the token lacks them.
OidcPerson read_person(const base::JsonDocument& token, const base::JsonDocument* userinfo,
                       const OidcOptions& options);
/// The token's level, or empty where it is none of ours.
std::string level_of(const base::JsonDocument& claims, const OidcOptions& options);
/// A claim's refusal: unauthenticated, field "id_token.<name>".
base::Error refuse_token(std::string_view name, const char* why);

}  // namespace portal::identity
