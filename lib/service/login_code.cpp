#include "service/login_code.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/token.hpp"
#include "domain/email.hpp"
#include "domain/phone.hpp"
#include "service/message.hpp"
#include "service/record_audit.hpp"
#include "store/login.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using std::chrono::minutes;

constexpr std::string_view kPurpose = "login";

/// Patients get it where the policy says (K11); staff by SMS only where they have a number.
bool by_sms(const Session& session, const store::Membership& person) {
    const auto& tenant = session.tenant();
    const bool wanted =
        tenant.code_channel == CodeChannel::sms && tenant.has(Module::two_factor_sms);
    return wanted && (person.role == store::Role::patient || !person.mobile.empty());
}

/// A token that only we can make, the same for the same cause: what a repeated form must find
/// again.
base::Secret derive_token(const Services& services, std::string_view cause) {
    return base::Secret{base::format_base64url(
        crypto::hmac_sha256(services.keys.newest_key(crypto::KeyUse::form), cause))};
}

CodeAsked asked_of(const Session& session, const store::Membership& person, base::Secret attempt) {
    const bool sms = by_sms(session, person);
    return {std::move(attempt), sms ? mask_phone(person.mobile) : mask_email(person.email), sms};
}

base::Error over() {
    return base::make_error(
        ErrorCode::not_found,
        N_("This login has taken too long or was tried too often. Log in again."));
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
    PORTAL_TRY(counted, store::count_attempt_try(tx, tenant, found->id,
                                                 services.options.code_attempts, now));
    if (!counted) return Outcome{};
    if (!crypto::code_matches(services.keys, {kPurpose, found->id}, typed.code,
                              *found->code_hash)) {
        PORTAL_TRYV(record_act(
            tx, session, {"login.denied", "membership", found->membership->value, "wrong_code"}));
        return Outcome{Answer::wrong, false};
    }
    PORTAL_TRY(ours, store::finish_attempt(tx, tenant, found->id, now));
    PORTAL_TRY(person, store::find_membership(tx, tenant, *found->membership));
    if (!ours || !person || person->blocked || !closed_to(session.tenant(), *person).empty())
        return Outcome{};
    if (session.who().session)
        PORTAL_TRYV(store::end_session(tx, tenant, session.who().session, now));
    const bool staff = person->role == store::Role::staff;
    store::NewSession row;
    row.membership = person->id;
    row.token_hash = typed.session;
    row.assurance = "password-code";
    row.language = to_domain(session.language());
    row.now = now;
    row.expires_at = now + minutes{staff ? services.options.staff_absolute_minutes
                                         : services.options.patient_absolute_minutes};
    PORTAL_TRYV(store::insert_session(tx, tenant, row));
    PORTAL_TRYV(record_act(tx, session, {"login", "membership", person->id.value}));
    return Outcome{Answer::right, staff};
}

}  // namespace

std::string_view closed_to(const store::Tenant& tenant, const store::Membership& person) {
    if (person.role == store::Role::staff) return {};
    if (!tenant.client_login) return "client_login_disabled";
    const auto& methods = tenant.login_methods;
    if (std::find(methods.begin(), methods.end(), LoginMethod::password) == methods.end())
        return "method_not_allowed";
    return {};
}

bool can_receive_code(const Session& session, const store::Membership& person) {
    if (by_sms(session, person)) return !person.mobile.empty() && session.services().options.sms;
    return !person.email.empty();
}

namespace {

/// The code and its message, in one transaction. False when this attempt stands already.
base::Result<bool> start_attempt(Session& session, const store::Membership& person,
                                 const base::Secret& token, const base::Secret& code) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto hash = crypto::hash_token(token.reveal());
    const auto expires_at = session.now() + minutes{services.options.code_minutes};
    return services.store.write(tenant, [&](store::Tx& tx) -> base::Result<bool> {
        PORTAL_TRY(made,
                   store::insert_attempt(tx, tenant, {person.id, hash, session.now(), expires_at}));
        if (!made) return false;
        PORTAL_TRYV(store::set_attempt_code(
            tx, tenant, *made, crypto::hash_code(services.keys, {kPurpose, *made}, code)));
        Outgoing message;
        message.kind = text::MessageKind::login_code;
        message.channels = by_sms(session, person) ? Channels::sms : Channels::mail;
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

base::Result<CodeAsked> send_login_code(Session& session, const store::Membership& person,
                                        const base::Bytes& key) {
    const auto& services = session.services();
    const auto code = crypto::make_code(services.random);
    auto token = key.empty() ? crypto::make_token(services.random)
                             : derive_token(services, "attempt|" + base::format_hex(key) + "|" +
                                                          std::to_string(person.id.value));
    PORTAL_TRY(made, start_attempt(session, person, token, code));
    if (!made) {
        // The same form again: the code that is on its way serves, unless it can no longer.
        if (auto asked = show_attempt(session, token.reveal())) return asked;
        token = crypto::make_token(services.random);
        PORTAL_TRY(again, start_attempt(session, person, token, code));
    }
    services.wake_outbox();
    return asked_of(session, person, token);
}

base::Result<CodeAsked> show_attempt(Session& session, std::string_view attempt) {
    const auto tenant = session.tenant().id;
    const auto hash = crypto::hash_token(attempt);
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<CodeAsked> {
        PORTAL_TRY(found, store::find_attempt(tx, tenant, hash));
        const bool open = found && !found->done_at && found->membership &&
                          found->tries < session.services().options.code_attempts &&
                          found->expires_at > session.now();
        if (!open) return over();
        PORTAL_TRY(person, store::find_membership(tx, tenant, *found->membership));
        if (!person) return over();
        return asked_of(session, *person, base::Secret{std::string{attempt}});
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
    if (outcome.answer == Answer::over) return over();
    if (outcome.answer == Answer::wrong) {
        auto error = base::make_error(ErrorCode::unauthenticated,
                                      N_("The code is not right. Look at the latest message."));
        error.field = "code";
        return error;
    }
    return LoggedIn{token, outcome.is_staff};
}

}  // namespace portal::service
