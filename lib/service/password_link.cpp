#include "service/password_link.hpp"

#include "crypto/token.hpp"
#include "service/invitation.hpp"
#include "store/column.hpp"

namespace portal::service {
namespace {

using base::ErrorCode;
using base::N_;

base::Error used_up() {
    return base::make_error(
        ErrorCode::not_found,
        N_("This link has been used or is too old. Ask the clinic for a new one."));
}

}  // namespace

base::Result<OpenLink> load_link(store::Tx& tx, const Session& session, store::LinkPurpose purpose,
                                 const base::Bytes& token_hash) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(link, store::find_password_link(tx, tenant, token_hash));
    const bool open =
        link && link->purpose == purpose && !link->used && link->expires_at > session.now();
    if (!open) return used_up();
    PORTAL_TRY(person, store::find_membership(tx, tenant, link->membership));
    if (!person || person->blocked) return used_up();
    return OpenLink{link->id, *person};
}

base::Status use_link(store::Tx& tx, const Session& session, const OpenLink& link) {
    PORTAL_TRY(ours, store::use_password_link(tx, session.tenant().id, link.id, session.now()));
    if (!ours) return used_up();
    return {};
}

base::Result<PasswordForm> show_password_link(Session& session, store::LinkPurpose purpose,
                                              std::string_view token) {
    const auto hash = crypto::hash_token(token);
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<PasswordForm> {
            PORTAL_TRY(link, load_link(tx, session, purpose, hash));
            PORTAL_TRY(ways, find_ways(tx, session, link.person));
            return PasswordForm{link.person.full_name(), link.person.role == store::Role::staff,
                                ways.ways};
        });
}

base::Status set_password(Session& session, const NewPassword& command) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto token_hash = crypto::hash_token(command.token);
    PORTAL_TRY(link, services.store.read(tenant, [&](store::Tx& tx) {
        return load_link(tx, session, command.purpose, token_hash);
    }));
    PORTAL_TRY(checked, check_new_password(session, link.person, command.typed));
    PORTAL_TRY(hash, hash_new_password(services, checked));
    const bool invited = command.purpose == store::LinkPurpose::invite;
    const auto saved = services.store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRYV(use_link(tx, session, link));
        return store_new_password(tx, session,
                                  {&link.person, hash, store::ProvedBy::tenant,
                                   invited ? "invite" : "link", "link:" + std::to_string(link.id)});
    });
    if (saved) services.wake_outbox();
    return saved;
}

}  // namespace portal::service
