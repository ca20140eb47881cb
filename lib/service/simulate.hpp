// The time machine: the real scheduler in a transaction that is undone, with its clock set to one
// moment after another. Nothing is kept, nothing is sent. Bounded in days and events, since on
// SQLite every writer waits for it. Thread rule: any; one call, one transaction. Source: N12.
#pragma once

#include "domain/simulation.hpp"
#include "service/session.hpp"

namespace portal::service {

/// `at`: everything that is due by then happens then, in one run. Else it is walked from now on,
/// and told from `from` to `to`. invalid at a field; too_large when there is more than
/// kSimulatedEvents.
base::Result<domain::Simulation> simulate(Session& session, const domain::Simulate& command);

}  // namespace portal::service
