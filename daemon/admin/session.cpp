// The admin API on the real services: an operator's session, and the audit of the refused.
#include "service/session.hpp"

#include "daemon/admin/admin.hpp"
#include "service/operation.hpp"

namespace portal::admin {
namespace {

service::Principal make_operator(const Caller& caller) {
    service::Principal who;
    who.kind = service::Principal::operator_;
    who.uid = caller.uid;
    who.may_read = caller.may_read;
    who.may_write = caller.may_write;
    return who;
}

/// Which clinic there is none of, as it was asked for.
base::Error name_clinic(base::Error error, const std::string& slug) {
    if (error.code != base::ErrorCode::not_found) return error;
    error.key = base::N_("There is no clinic '{1}'.");
    error.args = {slug.substr(0, 60)};
    return error;
}

}  // namespace

Options make_options(const service::Services& services, AllowList allow) {
    const auto run = [&services](const Caller& caller, const std::optional<std::string>& tenant,
                                 const std::function<base::Status(service::Session&)>& body) {
        std::optional<store::Tenant> clinic;
        if (tenant) {
            auto found = service::find_tenant_of_slug(services, *tenant);
            if (!found) return base::Status{name_clinic(std::move(found).error(), *tenant)};
            clinic = *std::move(found);
        }
        service::Session session{services, make_operator(caller), std::move(clinic),
                                 text::Language::en};
        return body(session);
    };
    const auto on_refused = [&services](std::string_view caller, std::string_view operation) {
        service::audit_refusal(services, caller, operation);
    };
    return {std::move(allow), run, on_refused, all_bindings()};
}

}  // namespace portal::admin
