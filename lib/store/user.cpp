#include "store/user.hpp"

namespace portal::store {
namespace {

constexpr Statement kMoveMemberships{
    "membership.move_account",
    "UPDATE membership SET account = $3 WHERE tenant = $1 AND account = $2"};
constexpr Statement kMoveIdentifiers{
    "identifier.move_account",
    "UPDATE identifier SET account = $3 WHERE tenant = $1 AND account = $2"};
constexpr Statement kMoveCredentials{
    "credential.move_account",
    "UPDATE credential SET account = $3 WHERE tenant = $1 AND account = $2"};
constexpr Statement kMoveRegistrations{
    "registration.move_account",
    "UPDATE registration SET account = $3 WHERE tenant = $1 AND account = $2 "
    "AND state <> 'pending'"};
constexpr Statement kDropDevices{"device.drop_account",
                                 "DELETE FROM device WHERE tenant = $1 AND account = $2"};

constexpr Statement kCount{
    "merge.count",
    "SELECT "
    "(SELECT COUNT(*) FROM booking b WHERE b.tenant = $1 AND b.patient = $2), "
    "(SELECT COUNT(*) FROM outbox o WHERE o.tenant = $1 AND o.membership = $2), "
    "(SELECT COUNT(*) FROM patient_message p WHERE p.tenant = $1 AND p.membership = $2 "
    "AND NOT EXISTS (SELECT 1 FROM patient_message q WHERE q.tenant = $1 AND q.membership = $3 "
    "AND q.kind = p.kind)), "
    "(SELECT COUNT(*) FROM consent c WHERE c.tenant = $1 AND c.membership = $2 "
    "AND NOT EXISTS (SELECT 1 FROM consent d WHERE d.tenant = $1 AND d.membership = $3 "
    "AND d.text_version = c.text_version)), "
    "(SELECT COUNT(*) FROM session s WHERE s.tenant = $1 AND s.membership = $2 "
    "AND s.ended_at IS NULL AND s.expires_at > $4), "
    "(SELECT COUNT(*) FROM exemption e WHERE e.tenant = $1 AND e.membership = $2 "
    "AND e.state <> 'ended'), "
    "(SELECT COUNT(*) FROM waitlist_entry w WHERE w.tenant = $1 AND w.patient = $2 "
    "AND w.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM waitlist_entry v WHERE v.tenant = $1 "
    "AND v.patient = $3 AND v.visit_type = w.visit_type AND v.state = 'waiting'))"};
constexpr Statement kMoveBookings{
    "booking.move_patient", "UPDATE booking SET patient = $3 WHERE tenant = $1 AND patient = $2"};
constexpr Statement kMoveMessages{
    "outbox.move_member",
    "UPDATE outbox SET membership = $3 WHERE tenant = $1 AND membership = $2"};
constexpr Statement kMoveLetters{
    "patient_message.move_member",
    "UPDATE patient_message SET membership = $3 WHERE tenant = $1 AND membership = $2 "
    "AND NOT EXISTS (SELECT 1 FROM patient_message q WHERE q.tenant = $1 AND q.membership = $3 "
    "AND q.kind = patient_message.kind)"};
constexpr Statement kMoveConsents{
    "consent.move_member",
    "UPDATE consent SET membership = $3 WHERE tenant = $1 AND membership = $2 "
    "AND NOT EXISTS (SELECT 1 FROM consent d WHERE d.tenant = $1 AND d.membership = $3 "
    "AND d.text_version = consent.text_version)"};
constexpr Statement kMoveRequests{
    "registration.move_member",
    "UPDATE registration SET membership = $3 WHERE tenant = $1 AND membership = $2"};
// Who stays may wait for the same already: he waits once.
constexpr Statement kMoveWaiting{
    "waitlist_entry.move_patient",
    "UPDATE waitlist_entry SET patient = $3 WHERE tenant = $1 AND patient = $2 "
    "AND NOT EXISTS (SELECT 1 FROM waitlist_entry v WHERE v.tenant = $1 AND v.patient = $3 "
    "AND v.visit_type = waitlist_entry.visit_type AND v.state = 'waiting')"};
constexpr Statement kEndWaiting{
    "waitlist_entry.end_of_patient",
    "UPDATE waitlist_entry SET state = 'left', ended_at = $3, version = version + 1 "
    "WHERE tenant = $1 AND patient = $2 AND state = 'waiting'"};
constexpr Statement kEndSessions{
    "session.end_of_member",
    "UPDATE session SET ended_at = $3 WHERE tenant = $1 AND membership = $2 AND ended_at IS NULL"};
constexpr Statement kEndExemption{
    "exemption.end_of_member",
    "UPDATE exemption SET state = 'ended', ended_at = $3, version = version + 1 "
    "WHERE tenant = $1 AND membership = $2 AND state <> 'ended'"};
constexpr Statement kRetire{"membership.retire",
                            "UPDATE membership SET status = 'blocked', merged_into = $3, "
                            "version = version + 1 WHERE tenant = $1 AND id = $2"};
constexpr Statement kMerged{
    "membership.merged",
    "SELECT id FROM membership WHERE tenant = $1 AND id = $2 AND merged_into IS NOT NULL"};

constexpr Statement kAll[] = {kMoveMemberships, kMoveIdentifiers,   kMoveCredentials, kDropDevices,
                              kCount,           kMoveRegistrations, kMoveBookings,    kMoveMessages,
                              kMoveLetters,     kMoveConsents,      kMoveRequests,    kMoveWaiting,
                              kEndWaiting,      kEndSessions,       kEndExemption,    kRetire,
                              kMerged};

std::int64_t first_number(const Row& row) {
    return row.integer(0);
}

}  // namespace

base::Status move_account(Tx& tx, base::TenantId tenant, const AccountMove& move) {
    for (const auto* statement :
         {&kMoveMemberships, &kMoveIdentifiers, &kMoveCredentials, &kMoveRegistrations})
        PORTAL_TRYV(tx.run(*statement, tenant, move.from, move.into));
    PORTAL_TRYV(tx.run(kDropDevices, tenant, move.from));
    return {};
}

base::Result<MergeCounts> count_merge(Tx& tx, base::TenantId tenant, const Merge& merge) {
    PORTAL_TRY(found, tx.find(
                          kCount,
                          [](const Row& row) {
                              return MergeCounts{row.integer(0), row.integer(1), row.integer(2),
                                                 row.integer(3), row.integer(4), row.integer(5),
                                                 row.integer(6)};
                          },
                          tenant, merge.from, merge.into, merge.now));
    return found.value_or(MergeCounts{});
}

base::Status move_history(Tx& tx, base::TenantId tenant, const Merge& merge) {
    for (const auto* statement : {&kMoveBookings, &kMoveMessages, &kMoveLetters, &kMoveConsents,
                                  &kMoveRequests, &kMoveWaiting})
        PORTAL_TRYV(tx.run(*statement, tenant, merge.from, merge.into));
    PORTAL_TRYV(tx.run(kEndWaiting, tenant, merge.from, merge.now));
    PORTAL_TRYV(tx.run(kEndSessions, tenant, merge.from, merge.now));
    PORTAL_TRYV(tx.run(kEndExemption, tenant, merge.from, merge.now));
    return {};
}

base::Status retire_membership(Tx& tx, base::TenantId tenant, const Merge& merge) {
    PORTAL_TRY(changed, tx.run(kRetire, tenant, merge.from, merge.into));
    return {};
}

base::Result<bool> is_merged(Tx& tx, base::TenantId tenant, base::MembershipId membership) {
    PORTAL_TRY(found, tx.find(kMerged, first_number, tenant, membership));
    return found.has_value();
}

std::span<const Statement> user_statements() {
    return kAll;
}

}  // namespace portal::store
