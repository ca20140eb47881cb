#include "service/login_code.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/token.hpp"
#include "domain/email.hpp"
#include "domain/phone.hpp"
#include "service/login_budget.hpp"
#include "service/message.hpp"
#include "service/record_audit.hpp"
#include "store/exemption.hpp"
#include "store/login.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using std::chrono::minutes;

constexpr std::string_view kPurpose = "login";

bool by_sms(const Session& session, const CodeReceiver& receiver) {
    return domain::code_by_sms(clinic_facts(session, receiver.person.role), receiver.facts);
}

CodeAsked asked_of(const Session& session, const CodeReceiver& receiver, base::Secret attempt) {
    const bool sms = by_sms(session, receiver);
    const auto& person = receiver.person;
    return {std::move(attempt), sms ? mask_phone(person.mobile) : mask_email(person.email), sms};
}

base::Error over(ErrorCode code) {
    return base::make_error(
        code, N_("This login has taken too long or was tried too often. Log in again."));
}

struct Try {
    base::Bytes attempt;  // hash of its cookie
    base::Secret code;
    base::Bytes session;  // hash of the session cookie that a right code will get
};

enum class Answer { over, wrong, right };
struct Outcome {
    Answer answer = Answer::over;
    bool is_staff = false;
};

constexpr std::chrono::seconds kRepeat{10};  // as long as an impatient finger takes

/// A right code that comes again right after it was taken: the answer of the first time.
base::Result<Outcome> repeat(store::Tx& tx, const Session& session, const store::LoginAttempt& done,
                             const Try& typed) {
    const auto& services = session.services();
    const bool soon = done.done_at && session.now() <= *done.done_at + kRepeat;
    if (!soon ||
        !crypto::code_matches(services.keys, {kPurpose, done.id}, typed.code, *done.code_hash))
        return Outcome{};
    PORTAL_TRY(person, store::find_membership(tx, session.tenant().id, *done.membership));
    if (!person) return Outcome{};
    return Outcome{Answer::right, person->role == store::Role::staff};
}

base::Result<Outcome> evaluate(store::Tx& tx, const Session& session, const Try& typed) {
    const auto tenant = session.tenant().id;
    const auto& services = session.services();
    const auto now = session.now();
    PORTAL_TRY(found, store::find_attempt(tx, tenant, typed.attempt));
    if (!found || !found->membership || !found->code_hash) return Outcome{};
    if (found->done_at) return repeat(tx, session, *found, typed);
    PORTAL_TRY(person, store::find_membership(tx, tenant, *found->membership));
    if (!person) return Outcome{};
    PORTAL_TRY(counted, store::count_attempt_try(tx, tenant, found->id,
                                                 services.options.code_attempts, now));
    if (!counted) return Outcome{};
    PORTAL_TRY(within, spend_code_try(tx, session, person->account));
    if (!within) return Outcome{};
    if (!crypto::code_matches(services.keys, {kPurpose, found->id}, typed.code,
                              *found->code_hash)) {
        PORTAL_TRYV(record_act(
            tx, session, {"login.denied", "membership", found->membership->value, "wrong_code"}));
        return Outcome{Answer::wrong, false};
    }
    PORTAL_TRY(ours, store::finish_attempt(tx, tenant, found->id, now));
    if (!ours) return Outcome{};
    PORTAL_TRY(facts, person_facts(tx, session, *person));
    const auto clinic = clinic_facts(session, person->role);
    if (decide_login(clinic, facts, LoginMethod::password) != LoginReason::allowed)
        return Outcome{};
    // A clinic's own password ends its sessions by itself, but for the one that changed it.
    NewLogin login{&*person, LoginMethod::password, found->rests_on, typed.session, {}};
    if (found->rests_on == store::ProvedBy::eid) login.credential = found->credential;
    PORTAL_TRYV(begin_session(tx, session, login));
    PORTAL_TRYV(refill_device(tx, session, person->account));
    return Outcome{Answer::right, person->role == store::Role::staff};
}

}  // namespace

base::Result<CodeReceiver> load_receiver(store::Tx& tx, const Session& session,
                                         const store::Membership& person) {
    CodeReceiver receiver{person, {}};
    PORTAL_TRY(facts, person_facts(tx, session, person));
    receiver.facts = facts;
    PORTAL_TRY(exemption, store::find_exemption(tx, session.tenant().id, person.id));
    if (exemption && exemption->state == ExemptionState::active)
        receiver.person.email = exemption->code_address;
    return receiver;
}

namespace {

base::Error too_many_codes() {
    return base::make_error(ErrorCode::rate_limited,
                            N_("We have sent you many codes within an hour. Use the latest one, or "
                               "wait an hour and try again."));
}

/// The code and its message, in one transaction. False when this attempt stands already.
base::Result<bool> start_attempt(Session& session, const CodeReceiver& receiver,
                                 const base::Secret& token, const base::Secret& code) {
    const auto& services = session.services();
    const auto& person = receiver.person;
    const auto tenant = session.tenant().id;
    const auto hash = crypto::hash_token(token.reveal());
    const auto expires_at = session.now() + minutes{services.options.code_minutes};
    return services.store.write(tenant, [&](store::Tx& tx) -> base::Result<bool> {
        PORTAL_TRY(made, store::insert_attempt(tx, tenant,
                                               {person.id,
                                                hash,
                                                session.now(),
                                                expires_at,
                                                "login",
                                                receiver.rests_on,
                                                {},
                                                receiver.credential}));
        if (!made) return false;
        PORTAL_TRY(within, spend_code_message(tx, session, person.account));
        if (!within) return too_many_codes();
        PORTAL_TRYV(store::set_attempt_code(
            tx, tenant, *made, crypto::hash_code(services.keys, {kPurpose, *made}, code)));
        Outgoing message;
        message.kind = text::MessageKind::login_code;
        message.channels = by_sms(session, receiver) ? Channels::sms : Channels::mail;
        message.cause = base::format_hex(hash);
        message.to = &person;
        message.view.code = code.reveal();
        message.view.valid = services.catalogue.plural(to_text(person.language),
                                                       text::M_("{1} minute", "{1} minutes"),
                                                       services.options.code_minutes);
        message.secret = true;
        message.expires_at = expires_at;
        PORTAL_TRYV(queue_message(tx, session, std::move(message)));
        return true;
    });
}

}  // namespace

base::Result<CodeAsked> send_login_code(Session& session, const CodeReceiver& receiver,
                                        const base::Bytes& key) {
    const auto& services = session.services();
    const auto code = crypto::make_code(services.random);
    auto token = key.empty() ? crypto::make_token(services.random)
                             : derive_token(services, "attempt|" + base::format_hex(key) + "|" +
                                                          std::to_string(receiver.person.id.value));
    PORTAL_TRY(made, start_attempt(session, receiver, token, code));
    if (!made) {
        // The same form again: the code that is on its way serves, unless it can no longer.
        if (auto asked = show_attempt(session, token.reveal())) return asked;
        token = crypto::make_token(services.random);
        PORTAL_TRY(again, start_attempt(session, receiver, token, code));
    }
    services.wake_outbox();
    return asked_of(session, receiver, token);
}

base::Result<CodeAsked> show_attempt(Session& session, std::string_view attempt) {
    const auto tenant = session.tenant().id;
    const auto hash = crypto::hash_token(attempt);
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<CodeAsked> {
        PORTAL_TRY(found, store::find_attempt(tx, tenant, hash));
        const bool open = found && !found->done_at && found->membership &&
                          found->tries < session.services().options.code_attempts &&
                          found->expires_at > session.now();
        if (!open) return over(ErrorCode::not_found);
        PORTAL_TRY(person, store::find_membership(tx, tenant, *found->membership));
        if (!person) return over(ErrorCode::not_found);
        PORTAL_TRY(receiver, load_receiver(tx, session, *person));
        return asked_of(session, receiver, base::Secret{std::string{attempt}});
    });
}

base::Result<LoggedIn> check_code_step(Session& session, std::string_view attempt,
                                       std::string_view code) {
    std::string digits;
    for (const char c : base::trim(code))
        if (c != ' ') digits += c;
    const bool six = digits.size() == crypto::kCodeDigits &&
                     digits.find_first_not_of("0123456789") == std::string::npos;
    if (!six) return base::invalid("code", N_("Write the six digits of the code."));
    const auto& services = session.services();
    const auto token = derive_token(services, "session|" + std::string{attempt});
    const Try typed{crypto::hash_token(attempt), base::Secret{digits},
                    crypto::hash_token(token.reveal())};
    PORTAL_TRY(outcome, services.store.write(session.tenant().id, [&](store::Tx& tx) {
        return evaluate(tx, session, typed);
    }));
    if (outcome.answer == Answer::over) return over(ErrorCode::unauthenticated);
    if (outcome.answer == Answer::wrong) {
        auto error = base::make_error(ErrorCode::unauthenticated,
                                      N_("The code is not right. Look at the latest message."));
        error.field = "code";
        return error;
    }
    return LoggedIn{token, outcome.is_staff};
}

}  // namespace portal::service
