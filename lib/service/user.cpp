#include "service/user.hpp"

#include "base/ids.hpp"
#include "domain/email.hpp"
#include "service/attach_identity.hpp"
#include "service/authorize.hpp"
#include "service/explain.hpp"
#include "service/new_person.hpp"
#include "service/record_audit.hpp"
#include "service/user_facts.hpp"
#include "store/column.hpp"
#include "store/user.hpp"
#include "text/unicode.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using store::Membership;

base::Error nobody(std::string_view field) {
    auto error = base::make_error(ErrorCode::not_found, N_("There is no such person here."));
    error.field = field;
    return error;
}

UserView plain_view(const Membership& m) {
    UserView view;
    view.id = m.public_id;
    view.name = m.full_name();
    view.role = m.role;
    view.status = m.blocked ? UserStatus::blocked : UserStatus::active;
    view.email = m.email.reveal();
    view.mobile = m.mobile.reveal();
    view.protected_identity = m.is_protected;
    view.origin = m.origin;
    view.verified_at = m.verified_at;
    view.created_at = m.created_at;
    view.version = m.version;
    return view;
}

base::Result<std::optional<base::AccountId>> find_named(store::Tx& tx, const Session& session,
                                                        const std::string& folded) {
    const bool address = folded.find('@') != std::string::npos;
    const auto kind = address ? store::IdentifierKind::email : store::IdentifierKind::login;
    return store::find_account_by(tx, session.tenant().id, {kind, folded});
}

/// Every role of whom the reference means.
base::Result<std::vector<Membership>> find_members(store::Tx& tx, const Session& session,
                                                   std::string_view reference) {
    const auto tenant = session.tenant().id;
    std::vector<Membership> members;
    if (const auto id = base::parse_uuid(reference)) {
        PORTAL_TRY(member, store::find_membership_by_public_id(tx, tenant, *id));
        if (member) members.push_back(*member);
        return members;
    }
    const auto folded = text::fold(reference);
    if (!folded) return members;
    PORTAL_TRY(account, find_named(tx, session, *folded));
    if (!account) return members;
    return store::list_memberships_of(tx, tenant, *account);
}

base::Error ambiguous(const Session& session, const std::vector<Membership>& members,
                      std::string_view field) {
    std::string all;
    for (const auto& each : members)
        all += (all.empty() ? "" : ", ") + store::enum_text(each.role) + " " +
               base::format_uuid(each.public_id);
    auto error =
        base::make_error(ErrorCode::conflict,
                         N_("This person has several roles here: {1}. Name one by its id."), {all});
    error.field = field;
    return error.with_hint("portalctl user list -T " + session.tenant().slug);
}

base::Status note(store::Tx& tx, const Session& session, std::string_view act,
                  const Membership& member) {
    return record_act(tx, session, {act, "membership", member.id.value});
}

}  // namespace

base::Result<Membership> resolve_user(store::Tx& tx, const Session& session,
                                      std::string_view reference, std::string_view field) {
    PORTAL_TRY(members, find_members(tx, session, reference));
    if (members.empty()) return nobody(field);
    if (members.size() > 1) return ambiguous(session, members, field);
    return members.front();
}

base::Result<Membership> resolve_role(store::Tx& tx, const Session& session, const Wanted& wanted) {
    PORTAL_TRY(members, find_members(tx, session, wanted.reference));
    for (const auto& member : members)
        if (member.role == wanted.role) return member;
    return nobody(wanted.field);
}

base::Result<UserView> user_view(store::Tx& tx, const Session& session, const Membership& member) {
    auto view = plain_view(member);
    PORTAL_TRY(login, store::find_login_name(tx, session.tenant().id, member.account));
    view.login_name = login.value_or("");
    PORTAL_TRY(masked, store::find_masked_identity(tx, member.account));
    view.national_id = masked.value_or("");
    PORTAL_TRY(facts, facts_for_clinic(tx, session, member));
    view.password = facts.has_password;
    return view;
}

base::Result<UserList> list_users(Session& session, const ListUsers& command) {
    PORTAL_TRYV(authorize(session, Action::user_list));
    store::MemberFilter filter;
    if (command.role) filter.role = store::enum_text(*command.role);
    if (command.status) filter.status = store::enum_text(*command.status);
    PORTAL_TRY(
        rows, session.services().store.write(
                  session.tenant().id, [&](store::Tx& tx) -> base::Result<std::vector<Membership>> {
                      PORTAL_TRYV(record_act(tx, session, {"user.list", "", 0}));
                      return store::list_members(tx, session.tenant().id, filter);
                  }));
    UserList list;
    for (const auto& row : rows) list.items.push_back(plain_view(row));
    return list;
}

base::Result<UserView> show_user(Session& session, const ShowUser& command) {
    PORTAL_TRYV(authorize(session, Action::user_show));
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<UserView> {
            PORTAL_TRY(member, resolve_user(tx, session, command.user, "user"));
            PORTAL_TRYV(note(tx, session, "user.show", member));
            return user_view(tx, session, member);
        });
}

base::Result<UserCheck> check_user(Session& session, const ShowUser& command) {
    PORTAL_TRYV(authorize(session, Action::user_check));
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<UserCheck> {
            PORTAL_TRY(member, resolve_user(tx, session, command.user, "user"));
            PORTAL_TRYV(note(tx, session, "user.check", member));
            PORTAL_TRY(facts, facts_for_clinic(tx, session, member));
            const auto clinic = clinic_facts(session, member.role);
            UserCheck check;
            for (const auto method : {LoginMethod::password, LoginMethod::bankid,
                                      LoginMethod::mitid, LoginMethod::oidc}) {
                const auto reason = decide_login(clinic, facts, method);
                check.items.push_back(
                    {method, reason == LoginReason::allowed, reason_code(reason),
                     explain_reason(reason, {&session.tenant(), member.role, method}),
                     lacks_for(clinic, facts, method)});
            }
            return check;
        });
}

base::Result<UserView> create_user(Session& session, const CreateUser& command) {
    PORTAL_TRYV(authorize(session, Action::user_create));
    if (command.role != Audience::relative)
        return base::invalid("role", N_("Patients and staff are made by their own nouns."))
            .with_hint("portalctl " + store::enum_text(command.role) + " create --help");
    PORTAL_TRY(person, parse_person(session, command.role,
                                    {command.first_name, command.last_name, command.email,
                                     command.mobile, command.language, command.login_name,
                                     command.national_id, command.protected_identity}));
    PORTAL_TRYV(add_identified(
        session, person.national_id,
        [&](store::Tx& tx, std::optional<base::AccountId> known) -> base::Status {
            auto copy = person;
            PORTAL_TRY(member, add_member(tx, session, copy, known));
            if (known) PORTAL_TRYV(note_known_account(tx, session, *known));
            return record_act(tx, session, {"user.create", "membership", member.value});
        }));
    auto view = plain_view(person.member);
    view.login_name = person.folded_login;
    if (person.national_id) view.national_id = mask_national_id(person.national_id->canonical);
    return view;
}

}  // namespace portal::service
