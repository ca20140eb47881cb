// The operator's acts: the outbox, the daemon's state, cleaning. Source: L20.
// Thread rule: any.
#pragma once

#include "domain/operation.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Result<domain::OutboxList> list_outbox(Session& session, const domain::ListOutbox& command);
base::Result<domain::StatusView> show_status(Session& session, const domain::ShowStatus& command);

/// Removes login attempts, budgets, sessions and keys that ended two days ago or earlier.
base::Result<std::int64_t> remove_stale(const Services& services);
/// A row in the audit for a refused admin call.
void audit_refusal(const Services& services, std::string_view actor, std::string_view operation);

}  // namespace portal::service
