#include "service/person.hpp"

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "domain/email.hpp"
#include "service/authorize.hpp"
#include "service/booking_change.hpp"
#include "service/exemption.hpp"
#include "service/invitation.hpp"
#include "service/message.hpp"
#include "service/new_person.hpp"
#include "service/record_audit.hpp"
#include "service/user_facts.hpp"
#include "store/column.hpp"
#include "store/credential.hpp"
#include "text/unicode.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;
using store::Membership;
using store::Role;

PersonFields fields_of(const CreatePatient& command) {
    return {command.first_name,  command.last_name,         command.email,
            command.mobile,      command.language,          command.login_name,
            command.national_id, command.protected_identity};
}

base::Error nobody_here(std::string_view field) {
    auto error = base::make_error(base::ErrorCode::not_found, N_("There is no such person here."));
    error.field = field;
    return error;
}

/// What `patient create` says of an exemption; its first absent field is named (P11, P12).
base::Result<std::optional<ExemptionFacts>> exemption_of(const CreatePatient& c) {
    if (!c.no_eid) return std::optional<ExemptionFacts>{};
    const auto missing = [](const char* field) {
        return base::invalid(field, N_("An exemption from eID needs this too."));
    };
    if (!c.email) return missing("email");
    if (!c.reason) return missing("reason");
    if (!c.identity_checked_by) return missing("identity_checked_by");
    if (!c.identity_checked_how) return missing("identity_checked_how");
    if (!c.identity_checked_on) return missing("identity_checked_on");
    if (!c.address_owner) return missing("address_owner");
    return std::optional{ExemptionFacts{*c.reason, *c.identity_checked_by, *c.identity_checked_how,
                                        *c.identity_checked_on, *c.address_owner,
                                        c.address_confirmed, std::nullopt, c.review_on}};
}

/// The key's first answer, if it was used before.
base::Result<std::optional<base::Uuid>> claim(store::Tx& tx, const Session& session,
                                              const CreatePatient& command, const base::Uuid& id) {
    const auto key = key_of(session, command.key);
    if (!key) return std::optional<base::Uuid>{};
    const auto act = key_act("patient.create", {command.first_name, command.last_name});
    return store::claim_key(tx, session.tenant().id, {*key, act, id, session.now()});
}

/// K20: before anything is written.
base::Status check_invite(const CreatePatient& command) {
    if (!command.invite) return {};
    if (!command.email)
        return base::invalid("invite", N_("An invitation needs an e-mail address."));
    if (command.no_eid)
        return base::invalid("invite",
                             N_("Who is exempt from eID gets a link of its own; leave one out."));
    return {};
}

base::Status invite_if(bool wanted, store::Tx& tx, const Session& session,
                       const Membership& person) {
    if (!wanted) return {};
    PORTAL_TRY(sent, queue_invitation(tx, session, person));
    return {};
}

}  // namespace

PatientView patient_view(const Membership& m) {
    PatientView view;
    view.id = m.public_id;
    view.name = m.full_name();
    view.email = m.email.reveal();
    view.mobile = m.mobile.reveal();
    view.created_at = m.created_at;
    view.version = m.version;
    return view;
}

base::Result<PatientView> create_patient(Session& session, const CreatePatient& command) {
    PORTAL_TRYV(authorize(session, Action::patient_create));
    PORTAL_TRY(person, parse_person(session, Role::patient, fields_of(command)));
    PORTAL_TRY(exemption, exemption_of(command));
    PORTAL_TRYV(check_invite(command));
    std::optional<base::Uuid> first;  // whom this key has made before
    PORTAL_TRYV(add_identified(
        session, person.national_id,
        [&](store::Tx& tx, std::optional<base::AccountId> known) -> base::Status {
            auto copy = person;
            PORTAL_TRY(before, claim(tx, session, command, copy.member.public_id));
            first = before;
            if (before) return {};
            PORTAL_TRY(member, add_member(tx, session, copy, known));
            if (known) PORTAL_TRYV(note_known_account(tx, session, *known));
            PORTAL_TRYV(record_act(tx, session, {"patient.create", "membership", member.value}));
            if (!exemption) return invite_if(command.invite, tx, session, copy.member);
            PORTAL_TRY(begun, begin_exemption(tx, session, copy.member, *exemption));
            return {};
        }));
    if (first) return show_patient(session, {base::format_uuid(*first)});
    if (exemption || command.invite) session.services().wake_outbox();
    auto view = patient_view(person.member);
    if (person.national_id) view.national_id = mask_national_id(person.national_id->canonical);
    return view;
}

base::Result<PatientList> list_patients(Session& session, const ListPatients&) {
    PORTAL_TRYV(authorize(session, Action::patient_list));
    const auto tenant = session.tenant().id;
    PORTAL_TRYV(session.services().store.write(tenant, [&](store::Tx& tx) {
        return record_act(tx, session, {"patient.list", "", 0});
    }));
    PORTAL_TRY(rows, session.services().store.read(
                         tenant, [&](store::Tx& tx) { return store::list_patients(tx, tenant); }));
    PatientList list;
    for (const auto& row : rows) list.items.push_back(patient_view(row));
    return list;
}

base::Result<PatientView> show_patient(Session& session, const ShowPatient& command) {
    PORTAL_TRYV(authorize(session, Action::patient_show));
    const auto tenant = session.tenant().id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<PatientView> {
        PORTAL_TRY(member,
                   resolve_member(tx, session, {command.patient, Role::patient, "patient"}));
        PORTAL_TRYV(record_act(tx, session, {"patient.show", "membership", member.id.value}));
        auto view = patient_view(member);
        PORTAL_TRY(masked, store::find_masked_identity(tx, member.account));
        view.national_id = masked.value_or("");
        PORTAL_TRY(facts, facts_for_clinic(tx, session, member));
        view.password = facts.has_password;
        return view;
    });
}

base::Result<PasswordLinkView> send_password_link(Session& session,
                                                  const SendPasswordLink& command) {
    PORTAL_TRYV(authorize(session, Action::password_link_send));
    const auto tenant = session.tenant().id;
    const auto& options = session.services().options;
    const auto token = crypto::make_token(session.services().random);
    const auto hash = crypto::hash_token(token.reveal());
    const auto link = tenant_url(options, session.tenant()) + "/set-password/" + token.reveal();
    const auto expires_at = session.now() + std::chrono::hours{options.link_hours};
    PasswordLinkView view;
    view.expires_at = expires_at;
    if (command.print) view.link = link;
    PORTAL_TRYV(session.services().store.write(tenant, [&](store::Tx& tx) -> base::Status {
        auto found = resolve_member(tx, session, {command.user, Role::patient, "user"});
        if (!found) found = resolve_member(tx, session, {command.user, Role::relative, "user"});
        if (!found) found = resolve_member(tx, session, {command.user, Role::staff, "user"});
        PORTAL_TRY(member, std::move(found));
        if (!command.print && member.email.empty())
            return base::make_error(base::ErrorCode::conflict,
                                    N_("This person has no e-mail address."))
                .with_hint("use --print and hand the link over yourself");
        PORTAL_TRYV(store::void_password_links(tx, tenant, member.account, session.now()));
        PORTAL_TRYV(
            store::insert_password_link(tx, tenant, {member.id, hash, session.now(), expires_at}));
        PORTAL_TRYV(record_act(tx, session, {"user.set-password", "membership", member.id.value}));
        if (command.print) return {};
        view.sent_to = mask_email(member.email);
        Outgoing message;
        message.kind = text::MessageKind::password_link;
        message.cause = base::format_hex(hash);
        message.to = &member;
        message.view.link = link;
        message.view.valid = session.services().catalogue.plural(
            to_text(member.language), text::M_("{1} hour", "{1} hours"), options.link_hours);
        message.secret = true;
        message.expires_at = expires_at;
        return queue_message(tx, session, std::move(message));
    }));
    if (!command.print) session.services().wake_outbox();
    return view;
}

base::Result<Membership> resolve_member(store::Tx& tx, const Session& session,
                                        const Wanted& wanted) {
    const auto tenant = session.tenant().id;
    if (const auto id = base::parse_uuid(wanted.reference)) {
        PORTAL_TRY(member, store::find_membership_by_public_id(tx, tenant, *id));
        if (!member || member->role != wanted.role) return nobody_here(wanted.field);
        return *member;
    }
    // Patients and visitors name people by id only: an address would tell them who works here.
    const auto folded = text::fold(wanted.reference);
    const auto kind = session.who().kind;
    if (!folded || kind == Principal::patient || kind == Principal::nobody)
        return nobody_here(wanted.field);
    PORTAL_TRY(account, store::find_account_by_email(tx, tenant, *folded));
    if (!account) return nobody_here(wanted.field);
    PORTAL_TRY(members, store::list_memberships_of(tx, tenant, *account));
    for (const auto& member : members)
        if (member.role == wanted.role) return member;
    return nobody_here(wanted.field);
}

base::Status check_profile_open(const Membership& member, std::string_view field) {
    if (!member.blocked) return {};
    auto error = base::make_error(base::ErrorCode::conflict,
                                  N_("This person's profile is closed here, so that nobody could "
                                     "log in to the visit."));
    error.field = field;
    return error;
}

base::Result<store::Membership> resolve_booker(store::Tx& tx, const Session& session,
                                               std::string_view reference) {
    if (session.who().kind != Principal::patient) {
        PORTAL_TRY(named, resolve_member(tx, session, {reference, Role::patient, "patient"}));
        PORTAL_TRYV(check_profile_open(named, "patient"));
        return named;
    }
    PORTAL_TRY(self, store::find_membership(tx, session.tenant().id, session.who().person.id));
    if (!self) return base::make_error(base::ErrorCode::not_found, {});
    return *self;
}

base::Result<store::Staff> resolve_staff(store::Tx& tx, const Session& session,
                                         std::string_view reference, std::string_view field) {
    PORTAL_TRY(member, resolve_member(tx, session, {reference, Role::staff, field}));
    PORTAL_TRY(staff, store::find_staff_by_membership(tx, session.tenant().id, member.id));
    if (!staff) return nobody_here(field);
    return *staff;
}

}  // namespace portal::service
