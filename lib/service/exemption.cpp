#include "service/exemption.hpp"

#include <algorithm>

#include "crypto/token.hpp"
#include "domain/email.hpp"
#include "domain/exemption_state.hpp"
#include "service/authorize.hpp"
#include "service/message.hpp"
#include "service/person.hpp"
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
using store::Membership;

constexpr std::string_view kVerifiedBy = "exemption";

bool same_address(const base::Email& a, const base::Email& b) {
    return canonical_email(a) == canonical_email(b);
}

base::Error at(std::string_view field, base::Error error) {
    error.field = field;
    return error;
}

/// Midnight at the start of a day of the clinic's.
base::Instant start_of(base::LocalDay day, const base::Zone& zone) {
    return zone.resolve(base::LocalTime{day}).first;
}

/// The address of the master card, and the one that the person signed up with (P18).
struct Addresses {
    std::vector<base::Email> all;  // each once
    base::Email signup;            // empty: none
    base::Email chosen{};          // that the clinic has confirmed
};

base::Result<Addresses> load_addresses(store::Tx& tx, const Session& session,
                                       const Membership& person) {
    Addresses found;
    PORTAL_TRY(signup, store::find_signup_address(tx, session.tenant().id, person.account));
    found.signup = signup.value_or(base::Email{});
    if (!person.email.empty()) found.all.push_back(person.email);
    const bool other = !found.signup.empty() &&
                       (person.email.empty() || !same_address(person.email, found.signup));
    if (other) found.all.push_back(found.signup);
    return found;
}

base::Result<base::Email> choose_address(const Addresses& addresses,
                                         const std::optional<base::Email>& wanted) {
    if (addresses.all.empty())
        return at("code_address",
                  base::make_error(ErrorCode::conflict, N_("This person has no e-mail address. "
                                                           "Codes for logging in need one.")));
    if (!wanted) {
        if (addresses.all.size() == 1) return addresses.all.front();
        return at("code_address",
                  base::make_error(ErrorCode::conflict, N_("This person has two e-mail addresses. "
                                                           "Choose the one that gets codes."))
                      .with_hint("portalctl exemption show names both; --code-address chooses"));
    }
    PORTAL_TRY(parsed, parse_email(wanted->reveal()));
    const auto found =
        std::find_if(addresses.all.begin(), addresses.all.end(),
                     [&](const auto& address) { return same_address(address, parsed); });
    if (found == addresses.all.end())
        return base::invalid("code_address", N_("This is no e-mail address of this person."));
    return *found;
}

/// What a check says, fit to be written.
base::Status write_check(const Session& session, const ExemptionFacts& facts,
                         store::Exemption& row) {
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto today = zone.to_local_day(session.now());
    if (!facts.address_confirmed)
        return base::invalid("address_confirmed",
                             N_("State that the e-mail address has been checked: it must be the "
                                "patient's own, or of somebody with power of attorney."));
    if (facts.checked_on > today)
        return base::invalid("identity_checked_on", N_("This day has not come yet."));
    if (facts.review_on && *facts.review_on <= today)
        return base::invalid("review_on", N_("Choose a day that is still to come."));
    row.checked_by = facts.checked_by;
    row.checked_how = facts.checked_how;
    row.checked_at = start_of(facts.checked_on, zone);
    row.address_owner = facts.address_owner;
    row.review_at.reset();
    if (facts.review_on) row.review_at = start_of(*facts.review_on, zone);
    return {};
}

/// What was proved here before the clinic's check counts no more (D1).
base::Status void_earlier(store::Tx& tx, const Session& session, const Membership& person) {
    const auto tenant = session.tenant().id;
    // Links first: whoever is using one has his password in before the passwords are looked at.
    PORTAL_TRYV(store::void_password_links(tx, tenant, person.account, session.now()));
    PORTAL_TRYV(store::void_tenant_passwords(tx, tenant, person.account, session.now()));
    return store::end_sessions_of(tx, tenant, person.account, session.now());
}

/// An address that only the person himself named finds nobody any more, unless it was confirmed.
base::Status drop_unconfirmed(store::Tx& tx, const Session& session, const Membership& person,
                              const Addresses& addresses) {
    const bool unconfirmed = !addresses.signup.empty() && addresses.all.size() > 1 &&
                             !same_address(addresses.signup, addresses.chosen);
    if (!unconfirmed) return {};
    const auto folded = text::fold(canonical_email(addresses.signup));
    if (!folded) return {};
    return store::remove_identifier(tx, session.tenant().id, person.account,
                                    {store::IdentifierKind::email, *folded});
}

/// A link for a password, to the code address and nowhere else.
base::Status send_activation(store::Tx& tx, const Session& session, const Membership& person,
                             const base::Email& address) {
    const auto& options = session.services().options;
    const auto tenant = session.tenant().id;
    const auto token = crypto::make_token(session.services().random);
    const auto hash = crypto::hash_token(token.reveal());
    const auto expires_at = session.now() + std::chrono::hours{options.link_hours};
    auto to = person;
    to.email = address;
    PORTAL_TRYV(store::void_password_links(tx, tenant, person.account, session.now()));
    PORTAL_TRYV(
        store::insert_password_link(tx, tenant, {person.id, hash, session.now(), expires_at}));
    Outgoing message;
    message.kind = text::MessageKind::password_link;
    message.cause = base::format_hex(hash);
    message.to = &to;
    message.view.link = tenant_url(options, session.tenant()) + "/set-password/" + token.reveal();
    message.view.valid = session.services().catalogue.plural(
        to_text(person.language), text::M_("{1} hour", "{1} hours"), options.link_hours);
    message.secret = true;
    message.expires_at = expires_at;
    return queue_message(tx, session, std::move(message));
}

ExemptionView view_of(const store::Exemption& row, const base::Zone& zone) {
    ExemptionView view;
    view.state = row.state;
    view.code_address = row.code_address.reveal();
    view.address_owner = row.address_owner;
    view.reason = row.reason;
    view.identity_checked_by = row.checked_by;
    view.identity_checked_how = row.checked_how;
    view.identity_checked_on = zone.to_local_day(row.checked_at);
    if (row.review_at) view.review_on = zone.to_local_day(*row.review_at);
    view.created_at = row.created_at;
    view.ended_at = row.ended_at;
    view.version = row.version;
    return view;
}

base::Result<ExemptionView> view_of(const Session& session, const Membership& person,
                                    const store::Exemption& row) {
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    auto view = view_of(row, zone);
    view.patient = person.public_id;
    view.name = person.full_name();
    return view;
}

base::Result<Membership> resolve_patient(store::Tx& tx, const Session& session,
                                         std::string_view reference) {
    return resolve_member(tx, session, {reference, store::Role::patient, "patient"});
}

/// The one that has not ended, in the state after `event`; a conflict that says why not.
base::Result<store::Exemption> advance(store::Tx& tx, const Session& session,
                                       const Membership& person, ExemptionEvent event) {
    PORTAL_TRY(last, store::find_last_exemption(tx, session.tenant().id, person.id));
    PORTAL_TRY(state, decide_exemption(last ? last->state : ExemptionState::none, event));
    auto row = last.value_or(store::Exemption{});
    row.state = state;
    return row;
}

}  // namespace

base::Result<store::Exemption> begin_exemption(store::Tx& tx, const Session& session,
                                               const Membership& person,
                                               const ExemptionFacts& facts) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(last, advance(tx, session, person, ExemptionEvent::create));
    store::Exemption row;
    row.public_id = base::make_uuid(session.services().random);
    row.membership = person.id;
    row.state = last.state;
    row.reason = facts.reason;
    row.created_at = session.now();
    PORTAL_TRYV(write_check(session, facts, row));
    PORTAL_TRY(addresses, load_addresses(tx, session, person));
    PORTAL_TRY(address, choose_address(addresses, facts.code_address));
    addresses.chosen = row.code_address = address;
    PORTAL_TRY(made, store::insert_exemption(tx, tenant, row));
    if (!made) return decide_exemption(ExemptionState::active, ExemptionEvent::create).error();
    PORTAL_TRYV(void_earlier(tx, session, person));
    PORTAL_TRYV(drop_unconfirmed(tx, session, person, addresses));
    PORTAL_TRYV(store::set_verified(tx, tenant, person, session.now(), kVerifiedBy));
    PORTAL_TRYV(send_activation(tx, session, person, address));
    PORTAL_TRYV(record_act(tx, session,
                           {"exemption.create", "membership", person.id.value,
                            store::enum_text(facts.address_owner)}));
    return row;
}

base::Result<ExemptionView> create_exemption(Session& session, const CreateExemption& c) {
    PORTAL_TRYV(authorize(session, Action::exemption_create));
    const ExemptionFacts facts{
        c.reason,        c.identity_checked_by, c.identity_checked_how, c.identity_checked_on,
        c.address_owner, c.address_confirmed,   c.code_address,         c.review_on};
    auto made = session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<ExemptionView> {
            PORTAL_TRY(person, resolve_patient(tx, session, c.patient));
            PORTAL_TRY(row, begin_exemption(tx, session, person, facts));
            PORTAL_TRY(view, view_of(session, person, row));
            view.sent_to = mask_email(row.code_address);
            return view;
        });
    if (made) session.services().wake_outbox();
    return made;
}

base::Result<ExemptionView> confirm_exemption(Session& session, const ConfirmExemption& c) {
    PORTAL_TRYV(authorize(session, Action::exemption_confirm));
    const ExemptionFacts facts{{},
                               c.identity_checked_by,
                               c.identity_checked_how,
                               c.identity_checked_on,
                               c.address_owner,
                               c.address_confirmed,
                               c.code_address,
                               c.review_on};
    const auto tenant = session.tenant().id;
    auto done =
        session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<ExemptionView> {
            PORTAL_TRY(person, resolve_patient(tx, session, c.patient));
            PORTAL_TRY(row, advance(tx, session, person, ExemptionEvent::confirm));
            PORTAL_TRYV(write_check(session, facts, row));
            PORTAL_TRY(addresses, load_addresses(tx, session, person));
            PORTAL_TRY(address, choose_address(addresses, facts.code_address));
            if (!same_address(row.code_address, address)) {
                auto before = person;
                before.email = row.code_address;
                PORTAL_TRYV(tell_old_address(tx, session, before,
                                             base::make_uuid(session.services().random)));
            }
            row.code_address = address;
            PORTAL_TRYV(store::update_exemption(tx, tenant, row));
            if (!person.verified_at)
                PORTAL_TRYV(store::set_verified(tx, tenant, person, session.now(), kVerifiedBy));
            if (c.new_password) PORTAL_TRYV(send_activation(tx, session, person, address));
            PORTAL_TRYV(record_act(tx, session,
                                   {"exemption.confirm", "membership", person.id.value,
                                    store::enum_text(facts.address_owner)}));
            ++row.version;
            PORTAL_TRY(view, view_of(session, person, row));
            if (c.new_password) view.sent_to = mask_email(address);
            return view;
        });
    if (done) session.services().wake_outbox();
    return done;
}

base::Result<ExemptionView> end_exemption(Session& session, const EndExemption& c) {
    PORTAL_TRYV(authorize(session, Action::exemption_end));
    const auto tenant = session.tenant().id;
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<ExemptionView> {
            PORTAL_TRY(person, resolve_patient(tx, session, c.patient));
            PORTAL_TRY(row, advance(tx, session, person, ExemptionEvent::end));
            row.ended_at = session.now();
            PORTAL_TRYV(store::update_exemption(tx, tenant, row));
            PORTAL_TRYV(store::set_verified(tx, tenant, person, std::nullopt, ""));
            PORTAL_TRYV(store::void_password_links(tx, tenant, person.account, session.now()));
            PORTAL_TRYV(store::end_sessions_of(tx, tenant, person.account, session.now()));
            PORTAL_TRYV(record_act(
                tx, session,
                {"exemption.end", "membership", person.id.value, store::enum_text(c.reason)}));
            ++row.version;
            return view_of(session, person, row);
        });
}

base::Result<ExemptionView> show_exemption(Session& session, const ShowExemption& c) {
    PORTAL_TRYV(authorize(session, Action::exemption_show));
    const auto tenant = session.tenant().id;
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<ExemptionView> {
            PORTAL_TRY(person, resolve_patient(tx, session, c.patient));
            PORTAL_TRYV(record_act(tx, session, {"exemption.show", "membership", person.id.value}));
            PORTAL_TRY(last, store::find_last_exemption(tx, tenant, person.id));
            PORTAL_TRY(addresses, load_addresses(tx, session, person));
            ExemptionView view;
            if (last) {
                PORTAL_TRY(known, view_of(session, person, *last));
                view = known;
            }
            view.patient = person.public_id;
            view.name = person.full_name();
            for (const auto& address : addresses.all) view.addresses.push_back(address.reveal());
            const bool to_come = !last || last->state == ExemptionState::ended;
            if (to_come) view.code_address = addresses.all.size() == 1 ? view.addresses[0] : "";
            return view;
        });
}

base::Result<ExemptionList> list_exemptions(Session& session, const ListExemptions& c) {
    PORTAL_TRYV(authorize(session, Action::exemption_list));
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto tenant = session.tenant().id;
    PORTAL_TRY(rows,
               session.services().store.write(
                   tenant, [&](store::Tx& tx) -> base::Result<std::vector<store::NamedExemption>> {
                       PORTAL_TRYV(record_act(tx, session, {"exemption.list", "", 0}));
                       return c.due ? store::list_due_exemptions(tx, tenant, session.now())
                                    : store::list_exemptions(tx, tenant);
                   }));
    ExemptionList list;
    for (const auto& each : rows) {
        auto view = view_of(each.exemption, zone);
        view.patient = each.patient;
        view.name = each.name;
        list.items.push_back(std::move(view));
    }
    return list;
}

base::Result<bool> note_address_change(store::Tx& tx, const Session& session,
                                       const AddressChange& change) {
    const auto tenant = session.tenant().id;
    const auto& person = *change.person;
    if (person.email == change.now) return false;
    PORTAL_TRYV(tell_old_address(tx, session, person, base::make_uuid(session.services().random)));
    PORTAL_TRYV(store::void_password_links(tx, tenant, person.account, session.now()));
    PORTAL_TRY(live, store::find_exemption(tx, tenant, person.id));
    if (!live || live->state != ExemptionState::active ||
        !same_address(live->code_address, person.email))
        return false;
    PORTAL_TRY(state, decide_exemption(live->state, ExemptionEvent::change_address));
    live->state = state;
    PORTAL_TRYV(store::update_exemption(tx, tenant, *live));
    if (person.verified_by == kVerifiedBy)
        PORTAL_TRYV(store::set_verified(tx, tenant, person, std::nullopt, ""));
    PORTAL_TRYV(store::end_sessions_of(tx, tenant, person.account, session.now()));
    PORTAL_TRYV(record_act(
        tx, session, {"exemption.suspend", "membership", person.id.value, "address_changed"}));
    return true;
}

base::Status tell_old_address(store::Tx& tx, const Session& session, const Membership& person,
                              const base::Uuid& cause) {
    if (person.email.empty() && person.mobile.empty()) return {};
    Outgoing message;
    message.kind = text::MessageKind::contact_changed;
    message.channels = person.email.empty() ? Channels::sms : Channels::mail;
    message.cause = base::format_uuid(cause);
    message.to = &person;
    message.view.phone = session.tenant().phone;
    message.expires_at = session.now() + std::chrono::hours{48};
    return queue_message(tx, session, std::move(message));
}

}  // namespace portal::service
