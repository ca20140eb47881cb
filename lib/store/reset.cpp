#include "store/reset.hpp"

namespace portal::store {
namespace {

constexpr Statement kFind{
    "reset.find",
    "SELECT id, membership, code_hash, code_until, tries, expires_at, done_at, confirmed_at FROM "
    "login_attempt WHERE tenant = $1 AND token_hash = $2 AND purpose = 'reset'"};
constexpr Statement kFindOf{
    "reset.find_of",
    "SELECT id, membership, code_hash, code_until, tries, expires_at, done_at, confirmed_at FROM "
    "login_attempt WHERE tenant = $1 AND membership = $2 AND purpose = 'reset' AND done_at IS NULL "
    "AND expires_at > $3 ORDER BY id DESC LIMIT 1"};
constexpr Statement kSetCode{
    "reset.set_code",
    "UPDATE login_attempt SET code_hash = $3, code_until = $4 WHERE tenant = $1 AND id = $2"};
constexpr Statement kConfirm{
    "reset.confirm",
    "UPDATE login_attempt SET confirmed_at = $3, expires_at = $4 WHERE tenant = $1 AND id = $2"};
constexpr Statement kVoid{
    "reset.void",
    "UPDATE login_attempt SET expires_at = $3 WHERE tenant = $1 AND membership = $2 AND purpose = "
    "'reset' AND expires_at > $3"};
constexpr Statement kAll[] = {kFind, kFindOf, kSetCode, kConfirm, kVoid};

Reset map_reset(const Row& row) {
    return {row.integer(0),    row.maybe_id<base::MembershipId>(1),
            row.maybe_blob(2), row.maybe_instant(3),
            row.integer(4),    row.instant(5),
            !row.is_null(6),   !row.is_null(7)};
}

}  // namespace

base::Result<std::optional<Reset>> find_reset(Tx& tx, base::TenantId tenant,
                                              const base::Bytes& token_hash) {
    return tx.find(kFind, map_reset, tenant, token_hash);
}

base::Result<std::optional<Reset>> find_reset_of(Tx& tx, base::TenantId tenant,
                                                 base::MembershipId person, base::Instant now) {
    return tx.find(kFindOf, map_reset, tenant, person, now);
}

base::Status set_reset_code(Tx& tx, base::TenantId tenant, const ResetCode& code) {
    PORTAL_TRY(changed, tx.run(kSetCode, tenant, code.reset, code.hash, code.until));
    return {};
}

base::Status confirm_reset(Tx& tx, base::TenantId tenant, std::int64_t id, base::Instant now,
                           base::Instant expires_at) {
    PORTAL_TRY(changed, tx.run(kConfirm, tenant, id, now, expires_at));
    return {};
}

base::Status void_resets(Tx& tx, base::TenantId tenant, base::MembershipId person,
                         base::Instant now) {
    PORTAL_TRY(changed, tx.run(kVoid, tenant, person, now));
    return {};
}

std::span<const Statement> reset_statements() {
    return kAll;
}

}  // namespace portal::store
