#include "domain/login_policy.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace portal::domain {
namespace {

using base::N_;

template <class T>
bool contains(const std::vector<T>& all, T one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// A code by SMS or mail needs its address; the exemption's code address is a mail address.
LoginReason decide_code(const ClinicFacts& clinic, const PersonFacts& person) {
    if (!code_by_sms(clinic, person))
        return person.has_email ? LoginReason::allowed : LoginReason::no_email;
    if (!person.has_mobile) return LoginReason::no_mobile;
    return clinic.sms_ready ? LoginReason::allowed : LoginReason::no_sms_provider;
}

LoginReason decide_password(const ClinicFacts& clinic, const PersonFacts& person) {
    const bool exempt = person.exemption == ExemptionState::active;
    const bool needs_eid = clinic.policy.minimum == Assurance::eid;
    const bool eid_first = (clinic.policy.eid_first || person.self_made) && !person.verified;
    if (person.exemption == ExemptionState::suspended && (needs_eid || eid_first))
        return LoginReason::exemption_suspended;
    if (needs_eid && !exempt) return LoginReason::assurance_too_low;
    if (eid_first && !exempt) return LoginReason::eid_first;
    if (clinic.identifier == LoginIdentifier::national_id && person.audience == Audience::patient &&
        !person.has_national_id)
        return LoginReason::no_national_id;
    if (!person.has_password) return LoginReason::no_password;
    return decide_code(clinic, person);
}

}  // namespace

base::Result<FeatureMinimum> parse_feature_minimum(std::string_view text) {
    const auto sign = text.find('=');
    if (sign == std::string_view::npos)
        return base::invalid("", N_("must be like {1}"), {"video=eid"});
    FeatureMinimum parsed;
    PORTAL_TRYV(base::type_of<Feature>().set_text(&parsed.feature, text.substr(0, sign)));
    PORTAL_TRYV(base::type_of<Assurance>().set_text(&parsed.minimum, text.substr(sign + 1)));
    return parsed;
}

FeatureMinima parse_feature_minima(std::string_view text) {
    FeatureMinima minima;
    for (const auto word : base::split(text, ' '))
        if (const auto parsed = parse_feature_minimum(word)) minima.push_back(*parsed);
    return minima;
}

std::string format_feature_minima(const FeatureMinima& minima) {
    std::string text;
    for (const auto& each : minima)
        text += (text.empty() ? "" : " ") + base::type_of<Feature>().get_text(&each.feature) + "=" +
                base::type_of<Assurance>().get_text(&each.minimum);
    return text;
}

Assurance minimum_of(const FeatureMinima& minima, Feature feature) {
    for (const auto& each : minima)
        if (each.feature == feature) return each.minimum;
    return Assurance::password_code;
}

bool ClinicFacts::has(Module module) const {
    return contains(modules, module);
}

bool is_eid(LoginMethod method) {
    return method != LoginMethod::password;
}

Assurance assurance_of(LoginMethod method) {
    return is_eid(method) ? Assurance::eid : Assurance::password_code;
}

std::optional<Module> module_of(LoginMethod method) {
    switch (method) {
        case LoginMethod::bankid:
            return Module::bankid;
        case LoginMethod::mitid:
            return Module::mitid;
        case LoginMethod::oidc:
            return Module::oidc;
        case LoginMethod::password:
            break;
    }
    return std::nullopt;
}

bool code_by_sms(const ClinicFacts& clinic, const PersonFacts& person) {
    if (person.exemption == ExemptionState::active) return false;  // P13: to the code address
    const bool wanted = clinic.code == CodeChannel::sms && clinic.has(Module::two_factor_sms);
    return wanted && (person.audience == Audience::patient || person.has_mobile);
}

LoginReason decide_method(const ClinicFacts& clinic, Audience audience, LoginMethod method) {
    if (audience != Audience::staff && !clinic.client_login)
        return LoginReason::client_login_disabled;
    if (!contains(clinic.policy.methods, method)) return LoginReason::method_not_allowed;
    if (const auto module = module_of(method); module && !clinic.has(*module))
        return LoginReason::module_off;
    if (is_eid(method) && !contains(clinic.configured, method)) return LoginReason::not_configured;
    return LoginReason::allowed;
}

LoginReason decide_login(const ClinicFacts& clinic, const PersonFacts& person, LoginMethod method) {
    const auto offered = decide_method(clinic, person.audience, method);
    if (offered != LoginReason::allowed) return offered;
    if (person.blocked) return LoginReason::blocked;
    if (person.awaiting_approval) return LoginReason::awaiting_approval;
    if (method == LoginMethod::password) return decide_password(clinic, person);
    const bool known =
        person.has_national_id || (method != LoginMethod::bankid && person.has_eid_subject);
    return known ? LoginReason::allowed : LoginReason::no_national_id;
}

}  // namespace portal::domain
