#include "service/new_password.hpp"

#include <array>

#include "domain/email.hpp"
#include "domain/password.hpp"
#include "service/login_code.hpp"
#include "service/message.hpp"
#include "service/record_audit.hpp"
#include "store/login.hpp"
#include "text/unicode.hpp"

namespace portal::service {
namespace {

using base::N_;

base::Status check_strength(const Session& session, const store::Membership& person,
                            const base::Secret& password) {
    const auto local = std::string{domain::local_part(person.email)};
    const std::array<std::string_view, 4> own{local, person.first_name, person.last_name,
                                              session.tenant().name};
    auto good = domain::check_password(password, own);
    if (good) return {};
    auto error = std::move(good).error();
    error.field = "password";
    return error;
}

/// Whoever did not do this himself hears of it, at the address that codes go to.
base::Status tell_of_change(store::Tx& tx, const Session& session, const PasswordChange& change) {
    PORTAL_TRY(receiver, load_receiver(tx, session, *change.person));
    Outgoing message;
    message.kind = text::MessageKind::password_changed;
    message.cause = change.cause;
    message.to = &receiver.person;
    message.view.phone = session.tenant().phone;
    message.view.link = tenant_url(session.services().options, session.tenant()) + "/login";
    message.expires_at = session.now() + std::chrono::hours{48};
    return queue_message(tx, session, std::move(message));
}

}  // namespace

base::Result<base::Secret> check_new_password(const Session& session,
                                              const store::Membership& person,
                                              const TypedPassword& typed) {
    if (typed.password.empty()) return base::invalid("password", N_("Write a password."));
    auto normal = text::normalise_password(typed.password);
    if (!normal) return base::invalid("password", N_("The text is not valid UTF-8."));
    PORTAL_TRYV(check_strength(session, person, normal->password));
    if (!(typed.password == typed.repeated))
        return base::invalid("repeated", N_("The two passwords are not the same."));
    return normal->password;
}

base::Result<std::string> hash_new_password(const Services& services, const base::Secret& checked) {
    const auto pass = services.hashes.enter(base::Millis{5000});
    if (!pass) return base::make_error(base::ErrorCode::unavailable, {});
    return crypto::hash_password(checked, services.random);
}

base::Status store_new_password(store::Tx& tx, const Session& session,
                                const PasswordChange& change) {
    const auto tenant = session.tenant().id;
    const auto account = change.person->account;
    const auto now = session.now();
    PORTAL_TRY(before, store::has_own_password(tx, tenant, account));
    if (before || change.proved_by == store::ProvedBy::eid)
        PORTAL_TRYV(tell_of_change(tx, session, change));
    // Links first: one in flight has its password in before the passwords are looked at.
    PORTAL_TRYV(store::void_password_links(tx, tenant, account, now));
    PORTAL_TRYV(store::replace_password(
        tx, tenant, {account, change.hash, change.proved_by, std::string{change.made_by}, now}));
    PORTAL_TRYV(store::end_other_sessions_of(tx, tenant, account, {change.keep, now}));
    return record_act(tx, session,
                      {"password.set", "membership", change.person->id.value, change.made_by});
}

}  // namespace portal::service
