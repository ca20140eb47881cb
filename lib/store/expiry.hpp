// What will open or end by the clock at one clinic, for `simulate`. Reads only.
// Thread rule: inside a transaction. Source: N12, C32, L31.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/booking.hpp"
#include "store/tx.hpp"

namespace portal::store {

/// In (after, until], by time, at most `limit`.
struct ExpiryRange {
    base::Instant after{};
    base::Instant until{};
    int limit = 5001;
};

struct RoomVisit {
    base::Uuid booking;
    domain::BookingState state = domain::BookingState::unconfirmed;
    domain::BookingOrigin origin = domain::BookingOrigin::patient;
    domain::VisitKind kind = domain::VisitKind::video;
    base::Instant starts{};
    base::Instant ends{};
};
/// Live video visits by their start.
base::Result<std::vector<RoomVisit>> list_room_visits(Tx& tx, base::TenantId tenant,
                                                      const ExpiryRange& range);

struct Expiry {
    base::Instant at{};
    std::optional<base::Uuid> booking;
    std::string what;  // a message's kind and channel, a link's purpose
};
/// Messages that wait and are dropped where they have not left by then.
base::Result<std::vector<Expiry>> list_message_expiries(Tx& tx, base::TenantId tenant,
                                                        const ExpiryRange& range);
/// Links and letters that nobody has used.
base::Result<std::vector<Expiry>> list_link_expiries(Tx& tx, base::TenantId tenant,
                                                     const ExpiryRange& range);
/// Links of visits that were booked without a login.
base::Result<std::vector<Expiry>> list_booking_link_expiries(Tx& tx, base::TenantId tenant,
                                                             const ExpiryRange& range);
/// Freed times that are held for the waiting list.
base::Result<std::vector<Expiry>> list_offer_ends(Tx& tx, base::TenantId tenant,
                                                  const ExpiryRange& range);

struct NewestMessage {
    std::string channel;
    std::string state;
    std::string reason;
};
/// The last row of the outbox that is about this booking.
base::Result<std::optional<NewestMessage>> find_newest_message(Tx& tx, base::TenantId tenant,
                                                               base::BookingId booking);

std::span<const Statement> expiry_statements();

}  // namespace portal::store
