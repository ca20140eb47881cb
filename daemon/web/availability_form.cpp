#include "daemon/web/availability_form.hpp"

#include <algorithm>
#include <array>
#include <deque>

#include "base/encoding.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::Weekday;
using domain::WeeklyRule;

struct Day {
    Weekday weekday;
    std::string_view id;
    const char* name;
};
constexpr std::array kDays{
    Day{Weekday::mon, "mon", N_("Monday")},    Day{Weekday::tue, "tue", N_("Tuesday")},
    Day{Weekday::wed, "wed", N_("Wednesday")}, Day{Weekday::thu, "thu", N_("Thursday")},
    Day{Weekday::fri, "fri", N_("Friday")},    Day{Weekday::sat, "sat", N_("Saturday")},
    Day{Weekday::sun, "sun", N_("Sunday")}};

std::string field_name(std::string_view day, std::string_view edge, std::size_t number) {
    return std::string{day} + "_" + std::string{edge} + "_" + std::to_string(number);
}

/// As people write the time of day.
std::optional<int> parse_time(std::string_view text) {
    std::string plain{base::trim(text)};
    std::replace(plain.begin(), plain.end(), '.', ':');
    if (plain.find(':') == std::string::npos) plain += ":00";
    if (plain.find(':') == 1) plain.insert(0, "0");
    const auto minute = base::parse_minute(plain);
    return minute ? std::optional{*minute} : std::nullopt;
}

base::Result<Opening> parse_opening(std::string_view from, std::string_view to,
                                    std::string_view day) {
    const std::string field{day};
    const auto first = parse_time(from);
    const auto last = parse_time(to);
    if (!first || !last)
        return base::invalid(field, N_("Write both times of a line, as 08:30 and 16:00."));
    if (*first >= *last) return base::invalid(field, N_("A line ends before it begins."));
    return Opening{*first, *last};
}

}  // namespace

std::vector<std::string_view> opening_fields(std::string_view day) {
    // Routes are made once and keep views of these names.
    static std::deque<std::string> names;
    std::vector<std::string_view> fields;
    for (std::size_t i = 1; i <= kOpenings; ++i)
        for (const auto* edge : {"from", "to"})
            fields.push_back(names.emplace_back(field_name(day, edge, i)));
    return fields;
}

std::vector<std::string_view> day_fields() {
    std::vector<std::string_view> all;
    for (const auto& day : kDays) {
        const auto own = opening_fields(day.id);
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

bool fits_form(const std::vector<WeeklyRule>& rules) {
    return std::all_of(kDays.begin(), kDays.end(), [&](const Day& day) {
        const auto own = std::count_if(rules.begin(), rules.end(), [&](const WeeklyRule& rule) {
            return rule.weekday == day.weekday;
        });
        return static_cast<std::size_t>(own) <= kOpenings;
    });
}

std::vector<HoursRow> empty_rows(const Context& context, std::string_view day,
                                 const std::string& title) {
    static constexpr std::array kOrdinals{N_("first opening"), N_("second opening"),
                                          N_("third opening")};
    std::vector<HoursRow> rows;
    for (std::size_t i = 1; i <= kOpenings; ++i) {
        HoursRow row;
        row.from_id = field_name(day, "from", i);
        row.to_id = field_name(day, "to", i);
        row.spoken = title + ", " + context.word(kOrdinals.at(i - 1));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<HoursDay> hours_days(const Context& context, const std::vector<WeeklyRule>& rules) {
    auto sorted = rules;
    std::sort(sorted.begin(), sorted.end(), [](const WeeklyRule& a, const WeeklyRule& b) {
        return a.from_minute < b.from_minute;
    });
    std::vector<HoursDay> days;
    for (const auto& day : kDays) {
        const auto title = context.word(day.name);
        HoursDay one{std::string{day.id}, title, "", empty_rows(context, day.id, title)};
        std::size_t next = 0;
        for (const auto& rule : sorted) {
            if (rule.weekday != day.weekday || next == kOpenings) continue;
            one.rows[next].from = base::format_minute(rule.from_minute);
            one.rows[next++].to = base::format_minute(rule.to_minute);
        }
        // One empty line more than is used; the next comes when that is.
        one.rows.resize(std::min(kOpenings, std::max<std::size_t>(next, 1) + 1));
        days.push_back(std::move(one));
    }
    return days;
}

void refill_rows(const http::Form& form, std::vector<HoursRow>& rows) {
    for (auto& row : rows) {
        row.from = form.text(row.from_id);
        row.to = form.text(row.to_id);
    }
}

void refill_days(const http::Form& form, std::vector<HoursDay>& days) {
    for (auto& day : days) refill_rows(form, day.rows);
}

base::Result<std::vector<Opening>> read_openings(const http::Form& form, std::string_view day) {
    std::vector<Opening> openings;
    for (std::size_t i = 1; i <= kOpenings; ++i) {
        const auto from = base::trim(form.text(field_name(day, "from", i)));
        const auto to = base::trim(form.text(field_name(day, "to", i)));
        if (from.empty() && to.empty()) continue;
        PORTAL_TRY(opening, parse_opening(from, to, day));
        openings.push_back(opening);
    }
    std::sort(openings.begin(), openings.end(),
              [](const Opening& a, const Opening& b) { return a.from < b.from; });
    for (std::size_t i = 1; i < openings.size(); ++i)
        if (openings[i].from < openings[i - 1].to)
            return base::invalid(std::string{day}, N_("Two lines of this day overlap."));
    return openings;
}

base::Result<std::vector<WeeklyRule>> read_days(const http::Form& form) {
    std::vector<WeeklyRule> rules;
    for (const auto& day : kDays) {
        PORTAL_TRY(openings, read_openings(form, day.id));
        for (const auto& each : openings) rules.push_back({day.weekday, each.from, each.to});
    }
    return rules;
}

}  // namespace portal::web
