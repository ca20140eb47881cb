#include "domain/weekly.hpp"

#include <algorithm>
#include <array>

#include "base/encoding.hpp"

namespace portal::domain {

using base::Instant;
using base::invalid;
using base::LocalDay;
using base::LocalTime;
using base::N_;
using base::Zone;
using std::chrono::days;
using std::chrono::minutes;

namespace {

constexpr int kDayMinutes = 24 * 60;
constexpr auto kWeekdays =
    std::to_array<std::string_view>({"mon", "tue", "wed", "thu", "fri", "sat", "sun"});

/// Part of one local day.
struct Window {
    int from;
    int to;
};

Weekday weekday_of(LocalDay day) {
    return static_cast<Weekday>(std::chrono::weekday{day}.iso_encoding() - 1);
}

/// "08:00-12:00"
base::Result<Window> parse_window(std::string_view text) {
    const auto bad = invalid("", N_("Write the hours as 08:00-12:00, the earlier first."));
    const auto parts = base::split(text, '-');
    if (parts.size() != 2) return bad;
    const auto from = base::parse_minute(parts[0]);
    const auto to = base::parse_minute(parts[1]);
    if (!from || !to || *from >= *to) return bad;
    return Window{*from, *to};
}

std::string format_window(int from, int to) {
    return base::format_minute(from) + '-' + base::format_minute(to);
}

bool is_window(int from, int to) {
    return from >= 0 && from < to && to <= kDayMinutes;
}

bool overlap(const WeeklyRule& a, const WeeklyRule& b) {
    return a.weekday == b.weekday && a.from_minute < b.to_minute && b.from_minute < a.to_minute;
}

bool overlap(const DateException& a, const DateException& b) {
    if (a.date != b.date) return false;
    return a.closed || b.closed || (a.from_minute < b.to_minute && b.from_minute < a.to_minute);
}

base::Status check_hours(const WeeklyRule& rule, const std::string& field) {
    if (is_window(rule.from_minute, rule.to_minute)) return {};
    return invalid(field, N_("must end after it begins, within one day"));
}

base::Status check_hours(const DateException& each, const std::string& field) {
    const bool hours = each.from_minute != 0 || each.to_minute != 0;
    if (each.closed && hours) return invalid(field, N_("is either closed or has hours, not both"));
    if (each.closed || is_window(each.from_minute, each.to_minute)) return {};
    return invalid(field, N_("must end after it begins, within one day"));
}

/// 1st, 2nd, 3rd, 4th, 11th
std::string ordinal(std::size_t n) {
    const bool teen = n % 100 >= 11 && n % 100 <= 13;
    const auto* ending = teen          ? "th"
                         : n % 10 == 1 ? "st"
                         : n % 10 == 2 ? "nd"
                         : n % 10 == 3 ? "rd"
                                       : "th";
    return std::to_string(n) + ending;
}

template <class T>
base::Status check_list(const std::vector<T>& list, const std::string& name, std::size_t most) {
    if (list.size() > most)
        return invalid(name, N_("has more than {1} entries"), {std::to_string(most)});
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto field = name + '[' + std::to_string(i) + ']';
        PORTAL_TRYV(check_hours(list[i], field));
        for (std::size_t j = 0; j < i; ++j)
            if (overlap(list[i], list[j]))
                return invalid(field, N_("overlaps the {1}"), {ordinal(j + 1)});
    }
    return {};
}

/// The hours of `day`, in order: those of its exceptions if it has any, none on a holiday, else
/// those of its weekday.
void find_windows(const Availability& availability,
                  const std::vector<const DateException*>& exceptions, LocalDay day,
                  std::vector<Window>& windows) {
    windows.clear();
    bool excepted = false;
    for (const auto* each : exceptions) {
        if (each->date != day) continue;
        excepted = true;
        if (!each->closed) windows.push_back({each->from_minute, each->to_minute});
    }
    if (!excepted && !find_holiday(availability.holidays, day)) {
        const auto weekday = weekday_of(day);
        for (const auto& rule : availability.rules)
            if (rule.weekday == weekday) windows.push_back({rule.from_minute, rule.to_minute});
    }
    std::sort(windows.begin(), windows.end(),
              [](const Window& a, const Window& b) { return a.from < b.from; });
}

/// The moments of a window. Of an hour that comes twice the end is the second, but midnight ends a
/// day when it first comes.
Interval resolve(LocalDay day, const Window& window, const Zone& zone) {
    const auto start = zone.resolve(LocalTime{day} + minutes{window.from});
    const auto end = zone.resolve(LocalTime{day} + minutes{window.to});
    return {start.first, window.to == kDayMinutes ? end.first : end.second};
}

}  // namespace

base::Status check_availability(const Availability& availability) {
    if (auto zone = Zone::find(availability.zone); !zone) {
        auto error = std::move(zone).error();
        error.field = "zone";
        return error;
    }
    PORTAL_TRYV(check_list(availability.rules, "rules", kMaxRules));
    return check_list(availability.exceptions, "exceptions", kMaxExceptions);
}

std::vector<Interval> open_intervals(const Availability& availability, const Zone& zone,
                                     Instant from, Instant to) {
    std::vector<Interval> open;
    if (from >= to) return open;
    const auto first = zone.to_local_day(from);
    const auto last = zone.to_local_day(to);
    std::vector<const DateException*> exceptions;
    for (const auto& each : availability.exceptions)
        if (each.date >= first && each.date <= last) exceptions.push_back(&each);
    std::vector<Window> windows;
    for (auto day = first; day <= last; day += days{1}) {
        find_windows(availability, exceptions, day, windows);
        for (const auto& window : windows) {
            auto interval = resolve(day, window, zone);
            // Two rules inside an hour that comes twice reach into each other.
            if (!open.empty()) interval.start = std::max(interval.start, open.back().end);
            if (interval.start < interval.end) open.push_back(interval);
        }
    }
    std::erase_if(open, [&](const Interval& i) { return i.end <= from || i.start >= to; });
    return open;
}

base::Result<Instant> resolve_local(LocalDay date, int minute, const Zone& zone,
                                    std::optional<Occurrence> which) {
    if (minute < 0 || minute >= kDayMinutes)
        return invalid("time", N_("Write the time of day as 08:30."));
    const auto resolved = zone.resolve(LocalTime{date} + minutes{minute});
    const auto words = [&] {
        return std::vector<std::string>{base::format_day(date), base::format_minute(minute)};
    };
    if (resolved.kind == Zone::Resolved::nonexistent)
        return invalid("time",
                       N_("The clock goes forward on {1}, so {2} does not exist. Choose another "
                          "time."),
                       words());
    if (resolved.kind == Zone::Resolved::ambiguous && !which)
        return invalid("which", kAmbiguousTime, words());
    return which == Occurrence::later ? resolved.second : resolved.first;
}

}  // namespace portal::domain

namespace portal::base {

using namespace portal::domain;

std::string TextForm<WeeklyRule>::format(const WeeklyRule& rule) {
    return std::string{kWeekdays.at(static_cast<std::size_t>(rule.weekday))} + ' ' +
           format_window(rule.from_minute, rule.to_minute);
}

Result<WeeklyRule> TextForm<WeeklyRule>::parse(std::string_view text) {
    const auto parts = split(trim(text), ' ');
    const auto* day = std::find(kWeekdays.begin(), kWeekdays.end(), lower_ascii(parts[0]));
    if (parts.size() != 2 || day == kWeekdays.end())
        return invalid("", N_("Write a weekly rule as 'mon 08:00-12:00'."));
    PORTAL_TRY(window, parse_window(parts[1]));
    return WeeklyRule{static_cast<Weekday>(day - kWeekdays.begin()), window.from, window.to};
}

std::string TextForm<DateException>::format(const DateException& exception) {
    return format_day(exception.date) + ' ' +
           (exception.closed ? "closed"
                             : format_window(exception.from_minute, exception.to_minute));
}

Result<DateException> TextForm<DateException>::parse(std::string_view text) {
    const auto parts = split(trim(text), ' ');
    if (parts.size() != 2)
        return invalid("", N_("Write an exception as '2026-12-24 closed' or "
                              "'2026-12-23 10:00-12:00'."));
    PORTAL_TRY(date, parse_day(parts[0]));
    if (parts[1] == "closed") return DateException{date, true, 0, 0};
    PORTAL_TRY(window, parse_window(parts[1]));
    return DateException{date, false, window.from, window.to};
}

}  // namespace portal::base
