// Dates and times as people write them: our patterns, ICU's names of days and months (read once);
// local time comes from base::Zone, so that the whole system has one table of zones.
// Thread rule: any thread. Source: L15, L16.
#pragma once

#include <string>

#include "base/zone.hpp"
#include "text/language.hpp"

namespace portal::text {

enum class DateStyle {
    full,       // lördag 21 november 2026 kl. 09.30
    day,        // lördag 21 november 2026
    day_month,  // lördag 21 november
    short_day,  // lör 21 nov
    time,       // 09.30
    zoned,      // lördag 21 november 2026 kl. 09.30 (tid i Stockholm): for mail and SMS
};

/// In the hour that an autumn night has twice, styles with a time say which one is meant.
std::string format_time(base::Instant at, const base::Zone& zone, Language language,
                        DateStyle style = DateStyle::full);
/// For the styles without a time.
std::string format_date(base::LocalDay day, Language language, DateStyle style = DateStyle::day);
/// The city that gives a zone its name, as the language calls it: "Köpenhamn".
std::string zone_city(const base::Zone& zone, Language language);

}  // namespace portal::text
