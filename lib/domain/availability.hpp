// When a staff member can be booked: commands and views over the weekly rules. Source: L15.
#pragma once

#include <string>
#include <vector>

#include "base/record.hpp"
#include "domain/weekly.hpp"

namespace portal::domain {

struct SetAvailability {
    std::string staff;
    std::optional<std::string> zone;
    std::vector<WeeklyRule> rule;
    std::vector<DateException> exception;
};
BOOST_DESCRIBE_STRUCT(SetAvailability, (), (staff, zone, rule, exception))
PORTAL_HELP(
    SetAvailability,
    {"staff", "id or e-mail address of the staff member", base::kPositional, 1, 254},
    {"zone", "time zone of the rules; the clinic's when absent", 0, 1, 40},
    {"rule", "open hours each week in local time, like 'mon 08:00-12:00'; replaces all"},
    {"exception",
     "another day than the rules say, like '2026-12-24 closed' or '2026-12-23 10:00-12:00'"})

struct ShowAvailability {
    std::string staff;
};
BOOST_DESCRIBE_STRUCT(ShowAvailability, (), (staff))
PORTAL_HELP(ShowAvailability,
            {"staff", "id or e-mail address of the staff member", base::kPositional, 1, 254})

struct AvailabilityView {
    std::string staff;
    std::string zone;
    std::vector<WeeklyRule> rules;
    std::vector<DateException> exceptions;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(AvailabilityView, (), (staff, zone, rules, exceptions, version))
PORTAL_HELP(AvailabilityView, {"staff", "staff member"}, {"zone", "time zone of the rules"},
            {"rules", "open hours each week"}, {"exceptions", "other days"},
            {"version", "row version", base::kWide})

}  // namespace portal::domain
