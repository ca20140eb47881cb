#include "text/date.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/tznames.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <stdexcept>
#include <vector>

namespace portal::text {
namespace {

constexpr std::size_t kLocals = 5;  // every style but `zoned`

struct Words {
    const char* locale;
    std::array<const char*, kLocals> patterns;  // in the order of DateStyle
    const char* zone;                           // {1}: the city
    const char* summer;
    const char* winter;
};

// Our own patterns rather than ICU's, so that a new ICU does not change what patients read.
const Words& words(Language language) {
    static constexpr Words kEnglish{
        "en_GB",
        {"EEEE d MMMM y 'at' HH:mm", "EEEE d MMMM y", "EEEE d MMMM", "EEE d MMM", "HH:mm"},
        " (time in {1})",
        " (summer time)",
        " (winter time)"};
    static constexpr Words kSwedish{
        "sv_SE",
        {"EEEE d MMMM y 'kl.' HH.mm", "EEEE d MMMM y", "EEEE d MMMM", "EEE d MMM", "HH.mm"},
        " (tid i {1})",
        " (sommartid)",
        " (vintertid)"};
    static constexpr Words kDanish{"da_DK",
                                   {"EEEE 'den' d. MMMM y 'kl.' HH.mm", "EEEE 'den' d. MMMM y",
                                    "EEEE 'den' d. MMMM", "EEE d. MMM", "HH.mm"},
                                   " (tid i {1})",
                                   " (sommertid)",
                                   " (vintertid)"};
    return language == Language::sv ? kSwedish : language == Language::da ? kDanish : kEnglish;
}

void must(UErrorCode failed) {
    if (U_FAILURE(failed)) throw std::runtime_error(u_errorName(failed));
}

// The language's names as ICU has them; read once, since formatting by ICU itself costs 2 us a time
// and a page of free times has eighty.
struct Names {
    std::vector<std::string> days, short_days, months, short_months;
};

std::vector<std::string> to_utf8(const icu::UnicodeString* texts, int count) {
    std::vector<std::string> all(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) texts[i].toUTF8String(all[static_cast<std::size_t>(i)]);
    return all;
}

Names read_names(Language language) {
    using icu::DateFormatSymbols;
    UErrorCode failed = U_ZERO_ERROR;
    const DateFormatSymbols symbols{icu::Locale{words(language).locale}, failed};
    must(failed);
    int count = 0;
    constexpr auto kFormat = DateFormatSymbols::FORMAT;
    const auto weekdays = [&](DateFormatSymbols::DtWidthType width) {
        const auto* texts = symbols.getWeekdays(count, kFormat, width);
        return to_utf8(texts + 1, count - 1);  // ICU counts from Sunday = 1
    };
    const auto months = [&](DateFormatSymbols::DtWidthType width) {
        const auto* texts = symbols.getMonths(count, kFormat, width);
        return to_utf8(texts, count);
    };
    return {weekdays(DateFormatSymbols::WIDE), weekdays(DateFormatSymbols::ABBREVIATED),
            months(DateFormatSymbols::WIDE), months(DateFormatSymbols::ABBREVIATED)};
}

const Names& names(Language language) {
    static const std::array<Names, kLanguages.size()> all{
        read_names(Language::en), read_names(Language::sv), read_names(Language::da)};
    return all.at(static_cast<std::size_t>(language));
}

std::string two_digits(unsigned value) {
    return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

/// A local time taken apart, and its fields by their letters in a pattern.
class Parts {
  public:
    Parts(base::LocalTime local, const Names& own)
        : day_(std::chrono::floor<std::chrono::days>(local)),
          date_(std::chrono::sys_days{day_.time_since_epoch()}),
          minutes_(static_cast<unsigned>((local - day_).count())),
          names_(own) {}
    [[nodiscard]] std::string field(std::string_view letters) const {
        const auto weekday =
            std::chrono::weekday{std::chrono::sys_days{day_.time_since_epoch()}}.c_encoding();
        const auto month = unsigned{date_.month()} - 1;
        if (letters == "EEEE") return names_.days.at(weekday);
        if (letters == "EEE") return names_.short_days.at(weekday);
        if (letters == "MMMM") return names_.months.at(month);
        if (letters == "MMM") return names_.short_months.at(month);
        if (letters == "y") return std::to_string(int{date_.year()});
        if (letters == "d") return std::to_string(unsigned{date_.day()});
        constexpr unsigned kHour = 60;
        return two_digits(letters == "HH" ? minutes_ / kHour : minutes_ % kHour);
    }

  private:
    base::LocalDay day_;
    std::chrono::year_month_day date_;
    unsigned minutes_;
    const Names& names_;
};

std::string format_local(base::LocalTime local, Language language, DateStyle style) {
    const std::string_view pattern = words(language).patterns.at(static_cast<std::size_t>(style));
    const Parts parts{local, names(language)};
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        const char c = pattern[at];
        if (c == '\'') {
            const auto close = pattern.find('\'', at + 1);
            out += pattern.substr(at + 1, close - at - 1);
            at = close + 1;
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            const auto end = std::min(pattern.find_first_not_of(c, at), pattern.size());
            out += parts.field(pattern.substr(at, end - at));
            at = end;
        } else {
            out += c;
            ++at;
        }
    }
    return out;
}

// Which of the two, in the hour that an autumn night has twice; else nothing.
const char* season(base::Instant at, base::LocalTime local, const base::Zone& zone,
                   const Words& own) {
    const auto resolved = zone.resolve(local);
    if (resolved.kind != base::Zone::Resolved::ambiguous) return "";
    return at < resolved.second ? own.summer : own.winter;
}

}  // namespace

std::string format_time(base::Instant at, const base::Zone& zone, Language language,
                        DateStyle style) {
    const auto local = zone.to_local(at);
    const auto& own = words(language);
    const auto plain = style == DateStyle::zoned ? DateStyle::full : style;
    auto text = format_local(local, language, plain);
    if (plain == DateStyle::full || plain == DateStyle::time) text += season(at, local, zone, own);
    if (style == DateStyle::zoned)
        text += base::fill_arguments(own.zone, {zone_city(zone, language)});
    return text;
}

std::string format_date(base::LocalDay day, Language language, DateStyle style) {
    return format_local(base::LocalTime{day}, language, style);
}

std::string zone_city(const base::Zone& zone, Language language) {
    static thread_local std::map<std::pair<std::string, Language>, std::string> cities;
    const auto id = zone.name();
    auto& city = cities[{id, language}];
    if (!city.empty()) return city;
    UErrorCode failed = U_ZERO_ERROR;
    const std::unique_ptr<icu::TimeZoneNames> names{
        icu::TimeZoneNames::createInstance(icu::Locale{words(language).locale}, failed)};
    must(failed);
    icu::UnicodeString name;
    names->getExemplarLocationName(icu::UnicodeString::fromUTF8(id), name);
    if (name.isBogus() || name.isEmpty())
        city = id;
    else
        name.toUTF8String(city);
    return city;
}

}  // namespace portal::text
