// One visit in the reader's words, and its page. Called by booking.cpp, book.cpp and staff.cpp.
// Thread rule: one request.
#pragma once

#include "daemon/web/booking.hpp"
#include "daemon/web/context.hpp"
#include "domain/booking.hpp"

namespace portal::web {

VisitCard make_card(const Context& context, const domain::BookingView& booking);
/// Whether the patient may do this now; a conflict says why not.
base::Result<domain::BookingDecision> decide_step(const Context& context,
                                                  const domain::BookingView& booking,
                                                  domain::BookingStep step);
BookingPage make_booking_page(const Context& context, const domain::BookingView& booking,
                              const char* title);
/// The visit's page with why an act on it was refused.
http::Response refused_page(const Context& context, const domain::BookingView& booking,
                            const base::Error& error);
/// Neither cancelled nor lapsed.
bool is_live(domain::BookingState state);

}  // namespace portal::web
