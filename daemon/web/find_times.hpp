// The free times of a week, by day, for the page where one chooses a new time or another one.
// Called by slot.cpp and booking.cpp. Thread rule: one request. Source: L15.
#pragma once

#include <string>

#include "daemon/web/context.hpp"
#include "daemon/web/slot.hpp"
#include "domain/booking.hpp"
#include "service/availability.hpp"
#include "service/person.hpp"
#include "service/slot.hpp"
#include "service/visit_type.hpp"

namespace portal::web {

/// As the query says it; unknown ids and days count as not chosen.
struct TimesWanted {
    std::string staff;
    std::string visit_type;
    std::string from;  // 2026-11-21; empty: the first day that has a free time
};

/// The whole page: who, what and, once both are chosen, when.
base::Result<SlotsPage> choose_time(Context& context, const TimesWanted& wanted);
/// The same for a visit that moves: with whom and what stand fast. conflict where they take no
/// bookings just now; a conflict's sentence is the reader's.
base::Result<SlotsPage> choose_move_time(Context& context, const domain::BookingView& booking,
                                         const std::string& from);
/// The staff member and visit type that a query or form names, in the reader's words.
struct Chosen {
    std::string staff_id;
    std::string staff;  // "Anna Lind, Physiotherapist"
    std::string visit_type_id;
    std::string visit_type;
    std::string place;
    bool approval = false;
};
/// not_found where either is not there, or not for this reader.
base::Result<Chosen> find_chosen(Context& context, const http::Form& given);
/// Only the days from this one on, for the ids that `page` holds.
base::Status fill_times(Context& context, const std::string& from, SlotsPage& page);
/// "Solna vård, Storgatan 1"
std::string place_of(const Context& context);

}  // namespace portal::web
