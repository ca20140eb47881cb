#include "service/tenant_change.hpp"

#include "base/json.hpp"
#include "crypto/digest.hpp"
#include "service/policy.hpp"
#include "service/record_audit.hpp"
#include "service/tenant.hpp"
#include "store/column.hpp"

namespace portal::service {

using base::N_;

base::Error host_taken(const std::string& host) {
    auto error = base::make_error(base::ErrorCode::conflict,
                                  N_("Another clinic has the host '{1}'."), {host});
    error.field = "host";
    return error;
}

namespace {

/// Of all that can be changed only the host is a clinic's alone.
base::Status name_taken(base::Status saved, const store::Tenant& t) {
    if (!saved && saved.error().key == store::kUnique) return host_taken(t.host);
    return saved;
}

base::Bytes digest_of(const Session& session, const store::Tenant& t) {
    return crypto::sha256(base::to_json(tenant_view(session, t)) +
                          base::to_json(policy_view(session, t)));
}

}  // namespace

base::Result<store::Tenant> change_tenant(
    Session& session, std::string_view act,
    const std::function<base::Status(store::Tenant&)>& change) {
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<store::Tenant> {
            PORTAL_TRY(found, store::lock_tenant(tx, session.tenant().id));
            if (!found) return base::make_error(base::ErrorCode::not_found, {});
            auto tenant = *found;
            PORTAL_TRYV(change(tenant));
            PORTAL_TRYV(name_taken(store::save_tenant(tx, tenant), tenant));
            ++tenant.version;
            PORTAL_TRYV(record_change(tx, session, {act, "tenant", tenant.id.value},
                                      {digest_of(session, *found), digest_of(session, tenant)}));
            return tenant;
        });
}

std::string module_line(const store::Tenant& t, domain::Module module) {
    std::string words;
    for (const auto each : t.modules) words += std::string{store::enum_text(each)} + ",";
    return "portalctl tenant set " + t.slug + " --modules " + words +
           std::string{store::enum_text(module)};
}

}  // namespace portal::service
