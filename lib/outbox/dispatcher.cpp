#include "outbox/dispatcher.hpp"

#include <algorithm>
#include <utility>

#include "crypto/seal.hpp"

namespace portal::outbox {

using base::Result;
using base::Status;
using store::Tx;

namespace {

constexpr int kTriesBeforeFailover = 3;
constexpr base::Millis kFirstDelay{5'000};
constexpr base::Millis kLongestDelay{480'000};
constexpr base::Millis kNoProvider{60'000};

}  // namespace

struct Dispatcher::Round {
    RunCounts counts;
    std::int64_t handled = 0;
    const Provider* provider = nullptr;  // who had the message in hand
};

RunCounts& RunCounts::operator+=(const RunCounts& other) {
    sent += other.sent;
    deferred += other.deferred;
    dead += other.dead;
    unknown += other.unknown;
    expired += other.expired;
    not_sent += other.not_sent;
    more = more || other.more;
    return *this;
}

bool is_once(std::string_view kind) {
    return kind.ends_with("reminder");
}

base::Millis backoff(std::int64_t attempts, base::Millis asked, base::Random& random) {
    auto delay = kFirstDelay;
    for (std::int64_t i = 1; i < attempts && delay < kLongestDelay; ++i) delay *= 2;
    delay = std::min(delay, kLongestDelay);
    delay -= base::Millis{random.below(static_cast<std::uint32_t>(delay.count() / 2))};
    return std::max(delay, asked);
}

Dispatcher::Dispatcher(DispatcherOptions options, Parts parts)
    : options_(std::move(options)),
      parts_(parts),
      owner_(base::format_uuid(base::make_uuid(parts.random))) {}

Result<RunCounts> Dispatcher::run_once() {
    Round round;
    const auto now = parts_.clock.now();
    bool late = false;
    PORTAL_TRY(tenants,
               parts_.store.system_read([&](Tx& tx) -> Result<std::vector<base::TenantId>> {
                   PORTAL_TRY(found, store::has_late(tx, now));
                   late = found;
                   return store::due_tenants(tx, options_.channel, now);
               }));
    if (late) {  // a run that finds nothing writes nothing
        PORTAL_TRY(expired,
                   parts_.store.system_write([now](Tx& tx) { return store::expire(tx, now); }));
        round.counts.expired = expired;
        round.counts.more = expired > 0;
    }
    // Each run starts after the tenant that was served last, so that all are served in turn.
    const auto first = std::ranges::upper_bound(tenants, last_served_);
    std::ranges::rotate(tenants, first);
    for (const auto tenant : tenants) {
        if (stopping_ || !can_send()) break;
        if (round.handled >= options_.batch) {
            round.counts.more = true;
            break;
        }
        last_served_ = tenant;
        PORTAL_TRYV(serve(tenant, round));
    }
    return round.counts;
}

Status Dispatcher::serve(base::TenantId tenant, Round& round) {
    const auto claim = [&](bool secret) {
        return parts_.store.write(tenant, [&](Tx& tx) {
            return store::claim(tx, tenant, options_.channel, secret, lease());
        });
    };
    PORTAL_TRY(messages, claim(true));  // somebody waits for these at a login page
    if (messages.empty()) {
        PORTAL_TRY(others, claim(false));
        messages = std::move(others);
    }
    if (!messages.empty()) round.counts.more = true;
    for (const auto& message : messages) {
        ++round.handled;
        PORTAL_TRYV(handle(tenant, message, round));
    }
    return {};
}

Status Dispatcher::handle(base::TenantId tenant, const Message& message, Round& round) {
    const auto now = parts_.clock.now();
    if (stopping_) return give_back(tenant, message, now);
    const bool repeats = message.begun && is_once(message.kind);
    auto* provider = repeats ? find(message.provider) : choose(message.attempts);
    if (repeats && (provider == nullptr || !provider->idempotent())) {
        ++round.counts.unknown;
        return finish(tenant, message, "unknown", "interrupted");
    }
    if (provider == nullptr) return give_back(tenant, message, next_trial());
    PORTAL_TRY(begun, begin(tenant, message, *provider, round));
    if (!begun) {
        parts_.breakers.forgo(provider->name(), now);
        return {};
    }
    const auto outcome = deliver(tenant, message, *provider);
    note(*provider, outcome);
    round.provider = provider;
    return record(tenant, message, outcome, round);
}

/// The veto and the mark are one transaction: what it read is still so when the row says sending.
Result<bool> Dispatcher::begin(base::TenantId tenant, const Message& message,
                               const Provider& provider, Round& round) {
    const auto lent = lease();
    std::string reason;
    PORTAL_TRY(begun, parts_.store.write(tenant, [&](Tx& tx) -> Result<bool> {
        reason.clear();
        if (options_.veto) {
            PORTAL_TRY(veto, options_.veto(tx, tenant, message, lent.now));
            reason = veto;
        }
        if (reason.empty())
            return store::mark_sending(tx, tenant, message.row, provider.name(), lent);
        PORTAL_TRY(done, store::mark_final(tx, tenant, message.row,
                                           {"not-sent", reason, owner_, lent.now}));
        return false;
    }));
    if (!reason.empty()) ++round.counts.not_sent;
    return begun;
}

Outcome Dispatcher::deliver(base::TenantId tenant, const Message& message, Provider& provider) {
    const auto open = [&](const base::Bytes& sealed, std::string_view column) {
        return crypto::open(
            parts_.keys, sealed,
            crypto::associated_data("outbox", column, tenant, base::format_uuid(message.id)));
    };
    auto recipient = open(message.recipient_sealed, "recipient");
    auto body = open(message.body_sealed, "body");
    if (!recipient || !body) return {Outcome::permanent_recipient, {}, "cannot be unsealed", {}};
    return provider.send({message.id, *std::move(recipient), *std::move(body)});
}

/// What one message says about its provider.
void Dispatcher::note(const Provider& provider, const Outcome& outcome) {
    switch (outcome.kind) {
        case Outcome::accepted:
            return parts_.breakers.succeeded(provider.name());
        case Outcome::permanent_recipient:
            return parts_.breakers.succeeded(provider.name());
        case Outcome::permanent_provider:
            return parts_.breakers.failed(provider.name(), parts_.clock.now(), true);
        case Outcome::temporary:
        case Outcome::unknown:
            return parts_.breakers.failed(provider.name(), parts_.clock.now());
    }
}

Status Dispatcher::record(base::TenantId tenant, const Message& message, const Outcome& outcome,
                          Round& round) {
    if (outcome.kind == Outcome::accepted) {
        ++round.counts.sent;
        const auto now = parts_.clock.now();
        PORTAL_TRY(marked, parts_.store.write(tenant, [&](Tx& tx) {
            return store::mark_sent(tx, tenant, message.row, outcome.provider_id, now);
        }));
        return {};
    }
    // While a provider fails for everybody, no message dies of it: its time to live decides.
    const bool tried_out = message.attempts + 1 >= options_.attempts &&
                           parts_.breakers.is_closed(round.provider->name());
    if (outcome.kind == Outcome::unknown && is_once(message.kind)) {
        // The end of the lease repeats it, by the same provider.
        if (round.provider->idempotent() && !tried_out) return {};
        ++round.counts.unknown;
        return finish(tenant, message, "unknown", outcome.reason);
    }
    if (outcome.kind == Outcome::permanent_recipient || tried_out) {
        ++round.counts.dead;
        return finish(tenant, message, "dead", outcome.reason);
    }
    ++round.counts.deferred;
    return defer(tenant, message, outcome);
}

Status Dispatcher::defer(base::TenantId tenant, const Message& message, const Outcome& outcome) {
    auto again = lease();
    const bool elsewhere = outcome.kind == Outcome::permanent_provider && can_send();
    again.until =
        elsewhere ? again.now
                  : again.now + backoff(message.attempts + 1, outcome.retry_after, parts_.random);
    PORTAL_TRY(marked, parts_.store.write(tenant, [&](Tx& tx) {
        return store::mark_deferred(tx, tenant, message.row, outcome.reason, again);
    }));
    return {};
}

Status Dispatcher::finish(base::TenantId tenant, const Message& message, std::string_view state,
                          std::string_view reason) {
    const store::Ending ending{state, reason, owner_, parts_.clock.now()};
    PORTAL_TRY(marked, parts_.store.write(tenant, [&](Tx& tx) {
        return store::mark_final(tx, tenant, message.row, ending);
    }));
    return {};
}

Status Dispatcher::give_back(base::TenantId tenant, const Message& message, base::Instant until) {
    auto back = lease();
    back.until = until;
    PORTAL_TRY(given, parts_.store.write(tenant, [&](Tx& tx) {
        return store::release(tx, tenant, message.row, back);
    }));
    return {};
}

store::Lease Dispatcher::lease() const {
    const auto now = parts_.clock.now();
    return {owner_, now, now + options_.lease};
}

/// The preferred provider moves down the list with the attempts; one that is paused is passed over.
Provider* Dispatcher::choose(std::int64_t attempts) {
    const auto count = options_.providers.size();
    const auto first = static_cast<std::size_t>(attempts / kTriesBeforeFailover);
    for (std::size_t i = 0; i < count; ++i) {
        auto& provider = *options_.providers[(first + i) % count];
        if (parts_.breakers.may_try(provider.name(), parts_.clock.now())) return &provider;
    }
    return nullptr;
}

bool Dispatcher::can_send() {
    return !options_.providers.empty() && next_trial() <= parts_.clock.now();
}

/// When the first of the providers may be asked.
base::Instant Dispatcher::next_trial() {
    auto earliest = parts_.clock.now() + kNoProvider;
    for (const auto& provider : options_.providers)
        earliest = std::min(earliest, parts_.breakers.reopens(provider->name()));
    return earliest;
}

Provider* Dispatcher::find(std::string_view name) {
    const auto found = std::ranges::find_if(
        options_.providers, [name](const auto& provider) { return provider->name() == name; });
    return found == options_.providers.end() ? nullptr : found->get();
}

}  // namespace portal::outbox
