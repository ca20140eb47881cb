#include "store/person.hpp"

#include "store/column.hpp"
#include "store/member_columns.hpp"
#include "store/store.hpp"

namespace portal::store {
namespace {

constexpr Statement kInsertAccount{"account.insert",
                                   "INSERT INTO account (created_at) VALUES ($1) RETURNING id"};
constexpr Statement kAccountByIdentity{
    "account.by_identity", "SELECT account FROM national_identity WHERE blind_index = $1", true};
constexpr Statement kInsertIdentity{
    "national_identity.insert",
    "INSERT INTO national_identity (account, country, blind_index, sealed, masked, created_at) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"};
constexpr Statement kMaskedIdentity{
    "national_identity.masked",
    "SELECT masked FROM national_identity WHERE account = $1 ORDER BY id LIMIT 1"};
constexpr Statement kInsertMembership{
    "membership.insert",
    "INSERT INTO membership (tenant, public_id, account, role, first_name, last_name, email, "
    "mobile, language, created_at, origin, verified_at, verified_by, protected) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
    "ON CONFLICT (tenant, account, role) DO NOTHING RETURNING id"};
constexpr Statement kMembership{"membership.by_id",
                                "SELECT " PORTAL_MEMBER_COLUMNS
                                " FROM membership m WHERE m.tenant = $1 AND m.id = $2"};
constexpr Statement kMembershipByPublicId{
    "membership.by_public_id",
    "SELECT " PORTAL_MEMBER_COLUMNS " FROM membership m WHERE m.tenant = $1 AND m.public_id = $2"};
constexpr Statement kMembershipsOf{"membership.of_account",
                                   "SELECT " PORTAL_MEMBER_COLUMNS
                                   " FROM membership m WHERE m.tenant = $1 AND m.account = $2 "
                                   "ORDER BY m.role DESC"};
constexpr Statement kPatients{
    "membership.patients",
    "SELECT " PORTAL_MEMBER_COLUMNS
    " FROM membership m WHERE m.tenant = $1 AND m.role = 'patient' "
    "AND m.merged_into IS NULL ORDER BY m.last_name, m.first_name, m.id LIMIT 10000"};
constexpr Statement kMembers{
    "membership.list",
    "SELECT " PORTAL_MEMBER_COLUMNS
    " FROM membership m WHERE m.tenant = $1 AND m.merged_into IS NULL "
    "AND (CAST($2 AS TEXT) = '' OR m.role = $2) AND (CAST($3 AS TEXT) = '' OR m.status = $3) "
    "ORDER BY m.last_name, m.first_name, m.id LIMIT 10000"};
constexpr Statement kSaveMembership{
    "membership.save",
    "UPDATE membership SET status = $4, first_name = $5, last_name = $6, email = $7, mobile = $8, "
    "language = $9, protected = $10, version = version + 1 "
    "WHERE tenant = $1 AND id = $2 AND version = $3"};
constexpr Statement kLoginName{
    "identifier.login_name",
    "SELECT folded FROM identifier WHERE tenant = $1 AND account = $2 AND kind = 'login' "
    "ORDER BY id LIMIT 1"};
constexpr Statement kInsertIdentifier{
    "identifier.insert",
    "INSERT INTO identifier (tenant, account, kind, folded) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (tenant, kind, folded) DO NOTHING"};
constexpr Statement kRemoveIdentifier{
    "identifier.remove",
    "DELETE FROM identifier WHERE tenant = $1 AND account = $2 AND kind = $3 AND folded = $4"};
constexpr Statement kAccountBy{
    "identifier.find",
    "SELECT account FROM identifier WHERE tenant = $1 AND kind = $2 AND folded = $3"};
constexpr Statement kSetVerified{
    "membership.set_verified",
    "UPDATE membership SET verified_at = $3, verified_by = $4 WHERE tenant = $1 AND id = $2"};
#define PORTAL_STAFF_COLUMNS \
    "s.id, s.title, s.bookable, s.administrator, s.description, s.listed, s.version"
constexpr Statement kInsertStaff{
    "staff.insert",
    "INSERT INTO staff (tenant, membership, title, bookable, administrator, description, listed) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"};
constexpr Statement kSaveStaff{
    "staff.save",
    "UPDATE staff SET title = $3, bookable = $4, administrator = $5, description = $6, "
    "listed = $7, version = version + 1 WHERE tenant = $1 AND id = $2 AND version = $8"};
constexpr Statement kLockStaff{"staff.lock",
                               "SELECT id FROM staff WHERE tenant = $1 AND id = $2 {for_update}"};
constexpr Statement kListStaff{
    "staff.list", "SELECT " PORTAL_MEMBER_COLUMNS ", " PORTAL_STAFF_COLUMNS
                  " FROM staff s JOIN membership m ON m.id = "
                  "s.membership WHERE s.tenant = $1 ORDER BY m.last_name, m.first_name, m.id LIMIT "
                  "10000"};
constexpr Statement kStaff{"staff.by_id", "SELECT " PORTAL_MEMBER_COLUMNS ", " PORTAL_STAFF_COLUMNS
                                          " FROM staff s JOIN membership m ON m.id = "
                                          "s.membership WHERE s.tenant = $1 AND s.id = $2"};
constexpr Statement kStaffByMembership{"staff.by_membership",
                                       "SELECT " PORTAL_MEMBER_COLUMNS ", " PORTAL_STAFF_COLUMNS
                                       " FROM staff s JOIN membership m ON m.id = "
                                       "s.membership WHERE s.tenant = $1 AND s.membership = $2"};
constexpr Statement kAll[] = {kInsertAccount,
                              kAccountByIdentity,
                              kInsertIdentity,
                              kMaskedIdentity,
                              kInsertMembership,
                              kMembership,
                              kMembershipByPublicId,
                              kMembershipsOf,
                              kPatients,
                              kInsertIdentifier,
                              kMembers,
                              kSaveMembership,
                              kLoginName,
                              kAccountBy,
                              kRemoveIdentifier,
                              kSetVerified,
                              kInsertStaff,
                              kListStaff,
                              kStaff,
                              kStaffByMembership,
                              kSaveStaff,
                              kLockStaff};

Staff map_staff(const Row& row) {
    Staff staff;
    staff.id = row.id<base::StaffId>(16);
    staff.title = row.text(17);
    staff.bookable = row.boolean(18);
    staff.administrator = row.boolean(19);
    staff.description = row.text(20);
    staff.listed = row.boolean(21);
    staff.version = row.integer(22);
    staff.person = map_membership(row);
    return staff;
}

template <class I>
I map_id(const Row& row) {
    return row.id<I>(0);
}

template <class I>
base::Result<I> must(base::Result<std::optional<I>> found) {
    if (!found) return std::move(found).error();
    if (!*found) return base::make_error(base::ErrorCode::internal, {});
    return **found;
}

}  // namespace

Membership map_membership(const Row& row) {
    Membership m;
    m.id = row.id<base::MembershipId>(0);
    m.public_id = row.uuid(1);
    m.account = row.id<base::AccountId>(2);
    m.role = text_enum(row.text(3), Role::patient);
    m.blocked = row.text(4) != "active";
    m.first_name = row.text(5);
    m.last_name = row.text(6);
    m.email = base::Email{row.text(7)};
    m.mobile = base::Phone{row.text(8)};
    m.language = text_enum(row.text(9), domain::Language::en);
    m.created_at = row.instant(10);
    m.version = row.integer(11);
    m.origin = row.text(12);
    m.verified_at = row.maybe_instant(13);
    m.verified_by = row.text(14);
    m.is_protected = row.boolean(15);
    return m;
}

base::Result<base::AccountId> insert_account(Tx& tx, base::Instant now) {
    return must(tx.find(kInsertAccount, map_id<base::AccountId>, now));
}

base::Result<std::optional<base::AccountId>> find_account_by_identity(Tx& tx,
                                                                      const base::Bytes& index) {
    return tx.find(kAccountByIdentity, map_id<base::AccountId>, index);
}

base::Result<bool> insert_identity(Tx& tx, const SealedIdentity& i, base::Instant now) {
    PORTAL_TRY(rows, tx.run(kInsertIdentity, i.account, i.country, i.blind_index, i.sealed,
                            i.masked, now));
    return rows > 0;
}

base::Result<std::optional<std::string>> find_masked_identity(Tx& tx, base::AccountId account) {
    return tx.find(
        kMaskedIdentity, [](const Row& row) { return row.text(0); }, account);
}

base::Result<std::optional<base::MembershipId>> insert_membership(Tx& tx, base::TenantId tenant,
                                                                  const Membership& m) {
    return tx.find(kInsertMembership, map_id<base::MembershipId>, tenant, m.public_id, m.account,
                   enum_text(m.role), m.first_name, m.last_name, m.email.reveal(),
                   m.mobile.reveal(), enum_text(m.language), m.created_at, m.origin, m.verified_at,
                   m.verified_by, m.is_protected);
}

base::Result<std::optional<Membership>> find_membership(Tx& tx, base::TenantId tenant,
                                                        base::MembershipId id) {
    return tx.find(kMembership, map_membership, tenant, id);
}
base::Result<std::optional<Membership>> find_membership_by_public_id(Tx& tx, base::TenantId tenant,
                                                                     const base::Uuid& id) {
    return tx.find(kMembershipByPublicId, map_membership, tenant, id);
}
base::Result<std::vector<Membership>> list_memberships_of(Tx& tx, base::TenantId tenant,
                                                          base::AccountId account) {
    return tx.list(kMembershipsOf, map_membership, tenant, account);
}
base::Result<std::vector<Membership>> list_patients(Tx& tx, base::TenantId tenant) {
    return tx.list(kPatients, map_membership, tenant);
}

base::Result<std::vector<Membership>> list_members(Tx& tx, base::TenantId tenant,
                                                   const MemberFilter& filter) {
    return tx.list(kMembers, map_membership, tenant, filter.role, filter.status);
}

base::Result<bool> save_membership(Tx& tx, base::TenantId tenant, const Membership& m) {
    PORTAL_TRY(rows,
               tx.run(kSaveMembership, tenant, m.id, m.version, m.blocked ? "blocked" : "active",
                      m.first_name, m.last_name, m.email.reveal(), m.mobile.reveal(),
                      enum_text(m.language), m.is_protected));
    return rows > 0;
}

base::Status set_verified(Tx& tx, base::TenantId tenant, const Membership& person,
                          std::optional<base::Instant> at, std::string_view by) {
    PORTAL_TRY(changed, tx.run(kSetVerified, tenant, person.id, at, by));
    return {};
}

base::Result<bool> insert_identifier(Tx& tx, base::TenantId tenant, base::AccountId account,
                                     const Identifier& identifier) {
    PORTAL_TRY(rows, tx.run(kInsertIdentifier, tenant, account, enum_text(identifier.kind),
                            identifier.folded));
    if (rows > 0) return true;
    PORTAL_TRY(owner, find_account_by(tx, tenant, identifier));
    return owner == account;
}
base::Status remove_identifier(Tx& tx, base::TenantId tenant, base::AccountId account,
                               const Identifier& identifier) {
    PORTAL_TRY(rows, tx.run(kRemoveIdentifier, tenant, account, enum_text(identifier.kind),
                            identifier.folded));
    return {};
}
base::Result<std::optional<base::AccountId>> find_account_by(Tx& tx, base::TenantId tenant,
                                                             const Identifier& identifier) {
    return tx.find(kAccountBy, map_id<base::AccountId>, tenant, enum_text(identifier.kind),
                   identifier.folded);
}
base::Result<std::optional<std::string>> find_login_name(Tx& tx, base::TenantId tenant,
                                                         base::AccountId account) {
    return tx.find(
        kLoginName, [](const Row& row) { return row.text(0); }, tenant, account);
}
base::Result<std::optional<base::AccountId>> find_account_by_email(Tx& tx, base::TenantId tenant,
                                                                   std::string_view folded) {
    return find_account_by(tx, tenant, {IdentifierKind::email, std::string{folded}});
}

base::Result<base::StaffId> insert_staff(Tx& tx, base::TenantId tenant, base::MembershipId member,
                                         const Staff& s) {
    return must(tx.find(kInsertStaff, map_id<base::StaffId>, tenant, member, s.title, s.bookable,
                        s.administrator, s.description, s.listed));
}
base::Status save_staff(Tx& tx, base::TenantId tenant, const Staff& s) {
    PORTAL_TRY(rows, tx.run(kSaveStaff, tenant, s.id, s.title, s.bookable, s.administrator,
                            s.description, s.listed, s.version));
    if (rows == 0) return base::make_error(base::ErrorCode::stale, {});
    return {};
}
base::Status lock_staff(Tx& tx, base::TenantId tenant, base::StaffId id) {
    PORTAL_TRY(found, tx.find(kLockStaff, map_id<base::StaffId>, tenant, id));
    return {};
}
base::Result<std::vector<Staff>> list_staff(Tx& tx, base::TenantId tenant) {
    return tx.list(kListStaff, map_staff, tenant);
}
base::Result<std::optional<Staff>> find_staff(Tx& tx, base::TenantId tenant, base::StaffId id) {
    return tx.find(kStaff, map_staff, tenant, id);
}
base::Result<std::optional<Staff>> find_staff_by_membership(Tx& tx, base::TenantId tenant,
                                                            base::MembershipId member) {
    return tx.find(kStaffByMembership, map_staff, tenant, member);
}

std::span<const Statement> person_statements() {
    return kAll;
}

}  // namespace portal::store
