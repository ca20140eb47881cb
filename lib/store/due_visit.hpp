// Visits whose planned end has passed and that nobody settled: they lapse or are done.
// Thread rule: inside a transaction. Source: C24, D9.
#pragma once

#include <span>
#include <vector>

#include "domain/booking_state.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct DueVisit {
    base::BookingId id;
    base::TenantId tenant;
    base::Uuid public_id;
    domain::BookingState state = domain::BookingState::unconfirmed;
    base::Instant ends{};
};
struct DueVisitQuestion {
    base::Instant lapse{};   // unconfirmed ones that ended until then
    base::Instant finish{};  // confirmed ones, not after `lapse`
    DueVisit after{};        // the last one of the page before
};
/// Of all tenants, at most 200, by end.
base::Result<std::vector<DueVisit>> list_due_visits(Tx& tx, const DueVisitQuestion& ask);
/// Of one tenant, for what would be.
base::Result<std::vector<DueVisit>> list_due_visits(Tx& tx, base::TenantId tenant,
                                                    const DueVisitQuestion& ask);

std::span<const Statement> due_visit_statements();

}  // namespace portal::store
