// What takes a message out of the house: a spool folder, an SMTP server, an SMS gateway.
// Called by the dispatcher, one message at a time. Source: protocols 4.8, requirements X2, L22.
// Thread rule: a provider is used by one thread at a time; each dispatcher has its own.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"

namespace portal::outbox {

/// A message, opened, just before it leaves.
struct Message {
    base::Uuid id;           // the outbox row's public id: the idempotency key
    base::Secret recipient;  // an address or a number in E.164
    base::Secret body;       // e-mail: the whole RFC 5322 message; SMS: the text
};

struct Outcome {
    enum Kind {
        accepted,
        temporary,            // certainly not taken: try again
        permanent_recipient,  // this message will never be taken
        permanent_provider,   // this provider takes nothing now: bad account or settings
        unknown,              // it may have been taken
    } kind = temporary;
    std::string provider_id;      // accepted: the provider's own id, may be empty
    std::string reason;           // else: a few words without personal data
    base::Millis retry_after{0};  // what the provider asked for
};

class Provider {
  public:
    virtual ~Provider() = default;
    /// As in the settings; stored with each message.
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// "email" or "sms".
    [[nodiscard]] virtual std::string_view channel() const = 0;
    /// True where the same id sent twice arrives once, so that an unknown outcome may be repeated.
    [[nodiscard]] virtual bool idempotent() const = 0;
    virtual Outcome send(const Message& message) = 0;
};

}  // namespace portal::outbox
