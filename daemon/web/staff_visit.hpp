// A visit as a line of staff's lists. Called by staff.cpp and staff_bookings.cpp.
// Thread rule: one request.
#pragma once

#include "daemon/web/context.hpp"
#include "daemon/web/staff.hpp"
#include "domain/booking.hpp"

namespace portal::web {

StaffVisit make_staff_visit(const Context& context, const domain::BookingView& booking);
/// Into the day that it lies on, the last one or a new one; bookings come by start.
void add_to_days(const Context& context, const domain::BookingView& booking,
                 std::vector<StaffDay>& days);

}  // namespace portal::web
