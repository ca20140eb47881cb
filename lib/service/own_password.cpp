#include "service/own_password.hpp"

#include "crypto/seal.hpp"
#include "store/account_budget.hpp"
#include "store/login.hpp"
#include "text/unicode.hpp"

namespace portal::service {
namespace {

using base::ErrorCode;
using base::N_;
using std::chrono::minutes;

constexpr std::int64_t kWrongPasswords = 5;
constexpr minutes kPeriod{15};
constexpr minutes kFresh{15};  // an eID login that may still choose a password (ASVS 7.5.1)

bool by_eid(const Session& session) {
    return session.who().assurance == domain::Assurance::eid;
}

base::Result<std::optional<store::Password>> load_password(const Session& session) {
    return session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return store::find_password(tx, session.tenant().id, session.who().person.account);
    });
}

base::Error needs_eid() {
    return base::make_error(
        ErrorCode::forbidden,
        N_("Your password was chosen with an electronic ID and works at every clinic. To change "
           "it, log in with your electronic ID first."));
}

base::Error too_old() {
    return base::make_error(ErrorCode::forbidden,
                            N_("It is a while since you logged in. Log in with your electronic ID "
                               "once more, and choose the password then."));
}

base::Bytes budget_of(const Session& session) {
    return crypto::blind_index(
        session.services().keys,
        "own-password|" + std::to_string(session.who().person.account.value));
}

base::Result<bool> may_try(Session& session) {
    const auto now = session.now();
    return session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return store::spend_budget(tx, budget_of(session), {kWrongPasswords, now, now - kPeriod});
    });
}

base::Status check_current(Session& session, const store::Password& known,
                           const base::Secret& typed) {
    PORTAL_TRY(may, may_try(session));
    if (!may)
        return base::make_error(ErrorCode::rate_limited,
                                N_("Too many tries. Wait 15 minutes and try again."));
    const auto pass = session.services().hashes.enter(base::Millis{5000});
    if (!pass) return base::make_error(ErrorCode::unavailable, {});
    const auto normal = text::normalise_password(typed);
    if (normal && crypto::verify_password(normal->password, known.hash)) return {};
    auto error = base::make_error(ErrorCode::unauthenticated,
                                  N_("This is not the password that you have now."));
    error.field = "current";
    return error;
}

/// Who may go on, before anything new is looked at.
base::Status check_old(Session& session, const base::Secret& current) {
    if (by_eid(session))
        return session.who().authenticated_at > session.now() - kFresh ? base::Status{} : too_old();
    PORTAL_TRY(known, load_password(session));
    if (!known || known->proved_by == store::ProvedBy::eid) return needs_eid();
    return check_current(session, *known, current);
}

}  // namespace

base::Result<OwnPasswordForm> show_own_password(Session& session) {
    OwnPasswordForm form;
    form.everywhere = by_eid(session);
    form.asks_current = !form.everywhere;
    PORTAL_TRY(known, load_password(session));
    form.needs_eid = !form.everywhere && (!known || known->proved_by == store::ProvedBy::eid);
    return form;
}

base::Status change_password(Session& session, const ChangePassword& command) {
    const auto& services = session.services();
    const auto& who = session.who();
    if (!by_eid(session) && command.current.empty())
        return base::invalid("current", N_("Write the password that you have now."));
    PORTAL_TRY(checked, check_new_password(session, who.person, command.typed));
    PORTAL_TRYV(check_old(session, command.current));
    PORTAL_TRY(hash, hash_new_password(services, checked));
    PasswordChange change;
    change.person = &who.person;
    change.hash = hash;
    change.proved_by = by_eid(session) ? store::ProvedBy::eid : store::ProvedBy::tenant;
    change.made_by = "session";
    change.cause = "session:" + std::to_string(who.session.value) + ":" +
                   std::to_string(base::to_ms(session.now()));
    change.keep = who.session;
    PORTAL_TRYV(services.store.write(session.tenant().id, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRYV(store::clear_budget(tx, budget_of(session)));
        return store_new_password(tx, session, change);
    }));
    services.wake_outbox();
    return {};
}

}  // namespace portal::service
