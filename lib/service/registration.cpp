#include "service/registration.hpp"

#include "base/encoding.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "domain/email.hpp"
#include "service/login_budget.hpp"
#include "service/login_facts.hpp"
#include "service/new_person.hpp"
#include "service/record_audit.hpp"
#include "service/registration_news.hpp"
#include "store/column.hpp"
#include "store/exemption.hpp"
#include "store/login.hpp"
#include "store/registration.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using store::Membership;

base::Error used_up() {
    return base::make_error(ErrorCode::not_found,
                            N_("This link has been used or is too old. Register again."));
}

base::Result<NewPerson> parse_form(const Session& session, const RegistrationForm& form) {
    PersonFields fields{std::string{base::trim(form.first_name)},
                        std::string{base::trim(form.last_name)}};
    PORTAL_TRYV(check_name("first_name", fields.first_name));
    PORTAL_TRYV(check_name("last_name", fields.last_name));
    if (!form.national_id.empty()) {
        if (!asks_national_id(session))
            return base::invalid("national_id", N_("The form has a field that is not ours: {1}."),
                                 {"national_id"});
        fields.national_id = form.national_id;
    }
    if (form.email.empty())
        return base::invalid("email", N_("Write your e-mail address, like anna@example.org."));
    fields.email = form.email;
    if (!form.mobile.empty()) fields.mobile = form.mobile;
    fields.language = to_domain(session.language());
    return parse_person(session, store::Role::patient, fields);
}

/// What no table shows: the national id as it was told.
base::Bytes seal_number(const Session& session, const base::Uuid& id,
                        const std::optional<ParsedNationalId>& number) {
    const auto plain = number ? number->canonical.reveal() : std::string{};
    return crypto::seal(session.services().keys, plain,
                        crypto::associated_data("registration", "detail_sealed",
                                                session.tenant().id, base::format_uuid(id)));
}

base::Result<std::optional<ParsedNationalId>> open_number(const Session& session,
                                                          const store::Registration& row) {
    if (!row.detail_sealed) return std::optional<ParsedNationalId>{};
    PORTAL_TRY(plain, crypto::open(session.services().keys, *row.detail_sealed,
                                   crypto::associated_data("registration", "detail_sealed",
                                                           session.tenant().id,
                                                           base::format_uuid(row.public_id))));
    if (plain.empty()) return std::optional<ParsedNationalId>{};
    PORTAL_TRY(number, parse_number(session, base::NationalId{plain.reveal()}));
    return std::optional{number};
}

/// Somebody's mailbox is not filled by whoever knows the address.
base::Result<bool> may_write_to(store::Tx& tx, const Session& session, const std::string& folded) {
    const auto& services = session.services();
    const auto subject = crypto::blind_index(services.keys, "register|" + folded);
    PORTAL_TRY(asked,
               store::count_login_step(tx, session.tenant().id, subject,
                                       std::chrono::floor<std::chrono::hours>(session.now())));
    return asked <= services.options.codes_per_hour;
}

/// Who has this address here; the same statements where nobody has.
base::Result<std::optional<Membership>> find_owner(store::Tx& tx, const Session& session,
                                                   const std::string& folded) {
    PORTAL_TRY(account, store::find_account_by_email(tx, session.tenant().id, folded));
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id,
                                                   account.value_or(base::AccountId{})));
    if (members.empty()) return std::optional<Membership>{};
    return std::optional{members.front()};
}

struct Asked {
    NewPerson person;
    base::Secret token;
    store::Registration row;
};

base::Status send_answer(store::Tx& tx, const Session& session, const Asked& asked,
                         const std::optional<Membership>& owner) {
    PORTAL_TRY(may, may_write_to(tx, session, asked.person.folded_email));
    RegistrationNews news;
    news.kind =
        owner ? text::MessageKind::registration_known : text::MessageKind::registration_link;
    news.cause = base::format_uuid(asked.row.public_id);
    news.path = owner ? "/login" : "/register/confirm/" + asked.token.reveal();
    news.hours = session.services().options.link_hours;
    news.too_many = !may;
    news.code = make_mail_code(session.services(), *asked.row.token_hash).reveal();
    return queue_registration_news(tx, session, owner ? *owner : asked.person.member, news);
}

enum class Outcome { done, too_often };

base::Result<Outcome> ask(store::Tx& tx, const Session& session, const Asked& asked) {
    PORTAL_TRY(may, spend_network_step(tx, session));
    if (!may) return Outcome::too_often;
    PORTAL_TRY(owner, find_owner(tx, session, asked.person.folded_email));
    auto row = asked.row;
    if (owner) row.membership = owner->id;  // such a row's link is never sent and does nothing
    PORTAL_TRY(made, store::insert_registration(tx, session.tenant().id, row));
    if (!made) return Outcome::done;  // the same form again
    PORTAL_TRYV(send_answer(tx, session, asked, owner));
    PORTAL_TRYV(record_act(tx, session, {"registration.ask", "", 0}));
    return Outcome::done;
}

Asked make_asked(const Session& session, const RegistrationForm& form, NewPerson person) {
    const auto& services = session.services();
    Asked asked;
    asked.token = derive_token(
        services, "register|" + base::format_hex(form.key) + "|" + person.folded_email);
    auto& row = asked.row;
    row.public_id = base::make_uuid(services.random);
    row.first_name = person.member.first_name;
    row.last_name = person.member.last_name;
    row.email = person.member.email;
    row.mobile = person.member.mobile;
    row.language = person.member.language;
    row.detail_sealed = seal_number(session, row.public_id, person.national_id);
    row.token_hash = crypto::hash_token(asked.token.reveal());
    row.created_at = session.now();
    row.expires_at = session.now() + std::chrono::hours{services.options.link_hours};
    asked.person = std::move(person);
    return asked;
}

base::Result<store::Registration> load_link(store::Tx& tx, const Session& session,
                                            std::string_view token) {
    PORTAL_TRY(
        row, store::find_registration_by_token(tx, session.tenant().id, crypto::hash_token(token)));
    const bool open = row && row->state == RegistrationState::unproved && !row->membership &&
                      row->expires_at && *row->expires_at > session.now();
    if (!open) return used_up();
    return *row;
}

RegistrationLink link_of(const Session& session, const store::Registration& row) {
    return {row.full_name(), session.tenant().registration == Registration::approval};
}

/// The person whom a proved link makes, with the number that was told.
base::Result<NewPerson> person_of(const Session& session, const store::Registration& row) {
    NewPerson person;
    auto& member = person.member;
    member.public_id = base::make_uuid(session.services().random);
    member.first_name = row.first_name;
    member.last_name = row.last_name;
    member.email = row.email;
    member.mobile = row.mobile;
    member.language = row.language;
    member.created_at = session.now();
    member.origin = row.origin;
    PORTAL_TRY(folded, fold_address(row.email));
    person.folded_email = folded;
    PORTAL_TRY(number, open_number(session, row));
    person.national_id = number;
    return person;
}

/// Somebody of this clinic already: by the number, or by the address since the link was sent.
base::Result<std::optional<Membership>> find_here(store::Tx& tx, const Session& session,
                                                  const NewPerson& person,
                                                  std::optional<base::AccountId> known) {
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id,
                                                   known.value_or(base::AccountId{})));
    PORTAL_TRY(owner, find_owner(tx, session, person.folded_email));
    if (!members.empty()) return std::optional{members.front()};
    return owner;
}

/// Nothing is made; whoever is here already hears of it at his own address.
base::Status settle_known(store::Tx& tx, const Session& session, store::Registration row,
                          const Membership& here) {
    row.state = RegistrationState::rejected;
    row.reason = "known";
    row.membership = here.id;
    row.decided_at = session.now();
    PORTAL_TRY(saved, store::save_registration(tx, session.tenant().id, row));
    if (!saved) return used_up();
    RegistrationNews news;
    news.kind = text::MessageKind::registration_known;
    news.cause = base::format_uuid(row.public_id) + ":proved";
    news.path = "/login";
    return queue_registration_news(tx, session, here, news);
}

struct Proved {
    NewPerson person;
    std::optional<base::AccountId> known;  // whose number it is
};
base::Status settle_new(store::Tx& tx, const Session& session, store::Registration row,
                        Proved proved) {
    auto& [person, known] = proved;
    const auto tenant = session.tenant().id;
    const bool waits = session.tenant().registration == Registration::approval;
    RegistrationNews news;
    news.cause = base::format_uuid(row.public_id) + ":proved";
    if (waits) {
        PORTAL_TRY(account, choose_account(tx, session, person, known));
        PORTAL_TRY(waiting, store::has_pending_registration(tx, tenant, account));
        row.account = account;
        row.state = waiting ? RegistrationState::rejected : RegistrationState::pending;
        row.reason = waiting ? "waiting" : "";
        news.kind = text::MessageKind::registration_waiting;
        news.path = "/login";
        PORTAL_TRYV(queue_registration_news(tx, session, contact_of(session), news));
    } else {
        PORTAL_TRY(member, add_member(tx, session, person, known));
        row.account = person.member.account;
        row.membership = member;
        row.state = RegistrationState::approved;
        row.decided_at = session.now();
        PORTAL_TRYV(add_welcome(tx, session, person.member));
        PORTAL_TRYV(
            record_act(tx, session, {"patient.create", "membership", member.value, "self"}));
        news.kind = text::MessageKind::registration_approved;
        news.path = "/login";
        PORTAL_TRYV(queue_registration_news(tx, session, person.member, news));
    }
    if (known) PORTAL_TRYV(note_known_account(tx, session, *known));
    PORTAL_TRY(saved, store::save_registration(tx, tenant, row));
    if (!saved) return used_up();
    return record_act(tx, session, {"registration.prove", "registration", row.id});
}

/// Whoever has the address or the number hears that it is used no longer; not why, and not who.
base::Status tell_removed(store::Tx& tx, const Session& session, const Membership& member,
                          bool keeps_email) {
    const bool email = !member.email.empty() && !keeps_email;
    const auto* what = !email ? N_("Removed: your mobile number.")
                       : member.mobile.empty()
                           ? N_("Removed: this e-mail address.")
                           : N_("Removed: this e-mail address and your mobile number.");
    for (const auto channel : {Channels::mail, Channels::sms}) {
        const bool mail = channel == Channels::mail;
        if (mail ? member.email.empty() : member.mobile.empty()) continue;
        Outgoing message;
        message.kind = text::MessageKind::contact_removed;
        message.channels = channel;
        message.cause = base::format_uuid(base::make_uuid(session.services().random));
        message.to = &member;
        message.view.extra = session.services().catalogue.translate(to_text(member.language), what);
        message.view.phone = session.tenant().phone;
        message.expires_at = session.now() + std::chrono::hours{48};
        PORTAL_TRYV(queue_message(tx, session, std::move(message)));
    }
    return {};
}

}  // namespace

base::Status check_registration_open(const Session& session) {
    if (session.tenant().registration != Registration::none) return {};
    return base::make_error(
        ErrorCode::forbidden,
        N_("You cannot register here yourself. Please call the clinic. It can add you."));
}

bool asks_national_id(const Session& session) {
    const auto& tenant = session.tenant();
    return tenant.has(Module::bankid) || tenant.has(Module::mitid) ||
           tenant.has(Module::cpr_password);
}

base::Result<base::Secret> register_person(Session& session, const RegistrationForm& form) {
    PORTAL_TRYV(check_registration_open(session));
    PORTAL_TRY(person, parse_form(session, form));
    const auto asked = make_asked(session, form, std::move(person));
    PORTAL_TRY(outcome, session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return ask(tx, session, asked);
    }));
    if (outcome == Outcome::too_often)
        return base::make_error(ErrorCode::rate_limited,
                                N_("Too many tries. Wait a minute and try again."));
    session.services().wake_outbox();
    return make_browser_mark(session.services(), *asked.row.token_hash);
}

base::Result<RegistrationLink> show_registration_link(Session& session, std::string_view token,
                                                      const LinkOpener& opener) {
    PORTAL_TRYV(check_registration_open(session));
    PORTAL_TRY(row, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return load_link(tx, session, token);
    }));
    auto link = link_of(session, row);
    link.asks_code = !has_asked(session.services(), crypto::hash_token(token), opener);
    return link;
}

base::Result<RegistrationLink> confirm_registration(Session& session, std::string_view token,
                                                    const LinkOpener& opener) {
    PORTAL_TRYV(check_registration_open(session));
    const auto tenant = session.tenant().id;
    PORTAL_TRY(first, session.services().store.read(
                          tenant, [&](store::Tx& tx) { return load_link(tx, session, token); }));
    PORTAL_TRYV(check_opener(session, crypto::hash_token(token), opener));
    PORTAL_TRY(person, person_of(session, first));
    const auto settle = [&](store::Tx& tx, std::optional<base::AccountId> known) -> base::Status {
        PORTAL_TRY(row, load_link(tx, session, token));
        PORTAL_TRY(here, find_here(tx, session, person, known));
        if (here) return settle_known(tx, session, row, *here);
        return settle_new(tx, session, row, {person, known});
    };
    auto settled = add_identified(session, person.national_id, settle);
    const bool another = !settled && settled.error().code == ErrorCode::conflict;
    // Another registration of the same person came between: that one stands, and is found now.
    if (another) settled = add_identified(session, person.national_id, settle);
    if (!settled) return std::move(settled).error();
    session.services().wake_outbox();
    return link_of(session, first);
}

base::Status forget_told_addresses(store::Tx& tx, const Session& session,
                                   const Membership& member) {
    if (member.origin != "self") return {};
    const auto tenant = session.tenant().id;
    PORTAL_TRY(exemption, store::find_exemption(tx, tenant, member.id));
    const bool checked = exemption && exemption->state == ExemptionState::active &&
                         canonical_email(exemption->code_address) == canonical_email(member.email);
    if ((member.email.empty() || checked) && member.mobile.empty()) return {};
    PORTAL_TRYV(tell_removed(tx, session, member, checked));
    if (!member.email.empty() && !checked) {
        PORTAL_TRY(folded, fold_address(member.email));
        PORTAL_TRYV(store::remove_identifier(tx, tenant, member.account,
                                             {store::IdentifierKind::email, folded}));
    }
    auto emptied = member;
    if (!checked) emptied.email = {};
    emptied.mobile = {};
    PORTAL_TRY(saved, store::save_membership(tx, tenant, emptied));
    if (!saved) return base::make_error(ErrorCode::stale, {});
    return record_act(tx, session,
                      {"contact.forget", "membership", member.id.value, "never_proved"});
}

}  // namespace portal::service
