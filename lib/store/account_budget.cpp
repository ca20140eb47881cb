#include "store/account_budget.hpp"

#include "store/store.hpp"

namespace portal::store {
namespace {

constexpr Statement kSpend{
    "account_budget.spend",
    "INSERT INTO account_budget (subject, last_at, steps) VALUES ($1, $2, 1) "
    "ON CONFLICT (subject) DO UPDATE SET last_at = excluded.last_at, "
    "steps = CASE WHEN account_budget.last_at <= $3 THEN 1 ELSE account_budget.steps + 1 END "
    "WHERE account_budget.last_at <= $3 OR account_budget.steps < $4"};
constexpr Statement kFind{"account_budget.find",
                          "SELECT steps, last_at FROM account_budget WHERE subject = $1"};
constexpr Statement kClear{"account_budget.clear", "DELETE FROM account_budget WHERE subject = $1"};
constexpr Statement kTakeOff{
    "account_budget.take_off",
    "UPDATE account_budget SET steps = CASE WHEN steps > $2 THEN steps - $2 ELSE 0 END "
    "WHERE subject = $1"};
constexpr Statement kClean{"account_budget.clean", "DELETE FROM account_budget WHERE last_at < $1"};
constexpr Statement kAll[] = {kSpend, kFind, kClear, kTakeOff, kClean};

}  // namespace

base::Result<bool> spend_budget(Tx& tx, const base::Bytes& subject, const BudgetRule& rule) {
    PORTAL_TRY(counted, tx.run(kSpend, subject, rule.now, rule.begins_anew, rule.most));
    return counted > 0;
}

base::Result<std::optional<Budget>> find_budget(Tx& tx, const base::Bytes& subject) {
    return tx.find(
        kFind,
        [](const Row& row) {
            return Budget{row.integer(0), row.instant(1)};
        },
        subject);
}

base::Status clear_budget(Tx& tx, const base::Bytes& subject) {
    PORTAL_TRY(removed, tx.run(kClear, subject));
    return {};
}

base::Status take_off_budget(Tx& tx, const base::Bytes& subject, std::int64_t steps) {
    PORTAL_TRY(changed, tx.run(kTakeOff, subject, steps));
    return {};
}

base::Result<std::int64_t> remove_stale_budgets(Tx& tx, base::Instant before) {
    return tx.run(kClean, before);
}

std::span<const Statement> account_budget_statements() {
    return kAll;
}

}  // namespace portal::store
