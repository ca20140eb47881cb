#include "store/room.hpp"

#include "store/column.hpp"
#include "store/store.hpp"

namespace portal::store {
namespace {

// A plus before a column keeps the planner off its index, as in store/booking.cpp.
constexpr Statement kEntries{
    "room.entries",
    "SELECT e.id, e.booking, e.membership, e.token_hash, e.seen_at, m.first_name, m.last_name "
    "FROM booking b JOIN room_entry e ON e.booking = b.id AND e.left_at IS NULL "
    "JOIN membership m ON m.id = e.membership "
    "WHERE +b.tenant = $1 AND b.staff = $2 AND b.starts = $3 "
    "AND (b.id = $4 OR b.group_visit = $5) AND b.state IN ('confirmed', 'done') ORDER BY e.id"};
constexpr Statement kSave{
    "room.save",
    "INSERT INTO room_entry (tenant, booking, membership, token_hash, entered_at, seen_at) "
    "VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (token_hash) DO UPDATE SET "
    "booking = excluded.booking, entered_at = excluded.entered_at, seen_at = excluded.seen_at, "
    "left_at = NULL"};
constexpr Statement kTouch{"room.touch",
                           "UPDATE room_entry SET seen_at = $3 WHERE tenant = $1 AND id = $2 "
                           "AND left_at IS NULL AND seen_at < $3"};
constexpr Statement kEnd{"room.end",
                         "UPDATE room_entry SET left_at = $3 WHERE tenant = $1 AND id = $2 "
                         "AND left_at IS NULL"};
constexpr Statement kClean{"room.clean", "DELETE FROM room_entry WHERE seen_at < $1", true};
constexpr Statement kSeats{"room.seats",
                           "SELECT capacity FROM group_visit WHERE tenant = $1 AND id = $2"};
// The longest visit bounds the range; a Book now is open before its time.
constexpr Statement kOpen{
    "room.open",
    "SELECT b.public_id, b.state, b.starts, b.ends, b.kind, b.origin, sm.first_name, sm.last_name, "
    "pm.first_name, pm.last_name, sm.public_id, pm.public_id "
    "FROM booking b JOIN staff s ON s.id = b.staff JOIN membership sm ON sm.id = s.membership "
    "JOIN membership pm ON pm.id = b.patient "
    "WHERE +b.tenant = $1 AND (b.patient = $2 OR b.staff = $3) "
    "AND b.starts > CAST($6 AS BIGINT) - 14400000 AND b.starts < CAST($5 AS BIGINT) + 3600000 "
    "AND (b.starts <= $5 OR b.origin = 'book-now') AND b.ends >= $6 "
    "AND b.kind IN ('video', 'video-group') AND b.state IN ('confirmed', 'done') "
    "ORDER BY CASE WHEN b.ends < $4 THEN 1 ELSE 0 END, b.starts, b.id LIMIT 1"};
constexpr Statement kAll[] = {kEntries, kSave, kTouch, kEnd, kClean, kSeats, kOpen};

RoomEntry map_entry(const Row& row) {
    return {row.integer(0),
            row.id<base::BookingId>(1),
            row.id<base::MembershipId>(2),
            row.maybe_blob(3).value_or(base::Bytes{}),
            row.instant(4),
            row.text(5) + " " + row.text(6)};
}

domain::BookingView map_open(const Row& row) {
    domain::BookingView view;
    view.id = row.uuid(0);
    view.state = text_enum(row.text(1), domain::BookingState::cancelled);
    view.starts = row.instant(2);
    view.ends = row.instant(3);
    view.kind = text_enum(row.text(4), domain::VisitKind::physical);
    view.origin = text_enum(row.text(5), domain::BookingOrigin::patient);
    view.staff = row.text(6) + " " + row.text(7);
    view.patient = row.text(8) + " " + row.text(9);
    view.staff_id = row.uuid(10);
    view.patient_id = row.uuid(11);
    return view;
}

}  // namespace

base::Result<std::vector<RoomEntry>> list_room_entries(Tx& tx, base::TenantId tenant,
                                                       const Booking& visit) {
    return tx.list(kEntries, map_entry, tenant, visit.staff, visit.starts, visit.id, visit.group);
}

base::Status save_room_entry(Tx& tx, base::TenantId tenant, const RoomEntry& entry) {
    PORTAL_TRY(saved, tx.run(kSave, tenant, entry.booking, entry.membership, entry.token_hash,
                             entry.seen_at));
    return {};
}

base::Status touch_room_entry(Tx& tx, base::TenantId tenant, std::int64_t id, base::Instant now) {
    PORTAL_TRY(touched, tx.run(kTouch, tenant, id, now));
    return {};
}

base::Status end_room_entry(Tx& tx, base::TenantId tenant, std::int64_t id, base::Instant now) {
    PORTAL_TRY(ended, tx.run(kEnd, tenant, id, now));
    return {};
}

base::Result<std::int64_t> remove_stale_room_entries(Tx& tx, base::Instant before) {
    return tx.run(kClean, before);
}

base::Result<int> count_seats(Tx& tx, base::TenantId tenant, std::optional<std::int64_t> group) {
    if (!group) return 1;
    PORTAL_TRY(seats, tx.find(
                          kSeats, [](const Row& row) { return static_cast<int>(row.integer(0)); },
                          tenant, *group));
    return seats.value_or(1);
}

base::Result<std::optional<domain::BookingView>> find_open_room(Tx& tx, base::TenantId tenant,
                                                                const OpenRoomQuestion& ask) {
    return tx.find(kOpen, map_open, tenant, ask.person, ask.staff, ask.now, ask.opened, ask.ended);
}

std::span<const Statement> room_statements() {
    return kAll;
}

}  // namespace portal::store
