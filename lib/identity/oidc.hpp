// OpenID Connect as the relying party: MitID through a broker, and any other provider. Service asks
// for the address to send a browser to and, when it is back, who that was. State is the caller's:
// this keeps nothing but the provider's own published description and keys.
// Errors: `field` names what was wrong ("id_token.aud", "callback.iss", "token.invalid_grant"), for
// the audit; the sentence is for developers. unauthenticated: the proof is refused; unavailable:
// the provider does not answer, or not as it should. Neither holds personal data. Thread rule: an
// OidcProvider may be used from any thread. Source: OpenID Connect Core 1.0, Discovery 1.0,
// RP-Initiated Logout 1.0; RFC 6749, 7636, 9207, 9700; P1, C48, X3.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/personal.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/jws.hpp"

namespace portal::identity {

/// What a provider calls its claims; each is one whole name, dots and all.
struct ClaimNames {
    std::string subject = "sub";
    std::string national_id;      // empty: this provider gives none
    std::string has_national_id;  // false there: the person has none at all
    std::string name = "name";
    std::string given_name = "given_name";
    std::string family_name = "family_name";
    std::string country;
    std::string level = "acr";
};

struct OidcOptions {
    std::string issuer;  // compared byte for byte
    std::string client_id;
    base::Secret client_secret;
    bool secret_in_body = false;  // client_secret_post; else client_secret_basic
    std::string scopes = "openid";
    std::string match_scopes;  // empty: there is no second run that asks for the national id
    std::string acr_values;
    std::vector<std::pair<std::string, std::string>> extra;  // further parameters of the request
    std::vector<crypto::JwsAlgorithm> algorithms;
    ClaimNames claims;
    std::vector<std::string> levels;  // lowest first; a level that is not here counts as none
    std::string eid_level;            // the least of them that counts as an eID
    std::string national_id_country;  // "dk" or "se", where no claim names it
    std::string ca_file;              // PEM; empty: the system's authorities
    base::Millis timeout{10'000};     // of one request to the provider
};

/// What ties a browser's way to the provider and back together; kept by the caller, used once.
struct OidcProof {
    base::Secret state;
    base::Secret nonce;
    base::Secret verifier;  // PKCE
};
OidcProof make_proof(base::Random& random);
/// RFC 7636 section 4.2, S256.
std::string pkce_challenge(const base::Secret& verifier);

struct OidcAsk {
    std::string redirect_uri;
    std::string language;          // "sv", "da", "en"
    bool for_national_id = false;  // with match_scopes
    bool fresh = false;            // prompt=login: the person must prove who it is now
    std::optional<std::chrono::seconds> max_age{};
};

/// What the browser brought back. The caller has found its own row by `state`.
struct OidcCallback {
    std::string code;
    std::string issuer;  // the parameter iss; empty: none
    std::string error;   // the parameter error; then there is no code
};

struct OidcExpectation {
    OidcProof proof;
    std::string redirect_uri;
    std::string least_level;  // one of levels; empty: any
    std::optional<std::chrono::seconds> max_age{};
};

/// Who it was, as the provider signed it.
struct OidcPerson {
    std::string issuer;
    std::string subject;
    base::NationalId national_id;           // empty: not told
    std::optional<bool> has_national_id{};  // none: not told
    std::string country;
    std::string name;  // may be that of a protected person: see is_name_withheld()
    std::string given_name;
    std::string family_name;
    std::string level;  // one of levels, or empty
    base::Instant authenticated_at{};
    /// The hint for logging out there; empty where it holds the national id, since it goes into an
    /// address.
    base::Secret id_token;
};
/// MitID's words in place of a name where name and address are protected.
bool is_name_withheld(std::string_view name);

class OidcProvider {
  public:
    /// `clock` must outlive it. Asks nothing yet.
    OidcProvider(OidcOptions options, const base::Clock& clock);
    ~OidcProvider();
    OidcProvider(const OidcProvider&) = delete;
    OidcProvider& operator=(const OidcProvider&) = delete;

    [[nodiscard]] const OidcOptions& options() const { return options_; }
    /// Where to send the browser.
    base::Result<std::string> authorization_url(const OidcAsk& ask, const OidcProof& proof);
    /// Whether it is this provider's own answer (mix-up, RFC 9207).
    base::Status check_callback(const OidcCallback& callback);
    /// Checks the callback, redeems the code once and validates what comes.
    base::Result<OidcPerson> finish(const OidcCallback& callback, const OidcExpectation& expected);
    /// Where to send the browser to log out there too; none where the provider offers no such
    /// place.
    base::Result<std::optional<std::string>> logout_url(const base::Secret& id_token,
                                                        std::string_view return_to);

  private:
    struct State;
    OidcOptions options_;
    const base::Clock& clock_;
    std::unique_ptr<State> state_;
};

}  // namespace portal::identity
