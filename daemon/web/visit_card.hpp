// One visit in the reader's words, and its page. Called by booking.cpp, book.cpp and staff.cpp.
// Thread rule: one request.
#pragma once

#include "daemon/web/booking.hpp"
#include "daemon/web/context.hpp"
#include "domain/booking.hpp"

namespace portal::web {

/// Whether a colleague has invited the reader to it (C20).
bool is_invited(const Context& context, const domain::BookingView& booking);
/// Whom a staff member meets there.
const std::string& other_name(const Context& context, const domain::BookingView& booking);
VisitCard make_card(const Context& context, const domain::BookingView& booking);
/// Whether who reads this may do it now, as patient or for the clinic; a conflict says why not.
base::Result<domain::BookingDecision> decide_step(const Context& context,
                                                  const domain::BookingView& booking,
                                                  domain::BookingStep step);
/// For the clinic: the number to call, and whether messages reach the patient.
base::Status add_contact(Context& context, const domain::BookingView& booking, VisitCard& card);
/// "Your visit" for its patient.
const char* page_title(const Context& context, const domain::BookingView& booking);
BookingPage make_booking_page(const Context& context, const domain::BookingView& booking,
                              const char* title);
/// The visit's page with why an act on it was refused.
http::Response refused_page(const Context& context, const domain::BookingView& booking,
                            const base::Error& error);
http::Response refused_page(const Context& context, BookingPage page, const base::Error& error);
/// "Not confirmed yet": the word's key.
const char* state_word(domain::BookingState state);
/// Neither cancelled nor lapsed.
bool is_live(domain::BookingState state);

}  // namespace portal::web
