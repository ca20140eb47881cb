#include "store/credential.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

constexpr Statement kFind{
    "credential.password",
    "SELECT hash, proved_by, id FROM credential WHERE (tenant = $1 OR proved_by = 'eid') "
    "AND account = $2 AND kind = 'password' AND voided_at IS NULL "
    "ORDER BY CASE WHEN proved_by = 'eid' THEN 1 ELSE 0 END, id DESC LIMIT 1"};
constexpr Statement kFindOwn{
    "credential.own_password",
    "SELECT id FROM credential WHERE tenant = $1 AND account = $2 AND kind = 'password' AND "
    "voided_at IS NULL LIMIT 1"};
constexpr Statement kVoid{"credential.void",
                          "UPDATE credential SET voided_at = $3 WHERE tenant = $1 AND account = $2 "
                          "AND kind = 'password' AND voided_at IS NULL"};
constexpr Statement kVoidAll{
    "credential.void_eid",
    "UPDATE credential SET voided_at = $3 WHERE (tenant = $1 OR proved_by = 'eid') "
    "AND account = $2 AND kind = 'password' AND voided_at IS NULL"};
constexpr Statement kInsert{
    "credential.insert",
    "INSERT INTO credential (tenant, account, proved_by, kind, hash, created_at, made_by) "
    "VALUES ($1, $2, 'tenant', 'password', $3, $4, $5)"};
constexpr Statement kInsertEid{
    "credential.insert_eid",
    "INSERT INTO credential (tenant, account, proved_by, kind, hash, created_at, made_by) "
    "SELECT CAST(NULL AS {i64}), m.account, 'eid', 'password', CAST($3 AS TEXT), CAST($4 AS "
    "{i64}), "
    "CAST($5 AS TEXT) FROM membership m WHERE m.tenant = $1 AND m.account = $2 LIMIT 1"};
constexpr Statement kInsertLink{
    "password_link.insert",
    "INSERT INTO password_link (tenant, membership, token_hash, created_at, expires_at, purpose, "
    "code_hash, checked_by, checked_how) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Statement kFindLink{"password_link.find",
                              "SELECT id, membership, expires_at, used_at, purpose FROM "
                              "password_link "
                              "WHERE tenant = $1 AND token_hash = $2"};
constexpr Statement kUseLink{
    "password_link.use",
    "UPDATE password_link SET used_at = $3, ended = 'used' "
    "WHERE tenant = $1 AND id = $2 AND used_at IS NULL AND expires_at > $3"};
constexpr Statement kVoidLinks{
    "password_link.void",
    "UPDATE password_link SET used_at = $3, ended = 'void' WHERE tenant = $1 AND used_at IS NULL "
    "AND membership IN "
    "(SELECT id FROM membership WHERE tenant = $1 AND account = $2)"};
constexpr Statement kVoidLinksOfMember{
    "password_link.void_of_member",
    "UPDATE password_link SET used_at = $3, ended = 'void' WHERE tenant = $1 AND used_at IS NULL "
    "AND membership = $2"};
constexpr Statement kAll[] = {
    kFind,       kFindOwn,  kVoid,    kVoidAll,   kInsert,           kInsertEid,
    kInsertLink, kFindLink, kUseLink, kVoidLinks, kVoidLinksOfMember};

}  // namespace

base::Result<std::optional<Password>> find_password(Tx& tx, base::TenantId tenant,
                                                    base::AccountId account) {
    return tx.find(
        kFind,
        [](const Row& row) {
            return Password{row.text(0), text_enum(row.text(1), ProvedBy::tenant), row.integer(2)};
        },
        tenant, account);
}

base::Result<bool> has_own_password(Tx& tx, base::TenantId tenant, base::AccountId account) {
    PORTAL_TRY(found,
               tx.find(
                   kFindOwn, [](const Row& row) { return row.integer(0); }, tenant, account));
    return found.has_value();
}

base::Status void_tenant_passwords(Tx& tx, base::TenantId tenant, base::AccountId account,
                                   base::Instant now) {
    PORTAL_TRY(voided, tx.run(kVoid, tenant, account, now));
    return {};
}

base::Status replace_password(Tx& tx, base::TenantId tenant, const NewPasswordRow& p) {
    if (p.proved_by == ProvedBy::tenant) {
        PORTAL_TRYV(void_tenant_passwords(tx, tenant, p.account, p.now));
        PORTAL_TRY(made, tx.run(kInsert, tenant, p.account, p.hash, p.now, p.made_by));
        return {};
    }
    PORTAL_TRY(voided, tx.run(kVoidAll, tenant, p.account, p.now));
    PORTAL_TRY(made, tx.run(kInsertEid, tenant, p.account, p.hash, p.now, p.made_by));
    return {};
}

base::Status insert_password_link(Tx& tx, base::TenantId tenant, const NewPasswordLink& link) {
    PORTAL_TRY(made, tx.run(kInsertLink, tenant, link.membership, link.token_hash, link.now,
                            link.expires_at, enum_text(link.purpose), link.code_hash,
                            link.checked_by, link.checked_how));
    return {};
}

base::Result<std::optional<PasswordLink>> find_password_link(Tx& tx, base::TenantId tenant,
                                                             const base::Bytes& token_hash) {
    return tx.find(
        kFindLink,
        [](const Row& row) {
            return PasswordLink{row.integer(0), row.id<base::MembershipId>(1), row.instant(2),
                                !row.is_null(3), text_enum(row.text(4), LinkPurpose::password)};
        },
        tenant, token_hash);
}

base::Result<bool> use_password_link(Tx& tx, base::TenantId tenant, std::int64_t id,
                                     base::Instant now) {
    PORTAL_TRY(changed, tx.run(kUseLink, tenant, id, now));
    return changed > 0;
}

base::Status void_password_links(Tx& tx, base::TenantId tenant, base::AccountId account,
                                 base::Instant now) {
    PORTAL_TRY(changed, tx.run(kVoidLinks, tenant, account, now));
    return {};
}

base::Status void_links_of_member(Tx& tx, base::TenantId tenant, base::MembershipId member,
                                  base::Instant now) {
    PORTAL_TRY(changed, tx.run(kVoidLinksOfMember, tenant, member, now));
    return {};
}

std::span<const Statement> credential_statements() {
    return kAll;
}

}  // namespace portal::store
