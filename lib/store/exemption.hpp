// The exemption from eID of a membership (N7): at most one that has not ended; the ended ones stay.
// Thread rule: inside a transaction. Source: P11-P22, D2.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/exemption.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct Exemption {
    std::int64_t id = 0;
    base::Uuid public_id;
    base::MembershipId membership;
    domain::ExemptionState state = domain::ExemptionState::active;
    std::string reason;
    std::string checked_by;
    std::string checked_how;
    base::Instant checked_at{};
    base::Email code_address;
    domain::AddressOwner address_owner = domain::AddressOwner::own;
    std::optional<base::Instant> review_at;
    base::Instant created_at{};
    std::optional<base::Instant> ended_at;
    std::int64_t version = 1;
};

/// The one that has not ended.
base::Result<std::optional<Exemption>> find_exemption(Tx& tx, base::TenantId tenant,
                                                      base::MembershipId membership);
/// The newest, ended or not.
base::Result<std::optional<Exemption>> find_last_exemption(Tx& tx, base::TenantId tenant,
                                                           base::MembershipId membership);
/// False when the membership has one that has not ended.
base::Result<bool> insert_exemption(Tx& tx, base::TenantId tenant, const Exemption& exemption);
/// Writes state, check, code address, review and end; the version rises.
base::Status update_exemption(Tx& tx, base::TenantId tenant, const Exemption& exemption);

struct NamedExemption {
    Exemption exemption;
    base::Uuid patient;
    std::string name;
};
/// Those that have not ended, by name.
base::Result<std::vector<NamedExemption>> list_exemptions(Tx& tx, base::TenantId tenant);
/// Those of them that are suspended, or whose review was due at `now`.
base::Result<std::vector<NamedExemption>> list_due_exemptions(Tx& tx, base::TenantId tenant,
                                                              base::Instant now);

/// The address with which the account signed up here by itself (P18).
base::Result<std::optional<base::Email>> find_signup_address(Tx& tx, base::TenantId tenant,
                                                             base::AccountId account);

std::span<const Statement> exemption_statements();

}  // namespace portal::store
