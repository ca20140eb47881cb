#include "service/login_code.hpp"

#include "base/encoding.hpp"
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

base::Result<Outcome> evaluate(store::Tx& tx, const Session& session, const Try& typed) {
    const auto tenant = session.tenant().id;
    const auto& services = session.services();
    const auto now = session.now();
    PORTAL_TRY(found, store::find_attempt(tx, tenant, typed.attempt));
    if (!found || !found->membership || !found->code_hash) return Outcome{};
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
    if (!ours || !person || person->blocked) return Outcome{};
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

bool can_receive_code(const Session& session, const store::Membership& person) {
    if (by_sms(session, person)) return !person.mobile.empty() && session.services().options.sms;
    return !person.email.empty();
}

base::Result<CodeAsked> send_login_code(Session& session, const store::Membership& person) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto token = crypto::make_token(services.random);
    const auto hash = crypto::hash_token(token.reveal());
    const auto code = crypto::make_code(services.random);
    const minutes valid{services.options.code_minutes};
    const auto expires_at = session.now() + valid;
    PORTAL_TRYV(services.store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRY(id,
                   store::insert_attempt(tx, tenant, {person.id, hash, session.now(), expires_at}));
        PORTAL_TRYV(store::set_attempt_code(
            tx, tenant, id, crypto::hash_code(services.keys, {kPurpose, id}, code)));
        Outgoing message;
        message.kind = text::MessageKind::login_code;
        message.channels = by_sms(session, person) ? Channels::sms : Channels::mail;
        message.cause = base::format_hex(hash);  // the row's number may come again later
        message.to = &person;
        message.view.code = code.reveal();
        message.view.valid = services.catalogue.plural(to_text(person.language),
                                                       text::M_("{1} minute", "{1} minutes"),
                                                       services.options.code_minutes);
        message.secret = true;
        message.expires_at = expires_at;
        return queue_message(tx, session, std::move(message));
    }));
    services.wake_outbox();
    return asked_of(session, person, token);
}

base::Result<CodeAsked> show_attempt(Session& session, std::string_view attempt) {
    const auto tenant = session.tenant().id;
    const auto hash = crypto::hash_token(attempt);
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<CodeAsked> {
        PORTAL_TRY(found, store::find_attempt(tx, tenant, hash));
        const bool open = found && !found->done && found->membership &&
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
    const auto token = crypto::make_token(services.random);
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
