#include "service/record_audit.hpp"

#include "store/audit.hpp"

namespace portal::service {
namespace {

store::AuditEntry entry_of(const Session& session, const Act& act) {
    store::AuditEntry entry;
    entry.at = session.now();
    entry.actor = session.who().actor();
    entry.act = act.name;
    if (!act.object.empty()) entry.object = std::string{act.object} + ":" + std::to_string(act.id);
    entry.reason = act.reason;
    return entry;
}

}  // namespace

base::Status record_act(store::Tx& tx, const Session& session, const Act& act) {
    return record_act(tx, session, session.has_tenant() ? session.tenant().id : base::TenantId{},
                      act);
}

base::Status record_act(store::Tx& tx, const Session& session, base::TenantId tenant,
                        const Act& act) {
    return store::insert_audit(tx, tenant, entry_of(session, act));
}

base::Status record_change(store::Tx& tx, const Session& session, const Act& act,
                           const Change& change) {
    auto entry = entry_of(session, act);
    entry.before_digest = change.before;
    entry.after_digest = change.after;
    return store::insert_audit(tx, session.tenant().id, entry);
}

}  // namespace portal::service
