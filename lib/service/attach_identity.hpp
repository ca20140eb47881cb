// Telling later, or rightly, who somebody of this clinic is: the memberships here come to the
// account of a national id. What other clinics have is never touched: an account that an eID has
// used is left as it is. Thread rule: inside a write transaction. Source: D1, P9, L7.
#pragma once

#include <optional>

#include "domain/national_id.hpp"
#include "service/session.hpp"

namespace portal::service {

struct Attach {
    const domain::ParsedNationalId& id;
    std::optional<base::AccountId> known;  // whose number it is, as find_known answered
};
/// The account afterwards. conflict: the owner of the number is here already, or the person has
/// proved another number by an eID; kIdentityRaced.
base::Result<base::AccountId> attach_identity(store::Tx& tx, const Session& session,
                                              const store::Membership& member,
                                              const Attach& attach);

}  // namespace portal::service
