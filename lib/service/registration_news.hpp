// The messages about registrations. Thread rule: inside a write transaction. Source: P4-P6, L8.
#pragma once

#include <string>

#include "service/message.hpp"

namespace portal::service {

struct RegistrationNews {
    text::MessageKind kind = text::MessageKind::registration_link;
    std::string cause;      // with kind it is sent once
    std::string path;       // where its link leads
    int hours = 0;          // how long the link works; 0: it is none
    std::string code;       // beside the link, for another browser
    bool too_many = false;  // decided not to be sent; the row says why
};
/// `to` may be nobody's membership yet. One outbox row in every case.
base::Status queue_registration_news(store::Tx& tx, const Session& session,
                                     const store::Membership& to, const RegistrationNews& news);
/// Who answers for the clinic, as a receiver of messages.
store::Membership contact_of(const Session& session);

}  // namespace portal::service
