#include "service/login_facts.hpp"

#include <algorithm>

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
                    "The first time, you need your electronic ID (BankID or MitID) to log "
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
