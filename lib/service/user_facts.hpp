// What a clinic may know of a person: nothing that another clinic knows alone (P3). For whatever
// operators and staff are shown; logins themselves ask person_facts.
// Thread rule: inside a transaction. Source: P2, P3, K11, K12.
#pragma once

#include <string>
#include <vector>

#include "service/login_facts.hpp"

namespace portal::service {

/// person_facts, with has_password only where this clinic's own doors made it or the person has
/// proved himself here by an eID.
base::Result<domain::PersonFacts> facts_for_clinic(store::Tx& tx, const Session& session,
                                                   const store::Membership& person);
/// "cannot use 2FA: no mobile number": what is missing for this login, whatever the policy says.
std::vector<std::string> lacks_for(const domain::ClinicFacts& clinic,
                                   const domain::PersonFacts& person, domain::LoginMethod method);

}  // namespace portal::service
