// Views of visits: the list, one visit, and the question before an act. Source: K28, C45, L28.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

/// One visit, as its patient reads it.
struct VisitCard {
    std::string id;
    std::string when;
    std::string visit_type;
    std::string staff;
    std::string place;
    std::string patient;  // for staff
    std::string mobile;   // the same, on the visit's own pages, and whether messages reach him
    bool reached = true;
    std::string state;      // "Confirmed"
    std::string mark;       // its class: good, open, off
    std::string start;      // the way to its open room; empty: none (C47)
    std::string move;       // where its time is changed; empty: it may not be
    std::string calendar;   // its file for the patient's own calendar; empty: none
    bool by_staff = false;  // whoever reads it acts for the clinic
    bool must_confirm = false;
    bool must_approve = false;  // instead: the clinic answers
    bool may_cancel = false;
    bool may_finish = false;
    bool may_miss = false;
};
PORTAL_VIEW(VisitCard,
            (id, when, visit_type, staff, place, patient, mobile, reached, state, mark, start, move,
             calendar, by_staff, must_confirm, must_approve, may_cancel, may_finish, may_miss))

struct BookingsPage {
    Frame frame;
    std::vector<VisitCard> coming;
    std::vector<VisitCard> past;
};
PORTAL_VIEW(BookingsPage, (frame, coming, past))

/// A visit's own page, and the question whether to cancel it.
struct BookingPage {
    Frame frame;
    VisitCard visit;
    std::vector<std::string> message;  // to the invited person, where it may be read here
    std::string message_login;         // the login that it needs first
    std::string message_change;        // where its writer changes it
    std::string back;
    std::string token;
};
PORTAL_VIEW(BookingPage, (frame, visit, message, message_login, message_change, back, token))

/// The summary before a visit is booked or moved.
struct BookPage {
    Frame frame;
    std::string when;
    std::string visit_type;
    std::string staff;
    std::string place;
    std::string old_when;  // of the visit that moves
    std::string booking;   // its id; empty: a new visit
    std::string starts;
    std::string staff_id;
    std::string visit_type_id;
    bool confirmation = false;  // the clinic wants the visit confirmed
    bool approval = false;      // the clinic answers first
    std::string token;
};
PORTAL_VIEW(BookPage, (frame, when, visit_type, staff, place, old_when, booking, starts, staff_id,
                       visit_type_id, confirmation, approval, token))

}  // namespace portal::web
