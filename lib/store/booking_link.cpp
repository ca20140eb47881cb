#include "store/booking_link.hpp"

namespace portal::store {
namespace {

constexpr Statement kUpsert{
    "booking_link.upsert",
    "INSERT INTO booking_link (tenant, booking, token_hash, created_at, expires_at) "
    "VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at"};
constexpr Statement kFind{
    "booking_link.find",
    "SELECT booking FROM booking_link WHERE tenant = $1 AND token_hash = $2 AND expires_at > $3"};
constexpr Statement kClean{"booking_link.clean", "DELETE FROM booking_link WHERE expires_at < $1",
                           true};
constexpr Statement kAll[] = {kUpsert, kFind, kClean};

}  // namespace

base::Status upsert_booking_link(Tx& tx, base::TenantId tenant, const NewBookingLink& link) {
    PORTAL_TRY(made,
               tx.run(kUpsert, tenant, link.booking, link.token_hash, link.now, link.expires_at));
    return {};
}

base::Result<std::optional<base::BookingId>> find_booking_link(Tx& tx, base::TenantId tenant,
                                                               const base::Bytes& token_hash,
                                                               base::Instant now) {
    return tx.find(
        kFind, [](const Row& row) { return row.id<base::BookingId>(0); }, tenant, token_hash, now);
}

base::Result<std::int64_t> remove_stale_booking_links(Tx& tx, base::Instant before) {
    return tx.run(kClean, before);
}

std::span<const Statement> booking_link_statements() {
    return kAll;
}

}  // namespace portal::store
