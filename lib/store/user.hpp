// Moving what belongs to a person of a tenant: to another account (a national id that was told
// later), or into another membership (a merge). Only this tenant's rows move.
// Thread rule: inside a write transaction. Source: D1, D4, P9.
#pragma once

#include <cstdint>
#include <span>

#include "store/tx.hpp"

namespace portal::store {

struct AccountMove {
    base::AccountId from;
    base::AccountId into;
};
/// Memberships, identifiers, the tenant's own passwords and registrations; known devices end.
base::Status move_account(Tx& tx, base::TenantId tenant, const AccountMove& move);

struct Merge {
    base::MembershipId from;
    base::MembershipId into;
    base::Instant now{};
};
/// What a merge would move or end, counted.
struct MergeCounts {
    std::int64_t bookings = 0;
    std::int64_t messages = 0;  // that were sent, or wait
    std::int64_t letters = 0;   // on the page for messages
    std::int64_t consents = 0;
    std::int64_t sessions = 0;    // ended
    std::int64_t exemptions = 0;  // ended
    std::int64_t waiting = 0;     // on lists for a freed time
};
base::Result<MergeCounts> count_merge(Tx& tx, base::TenantId tenant, const Merge& merge);
/// Moves what is counted as moved; a consent or letter that `into` has already stays where it is.
base::Status move_history(Tx& tx, base::TenantId tenant, const Merge& merge);
/// Blocks `from` and says where it went.
base::Status retire_membership(Tx& tx, base::TenantId tenant, const Merge& merge);
base::Result<bool> is_merged(Tx& tx, base::TenantId tenant, base::MembershipId membership);

std::span<const Statement> user_statements();

}  // namespace portal::store
