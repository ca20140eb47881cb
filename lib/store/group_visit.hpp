// The seats of a group visit, counted in its row: the database refuses one more than its capacity.
// The row lasts; with no seat taken it holds nobody's time. Thread rule: inside a transaction.
// Source: C12, L13.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/clock.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct WantedSeat {
    base::StaffId staff;
    base::VisitTypeId visit_type;
    base::Instant starts{};
    base::Instant ends{};
    int capacity = 1;  // counts where nobody sits yet; later edits of the type move no group
};
struct Seat {
    std::int64_t group = 0;
    base::Instant ends{};  // of the group, which may be older than its type's present length
};
/// nullopt: full.
base::Result<std::optional<Seat>> take_seat(Tx& tx, base::TenantId tenant, const WantedSeat& seat);
base::Status free_seat(Tx& tx, base::TenantId tenant, std::int64_t group);

std::span<const Statement> group_visit_statements();

}  // namespace portal::store
