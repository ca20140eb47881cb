// Lists of bookings: what may be asked for, and how one answer leads to the next.
// Source: C21, K28.
#pragma once

#include "domain/booking.hpp"

namespace portal::domain {

/// Where a list was left: after this booking, which began then.
struct BookingCursor {
    base::Instant starts{};
    base::Uuid booking;
};

struct ListBookings {
    std::optional<base::LocalDay> from;
    std::optional<int> days;
    std::vector<BookingState> state;
    std::optional<std::string> visit_type;
    std::optional<std::string> patient;
    std::optional<std::string> staff;
    std::optional<BookingCursor> after;
    std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ListBookings, (),
                      (from, days, state, visit_type, patient, staff, after, limit))
PORTAL_HELP(ListBookings, {"from", "first date; today when absent"},
            {"days", "how many days; 31 when absent", 0, 1, 3660},
            {"state", "only bookings in these states; in any when absent"},
            {"visit_type", "id or title of a visit type", 0, 1, 80},
            {"patient", "id or e-mail address of a patient", base::kPersonal, 1, 254},
            {"staff", "id or e-mail address of a staff member", 0, 1, 254},
            {"after", "go on where an answer's next says"},
            {"limit", "at most so many; portalctl fetches all when absent", 0, 1, 10000})

/// `next` stands first, so that who reads an answer can ask for the next one while he reads on.
struct BookingList {
    std::optional<BookingCursor> next;
    std::vector<BookingView> items;
};
BOOST_DESCRIBE_STRUCT(BookingList, (), (next, items))
PORTAL_HELP(BookingList, {"next", "more follow after this; null at the end"},
            {"items", "the bookings"})

}  // namespace portal::domain

/// base64url of the start and the id: opaque to callers, and checked against the clinic's bookings.
template <>
struct portal::base::TextForm<portal::domain::BookingCursor> {
    static constexpr std::string_view name = "cursor";
    static std::string format(const portal::domain::BookingCursor& cursor);
    static Result<portal::domain::BookingCursor> parse(std::string_view text);
};
