#include "store/device.hpp"

#include "store/store.hpp"

namespace portal::store {
namespace {

constexpr Statement kFind{
    "device.find", "SELECT id FROM device WHERE tenant = $1 AND account = $2 AND token_hash = $3"};
constexpr Statement kList{
    "device.list",
    "SELECT id FROM device WHERE tenant = $1 AND account = $2 ORDER BY seen_at DESC LIMIT 100"};
constexpr Statement kReplace{
    "device.replace_token",
    "UPDATE device SET token_hash = $3 WHERE tenant = $1 AND token_hash = $2"};
constexpr Statement kRemember{
    "device.remember",
    "INSERT INTO device (tenant, account, token_hash, created_at, seen_at) "
    "VALUES ($1, $2, $3, $4, $4) ON CONFLICT (tenant, account, token_hash) DO UPDATE SET "
    "seen_at = excluded.seen_at"};
constexpr Statement kClean{"device.clean", "DELETE FROM device WHERE seen_at < $1", true};
constexpr Statement kAll[] = {kFind, kList, kReplace, kRemember, kClean};

std::int64_t map_id(const Row& row) {
    return row.integer(0);
}

}  // namespace

base::Result<std::optional<std::int64_t>> find_device(Tx& tx, base::TenantId tenant,
                                                      base::AccountId account,
                                                      const base::Bytes& token_hash) {
    return tx.find(kFind, map_id, tenant, account, token_hash);
}

base::Result<std::vector<std::int64_t>> list_devices(Tx& tx, base::TenantId tenant,
                                                     base::AccountId account) {
    return tx.list(kList, map_id, tenant, account);
}

base::Status replace_device_token(Tx& tx, base::TenantId tenant, const base::Bytes& old_hash,
                                  const base::Bytes& new_hash) {
    PORTAL_TRY(changed, tx.run(kReplace, tenant, old_hash, new_hash));
    return {};
}

base::Status remember_device(Tx& tx, base::TenantId tenant, base::AccountId account,
                             const base::Bytes& token_hash, base::Instant now) {
    PORTAL_TRY(made, tx.run(kRemember, tenant, account, token_hash, now));
    return {};
}

base::Result<std::int64_t> remove_stale_devices(Tx& tx, base::Instant before) {
    return tx.run(kClean, before);
}

std::span<const Statement> device_statements() {
    return kAll;
}

}  // namespace portal::store
