#include "store/exemption.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

#define PORTAL_EXEMPTION_COLUMNS                                                             \
    "e.id, e.public_id, e.membership, e.state, e.reason, e.checked_by, e.checked_how, "      \
    "e.checked_at, e.code_address, e.address_owner, e.review_at, e.created_at, e.ended_at, " \
    "e.version"
#define PORTAL_NAMED_EXEMPTION                                                     \
    "SELECT " PORTAL_EXEMPTION_COLUMNS                                             \
    ", m.public_id, m.first_name, m.last_name FROM exemption e JOIN membership m " \
    "ON m.id = e.membership WHERE e.tenant = $1 AND e.state <> 'ended'"
#define PORTAL_BY_NAME " ORDER BY m.last_name, m.first_name, e.id LIMIT 10000"

constexpr Statement kLive{"exemption.live",
                          "SELECT " PORTAL_EXEMPTION_COLUMNS
                          " FROM exemption e "
                          "WHERE e.tenant = $1 AND e.membership = $2 AND e.state <> 'ended'"};
constexpr Statement kLast{"exemption.last", "SELECT " PORTAL_EXEMPTION_COLUMNS
                                            " FROM exemption e WHERE e.tenant = $1 AND "
                                            "e.membership = $2 ORDER BY e.id DESC LIMIT 1"};
constexpr Statement kInsert{
    "exemption.insert",
    "INSERT INTO exemption (tenant, public_id, membership, state, reason, checked_by, checked_how, "
    "checked_at, code_address, address_owner, review_at, created_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING"};
constexpr Statement kUpdate{
    "exemption.update",
    "UPDATE exemption SET state = $3, checked_by = $4, checked_how = $5, checked_at = $6, "
    "code_address = $7, address_owner = $8, review_at = $9, ended_at = $10, version = version + 1 "
    "WHERE tenant = $1 AND id = $2"};
constexpr Statement kList{"exemption.list", PORTAL_NAMED_EXEMPTION PORTAL_BY_NAME};
constexpr Statement kDue{"exemption.due", PORTAL_NAMED_EXEMPTION
                         " AND (e.state = 'suspended' OR e.review_at <= $2)" PORTAL_BY_NAME};
constexpr Statement kSignup{
    "exemption.signup_address",
    "SELECT email FROM registration WHERE tenant = $1 AND account = $2 AND email <> '' "
    "AND state IN ('pending', 'approved') ORDER BY id DESC LIMIT 1"};
constexpr Statement kAll[] = {kLive, kLast, kInsert, kUpdate, kList, kDue, kSignup};

Exemption map_exemption(const Row& row) {
    Exemption e;
    e.id = row.integer(0);
    e.public_id = row.uuid(1);
    e.membership = row.id<base::MembershipId>(2);
    e.state = text_enum(row.text(3), domain::ExemptionState::suspended);
    e.reason = row.text(4);
    e.checked_by = row.text(5);
    e.checked_how = row.text(6);
    e.checked_at = row.instant(7);
    e.code_address = base::Email{row.text(8)};
    e.address_owner = text_enum(row.text(9), domain::AddressOwner::proxy);
    e.review_at = row.maybe_instant(10);
    e.created_at = row.instant(11);
    e.ended_at = row.maybe_instant(12);
    e.version = row.integer(13);
    return e;
}

NamedExemption map_named(const Row& row) {
    return {map_exemption(row), row.uuid(14), row.text(15) + " " + row.text(16)};
}

}  // namespace

base::Result<std::optional<Exemption>> find_exemption(Tx& tx, base::TenantId tenant,
                                                      base::MembershipId membership) {
    return tx.find(kLive, map_exemption, tenant, membership);
}

base::Result<std::optional<Exemption>> find_last_exemption(Tx& tx, base::TenantId tenant,
                                                           base::MembershipId membership) {
    return tx.find(kLast, map_exemption, tenant, membership);
}

base::Result<bool> insert_exemption(Tx& tx, base::TenantId tenant, const Exemption& e) {
    PORTAL_TRY(rows,
               tx.run(kInsert, tenant, e.public_id, e.membership, enum_text(e.state), e.reason,
                      e.checked_by, e.checked_how, e.checked_at, e.code_address.reveal(),
                      enum_text(e.address_owner), e.review_at, e.created_at));
    return rows > 0;
}

base::Status update_exemption(Tx& tx, base::TenantId tenant, const Exemption& e) {
    PORTAL_TRY(rows, tx.run(kUpdate, tenant, e.id, enum_text(e.state), e.checked_by, e.checked_how,
                            e.checked_at, e.code_address.reveal(), enum_text(e.address_owner),
                            e.review_at, e.ended_at));
    return {};
}

base::Result<std::vector<NamedExemption>> list_exemptions(Tx& tx, base::TenantId tenant) {
    return tx.list(kList, map_named, tenant);
}

base::Result<std::vector<NamedExemption>> list_due_exemptions(Tx& tx, base::TenantId tenant,
                                                              base::Instant now) {
    return tx.list(kDue, map_named, tenant, now);
}

base::Result<std::optional<base::Email>> find_signup_address(Tx& tx, base::TenantId tenant,
                                                             base::AccountId account) {
    return tx.find(
        kSignup, [](const Row& row) { return base::Email{row.text(0)}; }, tenant, account);
}

std::span<const Statement> exemption_statements() {
    return kAll;
}

}  // namespace portal::store
