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
    std::string state;    // "Confirmed"
    std::string mark;     // its class: good, open, off
    std::string start;    // the way to its open room; empty: none (C47)
    bool must_confirm = false;
    bool may_move = false;
    bool may_cancel = false;
};
PORTAL_VIEW(VisitCard, (id, when, visit_type, staff, place, patient, state, mark, start,
                        must_confirm, may_move, may_cancel))

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
    std::string message;         // to the invited person, where it may be read here
    std::string message_login;   // the login that it needs first
    std::string message_change;  // where its writer changes it
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
    std::string token;
};
PORTAL_VIEW(BookPage, (frame, when, visit_type, staff, place, old_when, booking, starts, staff_id,
                       visit_type_id, confirmation, token))

}  // namespace portal::web
