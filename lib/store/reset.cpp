#include "store/reset.hpp"

namespace portal::store {
namespace {

constexpr Statement kFind{
    "reset.find",
    "SELECT id, membership, code_hash, code_until, tries, expires_at, done_at, confirmed_at FROM "
    "login_attempt WHERE tenant = $1 AND token_hash = $2 AND purpose = 'reset'"};
constexpr Statement kSetCode{
    "reset.set_code",
    "UPDATE login_attempt SET code_hash = $3, code_until = $4 WHERE tenant = $1 AND id = $2"};
constexpr Statement kConfirm{
    "reset.confirm",
    "UPDATE login_attempt SET confirmed_at = $3, expires_at = $4 WHERE tenant = $1 AND "
    "membership = $2 AND purpose = 'reset' AND done_at IS NULL AND expires_at > $3"};
constexpr Statement kAll[] = {kFind, kSetCode, kConfirm};

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

base::Status set_reset_code(Tx& tx, base::TenantId tenant, const ResetCode& code) {
    PORTAL_TRY(changed, tx.run(kSetCode, tenant, code.reset, code.hash, code.until));
    return {};
}

base::Result<bool> confirm_resets(Tx& tx, base::TenantId tenant, base::MembershipId person,
                                  const ConfirmedFor& time) {
    PORTAL_TRY(changed, tx.run(kConfirm, tenant, person, time.from, time.until));
    return changed > 0;
}

std::span<const Statement> reset_statements() {
    return kAll;
}

}  // namespace portal::store
