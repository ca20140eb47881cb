#include "store/draft.hpp"

#include "store/store.hpp"

namespace portal::store {
namespace {

constexpr Statement kRemoveOf{"draft.remove_of",
                              "DELETE FROM draft WHERE tenant = $1 AND membership = $2"};
constexpr Statement kInsert{"draft.insert",
                            "INSERT INTO draft (tenant, membership, token_hash, path, sealed, "
                            "expires_at) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Statement kFind{"draft.find",
                          "SELECT membership, path, sealed, expires_at FROM draft "
                          "WHERE tenant = $1 AND token_hash = $2 AND expires_at > $3"};
constexpr Statement kRemove{"draft.remove",
                            "DELETE FROM draft WHERE tenant = $1 AND token_hash = $2"};
constexpr Statement kClean{"draft.clean", "DELETE FROM draft WHERE expires_at < $1", true};
constexpr Statement kAll[] = {kRemoveOf, kInsert, kFind, kRemove, kClean};

}  // namespace

base::Status save_draft(Tx& tx, base::TenantId tenant, const base::Bytes& token_hash,
                        const Draft& draft) {
    PORTAL_TRY(removed, tx.run(kRemoveOf, tenant, draft.membership));
    PORTAL_TRY(made, tx.run(kInsert, tenant, draft.membership, token_hash, draft.path, draft.sealed,
                            draft.expires_at));
    return {};
}

base::Result<std::optional<Draft>> find_draft(Tx& tx, base::TenantId tenant,
                                              const base::Bytes& token_hash, base::Instant now) {
    return tx.find(
        kFind,
        [](const Row& row) {
            return Draft{row.id<base::MembershipId>(0), row.text(1),
                         row.maybe_blob(2).value_or(base::Bytes{}), row.instant(3)};
        },
        tenant, token_hash, now);
}

base::Status remove_draft(Tx& tx, base::TenantId tenant, const base::Bytes& token_hash) {
    PORTAL_TRY(removed, tx.run(kRemove, tenant, token_hash));
    return {};
}

base::Result<std::int64_t> remove_stale_drafts(Tx& tx, base::Instant before) {
    return tx.run(kClean, before);
}

std::span<const Statement> draft_statements() {
    return kAll;
}

}  // namespace portal::store
