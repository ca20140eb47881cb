// One visit in the reader's words. Called by booking.cpp and staff.cpp. Thread rule: one request.
#pragma once

#include "daemon/web/booking.hpp"
#include "daemon/web/context.hpp"
#include "domain/booking.hpp"

namespace portal::web {

VisitCard make_card(const Context& context, const domain::BookingView& booking);
/// Neither cancelled nor lapsed.
bool is_live(domain::BookingState state);

}  // namespace portal::web
