#include "service/explain.hpp"

#include <algorithm>

#include "service/tenant_change.hpp"
#include "store/column.hpp"

namespace portal::service {
namespace {

using namespace domain;

std::string people(Audience audience) {
    if (audience == Audience::staff) return "staff";
    return audience == Audience::relative ? "relatives" : "patients";
}

/// The allowed methods and one more, as the command line takes them.
std::string methods_with(const store::Tenant& tenant, Audience audience, LoginMethod method) {
    auto methods = tenant.policy_for(audience).methods;
    if (std::find(methods.begin(), methods.end(), method) == methods.end())
        methods.push_back(method);
    std::string words;
    for (const auto each : methods) words += (words.empty() ? "" : ",") + store::enum_text(each);
    return words;
}

std::string policy_line(const Case& what) {
    auto line = "portalctl policy set -T " + what.tenant->slug;
    if (what.audience != Audience::patient)
        line += " --audience " + store::enum_text(what.audience);
    return line;
}

std::string person_line(const Case& what, const std::string& verb, const std::string& flags = {}) {
    return "portalctl " + verb + " -T " + what.tenant->slug + " " + what.person +
           (flags.empty() ? "" : " " + flags);
}

constexpr const char* kIdentityCheck =
    "--identity-checked-by NAME --identity-checked-how TEXT --identity-checked-on DATE "
    "--address-owner OWNER --address-confirmed";

std::string set_email(const Case& what) {
    return person_line(what, "user set", "--email ADDRESS");
}

/// Only a patient can be exempt from eID, and gets codes by mail; for others the policy itself is
/// what can be changed.
std::string without_eid(const Case& what, const std::string& flags) {
    if (what.audience != Audience::patient) return policy_line(what) + " " + flags;
    if (!what.has_email) return set_email(what);
    return person_line(what, "exemption create", std::string{"--reason TEXT "} + kIdentityCheck);
}

std::string mend_clinic(LoginReason reason, const Case& what) {
    const auto& tenant = *what.tenant;
    switch (reason) {
        case LoginReason::client_login_disabled:
            return "portalctl policy set -T " + tenant.slug + " --client-login yes";
        case LoginReason::method_not_allowed:
            return policy_line(what) + " --methods " +
                   methods_with(tenant, what.audience, what.method);
        case LoginReason::module_off:
            return module_line(tenant, module_of(what.method).value_or(Module::cpr_password));
        default:
            return "man portald.toml";
    }
}

}  // namespace

std::string explain_reason(LoginReason reason, const Case& what) {
    const auto method = store::enum_text(what.method);
    switch (reason) {
        case LoginReason::allowed:
            return {};
        case LoginReason::client_login_disabled:
            return "clients cannot log in here: client login is off";
        case LoginReason::method_not_allowed:
            return "the clinic does not allow " + method + " for " + people(what.audience);
        case LoginReason::module_off:
            return "the clinic does not have the module " +
                   store::enum_text(module_of(what.method).value_or(Module::cpr_password));
        case LoginReason::not_configured:
            return "portald's settings have no " + method;
        case LoginReason::blocked:
            return "this person is blocked";
        case LoginReason::awaiting_approval:
            return "the registration waits for the clinic's answer";
        case LoginReason::assurance_too_low:
            return "the clinic asks " + people(what.audience) + " for an eID";
        case LoginReason::exemption_suspended:
            return "the exemption from eID is suspended: the code address was changed";
        case LoginReason::eid_first:
            return "the first login here needs an eID";
        case LoginReason::no_national_id:
            return "no personal number is known";
        case LoginReason::no_password:
            return "no password is set";
        case LoginReason::no_mobile:
            return "cannot use 2FA: no mobile number";
        case LoginReason::no_email:
            return "cannot use 2FA: no e-mail address";
        case LoginReason::no_sms_provider:
            return "codes go by SMS, but portald's settings have no SMS provider";
    }
    return {};
}

std::string mending_line(LoginReason reason, const Case& what) {
    switch (reason) {
        case LoginReason::allowed:
            return {};
        case LoginReason::blocked:
            return person_line(what, "user set", "--status active");
        case LoginReason::awaiting_approval:
            return "portalctl registration list -T " + what.tenant->slug;
        case LoginReason::assurance_too_low:
            return without_eid(what, "--assurance password-code");
        case LoginReason::eid_first:
            return without_eid(what, "--eid-first no");
        case LoginReason::exemption_suspended:
            return what.has_email ? person_line(what, "exemption confirm", kIdentityCheck)
                                  : set_email(what);
        case LoginReason::no_national_id:
            return person_line(what, "user set", "--national-id-file FILE");
        case LoginReason::no_password:
            return person_line(what, "user set-password", what.has_email ? "" : "--print");
        case LoginReason::no_mobile:
            return person_line(what, "user set", "--mobile NUMBER");
        case LoginReason::no_email:
            return set_email(what);
        default:
            return mend_clinic(reason, what);
    }
}

}  // namespace portal::service
