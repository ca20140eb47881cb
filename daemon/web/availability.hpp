// Views of the pages on which staff say when they can be booked. Source: L15, C54.
#pragma once

#include "daemon/web/slot.hpp"
#include "daemon/web/view.hpp"

namespace portal::web {

/// One opening of a weekday or of a date: two fields, 08:00 and 12:00.
struct HoursRow {
    std::string from_id;
    std::string from;
    std::string to_id;
    std::string to;
    std::string spoken;  // "Monday, first opening"
    bool wrong = false;
};
PORTAL_VIEW(HoursRow, (from_id, from, to_id, to, spoken, wrong))

struct HoursDay {
    std::string id;
    std::string title;
    std::string error;
    std::vector<HoursRow> rows;
};
PORTAL_VIEW(HoursDay, (id, title, error, rows))

/// Dates in a row that differ in the same way.
struct DaysLine {
    std::string title;  // "5 July 2027" or "5 July 2027 to 30 July 2027"
    std::string hours;  // "closed", "10.00 – 12.00"
    std::string from;   // 2027-07-05
    std::string to;
};
PORTAL_VIEW(DaysLine, (title, hours, from, to))

struct OutsideLine {
    std::string id;
    std::string when;
    std::string visit_type;
    std::string patient;
};
PORTAL_VIEW(OutsideLine, (id, when, visit_type, patient))

struct HolidayLine {
    std::string title;
    std::string name;
};
PORTAL_VIEW(HolidayLine, (title, name))

struct AvailabilityPage {
    Frame frame;
    std::string token;
    std::string person;     // whose hours these are, where they are another's
    std::string staff;      // then the id
    std::string zone;       // "Stockholm"
    bool detailed = false;  // more openings a day than the form has
    std::vector<HoursDay> days;
    std::vector<Choice> holidays;
    std::vector<HolidayLine> next;
    std::vector<DaysLine> exceptions;
    std::vector<OutsideLine> outside;
    std::vector<Choice> others;  // whose hours an administrator may change
};
PORTAL_VIEW(AvailabilityPage, (frame, token, person, staff, zone, detailed, days, holidays, next,
                               exceptions, outside, others))

struct ClosePage {
    Frame frame;
    std::string token;
    std::string person;
    std::string staff;
    std::string today;
    Field from;
    Field to;
};
PORTAL_VIEW(ClosePage, (frame, token, person, staff, today, from, to))

struct OtherDayPage {
    Frame frame;
    std::string token;
    std::string person;
    std::string staff;
    std::string today;
    Field date;
    std::string error;
    std::vector<HoursRow> rows;
};
PORTAL_VIEW(OtherDayPage, (frame, token, person, staff, today, date, error, rows))

}  // namespace portal::web
