#include "service/login_why.hpp"

#include "base/encoding.hpp"
#include "service/authorize.hpp"
#include "service/explain.hpp"
#include "service/login_budget.hpp"
#include "service/record_audit.hpp"
#include "service/user.hpp"
#include "service/user_facts.hpp"

namespace portal::service {
namespace {

using namespace domain;

constexpr std::array kMethods{LoginMethod::password, LoginMethod::bankid, LoginMethod::mitid,
                              LoginMethod::oidc};

base::Result<store::Membership> find_person(store::Tx& tx, const Session& session,
                                            const WhyLogin& command) {
    if (command.audience)
        return resolve_role(tx, session, {command.person, *command.audience, "person"});
    return resolve_user(tx, session, command.person, "person");
}

}  // namespace

base::Result<LoginExplanation> explain_login(Session& session, const WhyLogin& command) {
    PORTAL_TRYV(authorize(session, Action::login_why));
    const auto tenant = session.tenant().id;
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<LoginExplanation> {
            PORTAL_TRY(person, find_person(tx, session, command));
            PORTAL_TRYV(record_act(tx, session, {"login.why", "membership", person.id.value}));
            PORTAL_TRY(facts, facts_for_clinic(tx, session, person));
            const auto clinic = clinic_facts(session, person.role);
            PORTAL_TRY(until, throttled_until(tx, session, person.account));
            LoginExplanation explanation{person.public_id, person.role, false, {}, until};
            for (const auto method : kMethods) {
                const auto reason = decide_login(clinic, facts, method);
                const Case what{&session.tenant(), person.role, method,
                                base::format_uuid(person.public_id), !person.email.empty()};
                const bool allowed = reason == LoginReason::allowed;
                explanation.can_log_in = explanation.can_log_in || allowed;
                explanation.items.push_back({method, allowed, reason_code(reason),
                                             explain_reason(reason, what),
                                             mending_line(reason, what)});
            }
            return explanation;
        });
}

}  // namespace portal::service
