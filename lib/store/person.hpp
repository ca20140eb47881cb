// Accounts (a person, installation-wide), memberships (account x tenant), their identifiers and
// staff rows. Thread rule: inside a transaction. Source: D1, K12, K28, K31, P2.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/tenant.hpp"
#include "store/tx.hpp"

namespace portal::store {

using Role = domain::Audience;

struct Membership {
    base::MembershipId id;
    base::Uuid public_id;
    base::AccountId account;
    Role role = Role::patient;
    bool blocked = false;
    std::string first_name;
    std::string last_name;
    base::Email email;   // empty: none
    base::Phone mobile;  // E.164; empty: none
    domain::Language language = domain::Language::sv;
    base::Instant created_at{};
    std::int64_t version = 1;
    std::string origin = "clinic";             // or "self", "bankid-self", "mitid-self"
    std::optional<base::Instant> verified_at;  // an eID login here, or an exemption's check (P20)
    std::string verified_by;                   // method, or "exemption"
    bool is_protected = false;                 // protected identity (X5)

    [[nodiscard]] std::string full_name() const { return first_name + " " + last_name; }
};

struct Staff {
    base::StaffId id;
    std::string title;
    bool bookable = true;        // the booking function is activated (C10)
    bool administrator = false;  // of the unit (C54)
    std::string description;     // what patients read, where listed (C5)
    bool listed = false;         // C6
    std::int64_t version = 1;
    Membership person;
};

struct SealedIdentity {
    base::AccountId account;
    base::Bytes blind_index;
    base::Bytes sealed;
    std::string masked;
    std::string country;
};

base::Result<base::AccountId> insert_account(Tx& tx, base::Instant now);
/// By blind index, installation-wide: the one look-up that crosses tenants.
base::Result<std::optional<base::AccountId>> find_account_by_identity(Tx& tx,
                                                                      const base::Bytes& index);
/// False when another account has this identity.
base::Result<bool> insert_identity(Tx& tx, const SealedIdentity& identity, base::Instant now);
base::Result<std::optional<std::string>> find_masked_identity(Tx& tx, base::AccountId account);

/// nullopt when the account has this role here already.
base::Result<std::optional<base::MembershipId>> insert_membership(Tx& tx, base::TenantId tenant,
                                                                  const Membership& membership);
base::Result<std::optional<Membership>> find_membership(Tx& tx, base::TenantId tenant,
                                                        base::MembershipId id);
base::Result<std::optional<Membership>> find_membership_by_public_id(Tx& tx, base::TenantId tenant,
                                                                     const base::Uuid& id);
/// Every role that the account has here, staff first.
base::Result<std::vector<Membership>> list_memberships_of(Tx& tx, base::TenantId tenant,
                                                          base::AccountId account);
/// `by`: a login method's name or "exemption"; empty `at` takes it back (P20).
base::Status set_verified(Tx& tx, base::TenantId tenant, const Membership& person,
                          std::optional<base::Instant> at, std::string_view by);
base::Result<std::vector<Membership>> list_patients(Tx& tx, base::TenantId tenant);
struct MemberFilter {
    std::string role;    // empty: every
    std::string status;  // empty: every; "active", "blocked"
};
/// By name, at most 10,000; those merged into another are left out.
base::Result<std::vector<Membership>> list_members(Tx& tx, base::TenantId tenant,
                                                   const MemberFilter& filter);
/// Saves names, contact data, language, marks and status, and raises the version; false when the
/// version moved.
base::Result<bool> save_membership(Tx& tx, base::TenantId tenant, const Membership& membership);

/// What finds an account at a tenant. `folded`: text::fold.
enum class IdentifierKind { email, login };
BOOST_DESCRIBE_ENUM(IdentifierKind, email, login)
struct Identifier {
    IdentifierKind kind = IdentifierKind::email;
    std::string folded;
};
/// False when the tenant has it on another account.
base::Result<bool> insert_identifier(Tx& tx, base::TenantId tenant, base::AccountId account,
                                     const Identifier& identifier);
base::Status remove_identifier(Tx& tx, base::TenantId tenant, base::AccountId account,
                               const Identifier& identifier);
base::Result<std::optional<base::AccountId>> find_account_by(Tx& tx, base::TenantId tenant,
                                                             const Identifier& identifier);
/// As it is unique; nullopt: the account has none here.
base::Result<std::optional<std::string>> find_login_name(Tx& tx, base::TenantId tenant,
                                                         base::AccountId account);
base::Result<std::optional<base::AccountId>> find_account_by_email(Tx& tx, base::TenantId tenant,
                                                                   std::string_view folded);

/// Of `staff` title, bookable, administrator, description and listed count.
base::Result<base::StaffId> insert_staff(Tx& tx, base::TenantId tenant, base::MembershipId member,
                                         const Staff& staff);
/// Saves the same; stale when the version moved.
base::Status save_staff(Tx& tx, base::TenantId tenant, const Staff& staff);
/// Locked until the transaction ends: who books with this person next waits (PostgreSQL).
base::Status lock_staff(Tx& tx, base::TenantId tenant, base::StaffId id);
base::Result<std::vector<Staff>> list_staff(Tx& tx, base::TenantId tenant);
base::Result<std::optional<Staff>> find_staff(Tx& tx, base::TenantId tenant, base::StaffId id);
base::Result<std::optional<Staff>> find_staff_by_membership(Tx& tx, base::TenantId tenant,
                                                            base::MembershipId member);

std::span<const Statement> person_statements();

}  // namespace portal::store
