// Views of the pages where staff invite to a visit, and of the message to the invited person.
// Source: C9, C10, C13-C20, L14.
#pragma once

#include "daemon/web/slot.hpp"
#include "daemon/web/view.hpp"

namespace portal::web {

/// Why nobody can be invited yet, and where to mend it.
struct InviteObstacle {
    std::string text;
    std::string next;  // empty: no page for it
    std::string next_label;
};
PORTAL_VIEW(InviteObstacle, (text, next, next_label))

struct NewPatientFields {
    Field first_name;
    Field last_name;
    Field mobile;
    std::string number_name;    // what the clinic's country calls the national id
    bool number_again = false;  // something was wrong: it must be written once more
    Field national_id;
    Field email;
    std::vector<Choice> languages;
};
PORTAL_VIEW(NewPatientFields, (first_name, last_name, mobile, number_name, number_again,
                               national_id, email, languages))

struct OwnVisit {
    std::string time;
    std::string person;
};
PORTAL_VIEW(OwnVisit, (time, person))

struct InvitePage {
    Frame frame;
    std::string action;
    std::vector<InviteObstacle> obstacles;
    bool open = false;                    // no obstacle
    bool internal = false;                // a colleague is invited
    std::vector<NewPatientFields> fresh;  // one for a new patient, none for one who is here
    std::string patient;                  // id of one who is here
    std::string patient_name;
    std::vector<Choice> colleagues;
    Field colleague;
    std::vector<Choice> visit_types;
    Field visit_type;
    std::string today;  // as a date field writes it
    Field date;
    Field time;
    std::vector<Choice> which;  // of an hour that comes twice; empty: not asked
    Field which_one;
    Field message;
    std::vector<OwnVisit> others;  // that lie at the wanted time
    bool asks_overlap = false;
    bool overlap = false;
    Field reason;
    std::string token;
};
PORTAL_VIEW(InvitePage, (frame, action, obstacles, open, internal, fresh, patient, patient_name,
                         colleagues, colleague, visit_types, visit_type, today, date, time, which,
                         which_one, message, others, asks_overlap, overlap, reason, token))

struct BookingMessagePage {
    Frame frame;
    std::string booking;
    std::string when;
    std::string person;
    Field message;
    std::string token;
};
PORTAL_VIEW(BookingMessagePage, (frame, booking, when, person, message, token))

}  // namespace portal::web
