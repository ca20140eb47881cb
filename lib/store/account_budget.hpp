// How often something was tried at an account, installation-wide; a subject is a keyed hash of what
// is counted. A count begins anew when nothing was counted for its period, so that no period of
// that length holds more than the most. Thread rule: inside a transaction. Source: L6, P9.
#pragma once

#include <optional>
#include <span>

#include "store/tx.hpp"

namespace portal::store {

struct BudgetRule {
    std::int64_t most = 0;
    base::Instant now{};
    base::Instant begins_anew{};  // now less the period: older counts are forgotten
};
/// Counts one; false when `most` were counted already, then nothing is counted.
base::Result<bool> spend_budget(Tx& tx, const base::Bytes& subject, const BudgetRule& rule);
struct Budget {
    std::int64_t steps = 0;
    base::Instant last_at{};
};
base::Result<std::optional<Budget>> find_budget(Tx& tx, const base::Bytes& subject);
base::Status clear_budget(Tx& tx, const base::Bytes& subject);
/// That many fewer were counted, and never fewer than none.
base::Status take_off_budget(Tx& tx, const base::Bytes& subject, std::int64_t steps);
base::Result<std::int64_t> remove_stale_budgets(Tx& tx, base::Instant before);

std::span<const Statement> account_budget_statements();

}  // namespace portal::store
