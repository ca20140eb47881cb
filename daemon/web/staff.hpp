// View of a staff member's first page. Source: K4, K27.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct StaffVisit {
    std::string id;
    std::string time;  // "09.30 - 10.00"
    std::string patient;
    std::string visit_type;
    std::string state;
    std::string mark;
};
PORTAL_VIEW(StaffVisit, (id, time, patient, visit_type, state, mark))

struct StaffDay {
    std::string title;
    std::vector<StaffVisit> visits;
};
PORTAL_VIEW(StaffDay, (title, visits))

struct StaffPage {
    Frame frame;
    bool booking = false;
    std::string today;
    std::vector<StaffVisit> visits;  // of today
    std::vector<StaffDay> coming;
};
PORTAL_VIEW(StaffPage, (frame, booking, today, visits, coming))

}  // namespace portal::web
