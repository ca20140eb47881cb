// `user set`: what an operator changes of a person. Source: K30, D2, K31, X5.
#include "base/encoding.hpp"
#include "service/attach_identity.hpp"
#include "service/authorize.hpp"
#include "service/exemption.hpp"
#include "service/new_person.hpp"
#include "service/record_audit.hpp"
#include "service/staff.hpp"
#include "service/user.hpp"
#include "store/column.hpp"
#include "store/credential.hpp"
#include "store/login.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using store::IdentifierKind;
using store::Membership;

/// The command, parsed outside of the transaction; absent fields stay absent.
struct Changes {
    base::Patch<base::Email> email;
    std::string folded_email;
    base::Patch<base::Phone> mobile;
    bool names_login = false;
    std::string folded_login;
    std::optional<ParsedNationalId> national_id;
};

base::Status check_kept(const SetUser& command) {
    if (command.first_name.is_null()) return base::invalid("first_name", N_("cannot be cleared"));
    if (command.last_name.is_null()) return base::invalid("last_name", N_("cannot be cleared"));
    if (command.language.is_null()) return base::invalid("language", N_("cannot be cleared"));
    if (command.status.is_null()) return base::invalid("status", N_("cannot be cleared"));
    return {};
}

base::Result<Changes> parse_changes(const Session& session, const SetUser& command) {
    PORTAL_TRYV(check_kept(command));
    Changes changes;
    if (command.email.is_null()) changes.email = base::Patch<base::Email>::null();
    if (command.email.has_value()) {
        PORTAL_TRY(email, parse_address(command.email.value()));
        PORTAL_TRY(folded, fold_address(email));
        changes.email = email;
        changes.folded_email = folded;
    }
    if (command.mobile.is_null()) changes.mobile = base::Patch<base::Phone>::null();
    if (command.mobile.has_value()) {
        PORTAL_TRY(mobile, parse_mobile(session, command.mobile.value()));
        changes.mobile = mobile;
    }
    changes.names_login = !command.login_name.is_absent();
    if (command.login_name.has_value()) {
        PORTAL_TRY(folded, parse_login(command.login_name.value()));
        changes.folded_login = folded;
    }
    if (command.national_id) {
        PORTAL_TRY(number, parse_number(session, *command.national_id));
        changes.national_id = number;
    }
    return changes;
}

/// What finds an account by one kind of name, before and afterwards; empty: nothing does.
struct Renaming {
    IdentifierKind kind = IdentifierKind::email;
    std::string before;
    std::string now;
};
base::Status rename_account(store::Tx& tx, const Session& session, base::AccountId account,
                            const Renaming& names) {
    const auto tenant = session.tenant().id;
    if (names.now == names.before) return {};
    if (!names.before.empty())
        PORTAL_TRYV(store::remove_identifier(tx, tenant, account, {names.kind, names.before}));
    if (names.now.empty()) return {};
    PORTAL_TRY(free, store::insert_identifier(tx, tenant, account, {names.kind, names.now}));
    if (free) return {};
    const bool email = names.kind == IdentifierKind::email;
    auto error = base::make_error(ErrorCode::conflict,
                                  email ? N_("Somebody else here has this e-mail address.")
                                        : N_("Somebody else here has this login name."));
    error.field = email ? "email" : "login_name";
    return error;
}

/// Another role of the same account may go on by the old address.
base::Result<bool> shares_address(store::Tx& tx, const Session& session, const Membership& member) {
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, member.account));
    for (const auto& each : members)
        if (each.id != member.id && each.email == member.email) return true;
    return false;
}

base::Status change_address(store::Tx& tx, const Session& session, const Membership& member,
                            const Changes& changes) {
    if (changes.email.is_absent()) return {};
    Renaming names{IdentifierKind::email, {}, changes.folded_email};
    PORTAL_TRY(shared, shares_address(tx, session, member));
    if (!member.email.empty() && !shared) {
        PORTAL_TRY(folded, fold_address(member.email));
        names.before = folded;
    }
    return rename_account(tx, session, member.account, names);
}

base::Status change_login(store::Tx& tx, const Session& session, const Membership& member,
                          const Changes& changes) {
    if (!changes.names_login) return {};
    PORTAL_TRY(login, store::find_login_name(tx, session.tenant().id, member.account));
    return rename_account(tx, session, member.account,
                          {IdentifierKind::login, login.value_or(""), changes.folded_login});
}

/// What a code goes to is a factor: its owner hears of the change at what it was (D2).
base::Status tell_of_change(store::Tx& tx, const Session& session, const Membership& before,
                            const Membership& after) {
    if (after.email != before.email) {
        PORTAL_TRY(suspended, note_address_change(tx, session, {&before, after.email}));
        return {};
    }
    if (after.mobile == before.mobile || before.mobile.empty()) return {};
    auto reached = before;  // at the old number alone
    reached.email = {};
    return tell_old_address(tx, session, reached, base::make_uuid(session.services().random));
}

bool ends_login(const SetUser& command) {
    return command.status.has_value() && command.status.value() == UserStatus::blocked;
}

base::Status check_administrator(store::Tx& tx, const Session& session, const Membership& member) {
    if (member.role != store::Role::staff) return {};
    PORTAL_TRY(staff, store::find_staff_by_membership(tx, session.tenant().id, member.id));
    return staff ? check_others_administer(tx, session, *staff) : base::Status{};
}

/// What was open when somebody was blocked does not come back with him; his other roles go on.
base::Status end_of_blocked(store::Tx& tx, const Session& session, const Membership& member) {
    const auto tenant = session.tenant().id;
    PORTAL_TRYV(store::void_links_of_member(tx, tenant, member.id, session.now()));
    return store::end_sessions_of_member(tx, tenant, member.id, session.now());
}

Membership changed(const Membership& before, const SetUser& command, const Changes& changes) {
    auto member = before;
    member.first_name = command.first_name.apply(member.first_name);
    member.last_name = command.last_name.apply(member.last_name);
    member.email = changes.email.apply(member.email);
    member.mobile = changes.mobile.apply(member.mobile);
    member.language = command.language.apply(member.language);
    member.is_protected = command.protected_identity.apply(member.is_protected);
    if (command.status.has_value()) member.blocked = command.status.value() == UserStatus::blocked;
    return member;
}

}  // namespace

base::Result<UserView> set_user(Session& session, const SetUser& command) {
    PORTAL_TRYV(authorize(session, Action::user_set));
    PORTAL_TRY(changes, parse_changes(session, command));
    const auto tenant = session.tenant().id;
    UserView view;
    PORTAL_TRYV(add_identified(
        session, changes.national_id,
        [&](store::Tx& tx, std::optional<base::AccountId> known) -> base::Status {
            if (ends_login(command)) PORTAL_TRYV(lock_unit(tx, session));
            PORTAL_TRY(before, resolve_user(tx, session, command.user, "user"));
            if (ends_login(command)) PORTAL_TRYV(check_administrator(tx, session, before));
            if (changes.national_id) {
                PORTAL_TRYV(attach_identity(tx, session, before, {*changes.national_id, known}));
                PORTAL_TRY(again, store::find_membership(tx, tenant, before.id));
                before = again.value_or(before);
            }
            PORTAL_TRYV(change_address(tx, session, before, changes));
            PORTAL_TRYV(change_login(tx, session, before, changes));
            auto after = changed(before, command, changes);
            PORTAL_TRYV(tell_of_change(tx, session, before, after));
            PORTAL_TRY(saved, store::save_membership(tx, tenant, after));
            if (!saved) return base::make_error(ErrorCode::stale, {});
            ++after.version;
            if (after.blocked && !before.blocked) PORTAL_TRYV(end_of_blocked(tx, session, after));
            PORTAL_TRYV(record_act(tx, session, {"user.set", "membership", after.id.value}));
            PORTAL_TRY(shown, user_view(tx, session, after));
            view = shown;
            return {};
        }));
    session.services().wake_outbox();
    return view;
}

}  // namespace portal::service
