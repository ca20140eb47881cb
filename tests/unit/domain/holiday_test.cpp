#include "domain/holiday.hpp"

#include <fstream>
#include <map>
#include <sstream>

#include "catch.hpp"
#include "domain/weekly.hpp"

using namespace portal;
using namespace portal::domain;

namespace {

/// "country date kind" of another implementation: see tests/generate/holiday_golden.mjs.
std::map<std::string, std::vector<std::string>> read_golden() {
    std::ifstream file{"tests/golden/holidays.tsv"};
    std::map<std::string, std::vector<std::string>> years;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) continue;
        std::istringstream words{line};
        std::string country;
        std::string date;
        std::string kind;
        words >> country >> date >> kind;
        years[country + date.substr(0, 4)].push_back(date + ' ' + kind);
    }
    return years;
}

std::vector<std::string> dates_of(Holidays whose, int year) {
    std::vector<std::string> dates;
    for (const auto& each : list_holidays(whose, year))
        dates.push_back(base::format_day(each.date) + (each.by_law ? " law" : " custom"));
    return dates;
}

std::vector<std::string> names_of(Holidays whose, int year) {
    std::vector<std::string> names;
    for (const auto& each : list_holidays(whose, year))
        names.push_back(base::format_day(each.date).substr(5) + ' ' + each.name);
    return names;
}

base::LocalDay day(const char* text) {
    return *base::parse_day(text);
}

}  // namespace

TEST_CASE("holidays of both countries are those of another calendar, 1990 to 2100",
          "[holiday][L15]") {
    const auto golden = read_golden();
    REQUIRE(golden.size() == 2 * (kLastHolidayYear - kFirstHolidayYear + 1));
    for (int year = kFirstHolidayYear; year <= kLastHolidayYear; ++year) {
        INFO(year);
        CHECK(dates_of(Holidays::se, year) == golden.at("se" + std::to_string(year)));
        CHECK(dates_of(Holidays::dk, year) == golden.at("dk" + std::to_string(year)));
    }
}

TEST_CASE("holidays carry their names", "[holiday][L15]") {
    CHECK(names_of(Holidays::se, 2027) ==
          std::vector<std::string>{
              "01-01 New Year's Day", "01-06 Epiphany", "03-26 Good Friday", "03-28 Easter Sunday",
              "03-29 Easter Monday", "05-01 May Day", "05-06 Ascension Day", "05-16 Whit Sunday",
              "06-06 National Day", "06-25 Midsummer Eve", "06-26 Midsummer Day",
              "11-06 All Saints' Day", "12-24 Christmas Eve", "12-25 Christmas Day",
              "12-26 Second Day of Christmas", "12-31 New Year's Eve"});
    CHECK(names_of(Holidays::dk, 2023) ==
          std::vector<std::string>{
              "01-01 New Year's Day", "04-06 Maundy Thursday", "04-07 Good Friday",
              "04-09 Easter Sunday", "04-10 Easter Monday", "05-05 Great Prayer Day",
              "05-18 Ascension Day", "05-28 Whit Sunday", "05-29 Whit Monday",
              "06-05 Constitution Day", "12-24 Christmas Eve", "12-25 Christmas Day",
              "12-26 Second Day of Christmas", "12-31 New Year's Eve"});
}

TEST_CASE("holidays follow their laws from year to year", "[holiday][L15]") {
    CHECK(find_holiday(Holidays::se, day("2004-05-31")));
    CHECK_FALSE(find_holiday(Holidays::se, day("2005-05-16")));
    CHECK_FALSE(find_holiday(Holidays::se, day("2004-06-06")));
    CHECK(find_holiday(Holidays::se, day("2005-06-06")));
    CHECK(find_holiday(Holidays::dk, day("2023-05-05")));
    CHECK_FALSE(find_holiday(Holidays::dk, day("2024-04-26")));
    CHECK_FALSE(find_holiday(Holidays::open, day("2026-12-25")));
    CHECK_FALSE(find_holiday(Holidays::se, day("1989-12-25")));
    CHECK_FALSE(find_holiday(Holidays::se, day("2101-12-25")));
}

TEST_CASE("of two holidays on one date the one by law names it", "[holiday][L15]") {
    CHECK(find_holiday(Holidays::dk, day("2017-06-05"))->name == std::string{"Whit Monday"});
    CHECK(find_holiday(Holidays::se, day("2008-05-01"))->name == std::string{"May Day"});
    const auto all = list_holidays(Holidays::dk, 2017);
    for (std::size_t i = 1; i < all.size(); ++i) CHECK(all[i - 1].date < all[i].date);
}

TEST_CASE("the next holidays go on over New Year and end with the known years", "[holiday][L15]") {
    const auto next = next_holidays(Holidays::se, day("2026-12-26"), 3);
    REQUIRE(next.size() == 3);
    CHECK(next[0].date == day("2026-12-26"));
    CHECK(next[2].date == day("2027-01-01"));
    CHECK(next_holidays(Holidays::open, day("2026-12-26"), 3).empty());
    CHECK(next_holidays(Holidays::se, day("2100-12-27"), 3).size() == 1);
    CHECK(next_holidays(Holidays::se, day("2200-01-01"), 3).empty());
}

TEST_CASE("a holiday is closed unless an exception opens it", "[holiday][weekly][L15]") {
    const auto zone = *base::Zone::find("Europe/Stockholm");
    Availability availability{"Europe/Stockholm", {{Weekday::thu, 480, 960}}, {}, Holidays::se};
    const auto open_on = [&](const char* date) {
        const auto from = zone.resolve(base::LocalTime{day(date)}).first;
        return open_intervals(availability, zone, from, from + std::chrono::hours{24}).size();
    };
    CHECK(open_on("2026-12-17") == 1);
    CHECK(open_on("2026-12-24") == 0);
    availability.exceptions.push_back({day("2026-12-24"), false, 540, 600});
    CHECK(open_on("2026-12-24") == 1);
    availability.exceptions.clear();
    availability.holidays = Holidays::dk;
    CHECK(open_on("2026-12-24") == 0);
    availability.holidays = Holidays::open;
    CHECK(open_on("2026-12-24") == 1);
}
