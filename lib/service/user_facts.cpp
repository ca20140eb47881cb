#include "service/user_facts.hpp"

#include "store/credential.hpp"

namespace portal::service {

using domain::LoginMethod;

base::Result<domain::PersonFacts> facts_for_clinic(store::Tx& tx, const Session& session,
                                                   const store::Membership& person) {
    PORTAL_TRY(facts, person_facts(tx, session, person));
    const bool proved_here = person.verified_at && person.verified_by != "exemption";
    if (proved_here) return facts;
    PORTAL_TRY(own, store::has_own_password(tx, session.tenant().id, person.account));
    facts.has_password = own;
    return facts;
}

std::vector<std::string> lacks_for(const domain::ClinicFacts& clinic,
                                   const domain::PersonFacts& person, LoginMethod method) {
    std::vector<std::string> lacks;
    if (method == LoginMethod::password) {
        if (!person.has_password) lacks.emplace_back("no password");
        const bool sms = domain::code_by_sms(clinic, person);
        if (sms && !person.has_mobile) lacks.emplace_back("cannot use 2FA: no mobile number");
        if (!sms && !person.has_email) lacks.emplace_back("cannot use 2FA: no e-mail address");
        return lacks;
    }
    const bool by_subject = method != LoginMethod::bankid && person.has_eid_subject;
    if (!person.has_national_id && !by_subject) lacks.emplace_back("no personal number");
    return lacks;
}

}  // namespace portal::service
