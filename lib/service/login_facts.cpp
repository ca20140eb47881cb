#include "service/login_facts.hpp"

#include <algorithm>
#include <array>

#include "store/column.hpp"
#include "store/credential.hpp"
#include "store/eid.hpp"
#include "store/exemption.hpp"

namespace portal::service {

using base::N_;
using domain::LoginReason;

domain::ClinicFacts clinic_facts(const Session& session, domain::Audience audience) {
    return clinic_facts(session.services().options, session.tenant(), audience);
}

domain::ClinicFacts clinic_facts(const Options& options, const store::Tenant& tenant,
                                 domain::Audience audience) {
    return {tenant.client_login,     tenant.policy_for(audience), tenant.modules,
            tenant.login_identifier, tenant.code_channel,         options.sms,
            options.eid_methods};
}

LoginReason decide_offer(const Session& session, domain::LoginMethod method) {
    using domain::Audience;
    for (const auto audience : {Audience::staff, Audience::relative})
        if (decide_method(clinic_facts(session, audience), audience, method) ==
            LoginReason::allowed)
            return LoginReason::allowed;
    return decide_method(clinic_facts(session, Audience::patient), Audience::patient, method);
}

base::Result<domain::PersonFacts> person_facts(store::Tx& tx, const Session& session,
                                               const store::Membership& person) {
    const auto tenant = session.tenant().id;
    domain::PersonFacts facts;
    facts.audience = person.role;
    facts.blocked = person.blocked;
    facts.self_made = person.origin == "self";
    facts.has_email = !person.email.empty();
    facts.has_mobile = !person.mobile.empty();
    PORTAL_TRY(password, store::find_password(tx, tenant, person.account));
    facts.has_password = password.has_value();
    PORTAL_TRY(masked, store::find_masked_identity(tx, person.account));
    facts.has_national_id = masked.has_value();
    PORTAL_TRY(subject, store::has_subject(tx, person.account));
    facts.has_eid_subject = subject;
    PORTAL_TRY(exemption, store::find_exemption(tx, tenant, person.id));
    // What rests on the clinic's check alone counts only while the exemption does (P19, D2).
    const bool exempt = exemption && exemption->state == domain::ExemptionState::active;
    facts.verified = person.verified_at && (exempt || person.verified_by != "exemption");
    if (exemption) {
        facts.exemption = exemption->state;
        facts.has_email = facts.has_email || !exemption->code_address.empty();
    }
    return facts;
}

std::optional<domain::CodeChannel> lacking_channel(const Session& session,
                                                   const domain::PersonFacts& person) {
    using domain::CodeChannel;
    const auto clinic = clinic_facts(session, person.audience);
    const bool offered = decide_method(clinic, person.audience, domain::LoginMethod::password) ==
                         LoginReason::allowed;
    const bool enough = clinic.policy.minimum != domain::Assurance::eid ||
                        person.exemption == domain::ExemptionState::active;
    if (!offered || !enough) return std::nullopt;
    const bool sms = code_by_sms(clinic, person);
    if (sms ? person.has_mobile : person.has_email) return std::nullopt;
    return sms ? CodeChannel::sms : CodeChannel::email;
}

namespace {

bool patients_come_by(const Session& session, domain::LoginMethod method) {
    using domain::Audience;
    return decide_method(clinic_facts(session, Audience::patient), Audience::patient, method) ==
           LoginReason::allowed;
}

constexpr std::array kEids{domain::LoginMethod::bankid, domain::LoginMethod::mitid,
                           domain::LoginMethod::oidc};

}  // namespace

bool patients_have_eid(const Session& session) {
    return std::any_of(kEids.begin(), kEids.end(), [&](domain::LoginMethod method) {
        return patients_come_by(session, method);
    });
}

std::string first_login_text(const Session& session, text::Language language) {
    const auto& services = session.services();
    const auto word = [&](const char* key) { return services.catalogue.translate(language, key); };
    if (!patients_have_eid(session)) return word(N_("Before you log in, call the clinic."));
    std::string names;
    for (const auto method : kEids) {
        if (!patients_come_by(session, method)) continue;
        auto name = method == domain::LoginMethod::bankid  ? std::string{"BankID"}
                    : method == domain::LoginMethod::mitid ? services.options.mitid_label
                                                           : services.options.oidc_label;
        if (name.empty()) name = word(N_("electronic ID"));
        names += (names.empty() ? "" : ", ") + name;
    }
    return base::fill_arguments(
        word(N_("You can log in now. The first time, you need one of these: {1}. If you have none, "
                "call the clinic.")),
        {names});
}

std::string reason_code(LoginReason reason) {
    auto code = store::enum_text(reason);
    std::replace(code.begin(), code.end(), '-', '_');
    return code;
}

base::Error refusal(LoginReason reason) {
    const auto sentence = [reason]() -> const char* {
        switch (reason) {
            case LoginReason::client_login_disabled:
                return N_("Clients cannot log in here. Please call the clinic.");
            case LoginReason::method_not_allowed:
            case LoginReason::module_off:
            case LoginReason::not_configured:
                return N_("This clinic does not use this way to log in. Choose another one.");
            case LoginReason::awaiting_approval:
                return N_(
                    "The clinic has not yet said yes to your registration. You will get a "
                    "message when it has.");
            case LoginReason::assurance_too_low:
            case LoginReason::eid_first:
                return N_(
                    "The first time, you need your electronic ID to log "
                    "in here. If you have none, call the clinic.");
            case LoginReason::exemption_suspended:
                return N_(
                    "Your e-mail address was changed. Call the clinic, so that it can "
                    "confirm the new one. Then you can log in again.");
            default:
                return N_("You cannot log in here this way. Please call the clinic.");
        }
    }();
    return base::make_error(base::ErrorCode::forbidden, sentence);
}

}  // namespace portal::service
