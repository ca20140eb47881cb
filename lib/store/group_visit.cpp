#include "store/group_visit.hpp"

namespace portal::store {
namespace {

constexpr Statement kTake{
    "group_visit.take",
    "INSERT INTO group_visit (tenant, staff, visit_type, starts, ends, capacity, taken) "
    "VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT (staff, visit_type, starts) DO UPDATE SET "
    "capacity = CASE WHEN group_visit.taken = 0 THEN excluded.capacity "
    "ELSE group_visit.capacity END, "
    "ends = CASE WHEN group_visit.taken = 0 THEN excluded.ends ELSE group_visit.ends END, "
    "taken = group_visit.taken + 1 "
    "WHERE group_visit.taken < group_visit.capacity RETURNING id, ends"};
constexpr Statement kFree{
    "group_visit.free",
    "UPDATE group_visit SET taken = taken - 1 WHERE tenant = $1 AND id = $2 AND taken > 0"};
constexpr Statement kAll[] = {kTake, kFree};

}  // namespace

base::Result<std::optional<Seat>> take_seat(Tx& tx, base::TenantId tenant, const WantedSeat& s) {
    return tx.find(
        kTake,
        [](const Row& row) {
            return Seat{row.integer(0), row.instant(1)};
        },
        tenant, s.staff, s.visit_type, s.starts, s.ends, s.capacity);
}

base::Status free_seat(Tx& tx, base::TenantId tenant, std::int64_t group) {
    PORTAL_TRY(changed, tx.run(kFree, tenant, group));
    return {};
}

std::span<const Statement> group_visit_statements() {
    return kAll;
}

}  // namespace portal::store
