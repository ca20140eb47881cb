// The operator's acts: reminders by cron, the outbox, the daemon's state. Source: D3, L19, L20.
// Thread rule: any.
#pragma once

#include "domain/operation.hpp"
#include "service/session.hpp"
#include "store/outbox.hpp"

namespace portal::service {

/// Queues what is due, once, whoever asks: cron through portalctl or the daemon's timer.
base::Result<domain::ReminderReport> send_reminders(Session& session,
                                                    const domain::SendReminders& command);
/// The same for the daemon's timer; answers when the next one is due.
base::Result<std::optional<base::Instant>> run_reminders(const Services& services);
base::Result<domain::OutboxList> list_outbox(Session& session, const domain::ListOutbox& command);
base::Result<domain::StatusView> show_status(Session& session, const domain::ShowStatus& command);

/// The dispatcher's question just before sending: why not, or empty (L19).
base::Result<std::string> veto_message(store::Tx& tx, base::TenantId tenant,
                                       const store::ClaimedMessage& message, base::Instant now);
/// Removes login attempts, budgets, sessions and keys that ended two days ago or earlier.
base::Result<std::int64_t> remove_stale(const Services& services);
/// A row in the audit for a refused admin call.
void audit_refusal(const Services& services, std::string_view actor, std::string_view operation);

}  // namespace portal::service
