#include "store/booking.hpp"

#include <algorithm>

#include "store/column.hpp"
#include "store/store.hpp"

namespace portal::store {
namespace {

#define PORTAL_BOOKING_COLUMNS                                                                  \
    "id, public_id, staff, patient, visit_type, starts, ends, state, uid, sequence, schedule, " \
    "created_at, changed_at, version, kind, before_minutes, after_minutes, cancel_minutes, "    \
    "awaits, origin, overlap_allowed, group_visit, message_sealed"
#define PORTAL_BOOKING_VIEW                                                                      \
    "SELECT b.public_id, b.state, b.starts, b.ends, t.title, sm.first_name, sm.last_name, "      \
    "s.title, pm.first_name, pm.last_name, sm.public_id, t.public_id, pm.public_id, b.version, " \
    "b.kind, b.awaits, b.origin, b.cancel_minutes, "                                             \
    "CASE WHEN b.message_sealed IS NULL THEN 0 ELSE 1 END "                                      \
    "FROM booking b JOIN visit_type t ON t.id = b.visit_type JOIN staff s ON s.id = b.staff "    \
    "JOIN membership sm ON sm.id = s.membership JOIN membership pm ON pm.id = b.patient "

constexpr Statement kInsert{
    "booking.insert",
    "INSERT INTO booking (tenant, public_id, staff, patient, visit_type, starts, ends, state, uid, "
    "created_at, changed_at, kind, before_minutes, after_minutes, cancel_minutes, awaits, origin, "
    "overlap_allowed, group_visit, message_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
    "$10, $10, "
    "$11, $12, $13, $14, $15, $16, $17, $18, $19) "
    "ON CONFLICT DO NOTHING RETURNING id"};
constexpr Statement kByPublicId{"booking.by_public_id",
                                "SELECT " PORTAL_BOOKING_COLUMNS
                                " FROM booking WHERE tenant = $1 AND public_id = $2"};
constexpr Statement kLock{"booking.lock", "SELECT " PORTAL_BOOKING_COLUMNS
                                          " FROM booking WHERE tenant = $1 AND public_id = $2 "
                                          "{for_update}"};
constexpr Statement kById{"booking.by_id", "SELECT " PORTAL_BOOKING_COLUMNS
                                           " FROM booking WHERE tenant = $1 AND id = $2"};
constexpr Statement kSave{
    "booking.save",
    "UPDATE booking SET starts = $3, ends = $4, state = $5, sequence = $6, schedule = $7, "
    "changed_at = $8, awaits = $10, group_visit = $11, overlap_allowed = $12, message_sealed = "
    "$13, "
    "version = version + 1 WHERE tenant = $1 AND id = $2 AND version = $9"};
constexpr Statement kViewById{"booking.view",
                              PORTAL_BOOKING_VIEW "WHERE b.tenant = $1 AND b.public_id = $2"};
// Rows by start and id, after the pair ($2, $4): the index leads straight to them, however far.
#define PORTAL_BOOKING_PAGE                                                  \
    "AND b.starts >= $2 AND b.starts < $3 AND (b.starts > $2 OR b.id > $4) " \
    "AND b.state IN ($5, $6, $7, $8, $9, $10) "                              \
    "AND (CAST($11 AS BIGINT) = 0 OR b.visit_type = $11) "
#define PORTAL_BOOKING_ORDER "ORDER BY b.starts, b.id LIMIT $12"
constexpr Statement kOfTenant{"booking.of_tenant", PORTAL_BOOKING_VIEW
                              "WHERE b.tenant = $1 " PORTAL_BOOKING_PAGE PORTAL_BOOKING_ORDER};
constexpr Statement kOfPatient{
    "booking.of_patient", PORTAL_BOOKING_VIEW
    "WHERE +b.tenant = $1 " PORTAL_BOOKING_PAGE
    "AND b.patient = $13 AND (CAST($14 AS BIGINT) = 0 OR b.staff = $14) " PORTAL_BOOKING_ORDER};
constexpr Statement kOfStaff{"booking.of_staff",
                             PORTAL_BOOKING_VIEW "WHERE +b.tenant = $1 " PORTAL_BOOKING_PAGE
                                                 "AND b.staff = $13 " PORTAL_BOOKING_ORDER};
// Each half ends by itself after as many rows as are wanted, in the order of its index, so that a
// long history costs nothing.
#define PORTAL_BOOKING_HALF "SELECT b.id FROM booking b WHERE +b.tenant = $1 " PORTAL_BOOKING_PAGE
constexpr Statement kOfMember{
    "booking.of_member", PORTAL_BOOKING_VIEW
    "WHERE +b.tenant = $1 AND b.id IN ("
    "SELECT id FROM (" PORTAL_BOOKING_HALF "AND b.staff = $13 " PORTAL_BOOKING_ORDER
    ") AS given UNION ALL "
    "SELECT id FROM (" PORTAL_BOOKING_HALF "AND b.patient = $14 " PORTAL_BOOKING_ORDER
    ") AS had) " PORTAL_BOOKING_ORDER};
// A plus before a column keeps the planner off its index: staff and patient are far narrower than
// tenant. The lower bound is the longest booking: one index range, however old the clinic.
constexpr Statement kBusyTimes{
    "booking.busy",
    "SELECT b.starts, b.ends, b.before_minutes, b.after_minutes, "
    "CASE WHEN g.taken < g.capacity THEN g.visit_type END, g.capacity - g.taken "
    "FROM booking b LEFT JOIN group_visit g ON g.id = b.group_visit "
    "WHERE +b.tenant = $1 AND b.staff = $2 AND b.starts > CAST($3 AS BIGINT) - 14400000 "
    "AND b.starts < $4 AND b.ends > $3 AND b.state IN ('unconfirmed', 'confirmed') "
    "AND b.id <> $5 "
    "UNION ALL SELECT h.starts, h.ends, t.before_minutes, t.after_minutes, CAST(NULL AS BIGINT), 0 "
    "FROM slot_hold h JOIN visit_type t ON t.id = h.visit_type "
    "WHERE +h.tenant = $1 AND h.staff = $2 AND h.starts > CAST($3 AS BIGINT) - 14400000 "
    "AND h.starts < $4 AND h.ends > $3 AND h.until > $6 ORDER BY 1"};
constexpr Statement kClaimKey{
    "idempotency.claim",
    "INSERT INTO idempotency (tenant, key, act, result, created_at) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (tenant, key) DO NOTHING"};
constexpr Statement kFindKey{"idempotency.find",
                             "SELECT result, act FROM idempotency WHERE tenant = $1 AND key = $2"};
constexpr Statement kAll[] = {kInsert,   kByPublicId, kLock,      kById,    kSave,
                              kViewById, kOfTenant,   kOfPatient, kOfStaff, kBusyTimes,
                              kOfMember, kClaimKey,   kFindKey};

Booking map_booking(const Row& row) {
    Booking b;
    b.id = row.id<base::BookingId>(0);
    b.public_id = row.uuid(1);
    b.staff = row.id<base::StaffId>(2);
    b.patient = row.id<base::MembershipId>(3);
    b.visit_type = row.id<base::VisitTypeId>(4);
    b.starts = row.instant(5);
    b.ends = row.instant(6);
    b.state = text_enum(row.text(7), domain::BookingState::cancelled);
    b.uid = row.uuid(8);
    b.sequence = row.integer(9);
    b.schedule = row.integer(10);
    b.created_at = row.instant(11);
    b.changed_at = row.instant(12);
    b.version = row.integer(13);
    b.kind = text_enum(row.text(14), domain::VisitKind::physical);
    b.before_minutes = static_cast<int>(row.integer(15));
    b.after_minutes = static_cast<int>(row.integer(16));
    b.cancel_minutes = static_cast<int>(row.integer(17));
    b.awaits = text_enum(row.text(18), domain::Awaits::patient);
    b.origin = text_enum(row.text(19), domain::BookingOrigin::patient);
    b.overlaps = row.boolean(20);
    b.group = row.maybe_integer(21);
    if (auto message = row.maybe_blob(22)) b.message_sealed = *std::move(message);
    return b;
}

std::optional<base::Bytes> message_of(const Booking& b) {
    return b.message_sealed.empty() ? std::nullopt : std::optional{b.message_sealed};
}

domain::BookingView map_view(const Row& row) {
    domain::BookingView v;
    v.id = row.uuid(0);
    v.state = text_enum(row.text(1), domain::BookingState::cancelled);
    v.starts = row.instant(2);
    v.ends = row.instant(3);
    v.visit_type = row.text(4);
    v.staff = row.text(5) + " " + row.text(6);
    v.staff_title = row.text(7);
    v.patient = row.text(8) + " " + row.text(9);
    v.staff_id = row.uuid(10);
    v.visit_type_id = row.uuid(11);
    v.patient_id = row.uuid(12);
    v.version = row.integer(13);
    v.kind = text_enum(row.text(14), domain::VisitKind::physical);
    v.awaits = text_enum(row.text(15), domain::Awaits::patient);
    v.origin = text_enum(row.text(16), domain::BookingOrigin::patient);
    v.cancel_minutes = static_cast<int>(row.integer(17));
    v.message = row.boolean(18);
    return v;
}

/// As many as a list's statement asks for: the first one again where there are fewer, all where
/// none is named.
std::array<std::string, 6> six_states(std::vector<domain::BookingState> states) {
    using enum domain::BookingState;
    if (states.empty()) states = {unconfirmed, confirmed, cancelled, lapsed, done, no_show};
    std::sort(states.begin(), states.end());
    states.erase(std::unique(states.begin(), states.end()), states.end());
    std::array<std::string, 6> texts;
    for (std::size_t i = 0; i < texts.size(); ++i)
        texts[i] = enum_text(states[i < states.size() ? i : 0]);
    return texts;
}

}  // namespace

base::Result<base::BookingId> insert_booking(Tx& tx, base::TenantId tenant, const Booking& b) {
    PORTAL_TRY(id, tx.find(
                       kInsert, [](const Row& row) { return row.id<base::BookingId>(0); }, tenant,
                       b.public_id, b.staff, b.patient, b.visit_type, b.starts, b.ends,
                       enum_text(b.state), b.uid, b.created_at, enum_text(b.kind), b.before_minutes,
                       b.after_minutes, b.cancel_minutes, enum_text(b.awaits), enum_text(b.origin),
                       b.overlaps, b.group, message_of(b)));
    if (!id) return base::make_error(base::ErrorCode::conflict, kOverlap);
    return *id;
}

base::Result<std::optional<Booking>> find_booking(Tx& tx, base::TenantId tenant,
                                                  const base::Uuid& id) {
    return tx.find(kByPublicId, map_booking, tenant, id);
}
base::Result<std::optional<Booking>> lock_booking(Tx& tx, base::TenantId tenant,
                                                  const base::Uuid& id) {
    return tx.find(kLock, map_booking, tenant, id);
}
base::Result<std::optional<Booking>> find_booking(Tx& tx, base::TenantId tenant,
                                                  base::BookingId id) {
    return tx.find(kById, map_booking, tenant, id);
}

base::Status save_booking(Tx& tx, base::TenantId tenant, const Booking& b) {
    PORTAL_TRY(changed, tx.run(kSave, tenant, b.id, b.starts, b.ends, enum_text(b.state),
                               b.sequence, b.schedule, b.changed_at, b.version, enum_text(b.awaits),
                               b.group, b.overlaps, message_of(b)));
    if (changed == 0) return base::make_error(base::ErrorCode::stale, {});
    return {};
}

base::Result<std::vector<domain::BookingView>> list_bookings(Tx& tx, base::TenantId tenant,
                                                             const BookingRange& r) {
    const auto states = six_states(r.states);
    const auto after = r.after.value_or(base::BookingId{});
    const auto type = r.visit_type.value_or(base::VisitTypeId{});
    const auto rows = [&](const Statement& statement, const auto&... of) {
        return tx.list(statement, map_view, tenant, r.from, r.to, after, states[0], states[1],
                       states[2], states[3], states[4], states[5], type, r.limit, of...);
    };
    if (r.patient) return rows(kOfPatient, *r.patient, r.staff.value_or(base::StaffId{}));
    if (r.staff && r.invited) return rows(kOfMember, *r.staff, *r.invited);
    if (r.staff) return rows(kOfStaff, *r.staff);
    return rows(kOfTenant);
}

base::Result<std::optional<domain::BookingView>> find_booking_view(Tx& tx, base::TenantId tenant,
                                                                   const base::Uuid& id) {
    return tx.find(kViewById, map_view, tenant, id);
}

base::Result<std::vector<BusyTime>> list_busy(Tx& tx, base::TenantId tenant,
                                              const BusyQuestion& ask) {
    return tx.list(
        kBusyTimes,
        [](const Row& row) {
            return BusyTime{row.instant(0),
                            row.instant(1),
                            static_cast<int>(row.integer(2)),
                            static_cast<int>(row.integer(3)),
                            row.maybe_id<base::VisitTypeId>(4),
                            static_cast<int>(row.maybe_integer(5).value_or(0))};
        },
        tenant, ask.staff, ask.from, ask.to, ask.except.value_or(base::BookingId{}), ask.now);
}

base::Result<std::optional<base::Uuid>> claim_key(Tx& tx, base::TenantId tenant,
                                                  const KeyClaim& claim) {
    PORTAL_TRY(made, tx.run(kClaimKey, tenant, claim.key, claim.act, claim.result, claim.now));
    if (made > 0) return std::optional<base::Uuid>{};
    PORTAL_TRY(before, tx.find(
                           kFindKey,
                           [](const Row& row) {
                               return std::pair{row.uuid(0), row.text(1)};
                           },
                           tenant, claim.key));
    if (!before || before->second != claim.act)
        return base::make_error(base::ErrorCode::conflict, kKeyUsed);
    return std::optional{before->first};
}

std::span<const Statement> booking_statements() {
    return kAll;
}

}  // namespace portal::store
