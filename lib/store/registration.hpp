// Registrations: profiles that people ask for themselves. Links only as hashes; national ids
// sealed. At most one pending a tenant and account. Thread rule: inside a transaction. Source:
// P4-P8.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/registration.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct Registration {
    std::int64_t id = 0;
    base::Uuid public_id;
    std::optional<base::AccountId> account;
    std::optional<base::MembershipId> membership;
    domain::RegistrationState state = domain::RegistrationState::unproved;
    std::string origin = "self";  // or "bankid-self", "mitid-self"
    std::string first_name;
    std::string last_name;
    base::Email email;
    base::Phone mobile;
    domain::Language language = domain::Language::sv;
    std::optional<base::Bytes> detail_sealed;
    std::string reason;
    std::optional<base::Bytes> token_hash;
    base::Instant created_at{};
    std::optional<base::Instant> expires_at;
    std::optional<base::Instant> decided_at;
    std::int64_t version = 1;

    [[nodiscard]] std::string full_name() const { return first_name + " " + last_name; }
};

/// False: this link, or a pending one of the account, is there already.
base::Result<bool> insert_registration(Tx& tx, base::TenantId tenant, const Registration& row);
base::Result<std::optional<Registration>> find_registration(Tx& tx, base::TenantId tenant,
                                                            const base::Uuid& id);
base::Result<std::optional<Registration>> find_registration_by_token(Tx& tx, base::TenantId tenant,
                                                                     const base::Bytes& hash);
base::Result<bool> has_pending_registration(Tx& tx, base::TenantId tenant, base::AccountId account);
/// Oldest first, at most 1000.
base::Result<std::vector<Registration>> list_registrations(Tx& tx, base::TenantId tenant,
                                                           domain::RegistrationState state);
/// Saves state, account, membership, reason and time, and raises the version; false when it moved.
/// The link and the sealed number have served then and are erased.
base::Result<bool> save_registration(Tx& tx, base::TenantId tenant, const Registration& row);

/// Whose links ended before `before`, of every tenant: nobody has proved the address.
base::Result<std::int64_t> remove_unproved_registrations(Tx& tx, base::Instant before);

std::span<const Statement> registration_statements();

}  // namespace portal::store
