#include "domain/availability.hpp"

#include "catch.hpp"

using namespace portal;
using namespace portal::domain;

namespace {
base::LocalDay day(const char* text) {
    return *base::parse_day(text);
}
}  // namespace

TEST_CASE("an exception takes the place of what stood for its date, in order", "[availability]") {
    const std::vector<DateException> before{{day("2027-02-03"), true, 0, 0},
                                            {day("2027-02-01"), false, 480, 540},
                                            {day("2027-02-01"), false, 600, 660}};
    const auto after = with_exceptions(
        before, {{day("2027-02-02"), false, 780, 840}, {day("2027-02-01"), true, 0, 0}});
    CHECK(after == std::vector<DateException>{{day("2027-02-01"), true, 0, 0},
                                              {day("2027-02-02"), false, 780, 840},
                                              {day("2027-02-03"), true, 0, 0}});
}

TEST_CASE("days are closed from the first to the last, at most a year of them", "[availability]") {
    const auto leap = closed_days(day("2028-02-28"), day("2028-03-01"));
    REQUIRE(leap);
    REQUIRE(leap->size() == 3);
    CHECK((*leap)[1] == DateException{day("2028-02-29"), true, 0, 0});
    CHECK(closed_days(day("2027-02-01"), day("2027-02-01"))->size() == 1);
    CHECK(closed_days(day("2027-01-01"), day("2028-01-01"))->size() == 366);
    CHECK(closed_days(day("2027-01-01"), day("2028-01-02")).error().field == "to");
    CHECK(closed_days(day("2027-02-02"), day("2027-02-01")).error().field == "to");
}
