// Browsers from which somebody has logged in to an account at a tenant, by the hash of their
// cookie. Thread rule: inside a transaction. Source: L6.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "store/tx.hpp"

namespace portal::store {

base::Result<std::optional<std::int64_t>> find_device(Tx& tx, base::TenantId tenant,
                                                      base::AccountId account,
                                                      const base::Bytes& token_hash);
/// Every device that the account is known on, newest first, at most 100.
base::Result<std::vector<std::int64_t>> list_devices(Tx& tx, base::TenantId tenant,
                                                     base::AccountId account);
/// The cookie of a browser changes for everybody who is known on it.
base::Status replace_device_token(Tx& tx, base::TenantId tenant, const base::Bytes& old_hash,
                                  const base::Bytes& new_hash);
base::Status remember_device(Tx& tx, base::TenantId tenant, base::AccountId account,
                             const base::Bytes& token_hash, base::Instant now);
/// Those that were not used since.
base::Result<std::int64_t> remove_stale_devices(Tx& tx, base::Instant before);

std::span<const Statement> device_statements();

}  // namespace portal::store
