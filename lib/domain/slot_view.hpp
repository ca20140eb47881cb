// The free times that a visit can be booked at. Source: C9, C10, C13, L13, L15.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "domain/slots.hpp"

namespace portal::domain {

struct ListSlots {
    std::vector<std::string> staff;
    std::string visit_type;
    std::optional<base::LocalDay> from;
    std::optional<int> days;
};
BOOST_DESCRIBE_STRUCT(ListSlots, (), (staff, visit_type, from, days))
PORTAL_HELP(ListSlots,
            {"staff",
             "id or e-mail address of a staff member; without it all who take bookings for the "
             "visit type",
             0, 1, 254},
            {"visit_type", "id or title of the visit type", 0, 1, 80},
            {"from", "first date; today when absent"},
            {"days", "how many days, 1 to 31; 7 when absent", 0, 1, 31})

struct SlotView {
    base::Instant starts{};
    base::Instant ends{};
    std::string local;
    std::string staff;
    base::Uuid staff_id;
    std::optional<int> seats_left;
};
BOOST_DESCRIBE_STRUCT(SlotView, (), (starts, ends, local, staff, staff_id, seats_left))
PORTAL_HELP(SlotView, {"starts", "start"}, {"ends", "end"},
            {"local", "local date and time, like 2026-11-21 09:30"}, {"staff", "staff member"},
            {"staff_id", "id of the staff member", base::kWide},
            {"seats_left", "of a group visit: how many can still join"})

struct SlotList {
    std::string zone;
    std::optional<NoSlot> reason;
    std::vector<SlotView> items;
};
BOOST_DESCRIBE_STRUCT(SlotList, (), (zone, reason, items))
PORTAL_HELP(SlotList, {"zone", "time zone of the local times"},
            {"reason",
             "why there is none: nobody, not-offered, bookings-off, no-hours, closed, other-start, "
             "too-near, "
             "too-far or taken"},
            {"items", "the free times"})

}  // namespace portal::domain
