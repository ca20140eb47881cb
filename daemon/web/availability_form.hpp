// The fields in which openings are written: up to three a day, each from and to, empty where there
// is none. Called by availability.cpp. Thread rule: one request. Source: L15.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/web/availability.hpp"
#include "daemon/web/context.hpp"
#include "domain/weekly.hpp"

namespace portal::web {

inline constexpr std::size_t kOpenings = 3;

struct Opening {
    int from = 0;  // minutes from midnight
    int to = 0;
};

/// The fields' names: mon_from_1, mon_to_1 ... and those of all weekdays.
std::vector<std::string_view> opening_fields(std::string_view day);
std::vector<std::string_view> day_fields();

/// Whether no day has more openings than the form.
bool fits_form(const std::vector<domain::WeeklyRule>& rules);
std::vector<HoursRow> empty_rows(const Context& context, std::string_view day,
                                 const std::string& title);
/// As many as are used and an empty one, two at least.
std::vector<HoursDay> hours_days(const Context& context,
                                 const std::vector<domain::WeeklyRule>& rules);
/// What was typed, back into the fields.
void refill_rows(const http::Form& form, std::vector<HoursRow>& rows);
void refill_days(const http::Form& form, std::vector<HoursDay>& days);

/// "8", "8.30" and "08:30" are times. Openings that overlap, or that end before they begin, are
/// invalid at the day.
base::Result<std::vector<Opening>> read_openings(const http::Form& form, std::string_view day);
base::Result<std::vector<domain::WeeklyRule>> read_days(const http::Form& form);

}  // namespace portal::web
