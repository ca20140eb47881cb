// When a staff member can be booked. Source: L15.
// Thread rule: any; one call, one transaction.
#pragma once

#include "domain/availability.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Result<domain::AvailabilityView> set_availability(Session& session,
                                                        const domain::SetAvailability& command);
base::Result<domain::AvailabilityView> show_availability(Session& session,
                                                         const domain::ShowAvailability& command);

}  // namespace portal::service
