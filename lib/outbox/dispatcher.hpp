// Sends what waits in the outbox, one channel: claim, check, send, record. At least once; but a
// reminder is never sent again when nobody knows whether it went (is_once).
//
// Any number of dispatchers, in this process or others, share the rows by leases. A crash between
// the provider's answer and its record repeats at most the one message in hand.
// Thread rule: one thread per dispatcher; stop() from any. Source: L19-L24, D3, P4, P17.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "crypto/keyring.hpp"
#include "outbox/breaker.hpp"
#include "outbox/provider.hpp"
#include "store/outbox.hpp"
#include "store/store.hpp"

namespace portal::outbox {

/// Asked inside the transaction that begins the sending: the reason not to send, or empty. Must
/// not write. Source: L19 (a reminder of a visit that was cancelled, moved or has started).
using Veto = std::function<base::Result<std::string>(store::Tx&, base::TenantId,
                                                     const store::ClaimedMessage&, base::Instant)>;

struct DispatcherOptions {
    std::string channel;                               // "email" or "sms"
    std::vector<std::unique_ptr<Provider>> providers;  // in the order to try them
    Veto veto;                                         // may be empty
    base::Millis lease{120'000};                       // longer than one sending can take
    int batch = 100;                                   // messages in one run
    int attempts = 12;                                 // then dead
};
/// What a dispatcher works with; everything outlives it.
struct Parts {
    store::Store& store;
    const crypto::Keyring& keys;
    const base::Clock& clock;
    base::Random& random;
    Breakers& breakers;
};

struct RunCounts {
    std::int64_t sent = 0;
    std::int64_t deferred = 0;
    std::int64_t dead = 0;
    std::int64_t unknown = 0;
    std::int64_t expired = 0;
    std::int64_t not_sent = 0;
    bool more = false;  // the batch was full: run again at once
    RunCounts& operator+=(const RunCounts& other);
};

class Dispatcher {
  public:
    Dispatcher(DispatcherOptions options, Parts parts);

    /// One round over the tenants that have something due, at most `batch` messages.
    base::Result<RunCounts> run_once();
    /// Ends a run after the message in hand; what was claimed is given back.
    void stop() { stopping_ = true; }

  private:
    struct Round;
    using Message = store::ClaimedMessage;
    base::Status serve(base::TenantId tenant, Round& round);
    base::Status handle(base::TenantId tenant, const Message& message, Round& round);
    base::Result<bool> begin(base::TenantId tenant, const Message& message,
                             const Provider& provider, Round& round);
    Outcome deliver(base::TenantId tenant, const Message& message, Provider& provider);
    void note(const Provider& provider, const Outcome& outcome);
    base::Status record(base::TenantId tenant, const Message& message, const Outcome& outcome,
                        Round& round);
    base::Status defer(base::TenantId tenant, const Message& message, const Outcome& outcome);
    base::Status finish(base::TenantId tenant, const Message& message, std::string_view state,
                        std::string_view reason);
    base::Status give_back(base::TenantId tenant, const Message& message, base::Instant until);
    [[nodiscard]] store::Lease lease() const;
    Provider* choose(std::int64_t attempts);
    Provider* find(std::string_view name);
    bool can_send();
    base::Instant next_trial();

    DispatcherOptions options_;
    Parts parts_;
    std::string owner_;
    base::TenantId last_served_;
    std::atomic<bool> stopping_ = false;
};

/// Kinds of which two are worse than none: an unknown outcome is final, unless the provider is
/// idempotent.
bool is_once(std::string_view kind);
/// 5 s, doubling to 8 min, shortened at random by up to half; never less than `asked`.
base::Millis backoff(std::int64_t attempts, base::Millis asked, base::Random& random);

}  // namespace portal::outbox
