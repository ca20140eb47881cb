// Bookings: commands and views. Source: K28, C13, C21, C45, D3.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "domain/booking_state.hpp"
#include "domain/visit_type.hpp"

namespace portal::domain {

/// Who made a booking, and how: invited by staff, at once ("book now"), as a test between
/// colleagues, or by a patient himself.
enum class BookingOrigin { patient, staff, book_now, internal, waitlist, guest };
BOOST_DESCRIBE_ENUM(BookingOrigin, patient, staff, book_now, internal, waitlist, guest)

struct CreateBooking {
    std::string patient;
    std::string staff;
    std::string visit_type;
    base::Instant starts{};
    std::optional<std::string> key;
};
BOOST_DESCRIBE_STRUCT(CreateBooking, (), (patient, staff, visit_type, starts, key))
PORTAL_HELP(CreateBooking,
            {"patient", "id or e-mail address of the patient", base::kPersonal, 1, 254},
            {"staff", "id or e-mail address of the staff member", 0, 1, 254},
            {"visit_type", "id or title of the visit type", 0, 1, 80},
            {"starts", "start, like 2026-11-21T09:30:00+01:00"},
            {"key", "idempotency key: the same key books once", 0, 1, 80})

/// Confirm, cancel or show one booking; `version` refuses when it was changed meanwhile.
struct BookingAct {
    base::Uuid booking;
    std::optional<std::int64_t> version;
    std::optional<std::string> key;
};
BOOST_DESCRIBE_STRUCT(BookingAct, (), (booking, version, key))
PORTAL_HELP(BookingAct, {"booking", "id of the booking", base::kPositional},
            {"version", "refuse unless the booking has this version"},
            {"key", "idempotency key: the same key acts once", 0, 1, 80})

struct MoveBooking {
    base::Uuid booking;
    base::Instant starts{};
    std::optional<std::int64_t> version;
    std::optional<std::string> key;
};
BOOST_DESCRIBE_STRUCT(MoveBooking, (), (booking, starts, version, key))
PORTAL_HELP(MoveBooking, {"booking", "id of the booking", base::kPositional},
            {"starts", "new start, like 2026-11-21T09:30:00+01:00"},
            {"version", "refuse unless the booking has this version"},
            {"key", "idempotency key: the same key acts once", 0, 1, 80})

struct ShowBooking {
    base::Uuid booking;
};
BOOST_DESCRIBE_STRUCT(ShowBooking, (), (booking))
PORTAL_HELP(ShowBooking, {"booking", "id of the booking", base::kPositional})

struct BookingView {
    base::Uuid id;
    BookingState state = BookingState::unconfirmed;
    base::Instant starts{};
    base::Instant ends{};
    std::string visit_type;
    std::string staff;
    std::string staff_title;
    std::string patient;
    base::Uuid staff_id;
    base::Uuid visit_type_id;
    base::Uuid patient_id;
    VisitKind kind = VisitKind::physical;
    Awaits awaits = Awaits::nobody;
    BookingOrigin origin = BookingOrigin::patient;
    int cancel_minutes = 0;
    bool message = false;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(BookingView, (),
                      (id, state, starts, ends, visit_type, staff, staff_title, patient, staff_id,
                       visit_type_id, patient_id, kind, awaits, origin, cancel_minutes, message,
                       version))
PORTAL_HELP(BookingView, {"id", "id"}, {"state", "unconfirmed, confirmed, cancelled ..."},
            {"starts", "start"}, {"ends", "end", base::kWide}, {"visit_type", "visit type"},
            {"staff", "staff member"}, {"staff_title", "professional title", base::kWide},
            {"patient", "patient", base::kPersonal}, {"staff_id", "id", base::kWide},
            {"visit_type_id", "id", base::kWide}, {"patient_id", "id", base::kWide},
            {"kind", "physical, phone, video or video-group", base::kWide},
            {"awaits", "whose answer it waits for: nobody, patient or clinic", base::kWide},
            {"origin", "who made it: patient, staff, book-now, internal ...", base::kWide},
            {"cancel_minutes", "how late the patient may move or cancel it", base::kWide},
            {"message", "whether there is a message to the invited person", base::kWide},
            {"version", "row version", base::kWide})

}  // namespace portal::domain
