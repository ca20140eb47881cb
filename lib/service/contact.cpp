#include "service/contact.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "domain/email.hpp"
#include "service/authorize.hpp"
#include "service/exemption.hpp"
#include "service/login.hpp"
#include "service/login_budget.hpp"
#include "service/login_facts.hpp"
#include "service/message.hpp"
#include "service/new_person.hpp"
#include "service/record_audit.hpp"
#include "store/column.hpp"
#include "store/contact.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using std::chrono::minutes;
using store::Membership;

constexpr std::string_view kPurpose = "contact";
constexpr minutes kFresh{10};
constexpr minutes kTyping{10};               // a form that was opened in time may be sent
constexpr std::chrono::seconds kRepeat{10};  // as long as an impatient finger takes

bool logged_in_within(const Session& session, minutes limit) {
    const auto& who = session.who();
    return who.is_member() && who.assurance >= Assurance::password_code &&
           session.now() - who.authenticated_at <= limit;
}

bool has_sms(const Session& session) {
    const auto& tenant = session.tenant();
    return session.services().options.sms &&
           (tenant.has(Module::sms) || tenant.has(Module::two_factor_sms));
}

/// The person as stored: a session's own copy speaks the session's language.
base::Result<Membership> load_self(store::Tx& tx, const Session& session) {
    PORTAL_TRY(found, store::find_membership(tx, session.tenant().id, session.who().person.id));
    if (!found) return base::make_error(ErrorCode::not_found, {});
    return *found;
}

/// What an attempt is about; sealed in its row.
struct Wanted {
    ContactKind what = ContactKind::email;
    std::int64_t session = 0;  // the browser that asked
    std::string value;         // address as parsed, or E.164
};

std::string place_of(const Session& session, const base::Bytes& token_hash) {
    return crypto::associated_data("login_attempt", "detail_sealed", session.tenant().id,
                                   base::format_hex(token_hash));
}

base::Bytes seal_wanted(const Session& session, const Wanted& wanted, const base::Bytes& hash) {
    return crypto::seal(
        session.services().keys,
        store::enum_text(wanted.what) + "\n" + std::to_string(wanted.session) + "\n" + wanted.value,
        place_of(session, hash));
}

base::Result<Wanted> open_wanted(const Session& session, const store::ContactAttempt& found) {
    if (!found.attempt.detail) return base::make_error(ErrorCode::internal, {});
    PORTAL_TRY(text, crypto::open(session.services().keys, *found.attempt.detail,
                                  place_of(session, found.token_hash)));
    const auto parts = base::split(text.reveal(), '\n');
    if (parts.size() != 3) return base::make_error(ErrorCode::internal, {});
    const bool ours = parts[1] == std::to_string(session.who().session.value);
    return Wanted{store::text_enum(parts[0], ContactKind::email),
                  ours ? session.who().session.value : 0, std::string{parts[2]}};
}

base::Error at_value(base::Error error) {
    error.field = "value";
    return error;
}

base::Error over() {
    return base::make_error(ErrorCode::not_found,
                            N_("This has taken too long or was tried too often. Nothing was "
                               "changed. Begin again."));
}

/// The person with the new address in place of the old one.
base::Result<Membership> parse_change(const Session& session, const ContactChange& change) {
    auto person = session.who().person;
    const std::string typed{base::trim(change.value)};
    if (typed.empty()) return base::invalid("value", N_("Write something here."));
    if (change.what == ContactKind::email) {
        auto email = parse_address(base::Email{typed});
        if (!email) return at_value(std::move(email).error());
        if (*email == person.email)
            return base::invalid("value", N_("This is the address that we have already."));
        person.email = *email;
        return person;
    }
    if (!has_sms(session))
        return at_value(base::make_error(
            ErrorCode::conflict, N_("No text messages can be sent from here, so the new number "
                                    "cannot be checked. Call the clinic to change it.")));
    auto mobile = parse_mobile(session, base::Phone{typed});
    if (!mobile) return at_value(std::move(mobile).error());
    if (*mobile == person.mobile)
        return base::invalid("value", N_("This is the number that we have already."));
    person.mobile = *mobile;
    return person;
}

/// Somebody else's address: its owner is written to instead. The same statements for a free one.
struct Receiver {
    Membership to;
    bool taken = false;
};
base::Result<Receiver> find_receiver(store::Tx& tx, const Session& session,
                                     const Membership& changed, ContactKind what) {
    Receiver receiver{changed, false};
    if (what == ContactKind::mobile) return receiver;
    PORTAL_TRY(folded, fold_address(changed.email));
    PORTAL_TRY(owner, store::find_account_by_email(tx, session.tenant().id, folded));
    const auto account = owner.value_or(changed.account);
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, account));
    receiver.taken = account != changed.account;
    if (!receiver.taken || members.empty()) return receiver;
    receiver.to = members.front();
    receiver.to.email = changed.email;
    return receiver;
}

struct NewCode {
    Membership changed;
    ContactKind what = ContactKind::email;
    base::Bytes token_hash;
};

base::Status send_code(store::Tx& tx, const Session& session, const NewCode& asked,
                       std::int64_t attempt) {
    const auto& services = session.services();
    const auto code = crypto::make_code(services.random);
    PORTAL_TRYV(
        store::set_attempt_code(tx, session.tenant().id, attempt,
                                crypto::hash_code(services.keys, {kPurpose, attempt}, code)));
    PORTAL_TRY(receiver, find_receiver(tx, session, asked.changed, asked.what));
    Outgoing message;
    message.kind =
        receiver.taken ? text::MessageKind::contact_taken : text::MessageKind::contact_code;
    message.channels = asked.what == ContactKind::mobile ? Channels::sms : Channels::mail;
    message.cause = base::format_hex(asked.token_hash);
    message.to = &receiver.to;
    if (!receiver.taken) message.view.code = code.reveal();
    message.view.valid = services.catalogue.plural(to_text(receiver.to.language),
                                                   text::M_("{1} minute", "{1} minutes"),
                                                   services.options.code_minutes);
    message.view.phone = session.tenant().phone;
    message.secret = true;
    message.expires_at = session.now() + minutes{services.options.code_minutes};
    return queue_message(tx, session, std::move(message));
}

base::Status start(store::Tx& tx, const Session& session, const NewCode& asked) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(may, spend_code_message(tx, session, asked.changed.account));
    if (!may)
        return base::make_error(ErrorCode::rate_limited,
                                N_("You have asked for too many codes. Wait an hour."));
    const bool mobile = asked.what == ContactKind::mobile;
    const Wanted wanted{asked.what, session.who().session.value,
                        mobile ? asked.changed.mobile.reveal() : asked.changed.email.reveal()};
    store::NewAttempt attempt;
    attempt.membership = asked.changed.id;
    attempt.token_hash = asked.token_hash;
    attempt.now = session.now();
    attempt.expires_at = session.now() + minutes{session.services().options.code_minutes};
    attempt.purpose = kPurpose;
    attempt.detail = seal_wanted(session, wanted, asked.token_hash);
    PORTAL_TRY(made, store::insert_attempt(tx, tenant, attempt));
    if (!made) return {};  // the same form again: its code is on its way
    PORTAL_TRYV(send_code(tx, session, asked, *made));
    return record_act(
        tx, session,
        {"contact.ask", "membership", asked.changed.id.value, store::enum_text(asked.what)});
}

/// The address stops finding the account, unless the person is here in another role with it.
base::Status release_address(store::Tx& tx, const Session& session, const Membership& person) {
    if (person.email.empty()) return {};
    const auto tenant = session.tenant().id;
    PORTAL_TRY(members, store::list_memberships_of(tx, tenant, person.account));
    const auto same = [&](const Membership& each) {
        return each.id != person.id && canonical_email(each.email) == canonical_email(person.email);
    };
    if (std::any_of(members.begin(), members.end(), same)) return {};
    PORTAL_TRY(folded, fold_address(person.email));
    return store::remove_identifier(tx, tenant, person.account,
                                    {store::IdentifierKind::email, folded});
}

base::Result<ContactSaved> save_email(store::Tx& tx, const Session& session,
                                      const Membership& before, const base::Email& email) {
    const auto tenant = session.tenant().id;
    PORTAL_TRYV(release_address(tx, session, before));
    PORTAL_TRY(folded, fold_address(email));
    PORTAL_TRY(free, store::insert_identifier(tx, tenant, before.account,
                                              {store::IdentifierKind::email, folded}));
    if (!free)
        return base::make_error(ErrorCode::conflict,
                                N_("Somebody else here has this e-mail address."));
    PORTAL_TRYV(store::set_contact(tx, tenant, before.id, {email, before.mobile, before.language}));
    PORTAL_TRY(suspended, note_address_change(tx, session, {&before, email}));
    return ContactSaved{suspended};
}

base::Result<ContactSaved> save_mobile(store::Tx& tx, const Session& session,
                                       const Membership& before, const base::Phone& mobile) {
    PORTAL_TRYV(store::set_contact(tx, session.tenant().id, before.id,
                                   {before.email, mobile, before.language}));
    const auto cause = base::make_uuid(session.services().random);
    PORTAL_TRYV(tell_old_address(tx, session, before, cause));
    if (before.email.empty() || before.mobile.empty()) return ContactSaved{};
    auto by_sms = before;  // the old number itself hears of it too
    by_sms.email = base::Email{};
    PORTAL_TRYV(tell_old_address(tx, session, by_sms, cause));
    return ContactSaved{};
}

base::Result<ContactSaved> save(store::Tx& tx, const Session& session, const Wanted& wanted) {
    PORTAL_TRY(before, load_self(tx, session));
    PORTAL_TRYV(record_act(
        tx, session,
        {"contact.change", "membership", before.id.value, store::enum_text(wanted.what)}));
    return wanted.what == ContactKind::email
               ? save_email(tx, session, before, base::Email{wanted.value})
               : save_mobile(tx, session, before, base::Phone{wanted.value});
}

enum class Answer { over, wrong, right };
struct Outcome {
    Answer answer = Answer::over;
    ContactSaved saved{};
};

struct Typed {
    ContactKind what = ContactKind::email;
    base::Secret code;
};

base::Result<Outcome> evaluate(store::Tx& tx, const Session& session, const Typed& typed) {
    const auto tenant = session.tenant().id;
    const auto& services = session.services();
    const auto& person = session.who().person;
    PORTAL_TRY(found, store::find_contact_attempt(tx, tenant, person.id));
    if (!found || !found->attempt.code_hash) return Outcome{};
    const auto& attempt = found->attempt;
    PORTAL_TRY(wanted, open_wanted(session, *found));
    if (wanted.session == 0 || wanted.what != typed.what) return Outcome{};
    const auto fits = [&] {
        return crypto::code_matches(services.keys, {kPurpose, attempt.id}, typed.code,
                                    *attempt.code_hash);
    };
    if (attempt.done_at)
        return Outcome{session.now() <= *attempt.done_at + kRepeat && fits() ? Answer::right
                                                                             : Answer::over};
    PORTAL_TRY(may, spend_code_try(tx, session, person.account));
    PORTAL_TRY(counted, store::count_attempt_try(tx, tenant, attempt.id,
                                                 services.options.code_attempts, session.now()));
    if (!may || !counted) return Outcome{};
    if (!fits()) {
        PORTAL_TRYV(record_act(tx, session,
                               {"contact.denied", "membership", person.id.value, "wrong_code"}));
        return Outcome{Answer::wrong};
    }
    PORTAL_TRY(ours, store::finish_attempt(tx, tenant, attempt.id, session.now()));
    if (!ours) return Outcome{};
    PORTAL_TRY(saved, save(tx, session, wanted));
    return Outcome{Answer::right, saved};
}

}  // namespace

bool is_fresh(const Session& session) {
    return logged_in_within(session, kFresh);
}

base::Result<ContactView> show_contact(Session& session) {
    PORTAL_TRYV(authorize(session, Action::contact_show));
    const auto tenant = session.tenant().id;
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<ContactView> {
        PORTAL_TRY(person, load_self(tx, session));
        PORTAL_TRY(exemption, store::find_exemption(tx, tenant, person.id));
        ContactView view;
        view.name = person.full_name();
        view.email = person.email;
        view.mobile = person.mobile;
        view.language = person.language;
        view.sms = has_sms(session);
        PORTAL_TRY(facts, person_facts(tx, session, person));
        view.lacks = lacking_channel(session, facts);
        if (!exemption || exemption->state != ExemptionState::active) return view;
        view.email_ends_login =
            canonical_email(exemption->code_address) == canonical_email(person.email);
        if (!view.email_ends_login) view.code_address = exemption->code_address;
        return view;
    });
}

base::Result<ContactAsked> begin_contact_change(Session& session, const ContactChange& change) {
    PORTAL_TRYV(authorize(session, Action::contact_change));
    if (!logged_in_within(session, kFresh + kTyping))
        return base::make_error(ErrorCode::forbidden,
                                N_("You logged in a while ago. Log in again, then change this."));
    const auto& services = session.services();
    PORTAL_TRY(changed, parse_change(session, change));
    const auto token = derive_token(services, "contact|" + base::format_hex(change.key) + "|" +
                                                  std::to_string(session.who().session.value));
    const NewCode asked{changed, change.what, crypto::hash_token(token.reveal())};
    PORTAL_TRYV(services.store.write(session.tenant().id,
                                     [&](store::Tx& tx) { return start(tx, session, asked); }));
    services.wake_outbox();
    return show_contact_change(session, change.what);
}

base::Result<ContactAsked> show_contact_change(Session& session, ContactKind what) {
    PORTAL_TRYV(authorize(session, Action::contact_change));
    const auto tenant = session.tenant().id;
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<ContactAsked> {
        PORTAL_TRY(found, store::find_contact_attempt(tx, tenant, session.who().person.id));
        if (!found) return over();
        const auto& attempt = found->attempt;
        const bool open = !attempt.done_at && attempt.expires_at > session.now() &&
                          attempt.tries < session.services().options.code_attempts;
        if (!open) return over();
        PORTAL_TRY(wanted, open_wanted(session, *found));
        if (wanted.session == 0 || wanted.what != what) return over();
        return ContactAsked{wanted.value, what == ContactKind::mobile};
    });
}

base::Result<ContactSaved> finish_contact_change(Session& session, ContactKind what,
                                                 std::string_view code) {
    PORTAL_TRYV(authorize(session, Action::contact_change));
    std::string digits;
    for (const char c : base::trim(code))
        if (c != ' ' && c != '-') digits += c;
    const bool six = digits.size() == crypto::kCodeDigits &&
                     digits.find_first_not_of("0123456789") == std::string::npos;
    if (!six) return base::invalid("code", N_("Write the six digits of the code."));
    const Typed typed{what, base::Secret{digits}};
    PORTAL_TRY(outcome, session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return evaluate(tx, session, typed);
    }));
    if (outcome.answer == Answer::over) return over();
    if (outcome.answer == Answer::wrong) {
        auto error = base::make_error(ErrorCode::unauthenticated,
                                      N_("The code is not right. Look at the latest message."));
        error.field = "code";
        return error;
    }
    session.services().wake_outbox();
    return outcome.saved;
}

base::Status change_language(Session& session, Language language) {
    PORTAL_TRYV(authorize(session, Action::contact_change));
    const auto tenant = session.tenant().id;
    PORTAL_TRYV(session.services().store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRY(person, load_self(tx, session));
        if (person.language == language) return {};
        PORTAL_TRYV(
            store::set_contact(tx, tenant, person.id, {person.email, person.mobile, language}));
        return record_act(tx, session,
                          {"contact.change", "membership", person.id.value, "language"});
    }));
    return choose_language(session, to_text(language));
}

}  // namespace portal::service
