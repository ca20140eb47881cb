// Views of staff's pages about visits: the overview, the lists and the form for a new time.
// Source: C21, C22, C24, C54, N3.
#pragma once

#include "daemon/web/booking.hpp"
#include "daemon/web/slot.hpp"
#include "daemon/web/view.hpp"

namespace portal::web {

struct StaffVisit {
    std::string id;
    std::string time;     // "09.30 - 10.00"
    std::string patient;  // or whoever has invited the reader: whom he meets
    std::string visit_type;
    std::string staff;  // on pages of the whole unit
    std::string state;
    std::string mark;
    std::string start;  // the way to its open room; empty: none (C47)
};
PORTAL_VIEW(StaffVisit, (id, time, patient, visit_type, staff, state, mark, start))

struct StaffDay {
    std::string title;
    std::vector<StaffVisit> visits;
};
PORTAL_VIEW(StaffDay, (title, visits))

/// An unconfirmed visit that somebody must answer for.
struct OpenVisit {
    std::string id;
    std::string when;
    std::string patient;
    std::string visit_type;
    std::string left;   // "2 hours 10 minutes left"
    std::string token;  // of the button that approves it
};
PORTAL_VIEW(OpenVisit, (id, when, patient, visit_type, left, token))

struct StaffPage {
    Frame frame;
    bool booking = false;
    std::string today;
    std::vector<OpenVisit> answers;  // wait for the clinic
    std::vector<OpenVisit> risks;    // wait for their patient, and begin soon
    std::vector<StaffVisit> visits;  // of today
    std::vector<StaffDay> coming;
};
PORTAL_VIEW(StaffPage, (frame, booking, today, answers, risks, visits, coming))

struct StaffBookingsPage {
    Frame frame;
    std::string action;  // where the filter leads
    std::vector<Choice> states;
    std::vector<Choice> staff;  // of the whole unit; empty: one's own alone
    std::string from;
    std::vector<StaffDay> days;
    std::string first;  // the list's beginning, from a later page
    std::string next;
};
PORTAL_VIEW(StaffBookingsPage, (frame, action, states, staff, from, days, first, next))

/// Staff choose any new time.
struct StaffMovePage {
    Frame frame;
    VisitCard visit;
    std::string today;
    Field date;
    Field time;
    std::vector<Choice> which;  // where the clock goes back; empty: not asked
    Field which_one;
    bool confirmation = false;  // the patient confirms anew
    std::string token;
};
PORTAL_VIEW(StaffMovePage, (frame, visit, today, date, time, which, which_one, confirmation, token))

}  // namespace portal::web
