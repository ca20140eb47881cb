// Filled views of the pages on which staff say when they can be booked. Source: L15.
#pragma once

#include "daemon/web/availability.hpp"
#include "sample_people.hpp"

namespace portal::web {

inline std::vector<HoursRow> hours_rows(const Sample& s, const std::string& day) {
    std::vector<HoursRow> rows;
    for (const auto* number : {"1", "2", "3"})
        rows.push_back({day + "_from_" + number, s.errors ? s.name : "08:00", day + "_to_" + number,
                        "12:00", day, s.errors});
    return rows;
}

inline std::vector<RenderedPage> hours_samples(const Sample& s) {
    AvailabilityPage page;
    page.frame = s.frame("Opening hours", Reader::staff);
    page.token = "t";
    page.zone = "Stockholm";
    page.person = s.name;
    page.staff = kSomeId;
    for (const auto* day : {"mon", "tue"})
        page.days.push_back({day, s.name, "", hours_rows(s, day)});
    if (s.errors) {
        page.days[0].error = s.word("Two lines of this day overlap.");
        page.frame.errors = {{"mon", page.days[0].error}};
    }
    page.holidays = {{"se", s.word("Closed on Swedish holidays"), true},
                     {"open", s.word("Open as on other days"), false}};
    page.next = {{"2026-12-24", s.word("Christmas Eve")}};
    page.exceptions = {{"5 – 30 juli", s.word("Closed"), "2027-07-05", "2027-07-30"}};
    page.outside = {{kSomeId, s.at("2027-07-06T08:30:00Z", text::DateStyle::full), s.name, s.name}};
    page.others = {{kSomeId, s.name, false}};
    ClosePage close;
    close.frame = s.frame("Close for some days", Reader::staff);
    close.token = "t";
    close.today = "2026-11-21";
    close.person = s.name;
    close.staff = kSomeId;
    s.fail(close.frame, close.to, "to", "The last day is before the first.");
    OtherDayPage day;
    day.frame = s.frame("Other hours on one day", Reader::staff);
    day.token = "t";
    day.today = "2026-11-21";
    day.rows = hours_rows(s, "day");
    s.fail(day.frame, day.date, "date", "Choose a date.");
    return {render_people(s, "availability", page), render_people(s, "availability_close", close),
            render_people(s, "availability_day", day)};
}

}  // namespace portal::web
