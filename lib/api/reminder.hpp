// Reminders by cron. Source: D3.
#pragma once

#include "api/operation.hpp"
#include "domain/operation.hpp"

namespace portal::api {

inline constexpr Operation<domain::SendReminders, domain::ReminderReport> kReminderSend{
    "reminder.send",
    "POST",
    "/v1/reminders/send",
    Access::write,
    "reminder",
    "Queue every reminder that is due and settle visits that are over, in all clinics, once",
    "\n"
    "-q"};

}  // namespace portal::api
