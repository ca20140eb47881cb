#include "store/audit.hpp"

namespace portal::store {
namespace {

constexpr Statement kInsert{
    "audit.insert",
    "INSERT INTO audit (tenant, at, actor, act, object, reason, before_digest, after_digest) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Statement kAll[] = {kInsert};

}  // namespace

base::Status insert_audit(Tx& tx, base::TenantId tenant, const AuditEntry& e) {
    PORTAL_TRY(made, tx.run(kInsert, tenant, e.at, e.actor, e.act, e.object, e.reason,
                            e.before_digest, e.after_digest));
    return {};
}

std::span<const Statement> audit_statements() {
    return kAll;
}

}  // namespace portal::store
