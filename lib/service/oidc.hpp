// Logging in by MitID or another OpenID Connect provider: the way there, the way back, and the way
// out. What goes to the provider is bound to the browser that asked for it, is used once and is
// over after ten minutes. Thread rule: any; begin, finish and leave ask the provider, outside of
// any transaction. Source: P1, P24, C48, K13-K16, X3; RFC 9700.
#pragma once

#include <optional>
#include <string>

#include "identity/oidc.hpp"
#include "service/eid.hpp"

namespace portal::service {

/// The providers of this installation; null where one is not set.
struct OidcProviders {
    identity::OidcProvider* mitid = nullptr;
    identity::OidcProvider* oidc = nullptr;
    [[nodiscard]] identity::OidcProvider* find(domain::LoginMethod method) const;
};

inline constexpr std::chrono::minutes kOidcMinutes{10};

struct BeginOidc {
    domain::LoginMethod method = domain::LoginMethod::mitid;
    std::string browser;  // its cookie, empty where it has none of ours
    std::string next;     // the page to go on to
};
struct OidcBegun {
    std::string url;       // of the provider
    base::Secret browser;  // the cookie to set
};
/// Who is logged in already proves anew who he is (step-up). forbidden with a sentence (K1-K3);
/// unavailable: the provider does not answer.
base::Result<OidcBegun> begin_oidc(Session& session, const BeginOidc& command);

struct OidcReturn {
    domain::LoginMethod method = domain::LoginMethod::mitid;
    std::string browser;
    std::string state;
    identity::OidcCallback callback;
};
struct OidcFinish {
    enum class Step {
        done,         // `answer` says what came of it
        tell_number,  // go to `url`: the provider is asked for the national id too
        try_again,    // the number was not confirmed: offer `url`
        stopped,      // the person stopped at the provider
    } step = Step::done;
    EidAnswer answer;
    VerifiedPerson person;  // done and not logged in: for a registration
    std::string url;
    std::string next;
};
/// invalid: no login of this browser waits for this answer (used, too late, another browser's);
/// unauthenticated: the proof was refused; the rest as complete_eid_login. `field` says what was
/// wrong, for the log; an audit row is written.
base::Result<OidcFinish> finish_oidc(Session& session, const OidcReturn& command);

/// Where to log out at the provider too, once the session has ended here: empty where it did not
/// begin there or the provider has no such place.
std::string find_provider_logout(Session& session);

}  // namespace portal::service
