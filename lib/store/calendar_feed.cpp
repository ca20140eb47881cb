#include "store/calendar_feed.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

using domain::BookingState;
using domain::VisitKind;

constexpr Statement kInsert{
    "calendar_feed.insert",
    "INSERT INTO calendar_feed (tenant, public_id, membership, token_hash, created_at) "
    "VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement kList{
    "calendar_feed.list",
    "SELECT f.public_id, m.public_id, m.first_name, m.last_name, f.created_at, f.fetched_at, "
    "f.revoked_at FROM calendar_feed f JOIN membership m ON m.id = f.membership "
    "WHERE f.tenant = $1 AND (CAST($2 AS {i64}) IS NULL OR f.membership = $2) "
    "AND (CAST($3 AS {i64}) = 0 OR f.revoked_at IS NULL) "
    "AND (CAST($4 AS {blob}) IS NULL OR f.public_id = $4) ORDER BY f.id DESC LIMIT 500"};
constexpr Statement kFind{
    "calendar_feed.find",
    "SELECT f.id, f.membership, s.id, f.fetched_at FROM calendar_feed f "
    "JOIN membership m ON m.id = f.membership JOIN staff s ON s.membership = m.id "
    "WHERE f.tenant = $1 AND f.token_hash = $2 AND f.revoked_at IS NULL AND m.status = 'active'"};
constexpr Statement kTouch{
    "calendar_feed.touch",
    "UPDATE calendar_feed SET fetched_at = $3 WHERE tenant = $1 AND id = $2"};
constexpr Statement kRevoke{
    "calendar_feed.revoke",
    "UPDATE calendar_feed SET revoked_at = $3 WHERE tenant = $1 AND public_id = $2 "
    "AND revoked_at IS NULL AND (CAST($4 AS {i64}) IS NULL OR membership = $4)"};
constexpr Statement kVisits{
    "calendar_feed.visits",
    "SELECT public_id, uid, sequence, starts, ends, state, kind, changed_at FROM booking "
    "WHERE +tenant = $1 AND staff = $2 AND starts >= $4 AND starts < $5 "
    "AND state NOT IN ('cancelled', 'lapsed') "
    "UNION ALL "
    "SELECT public_id, uid, sequence, starts, ends, state, kind, changed_at FROM booking "
    "WHERE +tenant = $1 AND patient = $3 AND starts >= $4 AND starts < $5 "
    "AND state NOT IN ('cancelled', 'lapsed') "
    "ORDER BY 4, 1 LIMIT 5000"};
constexpr Statement kAll[] = {kInsert, kList, kFind, kTouch, kRevoke, kVisits};

domain::FeedView map_view(const Row& row) {
    domain::FeedView view;
    view.id = row.uuid(0);
    view.staff_id = row.uuid(1);
    view.staff = row.text(2) + " " + row.text(3);
    view.created_at = row.instant(4);
    view.fetched_at = row.maybe_instant(5);
    view.revoked_at = row.maybe_instant(6);
    return view;
}

CalendarVisit map_visit(const Row& row) {
    return {row.uuid(0),
            row.uuid(1),
            row.integer(2),
            row.instant(3),
            row.instant(4),
            text_enum(row.text(5), BookingState::unconfirmed),
            text_enum(row.text(6), VisitKind::physical),
            row.instant(7)};
}

}  // namespace

base::Status insert_feed(Tx& tx, base::TenantId tenant, const NewFeed& feed) {
    PORTAL_TRY(made,
               tx.run(kInsert, tenant, feed.public_id, feed.owner, feed.token_hash, feed.now));
    return {};
}

base::Result<std::vector<domain::FeedView>> list_feeds(Tx& tx, base::TenantId tenant,
                                                       const FeedRange& range) {
    return tx.list(kList, map_view, tenant, range.owner, range.live ? 1 : 0,
                   std::optional<base::Uuid>{});
}

base::Result<std::optional<Feed>> find_feed(Tx& tx, base::TenantId tenant,
                                            const base::Bytes& token_hash) {
    return tx.find(
        kFind,
        [](const Row& row) {
            return Feed{row.integer(0), row.id<base::MembershipId>(1), row.id<base::StaffId>(2),
                        row.maybe_instant(3)};
        },
        tenant, token_hash);
}

base::Status touch_feed(Tx& tx, base::TenantId tenant, std::int64_t id, base::Instant now) {
    PORTAL_TRY(touched, tx.run(kTouch, tenant, id, now));
    return {};
}

base::Result<std::optional<domain::FeedView>> revoke_feed(Tx& tx, base::TenantId tenant,
                                                          const FeedEnd& end) {
    PORTAL_TRY(ended, tx.run(kRevoke, tenant, end.feed, end.now, end.owner));
    return tx.find(kList, map_view, tenant, end.owner, 0, std::optional{end.feed});
}

base::Result<std::vector<CalendarVisit>> list_calendar(Tx& tx, base::TenantId tenant,
                                                       const CalendarRange& range) {
    return tx.list(kVisits, map_visit, tenant, range.staff, range.owner, range.from, range.to);
}

std::span<const Statement> calendar_feed_statements() {
    return kAll;
}

}  // namespace portal::store
