#include "text/date.hpp"

#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>

#include <array>
#include <map>
#include <memory>
#include <stdexcept>

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

// Local times are given to ICU as if they were UTC: base::Zone has already applied the zone.
const icu::SimpleDateFormat& formatter(Language language, DateStyle style) {
    using Slots = std::array<std::unique_ptr<icu::SimpleDateFormat>, kLocals>;
    static thread_local std::array<Slots, kLanguages.size()> formatters;
    const auto index = static_cast<std::size_t>(style);
    auto& slot = formatters.at(static_cast<std::size_t>(language)).at(index);
    if (!slot) {
        UErrorCode failed = U_ZERO_ERROR;
        const auto& own = words(language);
        slot = std::make_unique<icu::SimpleDateFormat>(
            icu::UnicodeString::fromUTF8(own.patterns.at(index)), icu::Locale{own.locale}, failed);
        must(failed);
        slot->setTimeZone(*icu::TimeZone::getGMT());
    }
    return *slot;
}

std::string format_local(base::LocalTime local, Language language, DateStyle style) {
    const auto ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(local.time_since_epoch()).count();
    icu::UnicodeString text;
    formatter(language, style).format(static_cast<UDate>(ms), text);
    std::string out;
    text.toUTF8String(out);
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
