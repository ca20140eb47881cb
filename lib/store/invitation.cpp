#include "store/invitation.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

constexpr Statement kList{
    "invitation.list",
    "SELECT m.public_id, m.first_name, m.last_name, l.purpose, l.ended, l.created_at, l.expires_at "
    "FROM password_link l JOIN membership m ON m.id = l.membership "
    "WHERE l.tenant = $1 AND l.purpose IN ('invite', 'letter') ORDER BY l.id DESC LIMIT 500"};
constexpr Statement kLast{
    "invitation.last",
    "SELECT created_at FROM password_link WHERE tenant = $1 AND membership = $2 AND purpose = "
    "'invite' ORDER BY id DESC LIMIT 1"};
constexpr Statement kCancel{
    "invitation.cancel",
    "UPDATE password_link SET used_at = $3, ended = 'cancelled' WHERE tenant = $1 AND membership = "
    "$2 AND purpose IN ('invite', 'letter') AND used_at IS NULL AND expires_at > $3"};
constexpr Statement kFindLetter{
    "invitation.letter",
    "SELECT id, membership, expires_at FROM password_link WHERE tenant = $1 AND code_hash = $2 AND "
    "purpose = 'letter' AND used_at IS NULL AND expires_at > $3"};
constexpr Statement kSetToken{
    "invitation.set_token",
    "UPDATE password_link SET token_hash = $3 WHERE tenant = $1 AND id = $2"};
constexpr Statement kAll[] = {kList, kLast, kCancel, kFindLetter, kSetToken};

}  // namespace

base::Result<std::vector<Invitation>> list_invitations(Tx& tx, base::TenantId tenant) {
    return tx.list(
        kList,
        [](const Row& row) {
            return Invitation{row.uuid(0),   row.text(1),
                              row.text(2),   text_enum(row.text(3), LinkPurpose::invite),
                              row.text(4),   row.instant(5),
                              row.instant(6)};
        },
        tenant);
}

base::Result<std::optional<base::Instant>> find_last_invitation(Tx& tx, base::TenantId tenant,
                                                                base::MembershipId person) {
    return tx.find(
        kLast, [](const Row& row) { return row.instant(0); }, tenant, person);
}

base::Result<std::int64_t> cancel_invitations(Tx& tx, base::TenantId tenant,
                                              base::MembershipId person, base::Instant now) {
    return tx.run(kCancel, tenant, person, now);
}

base::Result<std::optional<PasswordLink>> find_letter(Tx& tx, base::TenantId tenant,
                                                      const base::Bytes& code_hash,
                                                      base::Instant now) {
    return tx.find(
        kFindLetter,
        [](const Row& row) {
            return PasswordLink{row.integer(0), row.id<base::MembershipId>(1), row.instant(2),
                                false, LinkPurpose::letter};
        },
        tenant, code_hash, now);
}

base::Status set_link_token(Tx& tx, base::TenantId tenant, std::int64_t id,
                            const base::Bytes& token_hash) {
    PORTAL_TRY(changed, tx.run(kSetToken, tenant, id, token_hash));
    return {};
}

std::span<const Statement> invitation_statements() {
    return kAll;
}

}  // namespace portal::store
