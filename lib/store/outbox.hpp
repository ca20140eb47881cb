// The outbox's rows. Service adds them in the transaction of their cause; the dispatcher
// (lib/outbox) claims and finishes them. Source: L19-L22, L24, X2, D3.
//
// A row is active while final_at is null. `next_at` is the only time that a claim looks at: when to
// try (queued, deferred) or when the lease ends (claimed). Sealed columns are bound to
// crypto::associated_data("outbox", "recipient" or "body", tenant, format_uuid(public id)).
// Thread rule: each function uses its Tx only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "domain/operation.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct NewMessage {
    base::Uuid id;
    std::string kind;     // "login-code", "booking-booked", "booking-reminder" ...
    std::string channel;  // "email", "sms"
    std::string dedupe;   // the cause, once per tenant: "reminder:<booking>:<lead>:<version>"
    std::optional<base::BookingId> booking;
    std::optional<base::MembershipId> membership;
    std::int64_t schedule = 0;  // the booking's schedule version that the text speaks of
    base::Bytes recipient_sealed;
    base::Bytes body_sealed;  // e-mail: RFC 5322 message; SMS: the text
    std::string language;     // "sv"
    bool secret = false;      // the body is removed when the row is final
    base::Instant created_at{};
    base::Instant send_at{};  // not before
    base::Instant expires_at{};
};
/// False: the same cause has its row already.
base::Result<bool> enqueue(Tx& tx, base::TenantId tenant, const NewMessage& message);
/// The decision not to send, with its reason; sealed columns stay empty. False as above.
base::Result<bool> record_not_sent(Tx& tx, base::TenantId tenant, const NewMessage& message,
                                   std::string_view reason);

struct Withdrawal {
    base::BookingId booking;
    std::string_view kind;
    std::string_view reason;
    base::Instant now{};
};
/// Waiting messages of one kind become not-sent; answers how many.
base::Result<std::int64_t> withdraw(Tx& tx, base::TenantId tenant, const Withdrawal& what);

/// Newest first. `booking`: only its messages.
base::Result<std::vector<domain::OutboxView>> list_outbox(Tx& tx, base::TenantId tenant,
                                                          std::optional<base::BookingId> booking,
                                                          int limit);

struct OutboxCount {
    std::string channel;
    std::string state;
    std::int64_t rows = 0;
    base::Instant oldest{};  // created_at
};
/// Active rows of all tenants; for metrics.
base::Result<std::vector<OutboxCount>> count_outbox(Tx& tx);

// For the dispatcher.

struct ClaimedMessage {
    std::int64_t row = 0;
    base::Uuid id;
    std::string kind;
    std::optional<base::BookingId> booking;
    std::optional<base::MembershipId> membership;
    std::int64_t schedule = 0;
    base::Bytes recipient_sealed;
    base::Bytes body_sealed;
    bool begun = false;  // somebody was sending it and has not said how that ended
    std::int64_t attempts = 0;
    std::string provider;  // of the last attempt
    base::Instant expires_at{};
};
struct Lease {
    std::string_view owner;  // of one dispatcher, never used again
    base::Instant now{};
    base::Instant until{};
};
struct Ending {
    std::string_view state;  // "unknown", "dead", "not-sent"
    std::string_view reason;
    std::string_view owner;  // a row that another has claimed since is left alone
    base::Instant now{};
};

/// Tenants with something due in this channel, at most 1000, ascending.
base::Result<std::vector<base::TenantId>> due_tenants(Tx& tx, std::string_view channel,
                                                      base::Instant now);
/// At most 10 due rows, in the order they were made; only `secret` ones or only others.
base::Result<std::vector<ClaimedMessage>> claim(Tx& tx, base::TenantId tenant,
                                                std::string_view channel, bool secret,
                                                const Lease& lease);
/// Just before it is sent. False: expired, finished, or no longer ours.
base::Result<bool> mark_sending(Tx& tx, base::TenantId tenant, std::int64_t row,
                                std::string_view provider, const Lease& lease);
/// Holds whatever else was thought of the row meanwhile: the provider has it.
base::Result<bool> mark_sent(Tx& tx, base::TenantId tenant, std::int64_t row,
                             std::string_view provider_id, base::Instant now);
/// Tried again at `lease.until`, or expired before.
base::Result<bool> mark_deferred(Tx& tx, base::TenantId tenant, std::int64_t row,
                                 std::string_view reason, const Lease& lease);
base::Result<bool> mark_final(Tx& tx, base::TenantId tenant, std::int64_t row,
                              const Ending& ending);
/// Gives back what was claimed and not begun.
base::Result<bool> release(Tx& tx, base::TenantId tenant, std::int64_t row, const Lease& lease);
/// Would expire() find a row?
base::Result<bool> has_late(Tx& tx, base::Instant now);
/// At most 100 rows past their time, of all tenants; one that was being sent becomes unknown.
base::Result<std::int64_t> expire(Tx& tx, base::Instant now);

std::span<const Statement> outbox_statements();

}  // namespace portal::store
