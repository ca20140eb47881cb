// Passwords and the one-time links that set them. A credential is good where its `proved_by` says:
// everywhere (eid), or at the tenant that proved it. Thread rule: inside a transaction.
// Source: D1, R13.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "domain/tenant.hpp"
#include "store/tx.hpp"

namespace portal::store {

/// password: the clinic's link to set one. invite: of an invitation. letter: of an activation
/// letter, opened by the code that is printed on it. reset: none that is sent, but the record of
/// who confirmed a person's identity for a reset.
enum class LinkPurpose { password, invite, letter, reset };
BOOST_DESCRIBE_ENUM(LinkPurpose, password, invite, letter, reset)

struct PasswordLink {
    std::int64_t id = 0;
    base::MembershipId membership;
    base::Instant expires_at{};
    bool used = false;
    LinkPurpose purpose = LinkPurpose::password;
};

/// What a credential, an attempt or a session rests on: an eID (good everywhere) or this tenant.
enum class ProvedBy { eid, tenant };
BOOST_DESCRIBE_ENUM(ProvedBy, eid, tenant)

struct Password {
    std::string hash;
    ProvedBy proved_by = ProvedBy::tenant;
    std::int64_t id = 0;  // of the credential
};
/// The password that counts at this tenant: its own, else the one that an eID proved (decision 12).
base::Result<std::optional<Password>> find_password(Tx& tx, base::TenantId tenant,
                                                    base::AccountId account);
/// Whether this tenant itself knows of a password: one that an eID proved elsewhere is not told
/// (P3).
base::Result<bool> has_own_password(Tx& tx, base::TenantId tenant, base::AccountId account);
struct NewPasswordRow {
    base::AccountId account;
    std::string hash;
    ProvedBy proved_by = ProvedBy::tenant;
    std::string made_by;  // "link", "reset", "letter", "session", "registration"
    base::Instant now{};
};
/// Proved by the tenant: voids the tenant's own and sets another; one that an eID or another tenant
/// proved stays untouched. Proved by eID: voids the one that an eID proved, and the tenant's own.
base::Status replace_password(Tx& tx, base::TenantId tenant, const NewPasswordRow& password);
/// What this tenant proved is void: the first eID login (L7), an exemption's begin (D1).
base::Status void_tenant_passwords(Tx& tx, base::TenantId tenant, base::AccountId account,
                                   base::Instant now);

struct NewPasswordLink {
    base::MembershipId membership;
    base::Bytes token_hash;
    base::Instant now{};
    base::Instant expires_at{};
    LinkPurpose purpose = LinkPurpose::password;
    std::optional<base::Bytes> code_hash{};  // letter: blind index of its code
    std::string checked_by{};                // who made sure of the identity, and how
    std::string checked_how{};
};
base::Status insert_password_link(Tx& tx, base::TenantId tenant, const NewPasswordLink& link);
base::Result<std::optional<PasswordLink>> find_password_link(Tx& tx, base::TenantId tenant,
                                                             const base::Bytes& token_hash);
/// False when it was used before or has expired.
base::Result<bool> use_password_link(Tx& tx, base::TenantId tenant, std::int64_t id,
                                     base::Instant now);

/// Open links of the account here, of whatever purpose, can no longer be used.
base::Status void_links_of_member(Tx& tx, base::TenantId tenant, base::MembershipId member,
                                  base::Instant now);
base::Status void_password_links(Tx& tx, base::TenantId tenant, base::AccountId account,
                                 base::Instant now);

std::span<const Statement> credential_statements();

}  // namespace portal::store
