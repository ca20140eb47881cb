#include "service/device.hpp"

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "service/login_session.hpp"
#include "store/device.hpp"

namespace portal::service {

base::Result<std::optional<std::int64_t>> find_device(store::Tx& tx, const Session& session,
                                                      base::AccountId account) {
    return store::find_device(tx, session.tenant().id, account,
                              crypto::hash_token(session.browser().device_token.reveal()));
}

base::Status remember_device(store::Tx& tx, const Session& session, base::AccountId account,
                             const base::Bytes& session_hash) {
    const auto tenant = session.tenant().id;
    const auto token = device_token(session.services(), session_hash);
    const auto hash = crypto::hash_token(token.reveal());
    const auto& old = session.browser().device_token;
    if (!old.empty())
        PORTAL_TRYV(
            store::replace_device_token(tx, tenant, crypto::hash_token(old.reveal()), hash));
    return store::remember_device(tx, tenant, account, hash, session.now());
}

base::Secret device_token(const Services& services, const base::Bytes& session_hash) {
    return derive_token(services, "device|" + base::format_hex(session_hash));
}

}  // namespace portal::service
