// What somebody had typed when the session was over, sealed by the service; one a membership.
// Thread rule: inside a transaction. Source: L12.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "store/tx.hpp"

namespace portal::store {

struct Draft {
    base::MembershipId membership;
    std::string path;    // where the form went
    base::Bytes sealed;  // to the row (tenant, hash of its cookie)
    base::Instant expires_at{};
};
/// In place of the one that the membership had.
base::Status save_draft(Tx& tx, base::TenantId tenant, const base::Bytes& token_hash,
                        const Draft& draft);
base::Result<std::optional<Draft>> find_draft(Tx& tx, base::TenantId tenant,
                                              const base::Bytes& token_hash, base::Instant now);
base::Status remove_draft(Tx& tx, base::TenantId tenant, const base::Bytes& token_hash);
base::Result<std::int64_t> remove_stale_drafts(Tx& tx, base::Instant before);

std::span<const Statement> draft_statements();

}  // namespace portal::store
