#include "service/login.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "service/login_budget.hpp"
#include "service/login_code.hpp"
#include "service/login_facts.hpp"
#include "service/login_identifier.hpp"
#include "service/record_audit.hpp"
#include "store/column.hpp"
#include "store/credential.hpp"
#include "store/login.hpp"
#include "text/unicode.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using std::chrono::minutes;

struct Asked {
    Candidate candidate;
    bool throttled = false;  // tried too often: whatever was typed is wrong
};

/// nullopt when the network's budget is spent; the steps stay counted.
base::Result<std::optional<Asked>> count_and_find(Session& session, const Identifier& who) {
    const auto& services = session.services();
    PORTAL_TRY(by_number, find_by_number(services, who));
    return services.store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<std::optional<Asked>> {
            PORTAL_TRY(may, spend_network_step(tx, session));
            if (!may) return std::optional<Asked>{};
            PORTAL_TRY(candidate, find_candidate(tx, session, who, by_number));
            PORTAL_TRY(within,
                       spend_password_step(tx, session, {candidate.account, who.canonical}));
            return std::optional{Asked{candidate, !within}};
        });
}

/// One hash, whether or not there is somebody to compare with.
base::Result<bool> password_fits(const Services& services, const base::Secret& typed,
                                 const std::optional<std::string>& hash) {
    const auto pass = services.hashes.enter(base::Millis{5000});
    if (!pass) return base::make_error(ErrorCode::unavailable, {});
    const auto normal = text::normalise_password(typed);
    const bool comparable = hash && normal && normal->characters <= 128;
    if (!comparable) return crypto::verify_against_nobody(base::Secret{"x"});
    return crypto::verify_password(normal->password, *hash);
}

base::Status note_denied(Session& session, const store::Membership* person,
                         std::string_view reason) {
    return session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return record_act(tx, session,
                          {"login.denied", person == nullptr ? "" : "membership",
                           person == nullptr ? 0 : person->id.value, reason});
    });
}

base::Error wrong_pair(const Session& session) {
    const auto sentence = [kind = patients_identifier(session.tenant())] {
        switch (kind) {
            case LoginIdentifier::national_id:
                return N_(
                    "The number or the password is not right, or there were too many tries. Check "
                    "both, or wait 15 minutes and try again.");
            case LoginIdentifier::login_name:
                return N_(
                    "The login name or the password is not right, or there were too many tries. "
                    "Check both, or wait 15 minutes and try again.");
            case LoginIdentifier::email:
                break;
        }
        return N_(
            "The e-mail address or the password is not right, or there were too many tries. Check "
            "both, or wait 15 minutes and try again.");
    }();
    return base::make_error(ErrorCode::unauthenticated, sentence);
}

/// Whether the clinic asks by now for more than this session is worth.
base::Result<bool> is_worth_enough(const Session& asking, const store::LoginSession& found) {
    const auto& person = found.person;
    const auto clinic = clinic_facts(asking, person.role);
    const bool needs_eid = clinic.policy.minimum == Assurance::eid;
    const bool needs_first = clinic.policy.eid_first || person.origin == "self";
    const bool by_eid_once = person.verified_at && person.verified_by != "exemption";
    if (is_eid(found.method) || (!needs_eid && (!needs_first || by_eid_once))) return true;
    PORTAL_TRY(facts, asking.services().store.read(asking.tenant().id, [&](store::Tx& tx) {
        return person_facts(tx, asking, person);
    }));
    const auto reason = decide_login(clinic, facts, found.method);
    return reason != LoginReason::assurance_too_low && reason != LoginReason::eid_first;
}

/// A clinic that closes a way in ends the sessions that came by it.
base::Result<bool> still_offered(const Services& services, const store::Tenant& tenant,
                                 const store::LoginSession& found) {
    if (found.assurance == "link")  // a guest's, who came by no method (K10)
        return tenant.booking_login == BookingLogin::none && tenant.has(Module::booking);
    const Session asking{services, {}, tenant, text::Language::en};
    const auto role = found.person.role;
    const auto reason = decide_method(clinic_facts(asking, role), role, found.method);
    if (reason != LoginReason::allowed) return false;
    return is_worth_enough(asking, found);
}

}  // namespace

base::Result<CodeAsked> check_password_step(Session& session, const PasswordStep& step) {
    PORTAL_TRY(who, parse_identifier(session, step.identifier));
    if (step.password.empty()) return base::invalid("password", N_("Write your password."));
    if (const auto offer = decide_offer(session, LoginMethod::password);
        offer != LoginReason::allowed) {
        PORTAL_TRYV(note_denied(session, nullptr, reason_code(offer)));
        return refusal(offer);
    }
    PORTAL_TRY(found, count_and_find(session, who));
    if (!found)
        return base::make_error(ErrorCode::rate_limited,
                                N_("Too many tries. Wait a minute and try again."));
    const auto& candidate = found->candidate;
    PORTAL_TRY(fits, password_fits(session.services(), step.password, candidate.hash));
    if (!fits || found->throttled) {
        PORTAL_TRYV(
            note_denied(session, nullptr, found->throttled ? "throttled" : "wrong_password"));
        return wrong_pair(session);
    }
    const auto& receiver = *candidate.person;
    const auto reason = decide_login(clinic_facts(session, receiver.person.role), receiver.facts,
                                     LoginMethod::password);
    if (reason == LoginReason::allowed) return send_login_code(session, receiver, step.key);
    PORTAL_TRYV(note_denied(session, &receiver.person, reason_code(reason)));
    // Without an address for the code there is no second proof, so the answer stays neutral (K11).
    const bool neutral = reason == LoginReason::no_email || reason == LoginReason::no_mobile ||
                         reason == LoginReason::no_sms_provider || reason == LoginReason::blocked;
    return neutral ? wrong_pair(session) : refusal(reason);
}

base::Result<Principal> find_principal(const Services& services, const store::Tenant& tenant,
                                       std::string_view token) {
    Principal principal;
    if (token.size() != 43) return principal;
    const auto hash = crypto::hash_token(token);
    const auto now = services.clock.now();
    const auto& options = services.options;
    const minutes longest{std::max(options.patient_idle_minutes, options.staff_idle_minutes)};
    PORTAL_TRY(found, services.store.read(tenant.id, [&](store::Tx& tx) {
        return store::find_session(tx, tenant.id, hash, now, now - longest);
    }));
    if (!found) return principal;
    const auto role = found->person.role;
    PORTAL_TRY(offered, still_offered(services, tenant, *found));
    if (!offered) {
        PORTAL_TRYV(services.store.write(tenant.id, [&](store::Tx& tx) {
            return store::end_session(tx, tenant.id, found->id, now);
        }));
        return principal;
    }
    const bool staff = role == store::Role::staff;
    const minutes idle{staff ? options.staff_idle_minutes : options.patient_idle_minutes};
    if (found->seen_at <= now - idle) return principal;
    if (found->seen_at <= now - minutes{1})
        PORTAL_TRYV(services.store.write(tenant.id, [&](store::Tx& tx) {
            return store::touch_session(tx, tenant.id, found->id, now);
        }));
    principal.kind = staff                           ? Principal::staff
                     : role == store::Role::relative ? Principal::relative
                                                     : Principal::patient;
    principal.person = found->person;
    principal.method = found->method;
    principal.assurance = store::text_enum(found->assurance, Assurance::link);
    principal.rests_on = found->rests_on;
    principal.authenticated_at = found->authenticated_at;
    principal.expires_at = found->expires_at;
    principal.session = found->id;
    principal.session_hash = hash;
    if (!staff) return principal;
    PORTAL_TRY(row, services.store.read(tenant.id, [&](store::Tx& tx) {
        return store::find_staff_by_membership(tx, tenant.id, found->person.id);
    }));
    if (row) {
        principal.staff_id = row->id;
        principal.administers = row->administrator;
    }
    return principal;
}

base::Status log_out(Session& session) {
    return session.services().store.write(session.tenant().id, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRYV(
            store::end_session(tx, session.tenant().id, session.who().session, session.now()));
        return record_act(tx, session, {"session.end", "session", session.who().session.value});
    });
}

base::Status choose_language(Session& session, text::Language language) {
    return session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return store::set_session_language(tx, session.tenant().id, session.who().session,
                                           to_domain(language));
    });
}

}  // namespace portal::service
