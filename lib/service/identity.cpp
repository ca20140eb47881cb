#include "service/identity.hpp"

#include "crypto/seal.hpp"
#include "store/column.hpp"

namespace portal::service {

base::Result<std::optional<base::AccountId>> find_account_of(const Services& services,
                                                             const std::string& canonical) {
    return services.store.system_read(
        [&](store::Tx& tx) -> base::Result<std::optional<base::AccountId>> {
            for (const auto& index : crypto::blind_indexes(services.keys, canonical)) {
                PORTAL_TRY(account, store::find_account_by_identity(tx, index));
                if (account) return account;
            }
            return std::optional<base::AccountId>{};
        });
}

base::Status insert_identity_of(store::Tx& tx, const Session& session, base::AccountId account,
                                const domain::ParsedNationalId& id) {
    const auto& keys = session.services().keys;
    const auto& canonical = id.canonical.reveal();
    store::SealedIdentity identity;
    identity.account = account;
    identity.blind_index = crypto::blind_index(keys, canonical);
    identity.sealed = crypto::seal(
        keys, canonical, crypto::associated_data("national_identity", "sealed", {}, account.value));
    identity.masked = domain::mask_national_id(id.canonical);
    identity.country = store::enum_text(id.country);
    PORTAL_TRY(inserted, store::insert_identity(tx, identity, session.now()));
    if (!inserted) return base::make_error(base::ErrorCode::conflict, kIdentityRaced);
    return {};
}

base::Result<base::AccountId> insert_identified_account(store::Tx& tx, const Session& session,
                                                        const domain::ParsedNationalId& id) {
    PORTAL_TRY(account, store::insert_account(tx, session.now()));
    PORTAL_TRYV(insert_identity_of(tx, session, account, id));
    return account;
}

}  // namespace portal::service
