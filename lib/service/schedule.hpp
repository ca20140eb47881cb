// What happens by the clock alone: reminders and nudges that are due, visits that lapse or are
// done. The daemon's timer and cron through portalctl run it; simulate runs the same in a
// transaction that it undoes. The rows themselves decide who does what, so any number may run it
// at once. Thread rule: any; those with a Tx inside a write transaction. The time is the session's.
// Source: C24, C29, D3, D9, D15, L19, N3, N12.
#pragma once

#include <optional>
#include <string>

#include "domain/operation.hpp"
#include "service/session.hpp"
#include "store/due_visit.hpp"
#include "store/outbox.hpp"
#include "store/reminder.hpp"

namespace portal::service {

/// A confirmed visit that nobody settled is done this long after its planned end.
inline constexpr std::chrono::hours kFinishAfter{1};

enum class Settled { queued, not_sent, elsewhere };
/// One due reminder or nudge; the row's change from pending is what makes it happen once.
base::Result<Settled> settle_reminder_row(store::Tx& tx, const Session& session,
                                          const store::DueReminder& due);
/// An unconfirmed visit lapses and frees its seat, a confirmed one is done. Answers the new state;
/// none: somebody else was first, or it is not due any more. Its patient is told nothing (C30).
base::Result<std::optional<domain::BookingState>> settle_due_visit(store::Tx& tx,
                                                                   const Session& session,
                                                                   const store::DueVisit& due);
/// What settle_due_visit is due for at `now`.
store::DueVisitQuestion due_visits_at(base::Instant now);

/// Everything that is due in all clinics, once, whoever asks: cron through portalctl or the
/// daemon's timer.
base::Result<domain::ReminderReport> send_reminders(Session& session,
                                                    const domain::SendReminders& command);
/// The same for the daemon's timer; answers when the next reminder is due.
base::Result<std::optional<base::Instant>> run_schedule(const Services& services);

/// The dispatcher's question just before sending: why not, or empty (L19).
base::Result<std::string> veto_message(store::Tx& tx, base::TenantId tenant,
                                       const store::ClaimedMessage& message, base::Instant now);

}  // namespace portal::service
