// A person whom an eID has proved comes to a clinic: finds or makes the account and membership,
// ends what was never proved by him, begins the session. BankID and OpenID Connect both end here.
// Thread rule: any. Source: D1, K12-K18, P1-P3, P20, P24, L7, N8.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "domain/login_policy.hpp"
#include "domain/national_id.hpp"
#include "service/login_session.hpp"
#include "store/eid.hpp"

namespace portal::service {

/// What the provider has proved. Never built from anything that a browser sent.
struct VerifiedPerson {
    domain::LoginMethod method = domain::LoginMethod::bankid;
    std::optional<domain::ParsedNationalId> national_id;  // BankID: always; MitID: with the CPR
    std::string issuer;                                   // OpenID Connect
    std::string subject;                                  // with the issuer: the provider's own id
    std::string given_name;
    std::string surname;
    bool name_is_real = true;  // false: hidden by protection; never stored over a name
};

struct EidLogin {
    const VerifiedPerson* person = nullptr;
    /// Uses up the order or state row in the login's own transaction; false: used before.
    std::function<base::Result<bool>(store::Tx&)> consume;
    std::string device;       // "Firefox on Windows"
    base::Secret id_token{};  // of OpenID Connect: the hint for logging out
};

enum class EidOutcome {
    logged_in,
    not_registered,     // K13 is off and the clinic takes no registrations (P4)
    awaiting_approval,  // within: callers get forbidden, with the sentence (P5, P24)
};
struct EidAnswer {
    EidOutcome outcome = EidOutcome::not_registered;
    std::optional<LoggedIn> login;                 // logged_in
    std::optional<domain::LoginReason> refused{};  // inside: complete_eid_login makes it an error
};

/// `text`: issuer, line feed, subject. Opens its own read.
base::Result<std::optional<store::Subject>> find_subject_of(const Services& services,
                                                            const std::string& text);

/// forbidden with a sentence unless somebody may come this way at all (K1-K3): asked before the
/// provider is.
base::Status check_eid_method(const Session& session, domain::LoginMethod method);

/// Whoever is not here yet gets a profile where the clinic takes unknown people (K13) or open
/// registrations (P6), or waits for its approval (P5); no password is asked (P24).
/// forbidden with a sentence (K1-K3, blocked, awaiting approval); conflict when the order was used
/// before.
base::Result<EidAnswer> complete_eid_login(Session& session, const EidLogin& login);

/// The membership of a new patient by a proved identity; the welcome message with it (K16, K17).
/// `origin`: "bankid-self", "mitid-self", "self". Used by the eID login and by registrations.
base::Result<store::Membership> add_verified_patient(store::Tx& tx, const Session& session,
                                                     base::AccountId account,
                                                     const VerifiedPerson& person);
/// Where the module communication is on and the clinic has written one, once (K17, K18).
base::Status add_welcome(store::Tx& tx, const Session& session, const store::Membership& person);

}  // namespace portal::service
