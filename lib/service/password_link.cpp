#include <array>

#include "crypto/token.hpp"
#include "domain/email.hpp"
#include "domain/password.hpp"
#include "service/login.hpp"
#include "service/message.hpp"
#include "service/record_audit.hpp"
#include "store/credential.hpp"
#include "store/login.hpp"
#include "text/unicode.hpp"

namespace portal::service {
namespace {

using base::ErrorCode;
using base::N_;

base::Error used_up() {
    return base::make_error(
        ErrorCode::not_found,
        N_("This link has been used or is too old. Ask the clinic for a new one."));
}

struct OpenLink {
    std::int64_t id = 0;
    store::Membership person;
};

base::Result<OpenLink> load_link(store::Tx& tx, const Session& session, const base::Bytes& hash) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(link, store::find_password_link(tx, tenant, hash));
    if (!link || link->used || link->expires_at <= session.now()) return used_up();
    PORTAL_TRY(person, store::find_membership(tx, tenant, link->membership));
    if (!person || person->blocked) return used_up();
    return OpenLink{link->id, *person};
}

base::Status check_new(const Session& session, const store::Membership& person,
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

/// Whoever did not do this himself hears of it.
base::Status tell_of_change(store::Tx& tx, const Session& session, const OpenLink& link) {
    Outgoing message;
    message.kind = text::MessageKind::password_changed;
    message.cause = "link:" + std::to_string(link.id);
    message.to = &link.person;
    message.view.link = tenant_url(session.services().options, session.tenant()) + "/login";
    message.expires_at = session.now() + std::chrono::hours{48};
    return queue_message(tx, session, std::move(message));
}

}  // namespace

base::Result<PasswordForm> show_password_link(Session& session, std::string_view token) {
    const auto hash = crypto::hash_token(token);
    PORTAL_TRY(link, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return load_link(tx, session, hash);
    }));
    return PasswordForm{link.person.full_name(), link.person.role == store::Role::staff};
}

base::Status set_password(Session& session, const NewPassword& command) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto token_hash = crypto::hash_token(command.token);
    PORTAL_TRY(link, services.store.read(tenant, [&](store::Tx& tx) {
        return load_link(tx, session, token_hash);
    }));
    if (command.password.empty()) return base::invalid("password", N_("Write a password."));
    auto normal = text::normalise_password(command.password);
    if (!normal) return base::invalid("password", N_("The text is not valid UTF-8."));
    PORTAL_TRYV(check_new(session, link.person, normal->password));
    if (!(command.password == command.repeated))
        return base::invalid("repeated", N_("The two passwords are not the same."));
    const auto pass = services.hashes.enter(base::Millis{5000});
    if (!pass) return base::make_error(ErrorCode::unavailable, {});
    const auto hash = crypto::hash_password(normal->password, services.random);
    const auto saved = services.store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRY(ours, store::use_password_link(tx, tenant, link.id, session.now()));
        if (!ours) return used_up();
        const auto account = link.person.account;
        PORTAL_TRY(before, store::find_password(tx, tenant, account));
        if (before) PORTAL_TRYV(tell_of_change(tx, session, link));
        PORTAL_TRYV(store::replace_password(
            tx, tenant, {account, hash, store::ProvedBy::tenant, "link", session.now()}));
        PORTAL_TRYV(store::void_password_links(tx, tenant, account, session.now()));
        PORTAL_TRYV(store::end_sessions_of(tx, tenant, account, session.now()));
        return record_act(tx, session, {"password.set", "membership", link.person.id.value});
    });
    if (saved) services.wake_outbox();
    return saved;
}

}  // namespace portal::service
