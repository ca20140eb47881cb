#include "store/contact.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

constexpr Statement kSet{"membership.set_contact",
                         "UPDATE membership SET email = $3, mobile = $4, language = $5, "
                         "version = version + 1 WHERE tenant = $1 AND id = $2"};
constexpr Statement kAttempt{
    "login_attempt.contact",
    "SELECT id, membership, code_hash, tries, expires_at, done_at, purpose, rests_on, "
    "detail_sealed, token_hash FROM login_attempt WHERE tenant = $1 AND membership = $2 "
    "AND purpose = 'contact' ORDER BY id DESC LIMIT 1"};
constexpr Statement kAll[] = {kSet, kAttempt};

ContactAttempt map_attempt(const Row& row) {
    return {LoginAttempt{row.integer(0), row.maybe_id<base::MembershipId>(1), row.maybe_blob(2),
                         row.integer(3), row.instant(4), row.maybe_instant(5), row.text(6),
                         text_enum(row.text(7), ProvedBy::tenant), row.maybe_blob(8)},
            row.blob(9)};
}

}  // namespace

base::Status set_contact(Tx& tx, base::TenantId tenant, base::MembershipId member,
                         const Contact& contact) {
    PORTAL_TRY(rows, tx.run(kSet, tenant, member, contact.email.reveal(), contact.mobile.reveal(),
                            enum_text(contact.language)));
    return {};
}

base::Result<std::optional<ContactAttempt>> find_contact_attempt(Tx& tx, base::TenantId tenant,
                                                                 base::MembershipId member) {
    return tx.find(kAttempt, map_attempt, tenant, member);
}

std::span<const Statement> contact_statements() {
    return kAll;
}

}  // namespace portal::store
