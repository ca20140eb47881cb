// Renders and queues messages in the transaction of their cause; records the decision not to send.
// Thread rule: inside a write transaction. Source: X2, C42, L16-L20, G19.
#pragma once

#include <optional>
#include <string>

#include "service/session.hpp"
#include "store/booking.hpp"
#include "store/visit.hpp"
#include "text/calendar.hpp"

namespace portal::service {

enum class Channels { mail, sms, both };

struct Outgoing {
    text::MessageKind kind = text::MessageKind::login_code;
    Channels channels = Channels::mail;
    std::string cause;  // with kind and channel it makes the dedupe key: "12:v3"
    const store::Membership* to = nullptr;
    text::MessageView view;
    std::string extra_mail{};  // the visit type's own words, a channel each (K23)
    std::string extra_sms{};
    std::optional<text::CalendarEvent> event;  // mail only; addresses are filled in here
    std::optional<base::BookingId> booking;
    std::int64_t schedule = 0;
    bool secret = false;
    base::Instant expires_at{};
    std::string withheld{};  // a reason: written all the same, and recorded as not sent (P10)
};
/// Whether a message can go to this person here: an address for mail, or a number where the clinic
/// and the installation send text messages.
bool can_be_reached(const Session& session, const store::Membership& person);
base::Status queue_message(store::Tx& tx, const Session& session, Outgoing message);

/// The messages of something that happened to a booking, to its patient. `old_starts` for a move.
struct BookingNews {
    text::MessageKind kind = text::MessageKind::booking_booked;
    Channels channels = Channels::both;
    const store::Booking* booking = nullptr;
    const store::Staff* staff = nullptr;
    const store::VisitType* type = nullptr;
    const store::Membership* patient = nullptr;
    std::optional<base::Instant> old_starts;
    std::optional<std::string> cause;  // booking and version when absent
    std::string withheld{};            // a reason: recorded as not sent
};
base::Status queue_booking_news(store::Tx& tx, const Session& session, const BookingNews& news);

}  // namespace portal::service
