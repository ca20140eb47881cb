#include "service/tenant_change.hpp"

#include "base/json.hpp"
#include "crypto/digest.hpp"
#include "service/login_facts.hpp"
#include "service/policy.hpp"
#include "service/record_audit.hpp"
#include "service/tenant.hpp"
#include "store/column.hpp"
#include "store/login.hpp"

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

using domain::Assurance;
using domain::Audience;
using domain::LoginMethod;

enum class Way { open, exempt_only, closed };
Way way_in(const domain::ClinicFacts& clinic, Audience audience, LoginMethod method) {
    if (domain::decide_method(clinic, audience, method) != domain::LoginReason::allowed)
        return Way::closed;
    const bool enough = domain::assurance_of(method) >= clinic.policy.minimum;
    return enough ? Way::open : Way::exempt_only;
}

/// A way that is closed takes with it who came by it: opened again, it brings nobody back.
base::Status end_closed_ways(store::Tx& tx, const Session& session, const store::Tenant& before,
                             const store::Tenant& after) {
    const auto& options = session.services().options;
    for (const auto audience : {Audience::patient, Audience::relative, Audience::staff}) {
        const auto was = clinic_facts(options, before, audience);
        const auto is = clinic_facts(options, after, audience);
        for (const auto method :
             {LoginMethod::password, LoginMethod::bankid, LoginMethod::mitid, LoginMethod::oidc}) {
            const auto now = way_in(is, audience, method);
            if (now <= way_in(was, audience, method)) continue;
            PORTAL_TRYV(store::end_sessions_by(
                tx, after.id, {method, audience, now == Way::exempt_only}, session.now()));
        }
    }
    return {};
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
            PORTAL_TRYV(end_closed_ways(tx, session, *found, tenant));
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
