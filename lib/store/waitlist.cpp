#include "store/waitlist.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

#define PORTAL_HOLD_COLUMNS "id, staff, visit_type, starts, ends, until FROM slot_hold "
#define PORTAL_ENTRY_COLUMNS \
    "id, public_id, visit_type, staff, patient, state, created_at FROM waitlist_entry "
#define PORTAL_ENTRY_VIEW                                                                   \
    "SELECT e.public_id, p.first_name, p.last_name, t.title, sm.first_name, sm.last_name, " \
    "e.state, e.created_at, p.public_id, t.public_id FROM waitlist_entry e "                \
    "JOIN membership p ON p.id = e.patient JOIN visit_type t ON t.id = e.visit_type "       \
    "LEFT JOIN staff s ON s.id = e.staff LEFT JOIN membership sm ON sm.id = s.membership "  \
    "WHERE e.tenant = $1 AND e.state = 'waiting' "
#define PORTAL_OFFER_VIEW                                                                  \
    "SELECT o.public_id, e.public_id, p.first_name, p.last_name, t.title, sm.first_name, " \
    "sm.last_name, o.starts, o.ends, o.until, o.state, t.kind FROM waitlist_offer o "      \
    "JOIN waitlist_entry e ON e.id = o.entry JOIN membership p ON p.id = e.patient "       \
    "JOIN visit_type t ON t.id = e.visit_type JOIN staff s ON s.id = o.staff "             \
    "JOIN membership sm ON sm.id = s.membership WHERE o.tenant = $1 "

// The lower bound is the longest visit: one index range, however many were held.
constexpr Statement kHolds{"slot_hold.list",
                           "SELECT " PORTAL_HOLD_COLUMNS
                           "WHERE tenant = $1 AND staff = $2 AND starts > CAST($3 AS BIGINT) - "
                           "14400000 AND starts < $4 AND ends > $3 AND until > $5 ORDER BY starts"};
constexpr Statement kInsertHold{
    "slot_hold.insert",
    "INSERT INTO slot_hold (tenant, staff, visit_type, starts, ends, until) "
    "VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"};
constexpr Statement kRemoveHold{"slot_hold.remove",
                                "DELETE FROM slot_hold WHERE tenant = $1 AND id = $2"};
constexpr Statement kOverHolds{
    "slot_hold.over", "SELECT tenant, id FROM slot_hold WHERE until <= $1 ORDER BY until LIMIT 200",
    true};
constexpr Statement kNextHold{"slot_hold.next",
                              "SELECT until FROM slot_hold ORDER BY until LIMIT 1", true};
constexpr Statement kUnwanted{
    "slot_hold.remove_unwanted",
    "DELETE FROM slot_hold WHERE tenant = $1 AND NOT EXISTS (SELECT 1 FROM waitlist_offer o "
    "WHERE o.tenant = slot_hold.tenant AND o.hold = slot_hold.id AND o.state = 'open')"};
constexpr Statement kInsertEntry{
    "waitlist_entry.insert",
    "INSERT INTO waitlist_entry (tenant, public_id, visit_type, staff, patient, state, created_at) "
    "VALUES ($1, $2, $3, $4, $5, 'waiting', $6) ON CONFLICT DO NOTHING"};
constexpr Statement kEntry{"waitlist_entry.by_public_id",
                           "SELECT " PORTAL_ENTRY_COLUMNS "WHERE tenant = $1 AND public_id = $2"};
constexpr Statement kEntryById{"waitlist_entry.by_id",
                               "SELECT " PORTAL_ENTRY_COLUMNS "WHERE tenant = $1 AND id = $2"};
constexpr Statement kWaiting{
    "waitlist_entry.waiting",
    "SELECT " PORTAL_ENTRY_COLUMNS
    "WHERE tenant = $1 AND visit_type = $2 AND state = 'waiting' AND patient <> $4 "
    "AND (staff IS NULL OR staff = $3) ORDER BY id LIMIT 10"};
constexpr Statement kEndEntry{
    "waitlist_entry.settle",
    "UPDATE waitlist_entry SET state = $3, ended_at = $4, version = version + 1 "
    "WHERE tenant = $1 AND id = $2 AND state = 'waiting'"};
constexpr Statement kEntries{"waitlist_entry.list", PORTAL_ENTRY_VIEW "ORDER BY e.id LIMIT 1000"};
constexpr Statement kEntriesOfPatient{
    "waitlist_entry.of_patient", PORTAL_ENTRY_VIEW "AND e.patient = $2 ORDER BY e.id LIMIT 1000"};
constexpr Statement kEntriesOfType{
    "waitlist_entry.of_type", PORTAL_ENTRY_VIEW "AND e.visit_type = $2 ORDER BY e.id LIMIT 1000"};
constexpr Statement kInsertOffer{"waitlist_offer.insert",
                                 "INSERT INTO waitlist_offer (tenant, public_id, entry, hold, "
                                 "staff, starts, ends, until, state, "
                                 "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9)"};
constexpr Statement kOffer{
    "waitlist_offer.by_public_id",
    "SELECT id, public_id, entry, hold, staff, starts, ends, until, state, created_at "
    "FROM waitlist_offer WHERE tenant = $1 AND public_id = $2"};
constexpr Statement kSettle{
    "waitlist_offer.settle",
    "UPDATE waitlist_offer SET state = $3 WHERE tenant = $1 AND id = $2 AND state = 'open'"};
constexpr Statement kSettleOfHold{
    "waitlist_offer.settle_of_hold",
    "UPDATE waitlist_offer SET state = $3 WHERE tenant = $1 AND hold = $2 AND state = 'open'"};
constexpr Statement kSettleOfEntry{
    "waitlist_offer.settle_of_entry",
    "UPDATE waitlist_offer SET state = $3 WHERE tenant = $1 AND entry = $2 AND state = 'open'"};
constexpr Statement kOffers{"waitlist_offer.list",
                            PORTAL_OFFER_VIEW "ORDER BY o.id DESC LIMIT 1000"};
constexpr Statement kOffersOfPatient{"waitlist_offer.of_patient", PORTAL_OFFER_VIEW
                                     "AND e.patient = $2 ORDER BY o.id DESC LIMIT 1000"};
constexpr Statement kOffersOfType{"waitlist_offer.of_type", PORTAL_OFFER_VIEW
                                  "AND e.visit_type = $2 ORDER BY o.id DESC LIMIT 1000"};
constexpr Statement kAll[] = {kHolds,
                              kInsertHold,
                              kRemoveHold,
                              kOverHolds,
                              kNextHold,
                              kUnwanted,
                              kInsertEntry,
                              kEntry,
                              kEntryById,
                              kWaiting,
                              kEndEntry,
                              kEntries,
                              kEntriesOfPatient,
                              kEntriesOfType,
                              kInsertOffer,
                              kOffer,
                              kSettle,
                              kSettleOfHold,
                              kSettleOfEntry,
                              kOffers,
                              kOffersOfPatient,
                              kOffersOfType};

Hold map_hold(const Row& row) {
    return {row.integer(0), row.id<base::StaffId>(1), row.id<base::VisitTypeId>(2),
            row.instant(3), row.instant(4),           row.instant(5)};
}

WaitlistEntry map_entry(const Row& row) {
    WaitlistEntry entry;
    entry.id = row.integer(0);
    entry.public_id = row.uuid(1);
    entry.visit_type = row.id<base::VisitTypeId>(2);
    entry.staff = row.maybe_id<base::StaffId>(3);
    entry.patient = row.id<base::MembershipId>(4);
    entry.state = text_enum(row.text(5), domain::WaitlistState::left);
    entry.created_at = row.instant(6);
    return entry;
}

std::string maybe_name(const Row& row, int first) {
    const auto name = row.maybe_text(first);
    return name ? *name + " " + row.text(first + 1) : std::string{};
}

domain::WaitlistEntryView map_entry_view(const Row& row) {
    domain::WaitlistEntryView view;
    view.id = row.uuid(0);
    view.patient = row.text(1) + " " + row.text(2);
    view.visit_type = row.text(3);
    view.staff = maybe_name(row, 4);
    view.state = text_enum(row.text(6), domain::WaitlistState::left);
    view.created_at = row.instant(7);
    view.patient_id = row.uuid(8);
    view.visit_type_id = row.uuid(9);
    return view;
}

WaitlistOffer map_offer(const Row& row) {
    WaitlistOffer offer;
    offer.id = row.integer(0);
    offer.public_id = row.uuid(1);
    offer.entry = row.integer(2);
    offer.hold = row.integer(3);
    offer.staff = row.id<base::StaffId>(4);
    offer.starts = row.instant(5);
    offer.ends = row.instant(6);
    offer.until = row.instant(7);
    offer.state = text_enum(row.text(8), domain::OfferState::expired);
    offer.created_at = row.instant(9);
    return offer;
}

domain::WaitlistOfferView map_offer_view(const Row& row) {
    domain::WaitlistOfferView view;
    view.id = row.uuid(0);
    view.entry = row.uuid(1);
    view.patient = row.text(2) + " " + row.text(3);
    view.visit_type = row.text(4);
    view.staff = row.text(5) + " " + row.text(6);
    view.starts = row.instant(7);
    view.ends = row.instant(8);
    view.until = row.instant(9);
    view.state = text_enum(row.text(10), domain::OfferState::expired);
    view.kind = text_enum(row.text(11), domain::VisitKind::physical);
    return view;
}

}  // namespace

base::Result<std::vector<Hold>> list_holds(Tx& tx, base::TenantId tenant, const HoldQuestion& ask) {
    return tx.list(kHolds, map_hold, tenant, ask.staff, ask.from, ask.to, ask.now);
}

base::Result<std::int64_t> insert_hold(Tx& tx, base::TenantId tenant, const Hold& hold) {
    PORTAL_TRY(id, tx.find(
                       kInsertHold, [](const Row& row) { return row.integer(0); }, tenant,
                       hold.staff, hold.visit_type, hold.starts, hold.ends, hold.until));
    return id.value_or(0);
}

base::Result<bool> remove_hold(Tx& tx, base::TenantId tenant, std::int64_t hold) {
    PORTAL_TRY(removed, tx.run(kRemoveHold, tenant, hold));
    return removed > 0;
}

base::Result<std::vector<OverHold>> list_over_holds(Tx& tx, base::Instant now) {
    return tx.list(
        kOverHolds,
        [](const Row& row) {
            return OverHold{row.id<base::TenantId>(0), row.integer(1)};
        },
        now);
}

base::Result<std::optional<base::Instant>> next_hold_end(Tx& tx) {
    return tx.find(kNextHold, [](const Row& row) { return row.instant(0); });
}

base::Status remove_unwanted_holds(Tx& tx, base::TenantId tenant) {
    PORTAL_TRY(removed, tx.run(kUnwanted, tenant));
    return {};
}

base::Result<bool> insert_waitlist_entry(Tx& tx, base::TenantId tenant, const WaitlistEntry& e) {
    PORTAL_TRY(made, tx.run(kInsertEntry, tenant, e.public_id, e.visit_type, e.staff, e.patient,
                            e.created_at));
    return made > 0;
}
base::Result<std::optional<WaitlistEntry>> find_waitlist_entry(Tx& tx, base::TenantId tenant,
                                                               const base::Uuid& id) {
    return tx.find(kEntry, map_entry, tenant, id);
}
base::Result<std::optional<WaitlistEntry>> find_waitlist_entry(Tx& tx, base::TenantId tenant,
                                                               std::int64_t id) {
    return tx.find(kEntryById, map_entry, tenant, id);
}
base::Result<std::vector<WaitlistEntry>> list_waiting(Tx& tx, base::TenantId tenant,
                                                      const WaitlistQuestion& ask) {
    return tx.list(kWaiting, map_entry, tenant, ask.visit_type, ask.staff, ask.except);
}
base::Result<bool> end_waitlist_entry(Tx& tx, base::TenantId tenant, const EntryEnd& end) {
    PORTAL_TRY(changed, tx.run(kEndEntry, tenant, end.entry, enum_text(end.state), end.now));
    return changed > 0;
}
base::Result<std::vector<domain::WaitlistEntryView>> list_waitlist_views(
    Tx& tx, base::TenantId tenant, const WaitlistFilter& filter) {
    if (filter.patient) return tx.list(kEntriesOfPatient, map_entry_view, tenant, *filter.patient);
    if (filter.visit_type)
        return tx.list(kEntriesOfType, map_entry_view, tenant, *filter.visit_type);
    return tx.list(kEntries, map_entry_view, tenant);
}

base::Status insert_waitlist_offer(Tx& tx, base::TenantId tenant, const WaitlistOffer& o) {
    PORTAL_TRY(made, tx.run(kInsertOffer, tenant, o.public_id, o.entry, o.hold, o.staff, o.starts,
                            o.ends, o.until, o.created_at));
    return {};
}
base::Result<std::optional<WaitlistOffer>> find_waitlist_offer(Tx& tx, base::TenantId tenant,
                                                               const base::Uuid& id) {
    return tx.find(kOffer, map_offer, tenant, id);
}
base::Result<std::int64_t> settle_offer(Tx& tx, base::TenantId tenant, std::int64_t offer,
                                        domain::OfferState state) {
    return tx.run(kSettle, tenant, offer, enum_text(state));
}
base::Result<std::int64_t> settle_offers_of_hold(Tx& tx, base::TenantId tenant, std::int64_t hold,
                                                 domain::OfferState state) {
    return tx.run(kSettleOfHold, tenant, hold, enum_text(state));
}
base::Result<std::int64_t> settle_offers_of_entry(Tx& tx, base::TenantId tenant, std::int64_t entry,
                                                  domain::OfferState state) {
    return tx.run(kSettleOfEntry, tenant, entry, enum_text(state));
}
base::Result<std::vector<domain::WaitlistOfferView>> list_offer_views(
    Tx& tx, base::TenantId tenant, const WaitlistFilter& filter) {
    if (filter.patient) return tx.list(kOffersOfPatient, map_offer_view, tenant, *filter.patient);
    if (filter.visit_type)
        return tx.list(kOffersOfType, map_offer_view, tenant, *filter.visit_type);
    return tx.list(kOffers, map_offer_view, tenant);
}

std::span<const Statement> waitlist_statements() {
    return kAll;
}

}  // namespace portal::store
