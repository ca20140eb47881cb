#include "store/bankid.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

constexpr Statement kInsert{
    "eid_order.insert",
    "INSERT INTO eid_order (tenant, browser_hash, flow, sealed, nonce_hash, address_hash, state, "
    "hint, next, first_started_at, started_at, collect_at, expires_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9, $9, $10, $11)"};
constexpr Statement kFind{
    "eid_order.find",
    "SELECT id, browser_hash, flow, sealed, nonce_hash, address_hash, state, hint, person_sealed, "
    "next, first_started_at, started_at, collect_at, returned_at, ended_at, expires_at "
    "FROM eid_order WHERE tenant = $1 AND browser_hash = $2 ORDER BY id DESC LIMIT 1"};
constexpr Statement kCancel{
    "eid_order.cancel",
    "UPDATE eid_order SET state = 'cancelled', ended_at = $3 WHERE tenant = $1 "
    "AND browser_hash = $2 AND state = 'pending' RETURNING sealed"};
constexpr Statement kClaim{"eid_order.claim",
                           "UPDATE eid_order SET collect_at = $4 WHERE tenant = $1 AND id = $2 "
                           "AND state = 'pending' AND collect_at <= $3"};
constexpr Statement kKeep{"eid_order.keep",
                          "UPDATE eid_order SET hint = COALESCE(CAST($3 AS TEXT), hint), "
                          "collect_at = $4 WHERE tenant = $1 AND id = $2 AND state = 'pending'"};
constexpr Statement kRestart{
    "eid_order.restart",
    "UPDATE eid_order SET sealed = $3, started_at = $4, collect_at = $5, "
    "hint = 'outstandingTransaction' WHERE tenant = $1 AND id = $2 AND state = 'pending'"};
constexpr Statement kEnd{"eid_order.end",
                         "UPDATE eid_order SET state = $3, hint = $4, person_sealed = $5, "
                         "ended_at = $6 WHERE tenant = $1 AND id = $2 AND state = 'pending'"};
constexpr Statement kReturned{"eid_order.returned",
                              "UPDATE eid_order SET returned_at = $3 WHERE tenant = $1 AND id = $2 "
                              "AND returned_at IS NULL"};
constexpr Statement kUse{"eid_order.use",
                         "UPDATE eid_order SET state = 'used' WHERE tenant = $1 AND id = $2 "
                         "AND state = 'complete'"};
constexpr Statement kClean{"eid_order.clean", "DELETE FROM eid_order WHERE expires_at < $1", true};
constexpr Statement kAll[] = {kInsert,  kFind, kCancel,   kClaim, kKeep,
                              kRestart, kEnd,  kReturned, kUse,   kClean};

EidOrder map_order(const Row& row) {
    EidOrder order;
    order.id = row.integer(0);
    order.browser_hash = row.blob(1);
    order.same_device = row.text(2) == "device";
    order.sealed = row.blob(3);
    order.nonce_hash = row.blob(4);
    order.address_hash = row.blob(5);
    order.state = text_enum(row.text(6), EidOrderState::failed);
    order.hint = row.text(7);
    order.person_sealed = row.maybe_blob(8);
    order.next = row.text(9);
    order.first_started_at = row.instant(10);
    order.started_at = row.instant(11);
    order.collect_at = row.instant(12);
    order.returned_at = row.maybe_instant(13);
    order.ended_at = row.maybe_instant(14);
    order.expires_at = row.instant(15);
    return order;
}

}  // namespace

base::Status insert_eid_order(Tx& tx, base::TenantId tenant, const EidOrder& o) {
    PORTAL_TRY(made, tx.run(kInsert, tenant, o.browser_hash, o.same_device ? "device" : "qr",
                            o.sealed, o.nonce_hash, o.address_hash, o.hint, o.next, o.started_at,
                            o.collect_at, o.expires_at));
    return {};
}

base::Result<std::optional<EidOrder>> find_eid_order(Tx& tx, base::TenantId tenant,
                                                     const base::Bytes& browser_hash) {
    return tx.find(kFind, map_order, tenant, browser_hash);
}

base::Result<std::vector<base::Bytes>> cancel_eid_orders(Tx& tx, base::TenantId tenant,
                                                         const base::Bytes& browser_hash,
                                                         base::Instant now) {
    return tx.list(
        kCancel, [](const Row& row) { return row.blob(0); }, tenant, browser_hash, now);
}

base::Result<bool> claim_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id,
                                   base::Instant now, base::Instant until) {
    PORTAL_TRY(changed, tx.run(kClaim, tenant, id, now, until));
    return changed > 0;
}

base::Status keep_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id,
                            const std::optional<std::string>& hint, base::Instant collect_at) {
    PORTAL_TRY(changed, tx.run(kKeep, tenant, id, hint, collect_at));
    return {};
}

base::Status restart_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id,
                               const EidOrderRestart& restart) {
    PORTAL_TRY(changed, tx.run(kRestart, tenant, id, restart.sealed, restart.started_at,
                               restart.collect_at));
    return {};
}

base::Result<bool> end_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id,
                                 const EidOrderEnd& end) {
    PORTAL_TRY(changed,
               tx.run(kEnd, tenant, id, enum_text(end.state), end.hint, end.person_sealed, end.at));
    return changed > 0;
}

base::Status mark_eid_order_returned(Tx& tx, base::TenantId tenant, std::int64_t id,
                                     base::Instant now) {
    PORTAL_TRY(changed, tx.run(kReturned, tenant, id, now));
    return {};
}

base::Result<bool> use_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id) {
    PORTAL_TRY(changed, tx.run(kUse, tenant, id));
    return changed > 0;
}

base::Result<std::int64_t> remove_stale_eid_orders(Tx& tx, base::Instant before) {
    return tx.run(kClean, before);
}

std::span<const Statement> bankid_statements() {
    return kAll;
}

}  // namespace portal::store
