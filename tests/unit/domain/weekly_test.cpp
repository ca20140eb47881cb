#include "domain/weekly.hpp"

#include "base/json.hpp"
#include "catch.hpp"

using namespace portal;
using namespace portal::domain;
using base::TextForm;

namespace {

base::Instant at(std::string_view text) {
    return *base::parse_instant(text);
}
base::LocalDay day(std::string_view text) {
    return *base::parse_day(text);
}
WeeklyRule rule(std::string_view text) {
    return *TextForm<WeeklyRule>::parse(text);
}
DateException exception(std::string_view text) {
    return *TextForm<DateException>::parse(text);
}
const base::Zone& stockholm() {
    static const auto zone = *base::Zone::find("Europe/Stockholm");
    return zone;
}

/// The open intervals of one Stockholm day, as text.
std::string opened(std::vector<WeeklyRule> rules, std::string_view date,
                   std::vector<DateException> exceptions = {}) {
    const Availability availability{"Europe/Stockholm", std::move(rules), std::move(exceptions)};
    const auto from = stockholm().resolve(base::LocalTime{day(date)}).first;
    const auto to = stockholm().resolve(base::LocalTime{day(date) + std::chrono::days{1}}).first;
    std::string text;
    for (const auto& each : open_intervals(availability, stockholm(), from, to - base::Millis{1}))
        text += base::format_instant(each.start) + '/' + base::format_instant(each.end) + ' ';
    return text;
}

}  // namespace

TEST_CASE("a weekly rule has one text form", "[weekly]") {
    CHECK(rule("mon 08:00-12:00") == WeeklyRule{Weekday::mon, 480, 720});
    CHECK(TextForm<WeeklyRule>::format({Weekday::sun, 0, 1440}) == "sun 00:00-24:00");
    CHECK(rule(" Fri 13:15-16:45 ") == WeeklyRule{Weekday::fri, 795, 1005});
    const auto bad =
        GENERATE(as<std::string>{}, "", "mon", "mon 8-12", "mon 12:00-08:00", "mon 08:00-08:00",
                 "mån 08:00-12:00", "mon  08:00-12:00", "mon 08:00-24:01", "mon 08:00-12:00-14:00",
                 "mon 08:00 - 12:00", "monday 08:00-12:00", "mon 08:60-12:00");
    CHECK_FALSE(TextForm<WeeklyRule>::parse(bad));
}

TEST_CASE("a date exception has one text form", "[weekly]") {
    CHECK(exception("2026-12-24 closed") == DateException{day("2026-12-24"), true, 0, 0});
    CHECK(exception("2026-12-23 10:00-12:00") == DateException{day("2026-12-23"), false, 600, 720});
    for (const auto* text : {"2026-12-24 closed", "2026-12-23 10:00-12:00"})
        CHECK(TextForm<DateException>::format(exception(text)) == text);
    const auto bad = GENERATE(as<std::string>{}, "", "2026-12-24", "2026-02-30 closed",
                              "0000-01-01 closed", "9999-01-01 closed", "2026-12-24 open",
                              "2026-12-24 12:00-10:00", "24/12 closed", "2026-12-24 closed today");
    CHECK_FALSE(TextForm<DateException>::parse(bad));
}

TEST_CASE("a rule in JSON may be its text or its fields", "[weekly]") {
    CHECK(base::from_json<WeeklyRule>("\"mon 08:00-12:00\"")->to_minute == 720);
    CHECK(base::from_json<WeeklyRule>(R"({"weekday":"mon","from_minute":480,"to_minute":720})")
              ->from_minute == 480);
    CHECK_FALSE(
        base::from_json<WeeklyRule>(R"({"weekday":"mon","from_minute":480,"to_minute":1441})"));
}

TEST_CASE("a rule that overlaps says which one, counted from one", "[weekly]") {
    std::vector<WeeklyRule> rules;
    for (int hour = 0; hour < 12; ++hour)
        rules.push_back({Weekday::mon, hour * 60, hour * 60 + 60});
    const auto overlapped = [&](int minute) {
        auto all = rules;
        all.push_back({Weekday::mon, minute, minute + 1});
        return check_availability({"Europe/Stockholm", all, {}}).error().args.at(0);
    };
    CHECK(overlapped(0) == "1st");
    CHECK(overlapped(60) == "2nd");
    CHECK(overlapped(125) == "3rd");
    CHECK(overlapped(185) == "4th");
    CHECK(overlapped(11 * 60) == "12th");
}

TEST_CASE("rules that contradict each other are refused with their place", "[weekly]") {
    const auto fault = [](std::vector<WeeklyRule> rules, std::vector<DateException> exceptions = {},
                          std::string zone = "Europe/Stockholm") {
        const auto checked =
            check_availability({std::move(zone), std::move(rules), std::move(exceptions)});
        return checked ? std::string{"good"} : checked.error().field;
    };
    CHECK(fault({}) == "good");
    CHECK(fault({rule("mon 08:00-12:00"), rule("mon 12:00-16:00"), rule("tue 08:00-12:00")}) ==
          "good");
    CHECK(fault({rule("mon 08:00-12:00"), rule("mon 11:59-16:00")}) == "rules[1]");
    CHECK(fault({rule("mon 08:00-12:00"), rule("mon 09:00-10:00")}) == "rules[1]");
    CHECK(fault({{Weekday::mon, 720, 480}}) == "rules[0]");
    CHECK(fault({{Weekday::mon, 480, 480}}) == "rules[0]");
    CHECK(fault({{Weekday::mon, -1, 480}}) == "rules[0]");
    CHECK(fault({{Weekday::mon, 0, 1441}}) == "rules[0]");
    CHECK(fault({}, {exception("2026-12-24 closed"), exception("2026-12-24 10:00-11:00")}) ==
          "exceptions[1]");
    CHECK(fault({}, {exception("2026-12-24 closed"), exception("2026-12-24 closed")}) ==
          "exceptions[1]");
    CHECK(fault({}, {exception("2026-12-24 09:00-10:00"), exception("2026-12-24 10:00-11:00")}) ==
          "good");
    CHECK(fault({}, {{day("2026-12-24"), true, 600, 720}}) == "exceptions[0]");
    CHECK(fault({}, {{day("2026-12-24"), false, 0, 0}}) == "exceptions[0]");
    CHECK(fault({}, {}, "Europe/Atlantis") == "zone");
    CHECK(fault(std::vector<WeeklyRule>(kMaxRules + 1)) == "rules");
    CHECK(fault({}, std::vector<DateException>(kMaxExceptions + 1)) == "exceptions");
}

TEST_CASE("a spring jump shortens a rule and an autumn hour lengthens it", "[weekly][L15]") {
    CHECK(opened({rule("sun 01:00-04:00")}, "2026-03-29") ==
          "2026-03-29T00:00:00Z/2026-03-29T02:00:00Z ");
    CHECK(opened({rule("sun 02:30-04:00")}, "2026-03-29") ==
          "2026-03-29T01:00:00Z/2026-03-29T02:00:00Z ");
    CHECK(opened({rule("sun 01:00-02:30")}, "2026-03-29") ==
          "2026-03-29T00:00:00Z/2026-03-29T01:00:00Z ");
    CHECK(opened({rule("sun 02:10-02:50")}, "2026-03-29").empty());
    CHECK(opened({rule("sun 01:00-04:00")}, "2026-10-25") ==
          "2026-10-24T23:00:00Z/2026-10-25T03:00:00Z ");
    CHECK(opened({rule("sun 02:30-04:00")}, "2026-10-25") ==
          "2026-10-25T00:30:00Z/2026-10-25T03:00:00Z ");
    CHECK(opened({rule("sun 01:00-02:30")}, "2026-10-25") ==
          "2026-10-24T23:00:00Z/2026-10-25T01:30:00Z ");
    CHECK(opened({rule("sun 02:00-02:30"), rule("sun 02:30-03:00")}, "2026-10-25") ==
          "2026-10-25T00:00:00Z/2026-10-25T01:30:00Z 2026-10-25T01:30:00Z/2026-10-25T02:00:00Z ");
    CHECK(opened({rule("sun 08:00-12:00")}, "2026-03-29") ==
          "2026-03-29T06:00:00Z/2026-03-29T10:00:00Z ");
}

TEST_CASE("an exception replaces the rules of its date", "[weekly]") {
    const std::vector<WeeklyRule> rules{rule("thu 08:00-12:00"), rule("wed 13:00-15:00"),
                                        rule("wed 08:00-10:00")};
    CHECK(opened(rules, "2026-12-24", {exception("2026-12-24 closed")}).empty());
    CHECK(opened(rules, "2026-12-23") ==
          "2026-12-23T07:00:00Z/2026-12-23T09:00:00Z 2026-12-23T12:00:00Z/2026-12-23T14:00:00Z ");
    CHECK(opened(rules, "2026-12-23", {exception("2026-12-23 10:00-12:00")}) ==
          "2026-12-23T09:00:00Z/2026-12-23T11:00:00Z ");
    CHECK(opened({}, "2026-12-25", {exception("2026-12-25 22:00-24:00")}) ==
          "2026-12-25T21:00:00Z/2026-12-25T23:00:00Z ");
}

TEST_CASE("only intervals that touch the wanted range come out, whole", "[weekly]") {
    const Availability availability{"Europe/Stockholm", {rule("mon 08:00-12:00")}, {}};
    const auto open = open_intervals(availability, stockholm(), at("2026-11-23T09:00:00Z"),
                                     at("2026-11-30T07:00:00Z"));
    REQUIRE(open.size() == 1);
    CHECK(open[0].start == at("2026-11-23T07:00:00Z"));
    CHECK(open_intervals(availability, stockholm(), at("2026-11-23T09:00:00Z"),
                         at("2026-11-23T09:00:00Z"))
              .empty());
    CHECK(open_intervals(availability, stockholm(), at("2026-11-23T09:00:00Z"),
                         at("2026-11-22T09:00:00Z"))
              .empty());
}

TEST_CASE("a typed time that does not exist is refused", "[weekly][C16]") {
    const auto resolved = resolve_local(day("2026-03-29"), 150, stockholm());
    REQUIRE_FALSE(resolved);
    CHECK(resolved.error().code == base::ErrorCode::invalid);
    CHECK(resolved.error().field == "time");
    CHECK(base::describe(resolved.error()).find("02:30") != std::string::npos);
    CHECK(resolve_local(day("2026-03-29"), 119, stockholm()));
    CHECK(resolve_local(day("2026-03-29"), 180, stockholm()));
}

TEST_CASE("a typed time that comes twice asks which one is meant", "[weekly][C16]") {
    const auto asked = resolve_local(day("2026-10-25"), 150, stockholm());
    REQUIRE_FALSE(asked);
    CHECK(asked.error().field == "which");
    CHECK(asked.error().key == kAmbiguousTime);
    CHECK(*resolve_local(day("2026-10-25"), 150, stockholm(), Occurrence::earlier) ==
          at("2026-10-25T00:30:00Z"));
    CHECK(*resolve_local(day("2026-10-25"), 150, stockholm(), Occurrence::later) ==
          at("2026-10-25T01:30:00Z"));
    CHECK(*resolve_local(day("2026-11-21"), 570, stockholm(), Occurrence::later) ==
          at("2026-11-21T08:30:00Z"));
    CHECK_FALSE(resolve_local(day("2026-11-21"), 1440, stockholm()));
    CHECK_FALSE(resolve_local(day("2026-11-21"), -1, stockholm()));
}
