// What a patient reads on his page "Messages": so far the clinic's message to new patients.
// Thread rule: any. Source: K17, K18, K25, K26.
#pragma once

#include <string>
#include <vector>

#include "service/session.hpp"

namespace portal::service {

struct ReadMessage {
    std::string body;
    base::Instant at{};
    bool is_new = false;  // shown for the first time
};
/// Newest first. Looking marks them as read: the page is the person's own, behind his session, so
/// that no mail scanner comes here, and a second look finds nothing new. not_found without the
/// module.
base::Result<std::vector<ReadMessage>> read_messages(Session& session);

}  // namespace portal::service
