// The words that staff give with an invitation: sealed, bound to their booking, and shown on the
// visit's page alone, to its patient after a login that proves who he is and to the staff member
// who wrote them. Thread rule: seal any; the others open their own transaction.
// Source: C18, C30, X3.
#pragma once

#include <optional>
#include <string>

#include "domain/booking.hpp"
#include "domain/visit_invitation.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Bytes seal_booking_message(const Session& session, const base::Uuid& booking,
                                 std::string_view text);

struct BookingMessage {
    bool present = false;
    bool may_change = false;                  // the staff member whose visit it is
    std::string text;                         // where it may be read
    std::optional<domain::Assurance> needed;  // the login without which it may not
};
/// Of a visit that may be seen. Operators and administrators are told only that there is one.
base::Result<BookingMessage> show_booking_message(Session& session, const base::Uuid& booking);

/// Changes the message of a visit that is still to come; nobody is told (C30).
base::Result<domain::BookingView> set_booking(Session& session, const domain::SetBooking& command);

}  // namespace portal::service
