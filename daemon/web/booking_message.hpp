// The message on a visit's page. Called by booking.cpp. Thread rule: one request. Source: C18.
#pragma once

#include "daemon/web/booking.hpp"
#include "daemon/web/context.hpp"
#include "domain/booking.hpp"

namespace portal::web {

/// Puts the message onto the visit's page, or the way to the login that it needs.
base::Status add_message(Context& context, const domain::BookingView& booking, BookingPage& page);

}  // namespace portal::web
