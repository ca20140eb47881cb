// Who a provider's own id means (issuer and subject), installation-wide, by a keyed hash; orders
// and logins that wait for their eID stand in bankid.hpp and oidc.hpp.
// Thread rule: inside a transaction. Source: D1, OIDC Core 5.7, ASVS 6.8.1.
#pragma once

#include <optional>
#include <span>

#include "store/tx.hpp"

namespace portal::store {

struct Subject {
    base::AccountId account;
    std::optional<base::AccountId> earlier;  // whose it was before the number found another account
};
/// Crosses tenants: in system_read.
base::Result<std::optional<Subject>> find_subject(Tx& tx, const base::Bytes& index);
/// False when the subject is another account's.
base::Result<bool> insert_subject(Tx& tx, base::AccountId account, const base::Bytes& index,
                                  base::Instant now);
struct SubjectMove {
    base::AccountId from;
    base::AccountId into;
};
/// Nothing when it is not `from`'s any more.
base::Status repoint_subject(Tx& tx, const base::Bytes& index, const SubjectMove& move);
base::Result<bool> has_subject(Tx& tx, base::AccountId account);

std::span<const Statement> eid_statements();

}  // namespace portal::store
