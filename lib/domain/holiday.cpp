#include "domain/holiday.hpp"

#include <algorithm>
#include <array>

namespace portal::domain {

using base::LocalDay;
using base::N_;
using std::chrono::days;
using std::chrono::Saturday;

namespace {

/// date: month and day. easter: days from Easter Sunday. saturday: `day` days from the Saturday
/// that is the first on or after `month`'s day `from`.
struct Rule {
    enum Anchor { date, easter, saturday } anchor;
    unsigned month;
    int day;
    const char* name;
    bool by_law = true;
    int first_year = kFirstHolidayYear;
    int last_year = kLastHolidayYear;
    int from = 0;
};

constexpr bool kCustom = false;

constexpr std::array kSwedish{
    Rule{Rule::date, 1, 1, N_("New Year's Day")},
    Rule{Rule::date, 1, 6, N_("Epiphany")},
    Rule{Rule::easter, 0, -2, N_("Good Friday")},
    Rule{Rule::easter, 0, 0, N_("Easter Sunday")},
    Rule{Rule::easter, 0, 1, N_("Easter Monday")},
    Rule{Rule::date, 5, 1, N_("May Day")},
    Rule{Rule::easter, 0, 39, N_("Ascension Day")},
    Rule{Rule::easter, 0, 49, N_("Whit Sunday")},
    Rule{Rule::easter, 0, 50, N_("Whit Monday"), true, kFirstHolidayYear, 2004},
    Rule{Rule::date, 6, 6, N_("National Day"), true, 2005},
    Rule{Rule::saturday, 6, -1, N_("Midsummer Eve"), kCustom, kFirstHolidayYear, kLastHolidayYear,
         20},
    Rule{Rule::saturday, 6, 0, N_("Midsummer Day"), true, kFirstHolidayYear, kLastHolidayYear, 20},
    Rule{Rule::saturday, 10, 0, N_("All Saints' Day"), true, kFirstHolidayYear, kLastHolidayYear,
         31},
    Rule{Rule::date, 12, 24, N_("Christmas Eve"), kCustom},
    Rule{Rule::date, 12, 25, N_("Christmas Day")},
    Rule{Rule::date, 12, 26, N_("Second Day of Christmas")},
    Rule{Rule::date, 12, 31, N_("New Year's Eve"), kCustom},
};

constexpr std::array kDanish{
    Rule{Rule::date, 1, 1, N_("New Year's Day")},
    Rule{Rule::easter, 0, -3, N_("Maundy Thursday")},
    Rule{Rule::easter, 0, -2, N_("Good Friday")},
    Rule{Rule::easter, 0, 0, N_("Easter Sunday")},
    Rule{Rule::easter, 0, 1, N_("Easter Monday")},
    Rule{Rule::easter, 0, 26, N_("Great Prayer Day"), true, kFirstHolidayYear, 2023},
    Rule{Rule::easter, 0, 39, N_("Ascension Day")},
    Rule{Rule::easter, 0, 49, N_("Whit Sunday")},
    Rule{Rule::easter, 0, 50, N_("Whit Monday")},
    Rule{Rule::date, 6, 5, N_("Constitution Day"), kCustom},
    Rule{Rule::date, 12, 24, N_("Christmas Eve"), kCustom},
    Rule{Rule::date, 12, 25, N_("Christmas Day")},
    Rule{Rule::date, 12, 26, N_("Second Day of Christmas")},
    Rule{Rule::date, 12, 31, N_("New Year's Eve"), kCustom},
};

LocalDay day_in(int year, unsigned month, int day) {
    return LocalDay{std::chrono::year{year} / std::chrono::month{month} / 1} + days{day - 1};
}

LocalDay date_of(const Rule& rule, int year, LocalDay easter) {
    if (rule.anchor == Rule::date) return day_in(year, rule.month, rule.day);
    if (rule.anchor == Rule::easter) return easter + days{rule.day};
    const auto from = day_in(year, rule.month, rule.from);
    return from + (Saturday - std::chrono::weekday{from}) + days{rule.day};
}

/// Calls take(Holiday) for each rule of the year.
template <class Take>
void each_holiday(Holidays whose, int year, Take take) {
    if (year < kFirstHolidayYear || year > kLastHolidayYear) return;
    const auto easter = easter_of(year);
    const auto all = [&](const auto& rules) {
        for (const Rule& rule : rules)
            if (year >= rule.first_year && year <= rule.last_year)
                take(Holiday{date_of(rule, year, easter), rule.name, rule.by_law});
    };
    if (whose == Holidays::se) all(kSwedish);
    if (whose == Holidays::dk) all(kDanish);
}

int year_of(LocalDay day) {
    return static_cast<int>(std::chrono::year_month_day{day}.year());
}

/// Whether `a` names the date rather than `b`, found before it.
bool goes_before(const Holiday& a, const Holiday& b) {
    return a.by_law && !b.by_law;
}

}  // namespace

LocalDay easter_of(int year) {
    // The anonymous Gregorian computus (Nature, 20 April 1876; Meeus, Astronomical Algorithms).
    const int golden = year % 19;
    const int century = year / 100;
    const int rest = year % 100;
    const int correction = (century + 8) / 25;
    const int epact =
        (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    const int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    const int late = (golden + 11 * epact + 22 * weekday) / 451;
    const int sum = epact + weekday - 7 * late + 114;
    return day_in(year, static_cast<unsigned>(sum / 31), sum % 31 + 1);
}

std::optional<Holiday> find_holiday(Holidays whose, LocalDay day) {
    std::optional<Holiday> found;
    each_holiday(whose, year_of(day), [&](const Holiday& each) {
        if (each.date == day && (!found || goes_before(each, *found))) found = each;
    });
    return found;
}

std::vector<Holiday> list_holidays(Holidays whose, int year) {
    std::vector<Holiday> all;
    each_holiday(whose, year, [&](const Holiday& each) { all.push_back(each); });
    std::stable_sort(all.begin(), all.end(), [](const Holiday& a, const Holiday& b) {
        return a.date != b.date ? a.date < b.date : goes_before(a, b);
    });
    all.erase(std::unique(all.begin(), all.end(),
                          [](const Holiday& a, const Holiday& b) { return a.date == b.date; }),
              all.end());
    return all;
}

std::vector<Holiday> next_holidays(Holidays whose, LocalDay day, std::size_t most) {
    std::vector<Holiday> next;
    const int first = std::max(year_of(day), kFirstHolidayYear);
    for (int year = first; year <= kLastHolidayYear && next.size() < most; ++year) {
        const auto all = list_holidays(whose, year);
        if (all.empty()) break;
        for (const auto& each : all)
            if (each.date >= day && next.size() < most) next.push_back(each);
    }
    return next;
}

}  // namespace portal::domain
