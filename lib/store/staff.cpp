#include "store/staff.hpp"

#include "store/member_columns.hpp"

namespace portal::store {
namespace {

constexpr Statement kOtherAdministrators{
    "staff.other_administrators",
    "SELECT COUNT(*) FROM staff s JOIN membership m ON m.id = s.membership "
    "WHERE s.tenant = $1 AND s.administrator = 1 AND m.status = 'active' AND s.id <> $2"};
constexpr Statement kComing{
    "staff.coming_visits",
    "SELECT b.public_id, b.starts FROM booking b WHERE b.tenant = $1 "
    "AND (b.staff = $2 OR b.patient = $3) AND b.state IN ('unconfirmed', 'confirmed') "
    "AND b.ends > $4 ORDER BY b.starts, b.id LIMIT 100"};
constexpr Statement kRevokeFeeds{"calendar_feed.revoke_of_member",
                                 "UPDATE calendar_feed SET revoked_at = $3 WHERE tenant = $1 "
                                 "AND membership = $2 AND revoked_at IS NULL"};
constexpr Statement kPatientsAfter{
    "membership.patients_after",
    "SELECT " PORTAL_MEMBER_COLUMNS
    " FROM membership m WHERE m.tenant = $1 AND m.role = 'patient' AND m.merged_into IS NULL "
    "AND (m.last_name, m.first_name, m.id) > ($2, $3, $4) "
    "ORDER BY m.last_name, m.first_name, m.id LIMIT 500"};
constexpr Statement kAll[] = {kOtherAdministrators, kComing, kRevokeFeeds, kPatientsAfter};

}  // namespace

base::Result<std::int64_t> count_other_administrators(Tx& tx, base::TenantId tenant,
                                                      base::StaffId staff) {
    PORTAL_TRY(count, tx.find(
                          kOtherAdministrators, [](const Row& row) { return row.integer(0); },
                          tenant, staff));
    return count.value_or(0);
}

base::Result<std::vector<ComingVisit>> list_coming_visits(Tx& tx, base::TenantId tenant,
                                                          const Staff& staff, base::Instant now) {
    return tx.list(
        kComing,
        [](const Row& row) {
            return ComingVisit{row.uuid(0), row.instant(1)};
        },
        tenant, staff.id, staff.person.id, now);
}

base::Status revoke_feeds_of(Tx& tx, base::TenantId tenant, base::MembershipId member,
                             base::Instant now) {
    PORTAL_TRY(rows, tx.run(kRevokeFeeds, tenant, member, now));
    return {};
}

base::Result<std::vector<Membership>> list_patients_after(Tx& tx, base::TenantId tenant,
                                                          const AfterPatient& after) {
    return tx.list(kPatientsAfter, map_membership, tenant, after.last_name, after.first_name,
                   after.id);
}

std::span<const Statement> staff_statements() {
    return kAll;
}

}  // namespace portal::store
