#include "store/reminder.hpp"

namespace portal::store {
namespace {

constexpr Statement kInsertReminder{
    "reminder.insert",
    "INSERT INTO reminder (tenant, booking, kind, lead_ms, schedule, due_at, state, reason) "
    "VALUES ($1, $2, $8, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"};
constexpr Statement kWithdraw{"reminder.withdraw",
                              "UPDATE reminder SET state = 'not-sent', reason = $3 "
                              "WHERE tenant = $1 AND booking = $2 AND state = 'pending'"};
constexpr Statement kDue{
    "reminder.due",
    "SELECT id, tenant, booking, lead_ms, schedule, due_at, kind FROM reminder "
    "WHERE state = 'pending' AND due_at <= $1 AND (due_at > $2 OR (due_at = $2 AND id > $3)) "
    "ORDER BY due_at, id LIMIT 200",
    true};
constexpr Statement kDueOfTenant{
    "reminder.due_of_tenant",
    "SELECT id, tenant, booking, lead_ms, schedule, due_at, kind FROM reminder WHERE tenant = $1 "
    "AND state = 'pending' AND due_at <= $2 AND (due_at > $3 OR (due_at = $3 AND id > $4)) "
    "ORDER BY due_at, id LIMIT 200"};
constexpr Statement kNext{"reminder.next",
                          "SELECT MIN(due_at) FROM reminder WHERE state = 'pending'", true};
// Whoever settles the nearer one first, it is sent: a reminder is sent unless it is withdrawn.
constexpr Statement kOvertaken{
    "reminder.overtaken",
    "SELECT 1 FROM reminder WHERE tenant = $1 AND booking = $2 AND kind = $3 AND schedule = $4 "
    "AND lead_ms < $5 AND due_at <= $6 AND state IN ('pending', 'queued') LIMIT 1"};
constexpr Statement kSettle{"reminder.settle",
                            "UPDATE reminder SET state = $3, reason = $4 WHERE tenant = $1 AND id "
                            "= $2 AND state = 'pending'"};
constexpr Statement kAll[] = {kInsertReminder, kWithdraw,  kDue,   kDueOfTenant,
                              kNext,           kOvertaken, kSettle};

DueReminder map_due(const Row& row) {
    return {row.integer(0),
            row.id<base::TenantId>(1),
            row.id<base::BookingId>(2),
            row.integer(3),
            row.integer(4),
            row.instant(5),
            row.text(6)};
}

}  // namespace

base::Status insert_reminder(Tx& tx, base::TenantId tenant, const NewReminder& r) {
    PORTAL_TRY(made, tx.run(kInsertReminder, tenant, r.booking, r.lead_ms, r.schedule, r.due_at,
                            r.state, r.reason, r.kind));
    return {};
}

base::Status withdraw_reminders(Tx& tx, base::TenantId tenant, base::BookingId booking,
                                std::string_view reason) {
    PORTAL_TRY(changed, tx.run(kWithdraw, tenant, booking, reason));
    return {};
}

base::Result<std::vector<DueReminder>> list_due_reminders(Tx& tx, base::Instant now,
                                                          const DueReminder& after) {
    return tx.list(kDue, map_due, now, after.due_at, after.id);
}

base::Result<std::vector<DueReminder>> list_due_reminders(Tx& tx, base::TenantId tenant,
                                                          base::Instant now,
                                                          const DueReminder& after) {
    return tx.list(kDueOfTenant, map_due, tenant, now, after.due_at, after.id);
}

base::Result<std::optional<base::Instant>> next_reminder(Tx& tx) {
    PORTAL_TRY(due, tx.find(kNext, [](const Row& row) { return row.maybe_instant(0); }));
    return due.value_or(std::nullopt);
}

base::Result<bool> is_overtaken(Tx& tx, const DueReminder& r, base::Instant now) {
    PORTAL_TRY(nearer, tx.find(
                           kOvertaken, [](const Row& row) { return row.integer(0); }, r.tenant,
                           r.booking, r.kind, r.schedule, r.lead_ms, now));
    return nearer.has_value();
}

base::Result<bool> settle_reminder(Tx& tx, base::TenantId tenant, std::int64_t id,
                                   std::string_view state, std::string_view reason) {
    PORTAL_TRY(changed, tx.run(kSettle, tenant, id, state, reason));
    return changed > 0;
}

std::span<const Statement> reminder_statements() {
    return kAll;
}

}  // namespace portal::store
