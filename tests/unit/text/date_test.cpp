#include "text/date.hpp"

#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include "catch.hpp"
#include "text/unicode.hpp"

namespace portal::text {
namespace {

base::Zone zone(std::string_view name) {
    return *base::Zone::find(name);
}
base::Instant at(std::string_view text) {
    return *base::parse_instant(text);
}

}  // namespace

TEST_CASE("a time is written as people write it, with weekday and date", "[text][L16]") {
    const auto stockholm = zone("Europe/Stockholm");
    const auto when = at("2026-11-21T08:30:00Z");
    CHECK(format_time(when, stockholm, Language::sv) == "lördag 21 november 2026 kl. 09.30");
    CHECK(format_time(when, stockholm, Language::da) == "lørdag den 21. november 2026 kl. 09.30");
    CHECK(format_time(when, stockholm, Language::en) == "Saturday 21 November 2026 at 09:30");
    CHECK(format_time(when, stockholm, Language::sv, DateStyle::day) == "lördag 21 november 2026");
    CHECK(format_time(when, stockholm, Language::sv, DateStyle::time) == "09.30");
    CHECK(format_time(when, stockholm, Language::da, DateStyle::zoned) ==
          "lørdag den 21. november 2026 kl. 09.30 (tid i Stockholm)");
    CHECK(zone_city(zone("Europe/Copenhagen"), Language::sv) == "Köpenhamn");
    CHECK(zone_city(zone("Europe/Copenhagen"), Language::da) == "København");
}

TEST_CASE("the zone decides the day", "[text][L15]") {
    const auto late = at("2026-07-14T22:30:00Z");
    CHECK(format_time(late, zone("Europe/Stockholm"), Language::sv) ==
          "onsdag 15 juli 2026 kl. 00.30");
    CHECK(format_time(late, zone("America/New_York"), Language::sv, DateStyle::short_day) ==
          "tis 14 juli");
}

TEST_CASE("the hour that comes twice says which one it is", "[text][L15]") {
    const auto stockholm = zone("Europe/Stockholm");
    CHECK(format_time(at("2026-10-25T00:30:00Z"), stockholm, Language::sv) ==
          "söndag 25 oktober 2026 kl. 02.30 (sommartid)");
    CHECK(format_time(at("2026-10-25T01:30:00Z"), stockholm, Language::sv) ==
          "söndag 25 oktober 2026 kl. 02.30 (vintertid)");
    CHECK(format_time(at("2026-10-25T02:30:00Z"), stockholm, Language::sv) ==
          "söndag 25 oktober 2026 kl. 03.30");
    CHECK(format_time(at("2026-03-29T01:00:00Z"), stockholm, Language::da, DateStyle::time) ==
          "03.00");
}

TEST_CASE("every day and hour reads as ICU writes it", "[text][L16]") {
    struct Oracle {
        Language language;
        const char* locale;
        const char* pattern;
    };
    for (const auto& [language, locale, pattern] :
         {Oracle{Language::en, "en_GB", "EEEE d MMMM y 'at' HH:mm"},
          Oracle{Language::sv, "sv_SE", "EEEE d MMMM y 'kl.' HH.mm"},
          Oracle{Language::da, "da_DK", "EEEE 'den' d. MMMM y 'kl.' HH.mm"}}) {
        UErrorCode failed = U_ZERO_ERROR;
        icu::SimpleDateFormat icu_format{icu::UnicodeString{pattern}, icu::Locale{locale}, failed};
        REQUIRE(U_SUCCESS(failed));
        icu_format.setTimeZone(*icu::TimeZone::getGMT());
        const auto utc = zone("UTC");
        for (auto when = at("2026-12-01T00:07:00Z"); when < at("2028-03-02T00:00:00Z");
             when += std::chrono::hours{25}) {
            icu::UnicodeString text;
            icu_format.format(static_cast<UDate>(base::to_ms(when)), text);
            std::string expected;
            CHECK(format_time(when, utc, language) == text.toUTF8String(expected));
        }
    }
}

TEST_CASE("a day needs no zone", "[text]") {
    CHECK(format_date(*base::parse_day("2026-12-24"), Language::sv) == "torsdag 24 december 2026");
    CHECK(format_date(*base::parse_day("2026-12-24"), Language::da, DateStyle::day_month) ==
          "torsdag den 24. december");
}

TEST_CASE("the same password typed on two keyboards is the same bytes", "[text]") {
    const auto composed = normalise_password(base::Secret{"r\u00e4ksm\u00f6rg\u00e5s"});
    const auto decomposed = normalise_password(base::Secret{"ra\u0308ksmo\u0308rga\u030as"});
    REQUIRE(composed);
    REQUIRE(decomposed);
    CHECK(composed->password == decomposed->password);
    CHECK(composed->characters == 10);
    CHECK_FALSE(normalise_password(base::Secret{"\xff\xfe"}));
}

TEST_CASE("names that look the same to a reader have one key", "[text][K31]") {
    CHECK(*fold(" Anna@Example.ORG ") == "anna@example.org");
    CHECK(*fold("STRASSE") == *fold("Stra\u00dfe"));
    CHECK(*fold("\u00c5SA") == *fold("a\u030asa"));
    CHECK_FALSE(fold("\xc0\xaf"));
}

}  // namespace portal::text
