// What can be booked and when: visit types and availability. Thread rule: inside a transaction.
// Source: C11, C13, L15.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/visit_type.hpp"
#include "domain/weekly.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct VisitType {
    base::VisitTypeId id;
    std::optional<base::StaffId> owner;  // whose own it is; none: everybody's
    domain::VisitTypeView view;
};

/// nullopt when the title is taken.
base::Result<std::optional<base::VisitTypeId>> insert_visit_type(Tx& tx, base::TenantId tenant,
                                                                 const VisitType& visit_type);
/// Saves it and raises the version; stale when it moved, kUnique where the title is taken.
base::Status save_visit_type(Tx& tx, base::TenantId tenant, const VisitType& visit_type);
enum class Which { active, all };
/// By title.
base::Result<std::vector<VisitType>> list_visit_types(Tx& tx, base::TenantId tenant,
                                                      Which which = Which::active);
struct TypeUse {
    int coming = 0;  // live visits that have not begun
    int others = 0;
};
base::Result<TypeUse> count_type_use(Tx& tx, base::TenantId tenant, base::VisitTypeId type,
                                     base::Instant now);
base::Result<std::optional<VisitType>> find_visit_type(Tx& tx, base::TenantId tenant,
                                                       const base::Uuid& id);
base::Result<std::optional<VisitType>> find_visit_type(Tx& tx, base::TenantId tenant,
                                                       base::VisitTypeId id);
base::Result<std::optional<VisitType>> find_visit_type_by_title(Tx& tx, base::TenantId tenant,
                                                                std::string_view title);

struct StoredAvailability {
    domain::Availability availability;
    std::int64_t version = 0;  // 0: none was ever set
};
base::Result<StoredAvailability> load_availability(Tx& tx, base::TenantId tenant,
                                                   base::StaffId staff);
base::Status save_availability(Tx& tx, base::TenantId tenant, base::StaffId staff,
                               const domain::Availability& availability);

std::span<const Statement> visit_statements();

}  // namespace portal::store
