// View of the free times. Source: L15, L28.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct Choice {
    std::string id;
    std::string name;
    bool chosen = false;
};
PORTAL_VIEW(Choice, (id, name, chosen))

/// In place of a staff member's id: whoever is free first.
inline constexpr const char* kAnyone = "any";

struct SlotTime {
    std::string time;    // 09.30
    std::string starts;  // for the link
    std::string spoken;  // with weekday and date, for a screen reader
    std::string who_id;  // whom the visit would be with
    std::string seats;   // of a group: how many places are left
};
PORTAL_VIEW(SlotTime, (time, starts, spoken, who_id, seats))

struct SlotDay {
    std::string title;  // lördag 21 november
    std::vector<SlotTime> times;
};
PORTAL_VIEW(SlotDay, (title, times))

struct SlotsPage {
    Frame frame;
    std::string old_time;  // of the visit that moves; empty: a new one
    std::string booking;   // its id
    std::vector<Choice> visit_types;
    std::vector<Choice> staff;
    std::string visit_type;  // the chosen ids; empty: choose first
    std::string staff_id;    // or kAnyone
    std::string place;       // clinic and address
    std::string period;      // "16-22 november"
    bool many = false;       // there is something to choose between
    bool chosen = false;     // who and what are
    std::string earlier;     // first day of the week before; empty: there is none
    std::string later;
    std::string from;
    std::string book;  // where a chosen time leads: /book, or /guest where nobody need log in
    std::vector<SlotDay> days;
    std::string wait;  // where one asks to be told of a freed time; empty: not here
};
PORTAL_VIEW(SlotsPage, (frame, old_time, booking, visit_types, staff, visit_type, staff_id, place,
                        period, many, chosen, earlier, later, from, book, days, wait))

}  // namespace portal::web
