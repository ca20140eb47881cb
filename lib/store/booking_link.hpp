// Links that open the visit of somebody who booked without a login; tokens only as hashes.
// Thread rule: inside a transaction. Source: K10.
#pragma once

#include <optional>
#include <span>

#include "store/tx.hpp"

namespace portal::store {

struct NewBookingLink {
    base::BookingId booking;
    base::Bytes token_hash;
    base::Instant now{};
    base::Instant expires_at{};
};
/// Of a link that is there, the end is set anew.
base::Status upsert_booking_link(Tx& tx, base::TenantId tenant, const NewBookingLink& link);
/// Live ones only.
base::Result<std::optional<base::BookingId>> find_booking_link(Tx& tx, base::TenantId tenant,
                                                               const base::Bytes& token_hash,
                                                               base::Instant now);
/// Of all tenants.
base::Result<std::int64_t> remove_stale_booking_links(Tx& tx, base::Instant before);

std::span<const Statement> booking_link_statements();

}  // namespace portal::store
