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
    base::Patch<std::vector<WeeklyRule>> rule;
    base::Patch<std::vector<DateException>> exception;
    std::optional<Holidays> holidays;
};
BOOST_DESCRIBE_STRUCT(SetAvailability, (), (staff, zone, rule, exception, holidays))
PORTAL_HELP(
    SetAvailability,
    {"staff", "id or e-mail address of the staff member", base::kPositional, 1, 254},
    {"zone", "time zone of the rules; at first the clinic's", 0, 1, 40},
    {"rule",
     "open hours each week in local time, like 'mon 08:00-12:00'; replaces all, an empty one "
     "leaves "
     "none"},
    {"exception",
     "another day than the rules say, like '2026-12-24 closed' or '2026-12-23 10:00-12:00'; "
     "replaces all, an empty one leaves none"},
    {"holidays",
     "whose public holidays are closed: se, dk, or open for none; at first those of the clinic's "
     "country"})

struct ShowAvailability {
    std::string staff;
};
BOOST_DESCRIBE_STRUCT(ShowAvailability, (), (staff))
PORTAL_HELP(ShowAvailability,
            {"staff", "id or e-mail address of the staff member", base::kPositional, 1, 254})

struct AddException {
    std::string staff;
    std::vector<DateException> exception;
};
BOOST_DESCRIBE_STRUCT(AddException, (), (staff, exception))
PORTAL_HELP(AddException,
            {"staff", "id or e-mail address of the staff member", base::kPositional, 1, 254},
            {"exception",
             "at least one day that differs, like '2026-12-24 closed' or '2026-12-23 "
             "10:00-12:00'; what stood for its date before goes"})

struct RemoveException {
    std::string staff;
    base::LocalDay date{};
    std::optional<base::LocalDay> to;
};
BOOST_DESCRIBE_STRUCT(RemoveException, (), (staff, date, to))
PORTAL_HELP(RemoveException,
            {"staff", "id or e-mail address of the staff member", base::kPositional, 1, 254},
            {"date", "the date that goes back to the weekly rules, like 2026-12-24"},
            {"to", "the last such date, where several go back"})

struct CloseDays {
    std::string staff;
    base::LocalDay from{};
    base::LocalDay to{};
};
BOOST_DESCRIBE_STRUCT(CloseDays, (), (staff, from, to))
PORTAL_HELP(CloseDays,
            {"staff", "id or e-mail address of the staff member", base::kPositional, 1, 254},
            {"from", "first closed date, like 2027-07-05"},
            {"to", "last closed date, at most a year later"})

struct HolidayView {
    base::LocalDay date{};
    std::string name;
    bool by_law = true;
};
BOOST_DESCRIBE_STRUCT(HolidayView, (), (date, name, by_law))
PORTAL_HELP(HolidayView, {"date", "the date"}, {"name", "its name"},
            {"by_law", "a public holiday by law; else closed by custom"})

/// A visit that is booked outside the hours. It stays until somebody moves or cancels it.
struct OutsideVisit {
    base::Uuid id;
    std::string local;
    base::Instant starts{};
    std::string visit_type;
    std::string patient;
};
BOOST_DESCRIBE_STRUCT(OutsideVisit, (), (id, local, starts, visit_type, patient))
PORTAL_HELP(OutsideVisit, {"id", "id of the booking"},
            {"local", "local date and time, like 2026-11-21 09:30"}, {"starts", "start"},
            {"visit_type", "visit type"}, {"patient", "patient", base::kPersonal})

struct AvailabilityView {
    std::string staff;
    std::string zone;
    std::vector<WeeklyRule> rules;
    std::vector<DateException> exceptions;
    Holidays holidays = Holidays::open;
    std::vector<HolidayView> next_holidays;
    std::vector<OutsideVisit> outside;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(AvailabilityView, (),
                      (staff, zone, rules, exceptions, holidays, next_holidays, outside, version))
PORTAL_HELP(AvailabilityView, {"staff", "staff member"}, {"zone", "time zone of the rules"},
            {"rules", "open hours each week"}, {"exceptions", "other days"},
            {"holidays", "whose public holidays are closed: se, dk, or open for none"},
            {"next_holidays", "the next closed holidays"},
            {"outside",
             "booked visits outside the hours; after a change those that it left outside"},
            {"version", "row version", base::kWide})

inline constexpr int kMaxClosedDays = 366;

/// `exceptions` with `added` in place of whatever stood for their dates, by date and hour.
std::vector<DateException> with_exceptions(std::vector<DateException> exceptions,
                                           const std::vector<DateException>& added);
/// Every day from first to last, closed. invalid at "to".
base::Result<std::vector<DateException>> closed_days(base::LocalDay first, base::LocalDay last);

}  // namespace portal::domain
