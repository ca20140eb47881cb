#include "store/expiry.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

using domain::BookingOrigin;
using domain::BookingState;
using domain::VisitKind;

constexpr Statement kRooms{
    "expiry.rooms",
    "SELECT public_id, state, origin, kind, starts, ends FROM booking WHERE tenant = $1 "
    "AND starts > $2 AND starts <= $3 AND state IN ('unconfirmed', 'confirmed') "
    "AND kind IN ('video', 'video-group') ORDER BY starts, id LIMIT CAST($4 AS {i64})"};
constexpr Statement kMessages{
    "expiry.messages",
    "SELECT o.expires_at, b.public_id, o.kind, o.channel FROM outbox o "
    "LEFT JOIN booking b ON b.id = o.booking AND b.tenant = o.tenant WHERE o.tenant = $1 "
    "AND o.final_at IS NULL AND o.expires_at > $2 AND o.expires_at <= $3 "
    "ORDER BY o.expires_at, o.id LIMIT CAST($4 AS {i64})"};
constexpr Statement kLinks{
    "expiry.links",
    "SELECT expires_at, purpose FROM password_link WHERE tenant = $1 AND used_at IS NULL "
    "AND expires_at > $2 AND expires_at <= $3 ORDER BY expires_at, id LIMIT CAST($4 AS {i64})"};
constexpr Statement kBookingLinks{
    "expiry.booking_links",
    "SELECT l.expires_at, b.public_id FROM booking_link l JOIN booking b ON b.id = l.booking "
    "WHERE l.tenant = $1 AND l.expires_at > $2 AND l.expires_at <= $3 "
    "ORDER BY l.expires_at, l.id LIMIT CAST($4 AS {i64})"};
constexpr Statement kOffers{
    "expiry.offers",
    "SELECT until FROM waitlist_offer WHERE tenant = $1 AND state = 'open' AND until > $2 "
    "AND until <= $3 ORDER BY until, id LIMIT CAST($4 AS {i64})"};
constexpr Statement kNewest{"expiry.newest_message",
                            "SELECT channel, state, reason FROM outbox WHERE tenant = $1 "
                            "AND booking = $2 ORDER BY id DESC LIMIT 1"};
constexpr Statement kAll[] = {kRooms, kMessages, kLinks, kBookingLinks, kOffers, kNewest};

template <class Map>
auto list(Tx& tx, base::TenantId tenant, const Statement& statement, const ExpiryRange& range,
          Map map) {
    return tx.list(statement, map, tenant, range.after, range.until, range.limit);
}

}  // namespace

base::Result<std::vector<RoomVisit>> list_room_visits(Tx& tx, base::TenantId tenant,
                                                      const ExpiryRange& range) {
    return list(tx, tenant, kRooms, range, [](const Row& row) {
        return RoomVisit{row.uuid(0),
                         text_enum(row.text(1), BookingState::unconfirmed),
                         text_enum(row.text(2), BookingOrigin::patient),
                         text_enum(row.text(3), VisitKind::video),
                         row.instant(4),
                         row.instant(5)};
    });
}

base::Result<std::vector<Expiry>> list_message_expiries(Tx& tx, base::TenantId tenant,
                                                        const ExpiryRange& range) {
    return list(tx, tenant, kMessages, range, [](const Row& row) {
        return Expiry{row.instant(0), row.maybe_uuid(1), row.text(2) + " " + row.text(3)};
    });
}

base::Result<std::vector<Expiry>> list_link_expiries(Tx& tx, base::TenantId tenant,
                                                     const ExpiryRange& range) {
    return list(tx, tenant, kLinks, range, [](const Row& row) {
        return Expiry{row.instant(0), {}, row.text(1)};
    });
}

base::Result<std::vector<Expiry>> list_booking_link_expiries(Tx& tx, base::TenantId tenant,
                                                             const ExpiryRange& range) {
    return list(tx, tenant, kBookingLinks, range, [](const Row& row) {
        return Expiry{row.instant(0), row.uuid(1), "booking"};
    });
}

base::Result<std::vector<Expiry>> list_offer_ends(Tx& tx, base::TenantId tenant,
                                                  const ExpiryRange& range) {
    return list(tx, tenant, kOffers, range, [](const Row& row) {
        return Expiry{row.instant(0), {}, {}};
    });
}

base::Result<std::optional<NewestMessage>> find_newest_message(Tx& tx, base::TenantId tenant,
                                                               base::BookingId booking) {
    return tx.find(
        kNewest,
        [](const Row& row) {
            return NewestMessage{row.text(0), row.text(1), row.text(2)};
        },
        tenant, booking);
}

std::span<const Statement> expiry_statements() {
    return kAll;
}

}  // namespace portal::store
