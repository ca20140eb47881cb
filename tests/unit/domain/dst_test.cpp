// Both days a year when the clock changes, against ICU's own calendar and zone data: random rules,
// exceptions, bookings and slot rules; a minute is open or it is not.
#include <unicode/gregocal.h>
#include <unicode/timezone.h>

#include <memory>

#include "base/random.hpp"
#include "catch.hpp"
#include "domain/slots.hpp"

using namespace portal;
using namespace portal::domain;
using std::chrono::minutes;

namespace {

constexpr int kDays = 4;
constexpr int kMargin = 24 * 60;  // minutes before the first and after the last day
constexpr int kSpan = kDays * 24 * 60 + 2 * kMargin;

int draw(base::Random& random, int low, int high) {
    return low + static_cast<int>(random.below(static_cast<std::uint32_t>(high - low + 1)));
}

/// ICU's answer to what a wall clock means: the first or last occurrence, after a gap its end.
class Oracle {
  public:
    explicit Oracle(const std::string& zone) {
        UErrorCode status = U_ZERO_ERROR;
        calendar_ = std::make_unique<icu::GregorianCalendar>(
            icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)), status);
        REQUIRE(U_SUCCESS(status));
        calendar_->setSkippedWallTimeOption(UCAL_WALLTIME_NEXT_VALID);
    }
    base::Instant at(base::LocalDay day, int minute, bool last) {
        const std::chrono::year_month_day date{day};
        calendar_->clear();
        calendar_->setRepeatedWallTimeOption(last ? UCAL_WALLTIME_LAST : UCAL_WALLTIME_FIRST);
        calendar_->set(static_cast<int>(date.year()), static_cast<int>(unsigned{date.month()}) - 1,
                       static_cast<int>(unsigned{date.day()}), minute / 60, minute % 60);
        UErrorCode status = U_ZERO_ERROR;
        const auto ms = calendar_->getTime(status);
        REQUIRE(U_SUCCESS(status));
        return base::from_ms(static_cast<std::int64_t>(ms));
    }

  private:
    std::unique_ptr<icu::GregorianCalendar> calendar_;
};

/// Rules with random edges, in order, some touching; dense around the night of the change.
std::vector<std::pair<int, int>> random_windows(base::Random& random) {
    const int grid = std::array{1, 5, 15, 30}[random.below(4)];
    const int end = random.below(2) == 0 ? 5 * 60 : 24 * 60;
    std::vector<std::pair<int, int>> windows;
    for (int from = draw(random, 0, 20) * grid; from < end && windows.size() < 6;) {
        const int to = std::min(from + draw(random, 1, 12) * grid, 24 * 60);
        windows.emplace_back(from, to);
        from = to + (random.below(3) == 0 ? 0 : draw(random, 1, 8) * grid);
    }
    return windows;
}

Availability random_availability(base::Random& random, const std::string& zone,
                                 base::LocalDay first) {
    Availability availability{zone, {}, {}};
    availability.holidays = std::array{Holidays::open, Holidays::se, Holidays::dk}[random.below(3)];
    for (int day = 0; day < 7; ++day)
        for (const auto& [from, to] : random_windows(random))
            availability.rules.push_back({static_cast<Weekday>(day), from, to});
    if (random.below(3) == 0) {
        const auto date = first + std::chrono::days{random.below(kDays)};
        if (random.below(2) == 0)
            availability.exceptions.push_back({date, true, 0, 0});
        else
            for (const auto& [from, to] : random_windows(random))
                availability.exceptions.push_back({date, false, from, to});
    }
    return availability;
}

/// The windows of a date by the plain reading of the rules, sorted by their beginning.
std::vector<std::pair<int, int>> windows_of(const Availability& availability, base::LocalDay day) {
    std::vector<std::pair<int, int>> windows;
    bool excepted = false;
    for (const auto& each : availability.exceptions)
        if (each.date == day) {
            excepted = true;
            if (!each.closed) windows.emplace_back(each.from_minute, each.to_minute);
        }
    const auto weekday = std::chrono::weekday{day}.iso_encoding() - 1;
    if (!excepted && !find_holiday(availability.holidays, day))
        for (const auto& rule : availability.rules)
            if (static_cast<unsigned>(rule.weekday) == weekday)
                windows.emplace_back(rule.from_minute, rule.to_minute);
    std::sort(windows.begin(), windows.end());
    return windows;
}

/// A minute-by-minute picture of some days.
struct Picture {
    base::Instant zero;
    std::vector<bool> minutes = std::vector<bool>(kSpan, false);

    [[nodiscard]] int index(base::Instant at) const {
        return static_cast<int>((at - zero) / std::chrono::minutes{1});
    }
    void paint(const Interval& interval) {
        for (int i = index(interval.start); i < index(interval.end); ++i)
            minutes.at(static_cast<std::size_t>(i)) = true;
    }
    [[nodiscard]] bool any(int from, int to, bool wanted) const {
        for (int i = from; i < to; ++i)
            if (minutes.at(static_cast<std::size_t>(i)) == wanted) return true;
        return false;
    }
};

/// What ICU says is open, each date by itself; a later one begins where the one before it ends.
std::vector<Interval> oracle_intervals(const Availability& availability, base::LocalDay first,
                                       Oracle& oracle) {
    std::vector<Interval> all;
    for (int i = 0; i < kDays; ++i) {
        const auto day = first + std::chrono::days{i};
        for (const auto& [from, to] : windows_of(availability, day)) {
            Interval interval{oracle.at(day, from, false), oracle.at(day, to, true)};
            if (!all.empty() && interval.start < all.back().end) interval.start = all.back().end;
            if (interval.start < interval.end) all.push_back(interval);
        }
    }
    return all;
}

std::vector<Interval> random_busy(base::Random& random, base::Instant from, base::Instant to) {
    std::vector<Interval> busy;
    const int span = static_cast<int>((to - from) / minutes{1});
    for (int i = draw(random, 0, 12); i > 0; --i) {
        const auto start = from + minutes{draw(random, 0, span - 200)};
        busy.push_back({start, start + minutes{draw(random, 1, 180)}});
    }
    return busy;
}

/// Every aligned start of every interval, judged minute by minute.
std::vector<base::Instant> oracle_slots(const std::vector<Interval>& open, const Picture& opened,
                                        const Picture& taken, const SlotRules& rules) {
    std::vector<base::Instant> slots;
    for (const auto& interval : open)
        for (auto at = interval.start; at < interval.end; at += rules.step) {
            const int from = opened.index(at);
            const int to = from + static_cast<int>(rules.duration.count());
            if (!opened.any(from, to, false) && !taken.any(from, to, true)) slots.push_back(at);
        }
    return slots;
}

void check_once(base::Random& random, const std::string& name, base::LocalDay first) {
    const auto zone = *base::Zone::find(name);
    Oracle oracle{name};
    const auto availability = random_availability(random, name, first);
    REQUIRE(check_availability(availability));
    const auto from = oracle.at(first, 0, false);
    const auto to = oracle.at(first + std::chrono::days{kDays}, 0, false);
    const auto open = open_intervals(availability, zone, from, to - base::Millis{1});
    const auto expected = oracle_intervals(availability, first, oracle);
    REQUIRE(open == expected);

    Picture opened{from - minutes{kMargin}};
    Picture taken{opened.zero};
    for (const auto& each : expected) opened.paint(each);
    const auto busy = random_busy(random, from, to);
    for (const auto& each : busy) taken.paint(each);

    const SlotRules rules{minutes{draw(random, 1, 120)}, minutes{draw(random, 1, 60)}, minutes{0},
                          std::chrono::hours{24 * 30}};
    auto slots = oracle_slots(expected, opened, taken, rules);
    const auto now = from + minutes{draw(random, -60, 3000)};
    std::erase_if(slots, [&](base::Instant slot) { return slot < now; });
    if (slots.size() > kMaxSlots) slots.resize(kMaxSlots);
    REQUIRE(free_slots(open, busy, rules, now) == slots);
}

}  // namespace

TEST_CASE("no slot lies outside the rules, none is lost, none comes twice when clocks change",
          "[slots][weekly][L15]") {
    const auto zone = GENERATE(as<std::string>{}, "Europe/Stockholm", "Europe/Copenhagen");
    const auto first =
        GENERATE(as<std::string>{}, "2026-03-27", "2026-10-23", "2027-03-26", "2027-10-29");
    base::SeededRandom random{20261121};
    for (int i = 0; i < 300; ++i) {
        INFO(zone << ' ' << first << " round " << i);
        check_once(random, zone, *base::parse_day(first));
    }
}

TEST_CASE("every minute of a day of change is resolved as ICU resolves it", "[weekly][L15][C16]") {
    const auto name = GENERATE(as<std::string>{}, "Europe/Stockholm", "Europe/Copenhagen");
    const auto date = GENERATE(as<std::string>{}, "2026-03-29", "2026-10-25", "2027-03-28",
                               "2027-10-31", "2026-11-21");
    const auto zone = *base::Zone::find(name);
    const auto day = *base::parse_day(date);
    Oracle oracle{name};
    int missing = 0;
    int twice = 0;
    for (int minute = 0; minute < 24 * 60; ++minute) {
        const auto first = oracle.at(day, minute, false);
        const auto last = oracle.at(day, minute, true);
        const auto plain = resolve_local(day, minute, zone);
        if (first != last) {
            ++twice;
            REQUIRE_FALSE(plain);
            REQUIRE(*resolve_local(day, minute, zone, Occurrence::earlier) == first);
            REQUIRE(*resolve_local(day, minute, zone, Occurrence::later) == last);
        } else if (!plain) {
            ++missing;
            REQUIRE(zone.to_local(first) != base::LocalTime{day} + minutes{minute});
        } else {
            REQUIRE(*plain == first);
        }
    }
    const bool spring = date.find("-03-") != std::string::npos;
    const bool autumn = date.find("-10-") != std::string::npos;
    CHECK(missing == (spring ? 60 : 0));
    CHECK(twice == (autumn ? 60 : 0));
}
