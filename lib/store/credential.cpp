#include "store/credential.hpp"

namespace portal::store {
namespace {

constexpr Statement kFind{
    "credential.password",
    "SELECT hash FROM credential WHERE (tenant = $1 OR proved_by = 'eid') AND account = $2 "
    "AND kind = 'password' AND voided_at IS NULL ORDER BY proved_by DESC, id DESC LIMIT 1"};
constexpr Statement kVoid{"credential.void",
                          "UPDATE credential SET voided_at = $3 WHERE tenant = $1 AND account = $2 "
                          "AND kind = 'password' AND voided_at IS NULL"};
constexpr Statement kInsert{
    "credential.insert",
    "INSERT INTO credential (tenant, account, proved_by, kind, hash, created_at) "
    "VALUES ($1, $2, 'tenant', 'password', $3, $4)"};
constexpr Statement kInsertLink{
    "password_link.insert",
    "INSERT INTO password_link (tenant, membership, token_hash, created_at, expires_at) "
    "VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement kFindLink{"password_link.find",
                              "SELECT id, membership, expires_at, used_at FROM password_link "
                              "WHERE tenant = $1 AND token_hash = $2"};
constexpr Statement kUseLink{
    "password_link.use",
    "UPDATE password_link SET used_at = $3 "
    "WHERE tenant = $1 AND id = $2 AND used_at IS NULL AND expires_at > $3"};
constexpr Statement kVoidLinks{
    "password_link.void",
    "UPDATE password_link SET used_at = $3 WHERE tenant = $1 AND used_at IS NULL AND membership IN "
    "(SELECT id FROM membership WHERE tenant = $1 AND account = $2)"};
constexpr Statement kAll[] = {kFind, kVoid, kInsert, kInsertLink, kFindLink, kUseLink, kVoidLinks};

}  // namespace

base::Result<std::optional<std::string>> find_password(Tx& tx, base::TenantId tenant,
                                                       base::AccountId account) {
    return tx.find(
        kFind, [](const Row& row) { return row.text(0); }, tenant, account);
}

base::Status replace_password(Tx& tx, base::TenantId tenant, base::AccountId account,
                              std::string_view hash, base::Instant now) {
    PORTAL_TRY(voided, tx.run(kVoid, tenant, account, now));
    PORTAL_TRY(made, tx.run(kInsert, tenant, account, hash, now));
    return {};
}

base::Status insert_password_link(Tx& tx, base::TenantId tenant, const NewPasswordLink& link) {
    PORTAL_TRY(made, tx.run(kInsertLink, tenant, link.membership, link.token_hash, link.now,
                            link.expires_at));
    return {};
}

base::Result<std::optional<PasswordLink>> find_password_link(Tx& tx, base::TenantId tenant,
                                                             const base::Bytes& token_hash) {
    return tx.find(
        kFindLink,
        [](const Row& row) {
            return PasswordLink{row.integer(0), row.id<base::MembershipId>(1), row.instant(2),
                                !row.is_null(3)};
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

std::span<const Statement> credential_statements() {
    return kAll;
}

}  // namespace portal::store
