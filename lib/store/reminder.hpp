// When a patient is reminded or nudged: one row a booking, kind, lead and schedule (D3), whoever
// runs it. Thread rule: inside a transaction. Source: C29, D3, D15, N3.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/tx.hpp"

namespace portal::store {

struct NewReminder {
    base::BookingId booking;
    std::int64_t lead_ms = 0;
    std::int64_t schedule = 1;
    base::Instant due_at{};
    std::string_view state = "pending";
    std::string_view reason{};
    std::string_view kind = "reminder";  // or "nudge"
};
base::Status insert_reminder(Tx& tx, base::TenantId tenant, const NewReminder& reminder);
/// Pending reminders of the booking become not-sent.
base::Status withdraw_reminders(Tx& tx, base::TenantId tenant, base::BookingId booking,
                                std::string_view reason);

struct DueReminder {
    std::int64_t id = 0;
    base::TenantId tenant;
    base::BookingId booking;
    std::int64_t lead_ms = 0;
    std::int64_t schedule = 1;
    base::Instant due_at{};
    std::string kind;
};
/// Of all tenants, at most 200, oldest first, after the given one.
base::Result<std::vector<DueReminder>> list_due_reminders(Tx& tx, base::Instant now,
                                                          const DueReminder& after);
/// Of one tenant, for what would be.
base::Result<std::vector<DueReminder>> list_due_reminders(Tx& tx, base::TenantId tenant,
                                                          base::Instant now,
                                                          const DueReminder& after);
/// When the next pending reminder is due.
base::Result<std::optional<base::Instant>> next_reminder(Tx& tx);
/// Whether a reminder nearer to the same visit is due too: two at once would say the same.
base::Result<bool> is_overtaken(Tx& tx, const DueReminder& reminder, base::Instant now);
/// False when somebody else settled it meanwhile: this is what makes a reminder happen once.
base::Result<bool> settle_reminder(Tx& tx, base::TenantId tenant, std::int64_t id,
                                   std::string_view state, std::string_view reason);

std::span<const Statement> reminder_statements();

}  // namespace portal::store
