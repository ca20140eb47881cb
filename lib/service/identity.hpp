// Who has this national id, installation-wide: found by blind index, stored sealed (D1, P1, P8).
// Thread rule: any; find_account_of opens its own read.
#pragma once

#include "domain/national_id.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Result<std::optional<base::AccountId>> find_account_of(const Services& services,
                                                             const std::string& canonical);

/// The sentence of the error when two clinics add the same person at the same moment: ask again.
inline constexpr const char* kIdentityRaced =
    base::N_("This person was just added elsewhere. Try again.");
/// Gives an account that has none its national id. conflict kIdentityRaced when somebody was
/// faster.
base::Status insert_identity_of(store::Tx& tx, const Session& session, base::AccountId account,
                                const domain::ParsedNationalId& id);
/// A new account with this national id. conflict kIdentityRaced when somebody was faster.
base::Result<base::AccountId> insert_identified_account(store::Tx& tx, const Session& session,
                                                        const domain::ParsedNationalId& id);

}  // namespace portal::service
