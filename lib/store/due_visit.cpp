#include "store/due_visit.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

using domain::BookingState;

constexpr Statement kDue{
    "due_visit.list",
    "SELECT id, tenant, public_id, state, ends FROM booking "
    "WHERE state IN ('unconfirmed', 'confirmed') AND ends <= $1 "
    "AND (state = 'unconfirmed' OR ends <= $2) AND (ends > $3 OR (ends = $3 AND id > $4)) "
    "ORDER BY ends, id LIMIT 200",
    true};
// The plus keeps the planner on booking_open, which is far narrower than a clinic.
constexpr Statement kDueOfTenant{
    "due_visit.of_tenant",
    "SELECT id, tenant, public_id, state, ends FROM booking "
    "WHERE +tenant = $1 AND state IN ('unconfirmed', 'confirmed') AND ends <= $2 "
    "AND (state = 'unconfirmed' OR ends <= $3) AND (ends > $4 OR (ends = $4 AND id > $5)) "
    "ORDER BY ends, id LIMIT 200"};
constexpr Statement kAll[] = {kDue, kDueOfTenant};

DueVisit map_due(const Row& row) {
    return {row.id<base::BookingId>(0), row.id<base::TenantId>(1), row.uuid(2),
            text_enum(row.text(3), BookingState::cancelled), row.instant(4)};
}

}  // namespace

base::Result<std::vector<DueVisit>> list_due_visits(Tx& tx, const DueVisitQuestion& ask) {
    return tx.list(kDue, map_due, ask.lapse, ask.finish, ask.after.ends, ask.after.id);
}

base::Result<std::vector<DueVisit>> list_due_visits(Tx& tx, base::TenantId tenant,
                                                    const DueVisitQuestion& ask) {
    return tx.list(kDueOfTenant, map_due, tenant, ask.lapse, ask.finish, ask.after.ends,
                   ask.after.id);
}

std::span<const Statement> due_visit_statements() {
    return kAll;
}

}  // namespace portal::store
