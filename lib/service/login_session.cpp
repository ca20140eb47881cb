#include "service/login_session.hpp"

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/seal.hpp"
#include "service/device.hpp"
#include "service/record_audit.hpp"
#include "store/column.hpp"
#include "store/login.hpp"

namespace portal::service {

base::Status begin_session(store::Tx& tx, const Session& session, const NewLogin& login) {
    const auto& options = session.services().options;
    const auto& person = *login.person;
    const auto tenant = session.tenant().id;
    if (session.who().session)
        PORTAL_TRYV(store::end_session(tx, tenant, session.who().session, session.now()));
    const bool staff = person.role == store::Role::staff;
    store::NewSession row;
    row.membership = person.id;
    row.public_id = base::make_uuid(session.services().random);
    row.method = login.method;
    row.rests_on = login.rests_on;
    row.credential = login.credential;
    row.device = login.device.empty() ? session.browser().device : login.device;
    if (!login.id_token.empty())
        row.logout_hint = crypto::seal(session.services().keys, login.id_token.reveal(),
                                       logout_hint_place(tenant, row.public_id));
    row.token_hash = login.token_hash;
    row.assurance = store::enum_text(login.assurance.value_or(domain::assurance_of(login.method)));
    row.language = to_domain(session.language());
    row.now = session.now();
    row.expires_at = row.now + std::chrono::minutes{staff ? options.staff_absolute_minutes
                                                          : options.patient_absolute_minutes};
    PORTAL_TRY(id, store::insert_session(tx, tenant, row));
    PORTAL_TRYV(remember_device(tx, session, person.account, row.token_hash));
    return record_act(tx, session,
                      {"login", "membership", person.id.value, store::enum_text(login.method)});
}

std::string logout_hint_place(base::TenantId tenant, const base::Uuid& session) {
    return crypto::associated_data("session", "logout_hint", tenant, base::format_uuid(session));
}

base::Secret derive_token(const Services& services, std::string_view cause) {
    return base::Secret{base::format_base64url(
        crypto::hmac_sha256(services.keys.newest_key(crypto::KeyUse::form), cause))};
}

}  // namespace portal::service
