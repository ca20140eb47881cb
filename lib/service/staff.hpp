// People who work at a clinic, as operators and the unit's administrators keep them. The last
// administrator of a unit stays one. Thread rule: any; those with a Tx inside a write transaction.
// Source: C4, C7, C10, C53, C54, D17.
#pragma once

#include <vector>

#include "domain/staff.hpp"
#include "service/session.hpp"
#include "store/staff.hpp"

namespace portal::service {

base::Result<domain::StaffView> create_staff(Session& session, const domain::CreateStaff& command);
/// Patients are told of those alone who take bookings, and no more than name and title.
base::Result<domain::StaffList> list_staff(Session& session, const domain::ListStaff& command);
base::Result<domain::StaffView> show_staff(Session& session, const domain::ShowStaff& command);
/// conflict where it would leave the unit without an administrator.
base::Result<domain::StaffView> set_staff(Session& session, const domain::SetStaff& command);
/// The role ends: no login, no bookings, no listing; what was stays. conflict where visits are
/// still to come or nobody else administers the unit.
base::Result<domain::StaffView> delete_staff(Session& session, const domain::DeleteStaff& command);
/// What stands in the way of delete_staff.
base::Result<std::vector<store::ComingVisit>> list_coming_visits(Session& session,
                                                                 const domain::ShowStaff& command);

domain::StaffView staff_view(const store::Staff& staff);
/// Comes first in whatever may take an administrator away: of two at once the second sees what the
/// first did. forbidden when whoever asks is no administrator any more.
base::Status lock_unit(store::Tx& tx, const Session& session);
/// conflict when nobody else administers the unit and this one does.
base::Status check_others_administer(store::Tx& tx, const Session& session,
                                     const store::Staff& staff);
base::Status check_version(const std::optional<std::int64_t>& wanted, std::int64_t version);
base::Status audit_booking_function(store::Tx& tx, const Session& session,
                                    const store::Staff& before, const store::Staff& after);

}  // namespace portal::service
