#include "store/session_list.hpp"

#include "store/column.hpp"
#include "store/store.hpp"

namespace portal::store {
namespace {

constexpr Statement kList{
    "session.list",
    "SELECT s.public_id, m.public_id, m.role, s.method, s.device, s.created_at, s.seen_at, "
    "s.expires_at FROM session s JOIN membership m ON m.id = s.membership "
    "WHERE s.tenant = $1 AND s.ended_at IS NULL AND s.expires_at > $2 "
    "AND s.seen_at > CASE WHEN m.role = 'staff' THEN CAST($4 AS {i64}) ELSE CAST($3 AS {i64}) END "
    "AND s.public_id IS NOT NULL AND m.status = 'active' "
    "AND (s.credential IS NULL OR EXISTS (SELECT 1 FROM credential c WHERE c.id = s.credential AND "
    "c.voided_at IS NULL)) "
    "AND (CAST($5 AS {i64}) IS NULL OR s.membership = $5) "
    "ORDER BY s.seen_at DESC, s.id DESC LIMIT 1000"};
constexpr Statement kEnd{
    "session.end_which",
    "UPDATE session SET ended_at = $2 WHERE tenant = $1 AND ended_at IS NULL AND expires_at > $2 "
    "AND seen_at > CASE WHEN (SELECT m.role FROM membership m WHERE m.id = session.membership) = "
    "'staff' THEN CAST($4 AS {i64}) ELSE CAST($3 AS {i64}) END "
    "AND (CAST($5 AS {blob}) IS NULL OR public_id = $5) "
    "AND (CAST($6 AS {i64}) IS NULL OR membership = $6) AND id <> $7"};
constexpr Statement kFindEnded{"session.find_ended",
                               "SELECT s.membership FROM session s JOIN membership m ON m.id = "
                               "s.membership WHERE s.tenant = $1 AND s.token_hash = $2 "
                               "AND m.status = 'active'"};
constexpr Statement kFindId{"session.public_id",
                            "SELECT public_id FROM session WHERE tenant = $1 AND id = $2"};
constexpr Statement kAll[] = {kList, kEnd, kFindEnded, kFindId};

domain::SessionView map_session(const Row& row) {
    domain::SessionView view;
    view.id = row.uuid(0);
    view.person = row.uuid(1);
    view.audience = text_enum(row.text(2), domain::Audience::patient);
    view.method = text_enum(row.text(3), domain::LoginMethod::password);
    view.device = row.text(4);
    view.created_at = row.instant(5);
    view.seen_at = row.instant(6);
    view.expires_at = row.instant(7);
    return view;
}

}  // namespace

base::Result<std::vector<domain::SessionView>> list_sessions(
    Tx& tx, base::TenantId tenant, const OpenSince& since,
    std::optional<base::MembershipId> membership) {
    return tx.list(kList, map_session, tenant, since.now, since.patients, since.staff, membership);
}

base::Result<std::int64_t> end_sessions(Tx& tx, base::TenantId tenant, const OpenSince& since,
                                        const EndWhich& which) {
    return tx.run(kEnd, tenant, since.now, since.patients, since.staff, which.session,
                  which.membership, which.but);
}

base::Result<base::Uuid> find_session_id(Tx& tx, base::TenantId tenant, base::SessionId session) {
    PORTAL_TRY(
        found,
        tx.find(
            kFindId, [](const Row& row) { return row.is_null(0) ? base::Uuid{} : row.uuid(0); },
            tenant, session));
    return found.value_or(base::Uuid{});
}

base::Result<std::optional<EndedSession>> find_ended_session(Tx& tx, base::TenantId tenant,
                                                             const base::Bytes& token_hash) {
    return tx.find(
        kFindEnded, [](const Row& row) { return EndedSession{row.id<base::MembershipId>(0)}; },
        tenant, token_hash);
}

std::span<const Statement> session_list_statements() {
    return kAll;
}

}  // namespace portal::store
