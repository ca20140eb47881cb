// Views of booking without a login. Source: K10, L28.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct GuestPage {
    Frame frame;
    std::string when;
    std::string visit_type;
    std::string staff;
    std::string place;
    Field first_name;
    Field last_name;
    Field contact;
    bool sms = false;   // a mobile number will do
    std::string login;  // for those who have a login
    std::string starts;
    std::string staff_id;
    std::string visit_type_id;
    std::string token;
};
PORTAL_VIEW(GuestPage, (frame, when, visit_type, staff, place, first_name, last_name, contact, sms,
                        login, starts, staff_id, visit_type_id, token))

struct GuestCodePage {
    Frame frame;
    std::string when;
    std::string sent_to;
    std::string works_for;
    Field code;
    std::string token;
};
PORTAL_VIEW(GuestCodePage, (frame, when, sent_to, works_for, code, token))

/// Behind the link in a guest's messages.
struct GuestLinkPage {
    Frame frame;
    std::string link;
    std::string token;
};
PORTAL_VIEW(GuestLinkPage, (frame, link, token))

}  // namespace portal::web
