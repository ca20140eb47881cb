// Passwords and the one-time links that set them. A credential is good where its `proved_by` says:
// everywhere (eid), or at the tenant that proved it. Thread rule: inside a transaction.
// Source: D1, R13.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "store/tx.hpp"

namespace portal::store {

struct PasswordLink {
    std::int64_t id = 0;
    base::MembershipId membership;
    base::Instant expires_at{};
    bool used = false;
};

/// The hash that is good at this tenant; none when there is no password.
base::Result<std::optional<std::string>> find_password(Tx& tx, base::TenantId tenant,
                                                       base::AccountId account);
/// Voids this tenant's own password of the account and sets another. One that an eID or another
/// tenant proved stays untouched.
base::Status replace_password(Tx& tx, base::TenantId tenant, base::AccountId account,
                              std::string_view hash, base::Instant now);

struct NewPasswordLink {
    base::MembershipId membership;
    base::Bytes token_hash;
    base::Instant now{};
    base::Instant expires_at{};
};
base::Status insert_password_link(Tx& tx, base::TenantId tenant, const NewPasswordLink& link);
base::Result<std::optional<PasswordLink>> find_password_link(Tx& tx, base::TenantId tenant,
                                                             const base::Bytes& token_hash);
/// False when it was used before or has expired.
base::Result<bool> use_password_link(Tx& tx, base::TenantId tenant, std::int64_t id,
                                     base::Instant now);

/// Open links of the account here can no longer be used.
base::Status void_password_links(Tx& tx, base::TenantId tenant, base::AccountId account,
                                 base::Instant now);

std::span<const Statement> credential_statements();

}  // namespace portal::store
