// View of the page on which staff take their visits into another calendar. Source: L16, L18.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct FeedCard {
    std::string id;
    std::string made;
    std::string used;  // empty: never
};
PORTAL_VIEW(FeedCard, (id, made, used))

struct CalendarPage {
    Frame frame;
    std::string address;  // the new one, shown this once
    std::vector<FeedCard> feeds;
    std::string token;
};
PORTAL_VIEW(CalendarPage, (frame, address, feeds, token))

}  // namespace portal::web
