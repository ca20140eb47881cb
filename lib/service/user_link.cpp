// `user link`: a person becomes a member here, or gets another role. Source: P2, P3, P9, P10.
#include "service/attach_identity.hpp"
#include "service/authorize.hpp"
#include "service/new_person.hpp"
#include "service/record_audit.hpp"
#include "service/user.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;
using store::Membership;

base::Error needed(const char* field) {
    return base::invalid(field, N_("is needed here"));
}

base::Status check_command(const LinkUser& command) {
    if (command.role == Audience::staff && !command.title) return needed("title");
    if (command.user) return {};
    if (!command.national_id) return needed("national_id");
    if (!command.first_name) return needed("first_name");
    if (!command.last_name) return needed("last_name");
    return {};
}

base::Status finish(store::Tx& tx, const Session& session, const LinkUser& command,
                    base::MembershipId member) {
    if (command.role == Audience::staff) {
        store::Staff row;
        row.title = *command.title;
        PORTAL_TRY(staff, store::insert_staff(tx, session.tenant().id, member, row));
        PORTAL_TRYV(record_act(tx, session, {"staff.create", "staff", staff.value}));
    }
    return record_act(tx, session, {"user.link", "membership", member.value});
}

base::Result<UserView> view_of(store::Tx& tx, const Session& session, base::MembershipId id) {
    PORTAL_TRY(member, store::find_membership(tx, session.tenant().id, id));
    return user_view(tx, session, member.value_or(Membership{}));
}

/// As `create` does it: who is not known is made, so that the answer tells nothing (P3).
base::Result<UserView> link_by_number(Session& session, const LinkUser& command) {
    PORTAL_TRY(person, parse_person(session, command.role,
                                    {*command.first_name,
                                     *command.last_name,
                                     command.email,
                                     command.mobile,
                                     {},
                                     {},
                                     command.national_id}));
    UserView view;
    PORTAL_TRYV(
        add_identified(session, person.national_id,
                       [&](store::Tx& tx, std::optional<base::AccountId> known) -> base::Status {
                           auto copy = person;
                           PORTAL_TRY(member, add_member(tx, session, copy, known));
                           if (known) PORTAL_TRYV(note_known_account(tx, session, *known));
                           PORTAL_TRYV(finish(tx, session, command, member));
                           PORTAL_TRY(shown, view_of(tx, session, member));
                           view = shown;
                           return {};
                       }));
    return view;
}

/// The same person in another role: contact data and marks go along, the way in does not change.
Membership in_role(const Session& session, const Membership& before, base::AccountId account,
                   store::Role role) {
    Membership member;
    member.public_id = base::make_uuid(session.services().random);
    member.account = account;
    member.role = role;
    member.first_name = before.first_name;
    member.last_name = before.last_name;
    member.email = before.email;
    member.mobile = before.mobile;
    member.language = before.language;
    member.is_protected = before.is_protected;
    member.created_at = session.now();
    return member;
}

base::Result<UserView> link_member(Session& session, const LinkUser& command) {
    std::optional<ParsedNationalId> number;
    if (command.national_id) {
        PORTAL_TRY(parsed, parse_number(session, *command.national_id));
        number = parsed;
    }
    UserView view;
    PORTAL_TRYV(add_identified(
        session, number, [&](store::Tx& tx, std::optional<base::AccountId> known) -> base::Status {
            PORTAL_TRY(before, resolve_user(tx, session, *command.user, "user"));
            auto account = before.account;
            if (number) {
                PORTAL_TRY(owner, attach_identity(tx, session, before, {*number, known}));
                account = owner;
            }
            const auto member = in_role(session, before, account, command.role);
            PORTAL_TRY(made, store::insert_membership(tx, session.tenant().id, member));
            if (!made) {
                PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, account));
                for (const auto& each : members)
                    if (each.role == command.role) return here_already(session, each);
            }
            PORTAL_TRYV(finish(tx, session, command, *made));
            PORTAL_TRY(shown, view_of(tx, session, *made));
            view = shown;
            return {};
        }));
    return view;
}

}  // namespace

base::Result<UserView> link_user(Session& session, const LinkUser& command) {
    PORTAL_TRYV(authorize(session, Action::user_link));
    PORTAL_TRYV(check_command(command));
    return command.user ? link_member(session, command) : link_by_number(session, command);
}

}  // namespace portal::service
