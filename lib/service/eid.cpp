#include "service/eid.hpp"

#include "base/encoding.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "service/identity.hpp"
#include "service/login_facts.hpp"
#include "service/record_audit.hpp"
#include "service/registration.hpp"
#include "store/column.hpp"
#include "store/credential.hpp"
#include "store/eid.hpp"
#include "store/login.hpp"
#include "store/patient_message.hpp"
#include "store/user.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;

constexpr const char* kUsed = N_("This login has been used. Log in again.");

std::string subject_text(const VerifiedPerson& person) {
    return person.issuer + "\n" + person.subject;
}

/// The number's account wins over the one that the provider's own id found alone.
struct Known {
    std::optional<base::AccountId> by_number;
    std::optional<base::AccountId> by_subject;
    std::optional<base::AccountId> earlier;  // by the subject, before its number was known
    [[nodiscard]] std::optional<base::AccountId> account() const {
        return by_number ? by_number : by_subject;
    }
    [[nodiscard]] bool differ() const { return by_number && by_subject && by_number != by_subject; }
};

/// Installation-wide, outside of the clinic's transaction. Only what the eID proved counts: never
/// an address, never a name (L7).
base::Result<Known> find_known(const Services& services, const VerifiedPerson& person) {
    Known known;
    if (person.national_id) {
        PORTAL_TRY(found, find_account_of(services, person.national_id->canonical.reveal()));
        known.by_number = found;
    }
    if (person.subject.empty()) return known;
    PORTAL_TRY(found, find_subject_of(services, subject_text(person)));
    if (!found) return known;
    known.by_subject = found->account;
    known.earlier = found->earlier;
    return known;
}

/// What becomes of somebody who is not here yet: K13 with its preconditions (K14), then P4-P6.
enum class Unknown { refused, waits, taken };
Unknown treat_unknown(const Session& session, LoginMethod method) {
    const auto& tenant = session.tenant();
    const auto clinic = clinic_facts(session, Audience::patient);
    if (decide_method(clinic, Audience::patient, method) != LoginReason::allowed)
        return Unknown::refused;
    if (tenant.unknown_by_eid || tenant.registration == Registration::open) return Unknown::taken;
    return tenant.registration == Registration::approval ? Unknown::waits : Unknown::refused;
}

base::Result<base::AccountId> make_account(store::Tx& tx, const Session& session,
                                           const VerifiedPerson& person) {
    if (person.national_id) return insert_identified_account(tx, session, *person.national_id);
    return store::insert_account(tx, session.now());
}

base::Status link_subject(store::Tx& tx, const Session& session, base::AccountId account,
                          const VerifiedPerson& person) {
    if (person.subject.empty()) return {};
    const auto index = crypto::blind_index(session.services().keys, subject_text(person));
    PORTAL_TRY(ours, store::insert_subject(tx, account, index, session.now()));
    if (!ours) return base::make_error(ErrorCode::conflict, kIdentityRaced);
    return {};
}

/// Number and subject lead to one account from now on.
base::Status join_traces(store::Tx& tx, const Session& session, const Known& known,
                         const VerifiedPerson& person) {
    if (known.differ())
        for (const auto& index :
             crypto::blind_indexes(session.services().keys, subject_text(person)))
            PORTAL_TRYV(store::repoint_subject(tx, index, {*known.by_subject, *known.by_number}));
    if (!person.national_id || known.by_number || !known.by_subject) return {};
    PORTAL_TRY(masked, store::find_masked_identity(tx, *known.by_subject));
    if (masked) return {};
    return insert_identity_of(tx, session, *known.by_subject, *person.national_id);
}

/// What the person has here from before the number was known, where the number's account has
/// nothing here. Each clinic's part moves when the person next comes there.
base::Status bring_earlier(store::Tx& tx, const Session& session, const Known& known) {
    const auto tenant = session.tenant().id;
    const auto from = known.differ() ? known.by_subject : known.earlier;
    if (!from || from == known.account()) return {};
    PORTAL_TRY(here, store::list_memberships_of(tx, tenant, *known.account()));
    if (!here.empty()) return {};
    PORTAL_TRY(earlier, store::list_memberships_of(tx, tenant, *from));
    if (earlier.empty()) return {};
    PORTAL_TRYV(store::move_account(tx, tenant, {*from, *known.account()}));
    return record_act(tx, session,
                      {"login.joined", "membership", earlier.front().id.value, "same_person"});
}

/// The first of the account's memberships here that may log in so; the reason of the first that
/// may not, where none may.
struct Choice {
    std::optional<store::Membership> member;
    std::optional<LoginReason> refused;
};
base::Result<Choice> choose_membership(store::Tx& tx, const Session& session,
                                       base::AccountId account, const VerifiedPerson& person) {
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, account));
    Choice choice;
    for (const auto& member : members) {
        PORTAL_TRY(facts, person_facts(tx, session, member));
        facts.has_national_id = facts.has_national_id || person.national_id.has_value();
        facts.has_eid_subject = facts.has_eid_subject || !person.subject.empty();
        const auto reason = decide_login(clinic_facts(session, member.role), facts, person.method);
        if (reason == LoginReason::allowed) return Choice{member, std::nullopt};
        if (!choice.refused) choice.refused = reason;
    }
    return choice;
}

/// N8: an eID login takes over what the clinic alone had proved of this membership.
base::Status take_over(store::Tx& tx, const Session& session, const store::Membership& member,
                       LoginMethod method) {
    const auto tenant = session.tenant().id;
    const bool first = !member.verified_at || member.verified_by == "exemption";
    if (!first) return {};
    // Links first: whoever is using one has his password in before the passwords are looked at.
    PORTAL_TRYV(store::void_password_links(tx, tenant, member.account, session.now()));
    PORTAL_TRYV(store::void_tenant_passwords(tx, tenant, member.account, session.now()));
    PORTAL_TRYV(store::end_sessions_of(tx, tenant, member.account, session.now()));
    PORTAL_TRYV(forget_told_addresses(tx, session, member));
    PORTAL_TRYV(store::set_verified(tx, tenant, member, session.now(), store::enum_text(method)));
    return record_act(tx, session,
                      {"login.verified", "membership", member.id.value, store::enum_text(method)});
}

base::Result<EidAnswer> log_in(store::Tx& tx, const Session& session, const EidLogin& login,
                               const Known& known) {
    const auto& person = *login.person;
    PORTAL_TRY(ours, login.consume(tx));
    if (!ours) return base::make_error(ErrorCode::conflict, kUsed);
    auto account = known.account();
    std::optional<store::Membership> member;
    if (account) {
        PORTAL_TRYV(bring_earlier(tx, session, known));
        PORTAL_TRY(choice, choose_membership(tx, session, *account, person));
        member = choice.member;
        EidAnswer no;
        no.refused = choice.refused;
        if (!member && choice.refused) return no;
    }
    const auto unknown = treat_unknown(session, person.method);
    if (!member && unknown == Unknown::refused) return EidAnswer{};
    if (!account) {
        PORTAL_TRY(made, make_account(tx, session, person));
        account = made;
    }
    PORTAL_TRYV(join_traces(tx, session, known, person));
    PORTAL_TRYV(link_subject(tx, session, *account, person));
    if (!member && unknown == Unknown::waits) {
        PORTAL_TRYV(ask_approval(tx, session, *account, person));
        EidAnswer answer;
        answer.outcome = EidOutcome::awaiting_approval;
        return answer;
    }
    if (!member) {
        PORTAL_TRY(added, add_verified_patient(tx, session, *account, person));
        member = added;
    }
    PORTAL_TRYV(take_over(tx, session, *member, person.method));
    const auto token = crypto::make_token(session.services().random);
    PORTAL_TRYV(begin_session(tx, session,
                              {&*member, person.method, store::ProvedBy::eid,
                               crypto::hash_token(token.reveal()), login.device, login.id_token}));
    EidAnswer answer;
    answer.outcome = EidOutcome::logged_in;
    answer.login = LoggedIn{token, member->role == Audience::staff};
    return answer;
}

base::Result<EidAnswer> refuse(Session& session, LoginReason reason) {
    PORTAL_TRYV(session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return record_act(tx, session, {"login.denied", "", 0, reason_code(reason)});
    }));
    return refusal(reason);
}

}  // namespace

base::Result<std::optional<store::Subject>> find_subject_of(const Services& services,
                                                            const std::string& text) {
    return services.store.system_read(
        [&](store::Tx& tx) -> base::Result<std::optional<store::Subject>> {
            for (const auto& index : crypto::blind_indexes(services.keys, text)) {
                PORTAL_TRY(found, store::find_subject(tx, index));
                if (found) return found;
            }
            return std::optional<store::Subject>{};
        });
}

base::Status check_eid_method(const Session& session, domain::LoginMethod method) {
    const auto reason = decide_offer(session, method);
    if (reason != LoginReason::allowed) return refusal(reason);
    return {};
}

base::Result<EidAnswer> complete_eid_login(Session& session, const EidLogin& login) {
    const auto& services = session.services();
    constexpr int kRounds = 3;  // another clinic's or browser's first login may come between
    if (const auto offer = decide_offer(session, login.person->method);
        offer != LoginReason::allowed)
        return refuse(session, offer);
    base::Result<EidAnswer> answer = base::make_error(ErrorCode::unavailable, {});
    for (int round = 0; round < kRounds; ++round) {
        PORTAL_TRY(known, find_known(services, *login.person));
        answer = services.store.write(
            session.tenant().id, [&](store::Tx& tx) { return log_in(tx, session, login, known); });
        if (answer || answer.error().key != kIdentityRaced) break;
    }
    if (!answer) return answer;
    if (answer->refused) return refuse(session, *answer->refused);
    if (answer->outcome != EidOutcome::awaiting_approval) return answer;
    services.wake_outbox();
    return refuse(session, LoginReason::awaiting_approval);
}

base::Result<store::Membership> add_verified_patient(store::Tx& tx, const Session& session,
                                                     base::AccountId account,
                                                     const VerifiedPerson& person) {
    store::Membership member;
    member.public_id = base::make_uuid(session.services().random);
    member.account = account;
    member.first_name = person.given_name;
    member.last_name = person.surname;
    member.language = to_domain(session.language());
    member.created_at = session.now();
    member.origin = std::string{store::enum_text(person.method)} + "-self";
    member.is_protected = !person.name_is_real;
    PORTAL_TRY(made, store::insert_membership(tx, session.tenant().id, member));
    if (!made) return base::make_error(ErrorCode::conflict, kIdentityRaced);
    member.id = *made;
    PORTAL_TRYV(
        record_act(tx, session, {"patient.create", "membership", member.id.value, member.origin}));
    PORTAL_TRYV(add_welcome(tx, session, member));
    return member;
}

base::Status add_welcome(store::Tx& tx, const Session& session, const store::Membership& person) {
    const auto& tenant = session.tenant();
    if (tenant.welcome.empty() || !tenant.has(Module::communication)) return {};
    PORTAL_TRY(made, store::insert_patient_message(
                         tx, tenant.id, person.id,
                         {0, "welcome", tenant.welcome, session.now(), std::nullopt}));
    return {};
}

}  // namespace portal::service
