// View of the page with the clinic's messages. Source: K17, K25.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct MessageItem {
    std::string when;
    bool is_new = false;
    std::vector<std::string> paragraphs;
};
PORTAL_VIEW(MessageItem, (when, is_new, paragraphs))

struct MessagesPage {
    Frame frame;
    bool none = false;
    std::vector<MessageItem> messages;
};
PORTAL_VIEW(MessagesPage, (frame, none, messages))

}  // namespace portal::web
