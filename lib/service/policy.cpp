#include "service/policy.hpp"

#include <algorithm>

#include "service/authorize.hpp"
#include "service/explain.hpp"
#include "service/login_facts.hpp"
#include "service/tenant_change.hpp"
#include "store/column.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;
using store::enum_text;

constexpr std::array kAudiences{Audience::patient, Audience::relative, Audience::staff};
constexpr std::array kMethods{LoginMethod::password, LoginMethod::bankid, LoginMethod::mitid,
                              LoginMethod::oidc};
constexpr std::array kFeatures{Feature::booking, Feature::communication, Feature::contact,
                               Feature::video};

AudiencePolicy& edit_policy(store::Tenant& t, Audience audience) {
    if (audience == Audience::staff) return t.staff_login;
    return audience == Audience::relative ? t.relative_login : t.patient_login;
}

/// The clinic as the deciding function sees it.
class Clinic {
  public:
    Clinic(const Session& session, const store::Tenant& tenant)
        : options_(session.services().options), tenant_(tenant) {}
    [[nodiscard]] ClinicFacts facts(Audience audience) const {
        return clinic_facts(options_, tenant_, audience);
    }
    [[nodiscard]] LoginReason decide(Audience audience, LoginMethod method) const {
        return decide_method(facts(audience), audience, method);
    }
    [[nodiscard]] bool any(Audience audience, Assurance minimum = Assurance::link) const {
        return std::any_of(kMethods.begin(), kMethods.end(), [&](LoginMethod method) {
            return decide(audience, method) == LoginReason::allowed &&
                   assurance_of(method) >= minimum;
        });
    }

  private:
    const Options& options_;
    const store::Tenant& tenant_;
};

using Warnings = std::vector<std::string>;

std::string why_closed(const std::vector<LoginMethod>& methods, const std::string& whom) {
    if (methods.empty()) return "no method is allowed for " + whom;
    return "no method allowed for " + whom + " works here";
}

/// K3: nobody of an audience can come in.
void warn_closed(const Clinic& clinic, const store::Tenant& t, Warnings& warnings) {
    const bool patients = clinic.any(Audience::patient);
    const bool relatives = clinic.any(Audience::relative);
    const auto why = why_closed(t.patient_login.methods, "patients");
    if (!t.client_login)
        warnings.emplace_back("no client can log in: client login is off");
    else if (!patients && !relatives)
        warnings.push_back("no client can log in: client login is on, but " + why + ", and " +
                           why_closed(t.relative_login.methods, "relatives"));
    else if (!patients)
        warnings.push_back("no patient can log in: " + why);
    if (!clinic.any(Audience::staff))
        warnings.push_back("no staff member can log in: " +
                           why_closed(t.staff_login.methods, "staff"));
}

void warn_methods(const Clinic& clinic, const store::Tenant& t, Warnings& warnings) {
    for (const auto audience : kAudiences)
        for (const auto method : t.policy_for(audience).methods) {
            const auto reason = clinic.decide(audience, method);
            if (reason == LoginReason::module_off || reason == LoginReason::not_configured)
                warnings.push_back(enum_text(method) + " does not work for " + enum_text(audience) +
                                   ": " + explain_reason(reason, {&t, audience, method}));
        }
}

/// What asks for an eID where none can be had.
void warn_assurance(const Clinic& clinic, const store::Tenant& t, Warnings& warnings) {
    for (const auto audience : kAudiences) {
        const auto& policy = t.policy_for(audience);
        if (!clinic.any(audience) || clinic.any(audience, Assurance::eid)) continue;
        const auto who = enum_text(audience);
        if (policy.minimum == Assurance::eid)
            warnings.push_back(who + " must log in by eID, but no eID method works here");
        else if (policy.eid_first)
            warnings.push_back(who + " needs an eID first, but no eID method works here");
    }
    for (const auto& each : t.features)
        if (clinic.any(Audience::patient) && !clinic.any(Audience::patient, each.minimum))
            warnings.push_back("no patient can use " + enum_text(each.feature) + ": it asks for " +
                               enum_text(each.minimum) + ", and no such method works here");
}

void warn_settings(const Session& session, const Clinic& clinic, const store::Tenant& t,
                   Warnings& warnings) {
    if (t.unknown_by_eid && !clinic.any(Audience::patient, Assurance::eid))
        warnings.emplace_back(
            "unknown-by-eid has no effect: client login or every eID method for patients is off");
    const bool registers = t.registration != Registration::none;
    if (registers && !clinic.any(Audience::patient, Assurance::eid))
        warnings.emplace_back(
            "whoever registers himself cannot log in before the clinic exempts him: he needs an "
            "eID at the first "
            "login, and client login or every eID method for patients is off");
    else if (registers && !t.unknown_by_eid)
        warnings.emplace_back(
            "an unknown person who comes by eID is registered, though "
            "unknown-by-eid is no: registration is " +
            enum_text(t.registration));
    if (!t.welcome.empty() && !t.has(Module::communication))
        warnings.emplace_back("the welcome message is not shown: the module communication is off");
    if (t.code_channel == CodeChannel::sms && !session.services().options.sms)
        warnings.emplace_back("codes go by SMS, but portald's settings have no SMS provider");
}

base::Error needs(std::string_view field, const char* what, std::string hint) {
    return base::invalid(std::string{field}, what).with_hint(std::move(hint));
}

/// K14: unknown people come by eID only where clients may log in and an eID is on.
base::Status check_unknown(const store::Tenant& t) {
    constexpr std::string_view kField = "unknown_by_eid";
    const auto line = "portalctl policy set -T " + t.slug;
    if (!t.client_login)
        return needs(kField, N_("needs client_login, which is off"), line + " --client-login yes");
    const auto& methods = t.patient_login.methods;
    const auto first = std::find_if(methods.begin(), methods.end(), is_eid);
    if (first == methods.end())
        return needs(kField, N_("needs an eID among the methods: bankid, mitid or oidc"),
                     mending_line(LoginReason::method_not_allowed,
                                  {&t, Audience::patient, LoginMethod::bankid}));
    const bool works = std::any_of(methods.begin(), methods.end(), [&](LoginMethod method) {
        return is_eid(method) && t.has(*module_of(method));
    });
    if (works) return {};
    return needs(kField, N_("needs the module of an eID method, and all of them are off"),
                 module_line(t, *module_of(*first)));
}

base::Status check_assurance(const SetPolicy& command) {
    const bool low = command.assurance.has_value() &&
                     command.assurance.value() != Assurance::password_code &&
                     command.assurance.value() != Assurance::eid;
    if (low)
        return base::invalid("assurance", N_("must be password-code or eid: no login is worth "
                                             "less"));
    return {};
}

template <class T>
std::vector<T> each_once(const std::vector<T>& all) {
    std::vector<T> unique;
    for (const auto& one : all)
        if (std::find(unique.begin(), unique.end(), one) == unique.end()) unique.push_back(one);
    return unique;
}

base::Status check_features(const FeatureMinima& minima) {
    for (std::size_t i = 0; i < minima.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (minima[i].feature == minima[j].feature)
                return base::invalid("feature", N_("names {1} twice"),
                                     {enum_text(minima[i].feature)});
    return {};
}

base::Status apply(const SetPolicy& command, store::Tenant& t) {
    PORTAL_TRYV(check_assurance(command));
    auto& policy = edit_policy(t, command.audience.value_or(Audience::patient));
    policy.methods = each_once(command.methods.apply(policy.methods));
    policy.minimum = command.assurance.apply(policy.minimum, Assurance::password_code);
    policy.eid_first = command.eid_first.apply(policy.eid_first);
    t.client_login = command.client_login.apply(t.client_login);
    t.login_identifier = command.identifier.apply(t.login_identifier);
    t.code_channel = command.code.apply(t.code_channel);
    t.registration = command.registration.apply(t.registration);
    t.unknown_by_eid = command.unknown_by_eid.apply(t.unknown_by_eid);
    t.welcome = command.welcome.apply(t.welcome);
    t.features = command.feature.apply(t.features);
    PORTAL_TRYV(check_features(t.features));
    if (command.unknown_by_eid.has_value() && t.unknown_by_eid) PORTAL_TRYV(check_unknown(t));
    return check_policy(t);
}

}  // namespace

std::vector<std::string> policy_warnings(const Session& session, const store::Tenant& tenant) {
    const Clinic clinic{session, tenant};
    Warnings warnings;
    warn_closed(clinic, tenant, warnings);
    warn_methods(clinic, tenant, warnings);
    warn_assurance(clinic, tenant, warnings);
    warn_settings(session, clinic, tenant, warnings);
    return warnings;
}

base::Status check_policy(const store::Tenant& t) {
    if (t.login_identifier == LoginIdentifier::national_id && !t.has(Module::cpr_password))
        return needs("identifier", N_("needs the module cpr-password"),
                     module_line(t, Module::cpr_password));
    if (t.code_channel == CodeChannel::sms && !t.has(Module::two_factor_sms))
        return needs("code", N_("sms needs the module two-factor-sms"),
                     module_line(t, Module::two_factor_sms));
    const auto wants_more = [](const FeatureMinimum& each) {
        return each.feature == Feature::booking && each.minimum > Assurance::password_code;
    };
    if (t.booking_login == BookingLogin::none &&
        std::any_of(t.features.begin(), t.features.end(), wants_more))
        return needs("booking_login", N_("none cannot be while booking needs an electronic ID"),
                     "portalctl policy set -T " + t.slug + " --feature booking=password-code");
    return {};
}

PolicyView policy_view(const Session& session, const store::Tenant& t) {
    PolicyView view;
    view.client_login = t.client_login;
    for (const auto audience : kAudiences) {
        const auto& policy = t.policy_for(audience);
        view.audiences.push_back({audience, policy.methods, policy.minimum, policy.eid_first});
    }
    view.identifier = t.login_identifier;
    view.code = t.code_channel;
    view.registration = t.registration;
    view.unknown_by_eid = t.unknown_by_eid;
    view.welcome = t.welcome;
    for (const auto feature : kFeatures)
        view.feature.push_back({feature, minimum_of(t.features, feature)});
    view.warnings = policy_warnings(session, t);
    return view;
}

base::Result<PolicyView> show_policy(Session& session, const ShowPolicy&) {
    PORTAL_TRYV(authorize(session, Action::policy_show));
    return policy_view(session, session.tenant());
}

base::Result<PolicyView> set_policy(Session& session, const SetPolicy& command) {
    PORTAL_TRYV(authorize(session, Action::policy_set));
    PORTAL_TRY(tenant, change_tenant(session, "policy.set",
                                     [&](store::Tenant& t) { return apply(command, t); }));
    return policy_view(session, tenant);
}

base::Result<PolicyExplanation> explain_policy(Session& session, const ExplainPolicy&) {
    PORTAL_TRYV(authorize(session, Action::policy_show));
    const auto& tenant = session.tenant();
    const Clinic clinic{session, tenant};
    PolicyExplanation explanation;
    for (const auto audience : kAudiences)
        for (const auto method : kMethods) {
            const auto reason = clinic.decide(audience, method);
            const Case what{&tenant, audience, method};
            explanation.items.push_back({audience, method, reason == LoginReason::allowed,
                                         reason_code(reason), explain_reason(reason, what),
                                         mending_line(reason, what)});
        }
    for (const auto feature : kFeatures) {
        FeatureView view{feature, minimum_of(tenant.features, feature), {}};
        for (const auto method : kMethods)
            if (clinic.decide(Audience::patient, method) == LoginReason::allowed &&
                assurance_of(method) >= view.minimum)
                view.methods.push_back(method);
        explanation.features.push_back(std::move(view));
    }
    explanation.warnings = policy_warnings(session, tenant);
    return explanation;
}

}  // namespace portal::service
