// When a staff member can be booked. Each change answers the booked visits that it leaves outside
// the hours; they stay where they are. Staff change their own hours, administrators and operators
// everybody's. Source: L15, C54.
// Thread rule: any; one call, one transaction.
#pragma once

#include "domain/availability.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Result<domain::AvailabilityView> set_availability(Session& session,
                                                        const domain::SetAvailability& command);
base::Result<domain::AvailabilityView> show_availability(Session& session,
                                                         const domain::ShowAvailability& command);
base::Result<domain::AvailabilityView> add_exceptions(Session& session,
                                                      const domain::AddException& command);

/// The weekly hours alone, as the page sets them; exceptions stay, and the zone.
struct WeeklyHours {
    std::string staff;
    std::vector<domain::WeeklyRule> rule;
    domain::Holidays holidays = domain::Holidays::open;
    std::int64_t version = 0;  // of the row that the form showed: stale when it has changed
};
base::Result<domain::AvailabilityView> set_weekly_hours(Session& session,
                                                        const WeeklyHours& command);
/// not_found at "date" where none stands.
base::Result<domain::AvailabilityView> remove_exception(Session& session,
                                                        const domain::RemoveException& command);
base::Result<domain::AvailabilityView> close_days(Session& session,
                                                  const domain::CloseDays& command);

}  // namespace portal::service
