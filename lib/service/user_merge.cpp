// `user merge`: two profiles of one person at a clinic become one. Source: D4, L30.
#include "domain/email.hpp"
#include "service/authorize.hpp"
#include "service/new_person.hpp"
#include "service/record_audit.hpp"
#include "service/user.hpp"
#include "store/credential.hpp"
#include "store/eid.hpp"
#include "store/login.hpp"
#include "store/user.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using store::IdentifierKind;
using store::Membership;

struct Pair {
    Membership from;
    Membership into;
    bool alone = false;  // `from` is all that its account is here
};

base::Result<bool> is_identified(store::Tx& tx, base::AccountId account) {
    PORTAL_TRY(masked, store::find_masked_identity(tx, account));
    PORTAL_TRY(subject, store::has_subject(tx, account));
    return masked.has_value() || subject;
}

base::Status check_pair(store::Tx& tx, const Session& session, const Pair& pair) {
    const auto refuse = [](const char* sentence) {
        return base::make_error(ErrorCode::conflict, sentence);
    };
    if (pair.from.account == pair.into.account)
        return refuse(N_("These are the same person already."));
    if (pair.from.role != pair.into.role)
        return refuse(N_("The two have different roles. Use user link."));
    if (pair.from.role == Audience::staff)
        return refuse(N_("Staff have calendars of their own and cannot be merged."));
    for (const auto* each : {&pair.from, &pair.into}) {
        PORTAL_TRY(merged, store::is_merged(tx, session.tenant().id, each->id));
        if (merged) return refuse(N_("One of them was merged into another before."));
    }
    PORTAL_TRY(from, is_identified(tx, pair.from.account));
    PORTAL_TRY(into, is_identified(tx, pair.into.account));
    if (from && into) return refuse(N_("The two are known as different people."));
    if (from)
        return refuse(N_("The one whose identity is known must be the one that stays."))
            .with_hint("name them the other way round");
    return {};
}

base::Result<Pair> load_pair(store::Tx& tx, const Session& session, const MergeUsers& command) {
    Pair pair;
    PORTAL_TRY(from, resolve_user(tx, session, command.from, "from"));
    PORTAL_TRY(into, resolve_user(tx, session, command.into, "into"));
    pair.from = from;
    pair.into = into;
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, from.account));
    pair.alone = members.size() == 1;
    PORTAL_TRYV(check_pair(tx, session, pair));
    return pair;
}

std::string contact_fate(bool has, bool is_taken) {
    return !has ? "none" : is_taken ? "taken over" : "kept with the old profile";
}

bool takes_email(const Pair& pair) {
    return pair.into.email.empty() && !pair.from.email.empty() && pair.alone;
}
/// Codes of the login go there.
bool takes_mobile(const Pair& pair) {
    return pair.into.mobile.empty() && !pair.from.mobile.empty();
}

base::Result<MergePlan> plan(store::Tx& tx, const Session& session, const Pair& pair) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(counts, store::count_merge(tx, tenant, {pair.from.id, pair.into.id, session.now()}));
    PORTAL_TRY(password, store::has_own_password(tx, tenant, pair.from.account));
    PORTAL_TRY(login, store::find_login_name(tx, tenant, pair.from.account));
    MergePlan result;
    result.items = {
        {"bookings", counts.bookings, "moved"},
        {"messages sent or waiting", counts.messages, "moved"},
        {"messages on the page", counts.letters, "moved"},
        {"consents", counts.consents, "moved"},
        {"places on waiting lists", counts.waiting, "moved"},
        {"sessions", counts.sessions, "ended"},
        {"exemptions", counts.exemptions, "ended"},
        {"passwords", password ? 1 : 0, pair.alone ? "void" : "kept for the other role"},
        {"e-mail address", pair.from.email.empty() ? 0 : 1,
         contact_fate(!pair.from.email.empty(), takes_email(pair))},
        {"mobile number", pair.from.mobile.empty() ? 0 : 1,
         contact_fate(!pair.from.mobile.empty(), takes_mobile(pair))},
        {"login name", login ? 1 : 0, pair.alone ? "free again" : "kept for the other role"},
        {"profile", 1, "blocked, kept with its history"},
    };
    return result;
}

/// What finds the old profile finds the new one, or nobody.
base::Status move_contact(store::Tx& tx, const Session& session, const Pair& pair) {
    const auto tenant = session.tenant().id;
    if (pair.alone) {
        if (!pair.from.email.empty()) {
            PORTAL_TRY(folded, fold_address(pair.from.email));
            PORTAL_TRYV(store::remove_identifier(tx, tenant, pair.from.account,
                                                 {IdentifierKind::email, folded}));
        }
        PORTAL_TRY(login, store::find_login_name(tx, tenant, pair.from.account));
        if (login)
            PORTAL_TRYV(store::remove_identifier(tx, tenant, pair.from.account,
                                                 {IdentifierKind::login, *login}));
    }
    auto into = pair.into;
    if (takes_email(pair)) {
        PORTAL_TRY(folded, fold_address(pair.from.email));
        PORTAL_TRY(free, store::insert_identifier(tx, tenant, into.account,
                                                  {IdentifierKind::email, folded}));
        if (free) into.email = pair.from.email;
    }
    if (takes_mobile(pair)) into.mobile = pair.from.mobile;
    PORTAL_TRY(saved, store::save_membership(tx, tenant, into));
    if (!saved) return base::make_error(ErrorCode::stale, {});
    return {};
}

base::Status merge(store::Tx& tx, const Session& session, const Pair& pair) {
    const auto tenant = session.tenant().id;
    const store::Merge what{pair.from.id, pair.into.id, session.now()};
    PORTAL_TRYV(store::move_history(tx, tenant, what));
    PORTAL_TRYV(store::void_password_links(tx, tenant, pair.from.account, session.now()));
    if (pair.alone) {
        PORTAL_TRYV(store::void_tenant_passwords(tx, tenant, pair.from.account, session.now()));
        PORTAL_TRYV(store::end_sessions_of(tx, tenant, pair.from.account, session.now()));
    }
    PORTAL_TRYV(move_contact(tx, session, pair));
    PORTAL_TRYV(store::retire_membership(tx, tenant, what));
    PORTAL_TRYV(
        record_act(tx, session, {"user.merge", "membership", pair.from.id.value, "merged_away"}));
    return record_act(tx, session,
                      {"user.merge", "membership", pair.into.id.value,
                       "took_over_membership_" + std::to_string(pair.from.id.value)});
}

}  // namespace

base::Result<MergePlan> merge_users(Session& session, const MergeUsers& command) {
    PORTAL_TRYV(authorize(session, Action::user_merge));
    const auto act = [&](store::Tx& tx) -> base::Result<MergePlan> {
        PORTAL_TRY(pair, load_pair(tx, session, command));
        PORTAL_TRY(result, plan(tx, session, pair));
        if (!command.dry_run) PORTAL_TRYV(merge(tx, session, pair));
        return result;
    };
    auto& store = session.services().store;
    const auto tenant = session.tenant().id;
    return command.dry_run ? store.read(tenant, act) : store.write(tenant, act);
}

}  // namespace portal::service
