// The exemption from eID of a membership (N7): at most one that has not ended.
// Thread rule: inside a transaction. Source: P11-P22, D2.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "domain/login_policy.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct Exemption {
    std::int64_t id = 0;
    base::Uuid public_id;
    base::MembershipId membership;
    domain::ExemptionState state = domain::ExemptionState::active;
    base::Email code_address;
    std::int64_t version = 1;
};

/// The one that has not ended.
base::Result<std::optional<Exemption>> find_exemption(Tx& tx, base::TenantId tenant,
                                                      base::MembershipId membership);

std::span<const Statement> exemption_statements();

}  // namespace portal::store
