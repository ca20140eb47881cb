// When somebody may be booked: weekly rules in local time with a zone's name, and dates that
// differ. Instants come out. A spring gap shortens a rule, an autumn hour lengthens it.
// Pure; any thread. Source: L15, C16.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.hpp"
#include "base/zone.hpp"
#include "domain/holiday.hpp"

namespace portal::domain {

enum class Weekday { mon, tue, wed, thu, fri, sat, sun };
BOOST_DESCRIBE_ENUM(Weekday, mon, tue, wed, thu, fri, sat, sun)

/// Text form 'mon 08:00-12:00'. Minutes from local midnight; 24:00 is 1440.
struct WeeklyRule {
    Weekday weekday = Weekday::mon;
    int from_minute = 0;
    int to_minute = 0;
    bool operator==(const WeeklyRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(WeeklyRule, (), (weekday, from_minute, to_minute))
PORTAL_HELP(WeeklyRule, {"weekday", "mon to sun"},
            {"from_minute", "minutes from midnight, local time", 0, 0, 1439},
            {"to_minute", "minutes from midnight, local time; 1440 is 24:00", 0, 1, 1440})

/// Text forms '2026-12-24 closed' and '2026-12-23 10:00-12:00'. What stands for a date replaces
/// the weekly rules on it; several openings of one date add up.
struct DateException {
    base::LocalDay date{};
    bool closed = true;
    int from_minute = 0;
    int to_minute = 0;
    bool operator==(const DateException&) const = default;
};
BOOST_DESCRIBE_STRUCT(DateException, (), (date, closed, from_minute, to_minute))
PORTAL_HELP(DateException, {"date", "the local date, 2026-12-24"},
            {"closed", "closed the whole day", base::kDefaulted},
            {"from_minute", "minutes from midnight, when open", base::kDefaulted, 0, 1439},
            {"to_minute", "minutes from midnight, when open", base::kDefaulted, 0, 1440})

struct Availability {
    std::string zone;  // "Europe/Stockholm"
    std::vector<WeeklyRule> rules;
    std::vector<DateException> exceptions;
    Holidays holidays = Holidays::open;  // whose close the days that the rules open
    bool operator==(const Availability&) const = default;
};

inline constexpr std::size_t kMaxRules = 100;
inline constexpr std::size_t kMaxExceptions = 1000;

/// Each rule from < to, none overlapping another of its day (touching is allowed), no date both
/// closed and open, at most kMaxRules and kMaxExceptions, a zone that exists. The error's field is
/// "zone", "rules[2]", "exceptions[0]".
base::Status check_availability(const Availability& availability);

/// Half open: start is in, end is not.
struct Interval {
    base::Instant start;
    base::Instant end;
    bool operator==(const Interval&) const = default;
};

/// The open intervals that touch [from, to), whole, in order, not overlapping. On a holiday only
/// an exception opens. `zone` is the one
/// that `availability.zone` names; `availability` has passed check_availability. An edge that the
/// spring jump skips means the jump; of an autumn hour that comes twice, `from` means the first
/// and `to` the second.
std::vector<Interval> open_intervals(const Availability& availability, const base::Zone& zone,
                                     base::Instant from, base::Instant to);

/// Which of an autumn night's two equal hours.
enum class Occurrence { earlier, later };
BOOST_DESCRIBE_ENUM(Occurrence, earlier, later)

/// The sentence of the error that asks which of two equal hours is meant.
inline constexpr const char* kAmbiguousTime = base::N_(
    "The clock goes back on {1}, so {2} comes twice. Say which one: the earlier or the later.");

/// A time that somebody typed. Nonexistent: invalid at "time". Ambiguous without `which`: invalid
/// at "which" with key kAmbiguousTime. `which` is ignored where the time is unique.
base::Result<base::Instant> resolve_local(base::LocalDay date, int minute, const base::Zone& zone,
                                          std::optional<Occurrence> which = std::nullopt);

}  // namespace portal::domain

template <>
struct portal::base::TextForm<portal::domain::WeeklyRule> {
    static constexpr std::string_view name = "weekly rule";
    static std::string format(const portal::domain::WeeklyRule& rule);
    static Result<portal::domain::WeeklyRule> parse(std::string_view text);
};
template <>
struct portal::base::TextForm<portal::domain::DateException> {
    static constexpr std::string_view name = "date exception";
    static std::string format(const portal::domain::DateException& exception);
    static Result<portal::domain::DateException> parse(std::string_view text);
};
