#include "store/outbox.hpp"

#include <algorithm>
#include <array>

#include "store/statement.hpp"

namespace portal::store {
namespace {

constexpr Statement kInsert{"outbox.insert", R"sql(
INSERT INTO outbox (tenant, public_id, kind, channel, booking, membership, schedule, dedupe,
    state, reason, recipient_sealed, body_sealed, secret, language, created_at, next_at,
    expires_at, final_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
ON CONFLICT (tenant, dedupe) DO NOTHING)sql"};

constexpr Statement kWithdraw{"outbox.withdraw", R"sql(
UPDATE outbox SET state = 'not-sent', reason = $4, final_at = $5, lease_owner = '',
    body_sealed = CASE WHEN secret = 1 THEN NULL ELSE body_sealed END
WHERE tenant = $1 AND booking = $2 AND kind = $3 AND final_at IS NULL
  AND state IN ('queued', 'deferred', 'held'))sql"};

constexpr Statement kList{"outbox.list", R"sql(
SELECT public_id, kind, channel, state, reason, attempts, created_at, next_at, provider
FROM outbox WHERE tenant = $1 ORDER BY id DESC LIMIT $2)sql"};

constexpr Statement kListOfBooking{"outbox.list_of_booking", R"sql(
SELECT public_id, kind, channel, state, reason, attempts, created_at, next_at, provider
FROM outbox WHERE tenant = $1 AND booking = $2 ORDER BY id DESC LIMIT $3)sql"};

constexpr Statement kCount{"outbox.count", R"sql(
SELECT channel, state, COUNT(*), MIN(created_at) FROM outbox WHERE final_at IS NULL
GROUP BY channel, state ORDER BY channel, state)sql",
                           true};

/// Steps from tenant to tenant along the index, so that a backlog of one is not walked through.
constexpr Statement kDueTenants{"outbox.due_tenants", R"sql(
WITH RECURSIVE active (tenant) AS (
    SELECT (SELECT o.tenant FROM outbox o
            WHERE o.final_at IS NULL AND o.channel = $1 ORDER BY o.tenant LIMIT 1)
    UNION ALL
    SELECT (SELECT o.tenant FROM outbox o
            WHERE o.final_at IS NULL AND o.channel = $1 AND o.tenant > active.tenant
            ORDER BY o.tenant LIMIT 1)
    FROM active WHERE active.tenant IS NOT NULL)
SELECT active.tenant FROM active
WHERE active.tenant IS NOT NULL
  AND EXISTS (SELECT 1 FROM outbox d WHERE d.final_at IS NULL AND d.channel = $1
              AND d.tenant = active.tenant AND d.secret IN (0, 1) AND d.next_at <= $2)
ORDER BY active.tenant LIMIT 1000)sql",
                                true};

/// Materialized and with a literal LIMIT: PostgreSQL would else repeat the inner query or walk the
/// whole table.
constexpr Statement kClaim{"outbox.claim", R"sql(
WITH due AS MATERIALIZED (
    SELECT id FROM outbox
    WHERE tenant = $1 AND channel = $2 AND secret = $3 AND final_at IS NULL AND next_at <= $4
    ORDER BY next_at, id LIMIT 10 {skip_locked})
UPDATE outbox SET lease_owner = $5, next_at = $6
WHERE tenant = $1 AND id IN (SELECT id FROM due)
RETURNING id, public_id, kind, booking, membership, schedule, recipient_sealed, body_sealed,
    state, attempts, provider, expires_at)sql"};

constexpr Statement kSending{"outbox.sending", R"sql(
UPDATE outbox SET state = 'sending', attempts = attempts + 1, provider = $4, next_at = $6
WHERE tenant = $1 AND id = $2 AND lease_owner = $3 AND final_at IS NULL AND expires_at > $5)sql"};

constexpr Statement kSent{"outbox.sent", R"sql(
UPDATE outbox SET state = 'sent', reason = '', provider_id = $3, next_at = $4, final_at = $4,
    lease_owner = '', body_sealed = CASE WHEN secret = 1 THEN NULL ELSE body_sealed END
WHERE tenant = $1 AND id = $2 AND state NOT IN ('sent', 'delivered'))sql"};

constexpr Statement kDeferred{"outbox.deferred", R"sql(
UPDATE outbox SET state = 'deferred', reason = $4, lease_owner = '',
    next_at = CASE WHEN expires_at < $5 THEN expires_at ELSE $5 END
WHERE tenant = $1 AND id = $2 AND lease_owner = $3 AND final_at IS NULL)sql"};

constexpr Statement kFinal{"outbox.final", R"sql(
UPDATE outbox SET state = $4, reason = $5, next_at = $6, final_at = $6, lease_owner = '',
    body_sealed = CASE WHEN secret = 1 THEN NULL ELSE body_sealed END
WHERE tenant = $1 AND id = $2 AND lease_owner = $3 AND final_at IS NULL)sql"};

constexpr Statement kRelease{"outbox.release", R"sql(
UPDATE outbox SET lease_owner = '', next_at = $4
WHERE tenant = $1 AND id = $2 AND lease_owner = $3 AND final_at IS NULL AND state <> 'sending')sql"};

constexpr Statement kHasLate{"outbox.has_late", R"sql(
SELECT 1 FROM outbox
WHERE final_at IS NULL AND expires_at <= $1 AND (state <> 'sending' OR next_at <= $1)
LIMIT 1)sql",
                             true};

constexpr Statement kExpire{"outbox.expire", R"sql(
WITH late AS MATERIALIZED (
    SELECT id FROM outbox
    WHERE final_at IS NULL AND expires_at <= $1 AND (state <> 'sending' OR next_at <= $1)
    ORDER BY expires_at LIMIT 100 {skip_locked})
UPDATE outbox SET state = CASE WHEN state = 'sending' THEN 'unknown' ELSE 'expired' END,
    reason = CASE WHEN state = 'sending' THEN 'interrupted' WHEN reason = '' THEN 'too late'
        ELSE reason END,
    final_at = $1, lease_owner = '',
    body_sealed = CASE WHEN secret = 1 THEN NULL ELSE body_sealed END
WHERE id IN (SELECT id FROM late))sql",
                            true};

constexpr std::array kStatements{kInsert,     kWithdraw, kList,    kListOfBooking, kCount,
                                 kDueTenants, kClaim,    kSending, kSent,          kDeferred,
                                 kFinal,      kRelease,  kHasLate, kExpire};

base::Result<bool> changed_one(base::Result<std::int64_t> changed) {
    if (!changed) return std::move(changed).error();
    return *changed == 1;
}

domain::OutboxView to_view(const Row& row) {
    domain::OutboxView view;
    view.id = row.uuid(0);
    view.kind = row.text(1);
    view.channel = row.text(2);
    view.state = row.text(3);
    view.reason = row.text(4);
    view.attempts = row.integer(5);
    view.created_at = row.instant(6);
    view.next_at = row.instant(7);
    view.provider = row.text(8);
    return view;
}

ClaimedMessage to_claimed(const Row& row) {
    ClaimedMessage message;
    message.row = row.integer(0);
    message.id = row.uuid(1);
    message.kind = row.text(2);
    message.booking = row.maybe_id<base::BookingId>(3);
    message.membership = row.maybe_id<base::MembershipId>(4);
    message.schedule = row.integer(5);
    message.recipient_sealed = row.maybe_blob(6).value_or(base::Bytes{});
    message.body_sealed = row.maybe_blob(7).value_or(base::Bytes{});
    message.begun = row.text(8) == "sending";
    message.attempts = row.integer(9);
    message.provider = row.text(10);
    message.expires_at = row.instant(11);
    return message;
}

}  // namespace

base::Result<bool> enqueue(Tx& tx, base::TenantId tenant, const NewMessage& m) {
    return changed_one(tx.run(kInsert, tenant, m.id, m.kind, m.channel, m.booking, m.membership,
                              m.schedule, m.dedupe, "queued", "", m.recipient_sealed, m.body_sealed,
                              m.secret, m.language, m.created_at, std::max(m.created_at, m.send_at),
                              m.expires_at, std::nullopt));
}

base::Result<bool> record_not_sent(Tx& tx, base::TenantId tenant, const NewMessage& m,
                                   std::string_view reason) {
    return changed_one(tx.run(kInsert, tenant, m.id, m.kind, m.channel, m.booking, m.membership,
                              m.schedule, m.dedupe, "not-sent", reason, std::nullopt, std::nullopt,
                              m.secret, m.language, m.created_at, m.created_at, m.created_at,
                              m.created_at));
}

base::Result<std::int64_t> withdraw(Tx& tx, base::TenantId tenant, const Withdrawal& what) {
    return tx.run(kWithdraw, tenant, what.booking, what.kind, what.reason, what.now);
}

base::Result<std::vector<domain::OutboxView>> list_outbox(Tx& tx, base::TenantId tenant,
                                                          std::optional<base::BookingId> booking,
                                                          int limit) {
    if (booking) return tx.list(kListOfBooking, to_view, tenant, *booking, limit);
    return tx.list(kList, to_view, tenant, limit);
}

base::Result<std::vector<OutboxCount>> count_outbox(Tx& tx) {
    return tx.list(kCount, [](const Row& row) {
        return OutboxCount{row.text(0), row.text(1), row.integer(2), row.instant(3)};
    });
}

base::Result<std::vector<base::TenantId>> due_tenants(Tx& tx, std::string_view channel,
                                                      base::Instant now) {
    return tx.list(
        kDueTenants, [](const Row& row) { return row.id<base::TenantId>(0); }, channel, now);
}

base::Result<std::vector<ClaimedMessage>> claim(Tx& tx, base::TenantId tenant,
                                                std::string_view channel, bool secret,
                                                const Lease& lease) {
    PORTAL_TRY(claimed, tx.list(kClaim, to_claimed, tenant, channel, secret, lease.now, lease.owner,
                                lease.until));
    std::ranges::sort(claimed, {}, &ClaimedMessage::row);  // RETURNING has no order
    return std::move(claimed);
}

base::Result<bool> mark_sending(Tx& tx, base::TenantId tenant, std::int64_t row,
                                std::string_view provider, const Lease& lease) {
    return changed_one(
        tx.run(kSending, tenant, row, lease.owner, provider, lease.now, lease.until));
}

base::Result<bool> mark_sent(Tx& tx, base::TenantId tenant, std::int64_t row,
                             std::string_view provider_id, base::Instant now) {
    return changed_one(tx.run(kSent, tenant, row, provider_id, now));
}

base::Result<bool> mark_deferred(Tx& tx, base::TenantId tenant, std::int64_t row,
                                 std::string_view reason, const Lease& lease) {
    return changed_one(tx.run(kDeferred, tenant, row, lease.owner, reason, lease.until));
}

base::Result<bool> mark_final(Tx& tx, base::TenantId tenant, std::int64_t row,
                              const Ending& ending) {
    return changed_one(
        tx.run(kFinal, tenant, row, ending.owner, ending.state, ending.reason, ending.now));
}

base::Result<bool> release(Tx& tx, base::TenantId tenant, std::int64_t row, const Lease& lease) {
    return changed_one(tx.run(kRelease, tenant, row, lease.owner, lease.until));
}

base::Result<bool> has_late(Tx& tx, base::Instant now) {
    PORTAL_TRY(found, tx.find(
                          kHasLate, [](const Row&) { return true; }, now));
    return found.has_value();
}

base::Result<std::int64_t> expire(Tx& tx, base::Instant now) {
    return tx.run(kExpire, now);
}

std::span<const Statement> outbox_statements() {
    return kStatements;
}

}  // namespace portal::store
