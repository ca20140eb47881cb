// What the deciding function of lib/domain/login_policy.hpp is given: the clinic and the person.
// Used by every login, by `login why` and by `policy explain`. Thread rule: inside a transaction
// where there is a Tx&. Source: N2.
#pragma once

#include "domain/login_policy.hpp"
#include "service/session.hpp"

namespace portal::service {

domain::ClinicFacts clinic_facts(const Session& session, domain::Audience audience);
/// The same statements for whomever, also for nobody (an empty Membership).
base::Result<domain::PersonFacts> person_facts(store::Tx& tx, const Session& session,
                                               const store::Membership& person);
/// The sentence for the person who stands at the door; his own reason only where he has proved who
/// he is.
base::Error refusal(domain::LoginReason reason);
/// "client_login_disabled", as audit rows and `login why` write it.
std::string reason_code(domain::LoginReason reason);

}  // namespace portal::service
