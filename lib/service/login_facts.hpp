// What the deciding function of lib/domain/login_policy.hpp is given: the clinic and the person.
// Used by every login, by `login why` and by `policy explain`. Thread rule: inside a transaction
// where there is a Tx&. Source: N2.
#pragma once

#include <optional>
#include <string>

#include "domain/login_policy.hpp"
#include "service/session.hpp"

namespace portal::service {

domain::ClinicFacts clinic_facts(const Session& session, domain::Audience audience);
/// Of a tenant as it would be, or as it has just become.
domain::ClinicFacts clinic_facts(const Options& options, const store::Tenant& tenant,
                                 domain::Audience audience);
/// Of all audiences together: allowed where one of them may come so; else the patients' reason.
/// What no audience has, a post is refused by (K2).
domain::LoginReason decide_offer(const Session& session, domain::LoginMethod method);
/// The same statements for whomever, also for nobody (an empty Membership).
base::Result<domain::PersonFacts> person_facts(store::Tx& tx, const Session& session,
                                               const store::Membership& person);
/// What this person must add before a password and a code can let him in: where the code goes.
std::optional<domain::CodeChannel> lacking_channel(const Session& session,
                                                   const domain::PersonFacts& person);
/// Whether some eID lets patients in: what a profile of one's own making needs first (P6, P14).
bool patients_have_eid(const Session& session);
/// What somebody who has registered himself does first: the eIDs of this clinic by name.
std::string first_login_text(const Session& session, text::Language language);
/// The sentence for the person who stands at the door; his own reason only where he has proved who
/// he is.
base::Error refusal(domain::LoginReason reason);
/// "client_login_disabled", as audit rows and `login why` write it.
std::string reason_code(domain::LoginReason reason);

}  // namespace portal::service
