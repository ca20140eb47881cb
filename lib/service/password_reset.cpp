#include "service/password_reset.hpp"

#include "base/encoding.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "domain/phone.hpp"
#include "service/authorize.hpp"
#include "service/login_budget.hpp"
#include "service/login_identifier.hpp"
#include "service/message.hpp"
#include "service/record_audit.hpp"
#include "service/user.hpp"
#include "store/account_budget.hpp"
#include "store/reset.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::string_view kCodePurpose = "reset";
constexpr hours kLinkLife{1};
constexpr hours kConfirmedLife{24};
constexpr std::int64_t kCodesPerHour = 3;

/// A number that is no factor of the login itself may prove who asks, too.
bool can_text(const Session& session, const store::Membership& person) {
    return session.tenant().has(Module::two_factor_sms) && session.services().options.sms &&
           !person.mobile.empty();
}

/// Nobody: a row that can be made of anybody, for the same work.
store::Membership nobody(const Session& session) {
    store::Membership none;
    none.first_name = none.last_name = "-";
    none.email = base::Email{"nobody@" + session.services().options.base_domain};
    none.language = session.tenant().language;
    return none;
}

/// Why no mail goes out; empty where one does.
std::string why_not(const Session& session, const Candidate& found, bool own) {
    if (!found.person) return "unknown-person";
    if (!own) return "no-password";
    auto facts = found.person->facts;
    facts.has_password = true;
    const auto reason = decide_login(clinic_facts(session, found.person->person.role), facts,
                                     LoginMethod::password);
    return reason == LoginReason::allowed ? std::string{} : reason_code(reason);
}

struct Ask {
    Identifier who;
    std::optional<base::AccountId> by_number;
    base::Secret token;
};

base::Result<bool> may_ask(store::Tx& tx, const Session& session, const Identifier& who) {
    PORTAL_TRY(network, spend_network_step(tx, session));
    const auto& services = session.services();
    const auto subject = crypto::blind_index(
        services.keys, "reset|" + std::to_string(session.tenant().id.value) + "|" + who.canonical);
    const auto now = session.now();
    PORTAL_TRY(within, store::spend_budget(tx, subject,
                                           {services.options.codes_per_hour, now, now - hours{1}}));
    return network && within;
}

/// The clinic's word takes until somebody answers there.
minutes life_of(const Session& session, const store::Membership& to, const std::string& withheld) {
    const bool waits = withheld.empty() && !can_text(session, to);
    return waits ? minutes{hours{session.services().options.link_hours}} : minutes{kLinkLife};
}

/// To whom, and why it is not sent; empty where it is.
struct Mailing {
    store::Membership to;
    std::string withheld;
};

/// The mail for a person, and one that is written and kept for everybody else.
base::Status queue_reset(store::Tx& tx, const Session& session, const Ask& ask,
                         const Mailing& mailing) {
    const auto& services = session.services();
    const auto& to = mailing.to;
    const auto life = life_of(session, mailing.to, mailing.withheld);
    Outgoing message;
    message.kind = text::MessageKind::password_reset;
    message.cause = base::format_hex(crypto::hash_token(ask.token.reveal()));
    message.to = &to;
    message.withheld = mailing.withheld;
    message.view.link =
        tenant_url(services.options, session.tenant()) + "/new-password/" + ask.token.reveal();
    message.view.phone = session.tenant().phone;
    message.view.code = make_mail_code(services, crypto::hash_token(ask.token.reveal())).reveal();
    message.view.valid = text::format_duration(services.catalogue, to_text(to.language), life);
    message.secret = true;
    message.expires_at = session.now() + life;
    return queue_message(tx, session, std::move(message));
}

/// The same statements, whoever it is (P10).
base::Result<bool> begin_reset(store::Tx& tx, const Session& session, const Ask& ask) {
    const auto tenant = session.tenant().id;
    const auto now = session.now();
    PORTAL_TRY(may, may_ask(tx, session, ask.who));
    if (!may) return false;
    PORTAL_TRY(found, find_candidate(tx, session, ask.who, ask.by_number));
    const auto to = found.person ? found.person->person : nobody(session);
    PORTAL_TRY(own, store::has_own_password(tx, tenant, to.account));
    const auto reason = why_not(session, found, own);
    store::NewAttempt row;
    if (reason.empty()) row.membership = to.id;
    row.token_hash = crypto::hash_token(ask.token.reveal());
    row.now = now;
    row.expires_at = now + life_of(session, to, reason);
    row.purpose = store::kResetPurpose;
    PORTAL_TRY(made, store::insert_attempt(tx, tenant, row));
    PORTAL_TRYV(queue_reset(tx, session, ask, {to, reason}));
    PORTAL_TRYV(record_act(
        tx, session,
        {"password.reset-asked", found.person ? "membership" : "", to.id.value, reason}));
    return true;
}

struct OpenReset {
    store::Reset reset;
    store::Membership person;
    bool by_sms = false;
};

base::Error over() {
    return base::make_error(
        ErrorCode::not_found,
        N_("This link has been used or is too old. Ask for a new password once more."));
}

base::Result<OpenReset> load_reset(store::Tx& tx, const Session& session,
                                   const base::Bytes& token_hash) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(found, store::find_reset(tx, tenant, token_hash));
    const bool open = found && found->person && !found->done && found->expires_at > session.now() &&
                      found->tries < session.services().options.code_attempts;
    if (!open) return over();
    PORTAL_TRY(person, store::find_membership(tx, tenant, *found->person));
    if (!person || person->blocked) return over();
    return OpenReset{*found, *person, can_text(session, *person)};
}

bool has_live_code(const OpenReset& open, base::Instant now) {
    return open.reset.code_hash && open.reset.code_until && *open.reset.code_until > now;
}

base::Result<std::string> read_digits(std::string_view typed) {
    std::string digits;
    for (const char c : base::trim(typed))
        if (c != ' ' && c != '-') digits += c;
    const bool six = digits.size() == crypto::kCodeDigits &&
                     digits.find_first_not_of("0123456789") == std::string::npos;
    if (!six) return base::invalid("code", N_("Write the six digits of the code."));
    return digits;
}

/// Counts a try; false when the code is wrong.
base::Result<bool> code_fits(store::Tx& tx, const Session& session, const OpenReset& open,
                             const std::string& digits) {
    const auto& services = session.services();
    PORTAL_TRY(counted, store::count_attempt_try(tx, session.tenant().id, open.reset.id,
                                                 services.options.code_attempts, session.now()));
    PORTAL_TRY(within, spend_code_try(tx, session, open.person.account));
    const bool fits = counted && within && has_live_code(open, session.now()) &&
                      crypto::code_matches(services.keys, {kCodePurpose, open.reset.id},
                                           base::Secret{digits}, *open.reset.code_hash);
    if (!fits)
        PORTAL_TRYV(record_act(
            tx, session,
            {"password.reset-denied", "membership", open.person.id.value, "wrong_code"}));
    return fits;
}

base::Status check_second_proof(Session& session, const OpenReset& open, std::string_view code) {
    if (open.reset.confirmed) return {};
    if (!has_live_code(open, session.now()))
        return base::make_error(ErrorCode::unauthenticated,
                                N_("The code is too old. Ask for a new one on this page."));
    PORTAL_TRY(digits, read_digits(code));
    PORTAL_TRY(fits, session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return code_fits(tx, session, open, digits);
    }));
    if (fits) return {};
    auto error = base::make_error(ErrorCode::unauthenticated,
                                  N_("The code is not right. Look at the latest message."));
    error.field = "code";
    return error;
}

}  // namespace

base::Result<base::Secret> ask_reset(Session& session, std::string_view identifier) {
    const auto& services = session.services();
    PORTAL_TRY(who, parse_identifier(session, identifier));
    PORTAL_TRY(by_number, find_by_number(services, who));
    const Ask ask{who, by_number, crypto::make_token(services.random)};
    PORTAL_TRY(may, services.store.write(session.tenant().id, [&](store::Tx& tx) {
        return begin_reset(tx, session, ask);
    }));
    if (!may)
        return base::make_error(ErrorCode::rate_limited,
                                N_("Too many tries. Wait an hour and try again."));
    services.wake_outbox();
    return make_browser_mark(services, crypto::hash_token(ask.token.reveal()));
}

base::Result<ResetForm> show_reset(Session& session, std::string_view token,
                                   const LinkOpener& opener) {
    const auto hash = crypto::hash_token(token);
    PORTAL_TRY(open, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return load_reset(tx, session, hash);
    }));
    ResetForm form;
    form.confirmed = open.reset.confirmed;
    form.second = open.by_sms ? SecondProof::sms : SecondProof::clinic;
    if (open.by_sms) form.masked = mask_phone(open.person.mobile);
    form.asks_mail_code = !has_asked(session.services(), hash, opener);
    form.code_sent = open.by_sms && has_live_code(open, session.now());
    return form;
}

base::Status send_reset_code(Session& session, std::string_view token, const LinkOpener& opener) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto hash = crypto::hash_token(token);
    const auto code = crypto::make_code(services.random);
    PORTAL_TRY(found, services.store.read(
                          tenant, [&](store::Tx& tx) { return load_reset(tx, session, hash); }));
    if (!found.by_sms) return over();
    PORTAL_TRYV(check_opener(session, hash, opener));
    PORTAL_TRYV(services.store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRY(open, load_reset(tx, session, hash));
        const auto now = session.now();
        const auto subject =
            crypto::blind_index(services.keys, "reset-code|" + std::to_string(open.reset.id));
        PORTAL_TRY(within, store::spend_budget(tx, subject, {kCodesPerHour, now, now - hours{1}}));
        if (!within)
            return base::make_error(ErrorCode::rate_limited,
                                    N_("We have sent you several codes. Use the latest one, or "
                                       "call the clinic."));
        const auto until = now + minutes{services.options.code_minutes};
        PORTAL_TRYV(store::set_reset_code(
            tx, tenant,
            {open.reset.id, crypto::hash_code(services.keys, {kCodePurpose, open.reset.id}, code),
             until}));
        Outgoing message;
        message.kind = text::MessageKind::reset_code;
        message.channels = Channels::sms;
        message.cause = base::format_uuid(base::make_uuid(services.random));
        message.to = &open.person;
        message.view.code = code.reveal();
        message.secret = true;
        message.expires_at = until;
        return queue_message(tx, session, std::move(message));
    }));
    services.wake_outbox();
    return {};
}

base::Status reset_password(Session& session, const ResetPassword& command) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto token_hash = crypto::hash_token(command.token);
    PORTAL_TRY(open, services.store.read(tenant, [&](store::Tx& tx) {
        return load_reset(tx, session, token_hash);
    }));
    if (!open.reset.confirmed) PORTAL_TRYV(read_digits(command.code));
    PORTAL_TRY(checked, check_new_password(session, open.person, command.typed));
    PORTAL_TRYV(check_second_proof(session, open, command.code));
    PORTAL_TRY(hash, hash_new_password(services, checked));
    PORTAL_TRYV(services.store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRY(ours, store::finish_attempt(tx, tenant, open.reset.id, session.now()));
        if (!ours) return over();
        return store_new_password(tx, session,
                                  {&open.person, hash, store::ProvedBy::tenant, "reset",
                                   "reset:" + std::to_string(open.reset.id)});
    }));
    services.wake_outbox();
    return {};
}

base::Result<ResetView> confirm_reset(Session& session, const ConfirmReset& command) {
    PORTAL_TRYV(authorize(session, Action::reset_confirm));
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto now = session.now();
    const auto token = crypto::make_token(services.random);
    return services.store.write(tenant, [&](store::Tx& tx) -> base::Result<ResetView> {
        PORTAL_TRY(person, resolve_user(tx, session, command.person, "person"));
        const auto until = now + kConfirmedLife;
        PORTAL_TRY(open, store::confirm_resets(tx, tenant, person.id, {now, until}));
        if (!open)
            return base::make_error(ErrorCode::conflict,
                                    N_("This person has not asked for a new password, or too long "
                                       "ago."))
                .with_hint("ask the person to do so on the login page, and wait for the mail");
        // The record of the check stays when the reset's own row is cleaned away.
        PORTAL_TRYV(store::insert_password_link(tx, tenant,
                                                {person.id,
                                                 crypto::hash_token(token.reveal()),
                                                 now,
                                                 now,
                                                 store::LinkPurpose::reset,
                                                 {},
                                                 command.identity_checked_by,
                                                 command.how}));
        PORTAL_TRYV(record_act(
            tx, session, {"reset.confirm", "membership", person.id.value, "identity-checked"}));
        return ResetView{person.public_id, until};
    });
}

}  // namespace portal::service
