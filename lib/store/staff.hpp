// What an act on a staff member asks of the rest: other administrators, visits to come, and what
// ends with the role. The rows themselves: person.hpp. Thread rule: inside a transaction.
// Source: C4, C53, C54.
#pragma once

#include <span>
#include <vector>

#include "store/person.hpp"

namespace portal::store {

/// Who can log in and administers the unit, this one left out.
base::Result<std::int64_t> count_other_administrators(Tx& tx, base::TenantId tenant,
                                                      base::StaffId staff);

struct ComingVisit {
    base::Uuid id;
    base::Instant starts{};
};
/// Live visits that end after `now`, as whose staff member or invited colleague; at most 100.
base::Result<std::vector<ComingVisit>> list_coming_visits(Tx& tx, base::TenantId tenant,
                                                          const Staff& staff, base::Instant now);
base::Status revoke_feeds_of(Tx& tx, base::TenantId tenant, base::MembershipId member,
                             base::Instant now);

/// Patients behind one of them by last name, first name and id.
struct AfterPatient {
    std::string last_name;
    std::string first_name;
    base::MembershipId id;
};
/// At most kPatientBatch, by name; those merged into another are left out.
inline constexpr int kPatientBatch = 500;
base::Result<std::vector<Membership>> list_patients_after(Tx& tx, base::TenantId tenant,
                                                          const AfterPatient& after);

std::span<const Statement> staff_statements();

}  // namespace portal::store
