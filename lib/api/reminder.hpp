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
    "Queue every reminder that is due, settle visits that are over and end what is held for the "
    "waiting list, in all clinics, once",
    "\n"
    "-q"};

}  // namespace portal::api
