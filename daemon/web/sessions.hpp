// Views of the page of one's own sessions. Source: ASVS 7.5.2.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct SessionCard {
    std::string id;
    std::string device;
    std::string method;
    std::string since;
    std::string seen;
    bool current = false;
};
PORTAL_VIEW(SessionCard, (id, device, method, since, seen, current))

struct SessionsPage {
    Frame frame;
    std::vector<SessionCard> sessions;
    bool others = false;
    std::string token;
};
PORTAL_VIEW(SessionsPage, (frame, sessions, others, token))

}  // namespace portal::web
