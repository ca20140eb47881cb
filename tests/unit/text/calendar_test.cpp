#include "text/calendar.hpp"

#include <array>
#include <chrono>
#include <thread>
#include <vector>

#include "base/encoding.hpp"
#include "base/zone.hpp"
#include "catch.hpp"

using namespace portal;
using Catch::Contains;
using text::CalendarEvent;

namespace {

CalendarEvent sample() {
    CalendarEvent event;
    event.uid = "0c7c2f0e-6b57-4c3e-9d1a-2f3b8d1e5a11@demo.localhost";
    event.sequence = 2;
    event.stamp = *base::parse_instant("2026-11-21T19:00:00Z");
    event.starts = *base::parse_instant("2026-12-01T08:00:00Z");
    event.ends = *base::parse_instant("2026-12-01T08:30:00Z");
    event.zone = "Europe/Stockholm";
    event.summary = "Bokad tid";
    event.location = "Storgatan 1, 2 tr; Solna";
    event.organizer_name = "Kliniken";
    event.organizer = base::Email{"bokning@clinic.example"};
    event.attendee = base::Email{"patient@example.org"};
    return event;
}

std::string made(const CalendarEvent& event) {
    const auto invitation = text::make_invitation(event);
    return invitation ? *invitation : "refused: " + base::describe(invitation.error());
}

/// Without the folds.
std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at))
        text.erase(at, 3);
    return text;
}

}  // namespace

TEST_CASE("an invitation holds the visit in local time and its zone's rules", "[L16][L18]") {
    const auto ics = unfolded(made(sample()));
    for (const char* line :
         {"METHOD:REQUEST", "VERSION:2.0", "CALSCALE:GREGORIAN", "TZID:Europe/Stockholm",
          "UID:0c7c2f0e-6b57-4c3e-9d1a-2f3b8d1e5a11@demo.localhost", "SEQUENCE:2",
          "DTSTAMP:20261121T190000Z", "DTSTART;TZID=Europe/Stockholm:20261201T090000",
          "DTEND;TZID=Europe/Stockholm:20261201T093000", "SUMMARY:Bokad tid",
          "LOCATION:Storgatan 1\\, 2 tr\\; Solna",
          "ORGANIZER;CN=Kliniken:mailto:bokning@clinic.example",
          "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:"
          "mailto:patient@example.org",
          "STATUS:CONFIRMED", "CLASS:PRIVATE", "TRANSP:OPAQUE"}) {
        CAPTURE(ics);
        CHECK_THAT(ics, Contains("\r\n" + std::string{line} + "\r\n"));
    }
    CHECK_THAT(ics, !Contains("freeassociation") && !Contains("X-LIC"));
    CHECK_THAT(ics, Catch::StartsWith("BEGIN:VCALENDAR\r\n"));
    CHECK_THAT(ics, Catch::EndsWith("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST_CASE("a zone's rules begin in 1980 and hold both changes of the year", "[L15]") {
    const auto ics = made(sample());
    CHECK_THAT(ics, Contains("TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nDTSTART:19810329T020000\r\n"
                             "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT"));
    CHECK_THAT(ics, Contains("TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nDTSTART:19961027T030000\r\n"
                             "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD"));
    CHECK_THAT(ics, !Contains("UNTIL=203"));
    for (int year = 1879; year < 1980; ++year)
        CHECK_THAT(ics, !Contains("DTSTART:" + std::to_string(year)));
}

TEST_CASE("a cancellation has the same id, the method and the state", "[L17]") {
    auto event = sample();
    event.method = text::CalendarMethod::cancel;
    event.sequence = 3;
    const auto ics = unfolded(made(event));
    CHECK_THAT(ics, Contains("\r\nMETHOD:CANCEL\r\n") && Contains("\r\nSTATUS:CANCELLED\r\n"));
    CHECK_THAT(ics, Contains("\r\nUID:" + event.uid + "\r\n") && Contains("\r\nSEQUENCE:3\r\n"));
    CHECK_THAT(ics, Contains("\r\nDTSTART;TZID=Europe/Stockholm:20261201T090000\r\n"));
}

TEST_CASE("a visit that is not confirmed yet is tentative, unless it is cancelled", "[L16]") {
    auto event = sample();
    event.tentative = true;
    CHECK_THAT(made(event), Contains("\r\nSTATUS:TENTATIVE\r\n"));
    event.method = text::CalendarMethod::cancel;
    CHECK_THAT(made(event), Contains("\r\nSTATUS:CANCELLED\r\n"));
}

TEST_CASE("times that touch the repeated hour of autumn are written in UTC", "[L15]") {
    auto event = sample();
    const auto shown = [&](const char* starts, const char* ends) {
        event.starts = *base::parse_instant(starts);
        event.ends = *base::parse_instant(ends);
        return made(event);
    };
    const auto earlier = shown("2027-10-31T00:30:00Z", "2027-10-31T00:45:00Z");
    CHECK_THAT(earlier, Contains("\r\nDTSTART:20271031T003000Z\r\nDTEND:20271031T004500Z\r\n"));
    CHECK_THAT(earlier, !Contains("TZID"));
    const auto across = shown("2027-10-31T00:45:00Z", "2027-10-31T01:15:00Z");
    CHECK_THAT(across, Contains("\r\nDTSTART:20271031T004500Z\r\nDTEND:20271031T011500Z\r\n"));
    const auto into = shown("2027-10-30T23:45:00Z", "2027-10-31T00:15:00Z");
    CHECK_THAT(into, Contains("\r\nDTSTART:20271030T234500Z\r\nDTEND:20271031T001500Z\r\n"));
    const auto out = shown("2027-10-31T01:45:00Z", "2027-10-31T02:15:00Z");
    CHECK_THAT(out, Contains("\r\nDTSTART:20271031T014500Z\r\nDTEND:20271031T021500Z\r\n"));
    const auto after = unfolded(shown("2027-10-31T02:00:00Z", "2027-10-31T02:30:00Z"));
    CHECK_THAT(after, Contains("\r\nDTSTART;TZID=Europe/Stockholm:20271031T030000\r\n"));
}

TEST_CASE("local times are right on both days of change", "[L15]") {
    auto event = sample();
    const auto shown = [&](const char* starts, const char* ends) {
        event.starts = *base::parse_instant(starts);
        event.ends = *base::parse_instant(ends);
        const auto ics = made(event);
        const auto at = ics.find("DTSTART;");
        return ics.substr(at + 30, 15) + " " + ics.substr(ics.find("DTEND;") + 28, 15);
    };
    CHECK(shown("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z") ==
          "20260329T013000 20260329T033000");
    CHECK(shown("2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z") ==
          "20261025T013000 20261025T033000");
    event.zone = "Europe/Copenhagen";
    CHECK_THAT(made(event), Contains("TZID:Europe/Copenhagen"));
    event.zone = "Etc/UTC";
    CHECK_THAT(made(event), Contains("DTSTART;TZID=Etc/UTC:20261024T233000"));
}

TEST_CASE("lines are at most 75 octets and are not cut inside a letter") {
    auto event = sample();
    for (int length = 0; length < 90; ++length) {
        event.summary = std::string(static_cast<std::size_t>(length), 'x');
        for (int i = 0; i < 60; ++i) event.summary += i % 3 == 0 ? "å" : i % 3 == 1 ? "€" : "😀";
        const auto ics = made(event);
        for (const auto line : base::split(ics, '\n')) {
            if (line.empty()) continue;
            CHECK(line.back() == '\r');
            CHECK(line.size() - 1 <= 75);
            CHECK(base::is_utf8(line));
        }
        CHECK_THAT(unfolded(ics), Contains("SUMMARY:" + event.summary + "\r\n"));
    }
}

TEST_CASE("no text leaves its property", "[L16]") {
    auto event = sample();
    event.summary = "a;b,c\\d:e\"f BEGIN:VEVENT";
    event.organizer_name = "Kliniken \"Å\"; x:y,z";
    event.description = "rad ett\r\nrad två\nATTENDEE:mailto:x@y.se";
    const auto ics = unfolded(made(event));
    CHECK_THAT(ics, Contains("\r\nSUMMARY:a\\;b\\,c\\\\d:e\"f BEGIN:VEVENT\r\n"));
    CHECK_THAT(ics, Contains("\r\nORGANIZER;CN=\"Kliniken 'Å'; x:y,z\":mailto:bokning"));
    CHECK_THAT(ics, Contains("\r\nDESCRIPTION:rad ett\\nrad två\\nATTENDEE:mailto:x@y.se\r\n"));
}

TEST_CASE("a published calendar names nobody, holds the zone once and is the same each time",
          "[L16][L18]") {
    text::PublishedCalendar calendar{
        "Kliniken, Å; \"B\"", "Europe/Stockholm", {sample(), sample()}};
    calendar.events[1].uid = "1c7c2f0e-6b57-4c3e-9d1a-2f3b8d1e5a11@demo.localhost";
    calendar.events[1].tentative = true;
    calendar.events[1].url = "https://demo.example/bookings/1";
    const auto made = text::make_calendar(calendar);
    REQUIRE(made);
    const auto ics = unfolded(*made);
    const auto count = [&](const std::string& line) {
        int found = 0;
        for (auto at = ics.find(line); at != std::string::npos; at = ics.find(line, at + 1))
            ++found;
        return found;
    };
    CAPTURE(ics);
    CHECK_THAT(ics, Catch::StartsWith("BEGIN:VCALENDAR\r\n") &&
                        Catch::EndsWith("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    CHECK(count("BEGIN:VTIMEZONE\r\n") == 1);
    CHECK(count("BEGIN:VEVENT\r\n") == 2);
    CHECK(count("METHOD:PUBLISH\r\n") == 1);
    CHECK(count("ATTENDEE") == 0);
    CHECK(count("STATUS:TENTATIVE\r\n") == 1);
    CHECK(count("URL:https://demo.example/bookings/1\r\n") == 1);
    for (const char* line : {"NAME:Kliniken\\, Å\\; \"B\"", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
                             "X-PUBLISHED-TTL:PT1H"})
        CHECK(count("\r\n" + std::string{line} + "\r\n") == 1);
    CHECK(count("X-WR-CALNAME") == 0);  // its commas would be unclear
    CHECK(*text::make_calendar(calendar) == *made);
    calendar.name = "Kliniken Å";
    CHECK_THAT(*text::make_calendar(calendar), Contains("\r\nX-WR-CALNAME:Kliniken Å\r\n"));
}

TEST_CASE("a published calendar without visits holds its zone, and one that is wrong is refused") {
    const auto made = text::make_calendar({"Kliniken", "Europe/Stockholm", {}});
    REQUIRE(made);
    CHECK_THAT(*made, Catch::EndsWith("END:VTIMEZONE\r\nEND:VCALENDAR\r\n"));
    CHECK_FALSE(text::make_calendar({"a\r\nb", "Europe/Stockholm", {}}));
    CHECK_FALSE(text::make_calendar({"a", "Europe/Atlantis", {}}));
    auto event = sample();
    event.attendee = base::Email{};
    CHECK(text::make_calendar({"a", "Europe/Stockholm", {event}}));
    event.url = "https://a\r\nATTENDEE:x";
    CHECK_FALSE(text::make_calendar({"a", "Europe/Stockholm", {event}}));
}

TEST_CASE("an invitation that cannot be right is refused") {
    const auto refused = [](auto change) {
        auto event = sample();
        change(event);
        return !text::make_invitation(event);
    };
    CHECK(refused([](auto& e) { e.zone = "Europe/Atlantis"; }));
    CHECK(refused([](auto& e) { e.zone = "../../etc/passwd"; }));
    CHECK(refused([](auto& e) { e.zone = ""; }));
    CHECK(refused([](auto& e) { e.ends = e.starts; }));
    CHECK(refused([](auto& e) { e.uid = ""; }));
    CHECK(refused([](auto& e) { e.uid = "a\r\nATTENDEE:x"; }));
    CHECK(refused([](auto& e) { e.summary = "a\nb"; }));
    CHECK(refused([](auto& e) { e.summary = "\xff"; }));
    CHECK(refused([](auto& e) { e.location = std::string("a\0b", 3); }));
    CHECK(refused([](auto& e) { e.organizer_name = "a\rb"; }));
    CHECK(refused([](auto& e) { e.attendee = base::Email{"a@b.se\r\nX:y"}; }));
    CHECK(refused([](auto& e) { e.attendee = base::Email{"a b@c.se"}; }));
    CHECK(refused([](auto& e) { e.organizer = base::Email{}; }));
    CHECK(refused([](auto& e) { e.sequence = -1; }));
    CHECK_FALSE(text::load_calendar_zone("Europe/Atlantis"));
    CHECK(text::load_calendar_zone("Europe/Helsinki"));
}

TEST_CASE("many threads make the same invitation") {
    std::vector<std::jthread> threads;
    std::array<std::string, 8> results;
    for (auto& result : results)
        threads.emplace_back([&result] {
            auto event = sample();
            for (const char* zone : {"Europe/Oslo", "Europe/Berlin", "Atlantic/Reykjavik"}) {
                event.zone = zone;
                result += made(event);
            }
        });
    threads.clear();
    for (const auto& result : results) CHECK(result == results[0]);
    CHECK_THAT(results[0], Contains("TZID:Europe/Oslo"));
}

TEST_CASE("time of one invitation", "[.bench]") {
    const auto event = sample();
    CHECK(text::make_invitation(event));
    constexpr int kRounds = 2000;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kRounds; ++i) (void)text::make_invitation(event);
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    WARN("an invitation takes " << took.count() / kRounds << " us");
}
