#include "service/invitee.hpp"

#include "base/encoding.hpp"
#include "domain/phone.hpp"
#include "service/identity.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "service/user_facts.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using store::Membership;
using store::Role;

base::Error refuse(std::string field, const char* sentence, std::vector<std::string> args = {}) {
    auto error = base::make_error(ErrorCode::conflict, sentence, std::move(args));
    error.field = std::move(field);
    return error;
}

bool describes_person(const InviteToVisit& c) {
    return c.first_name || c.last_name || c.mobile || c.national_id || c.email;
}

base::Status check_one_way(const InviteToVisit& c) {
    const int ways =
        int{c.patient.has_value()} + int{c.colleague.has_value()} + int{describes_person(c)};
    if (ways <= 1) return {};
    return base::invalid(c.patient ? "patient" : "colleague",
                         N_("Name one person only: a patient who is here already, a new patient, "
                            "or a colleague."));
}

base::Status check_present(const Session& session, const InviteToVisit& c) {
    if (!c.first_name) return base::invalid("first_name", N_("Write the patient's first name."));
    if (!c.last_name) return base::invalid("last_name", N_("Write the patient's last name."));
    if (!c.mobile)
        return base::invalid("mobile", N_("Write the patient's mobile number. The invitation and "
                                          "the reminders go there."));
    if (c.national_id) return {};
    return base::invalid(
        "national_id",
        session.tenant().country == Country::dk
            ? N_("Write the patient's CPR number, so that nobody else can log in to the visit.")
            : N_("Write the patient's personal number, so that nobody else can log in to the "
                 "visit."));
}

bool is_oneself(const Session& session, const Invitee& invitee, base::AccountId account) {
    const auto& who = session.who();
    return account == invitee.host.person.account ||
           (who.is_member() && account == who.person.account);
}

base::Error oneself(const char* field) {
    return refuse(field, N_("Nobody can invite himself or herself. To try a visit, invite a "
                            "colleague."));
}

std::string set_line(const Session& session, const Membership& member, const char* flags) {
    return "portalctl user set -T " + session.tenant().slug + " " +
           base::format_uuid(member.public_id) + " " + flags;
}

base::Error without_mobile(const Session& session, const Membership& member, const char* field) {
    return refuse(field, N_("This patient is here already and has no mobile number. The patient "
                            "can add one under Contact details, or the clinic's administrator "
                            "can."))
        .with_hint(set_line(session, member, "--mobile NUMBER"));
}

base::Error without_identity(const Session& session, const Membership& member) {
    const bool danish = session.tenant().country == Country::dk;
    return refuse("patient",
                  danish ? N_("This patient is here without a CPR number, so that somebody else "
                              "could log in to the visit. The clinic's administrator can add it.")
                         : N_("This patient is here without a personal number, so that somebody "
                              "else could log in to the visit. The clinic's administrator can "
                              "add it."))
        .with_hint(set_line(session, member, "--national-id-file FILE"));
}

/// What was typed never overwrites the records (D2): the number and address there are the person's
/// own. An empty number is filled in, but not that of somebody who has proved who he is.
base::Status compare(store::Tx& tx, const Session& session, const Membership& typed,
                     Membership& here) {
    if (!typed.email.empty() && typed.email != here.email)
        return refuse("email", N_("This patient is here already, and not with this e-mail address. "
                                  "Leave this empty, or have the address changed first."));
    if (typed.mobile == here.mobile) return {};
    if (!here.mobile.empty()) {
        const auto masked = mask_phone(here.mobile);
        return refuse("mobile",
                      N_("This patient is here already, with a mobile number that ends in {1}. "
                         "Write that number, or have it changed first."),
                      {masked.substr(masked.size() - 2)});
    }
    if (here.verified_at) return without_mobile(session, here, "mobile");
    here.mobile = typed.mobile;
    PORTAL_TRY(saved, store::save_membership(tx, session.tenant().id, here));
    if (!saved) return base::make_error(ErrorCode::stale, {});
    ++here.version;
    return record_act(tx, session, {"user.set", "membership", here.id.value});
}

base::Result<std::optional<Membership>> find_patient_of(store::Tx& tx, const Session& session,
                                                        base::AccountId account) {
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, account));
    for (auto& member : members)
        if (member.role == Role::patient) return std::optional{std::move(member)};
    return std::optional<Membership>{};
}

/// Who is known at another clinic is made here like anybody else (P2, P3).
base::Result<Membership> find_or_add(store::Tx& tx, const Session& session,
                                     const Invitee& invitee) {
    auto person = *invitee.person;
    if (invitee.known) {
        if (is_oneself(session, invitee, *invitee.known)) return oneself("national_id");
        PORTAL_TRY(here, find_patient_of(tx, session, *invitee.known));
        if (here) {
            PORTAL_TRYV(check_profile_open(*here, "national_id"));
            PORTAL_TRYV(compare(tx, session, person.member, *here));
            return *here;
        }
    }
    PORTAL_TRY(made, add_member(tx, session, person, invitee.known));
    if (invitee.known) PORTAL_TRYV(note_known_account(tx, session, *invitee.known));
    PORTAL_TRYV(record_act(tx, session, {"patient.create", "membership", made.value}));
    return person.member;
}

}  // namespace

base::Result<std::optional<NewPerson>> parse_invitee(const Session& session,
                                                     const InviteToVisit& command) {
    PORTAL_TRYV(check_one_way(command));
    if (command.patient || command.colleague) return std::optional<NewPerson>{};
    PORTAL_TRYV(check_present(session, command));
    PORTAL_TRY(person, parse_person(session, Role::patient,
                                    {*command.first_name,
                                     *command.last_name,
                                     command.email,
                                     command.mobile,
                                     command.language,
                                     {},
                                     command.national_id}));
    return std::optional{std::move(person)};
}

base::Status check_named_patient(store::Tx& tx, const Session& session, const Membership& member) {
    PORTAL_TRYV(check_profile_open(member, "patient"));
    if (member.mobile.empty()) return without_mobile(session, member, "patient");
    PORTAL_TRY(facts, facts_for_clinic(tx, session, member));
    if (facts.has_national_id || facts.has_eid_subject || facts.verified) return {};
    return without_identity(session, member);
}

base::Result<Membership> find_or_add_invitee(store::Tx& tx, const Session& session,
                                             const Invitee& invitee) {
    const auto& command = invitee.command;
    if (invitee.person) return find_or_add(tx, session, invitee);
    if (command.colleague) {
        PORTAL_TRY(colleague, resolve_staff(tx, session, *command.colleague, "colleague"));
        if (is_oneself(session, invitee, colleague.person.account)) return oneself("colleague");
        PORTAL_TRYV(check_profile_open(colleague.person, "colleague"));
        return colleague.person;
    }
    PORTAL_TRY(patient, resolve_member(tx, session, {*command.patient, Role::patient, "patient"}));
    if (is_oneself(session, invitee, patient.account)) return oneself("patient");
    PORTAL_TRYV(check_named_patient(tx, session, patient));
    return patient;
}

}  // namespace portal::service
