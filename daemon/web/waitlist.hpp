// Views of waiting for a time that is freed. Source: L31.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct WaitingLine {
    std::string id;
    std::string visit_type;
    std::string staff;  // empty: anybody
    std::string since;
};
PORTAL_VIEW(WaitingLine, (id, visit_type, staff, since))

struct OfferLine {
    std::string id;
    std::string when;
    std::string staff;
    std::string place;
};
PORTAL_VIEW(OfferLine, (id, when, staff, place))

struct WaitlistPage {
    Frame frame;
    std::vector<OfferLine> offers;
    std::vector<WaitingLine> entries;
    std::string token;
};
PORTAL_VIEW(WaitlistPage, (frame, offers, entries, token))

struct JoinPage {
    Frame frame;
    std::string visit_type_id;
    std::string visit_type;
    std::string staff_id;  // empty: there is nothing to choose
    std::string staff;
    std::string back;
    std::string token;
};
PORTAL_VIEW(JoinPage, (frame, visit_type_id, visit_type, staff_id, staff, back, token))

struct OfferPage {
    Frame frame;
    std::string id;
    std::string when;
    std::string visit_type;
    std::string staff;
    std::string place;
    std::string until;
    std::string over;  // why it cannot be taken; empty: it can
    std::string token;
};
PORTAL_VIEW(OfferPage, (frame, id, when, visit_type, staff, place, until, over, token))

}  // namespace portal::web
