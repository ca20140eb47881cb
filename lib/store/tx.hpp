// One transaction (inside Store::write) or one read snapshot (inside Store::read).
//
// Any failed statement dooms the transaction: it is rolled back and the first error answered, even
// where the closure goes on (PostgreSQL would refuse the rest, SQLite would not). An expected
// failure is written as ON CONFLICT, or put inside attempt().
// Thread rule: used only by the closure that is given it, on its thread.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "store/row.hpp"
#include "store/statement.hpp"

namespace portal::store {

class Connection;

/// Called after each statement with what was bound and the number of rows changed; the benches
/// record a closure with it. The values live only during the call.
using Recorder =
    std::function<void(const Statement&, std::span<const Value>, std::int64_t changed)>;

class Tx {
  public:
    Tx(Connection& connection, base::TenantId tenant, const Recorder* recorder);

    /// The tenant whose rows may be touched; zero in system_read and system_write.
    [[nodiscard]] base::TenantId tenant() const { return tenant_; }

    /// Executes; answers the number of rows changed.
    template <class... P>
    base::Result<std::int64_t> run(const Statement& statement, const P&... parameters) {
        const std::array<Value, sizeof...(P)> values{to_value(parameters)...};
        return execute(statement, values, {});
    }

    /// The first row through `map`, or none. For SELECT and for ... RETURNING.
    template <class F, class... P>
    auto find(const Statement& statement, F map, const P&... parameters)
        -> base::Result<std::optional<std::invoke_result_t<F&, const Row&>>> {
        using R = std::invoke_result_t<F&, const Row&>;
        std::optional<R> found;
        auto take = [&](const Row& row) {
            found.emplace(map(row));
            return false;
        };
        const std::array<Value, sizeof...(P)> values{to_value(parameters)...};
        PORTAL_TRY(changed, execute(statement, values, Visitor{take}));
        return found;
    }

    /// Every row through `map`, in order. Bound the number of rows with LIMIT.
    template <class F, class... P>
    auto list(const Statement& statement, F map, const P&... parameters)
        -> base::Result<std::vector<std::invoke_result_t<F&, const Row&>>> {
        std::vector<std::invoke_result_t<F&, const Row&>> rows;
        auto take = [&](const Row& row) {
            rows.push_back(map(row));
            return true;
        };
        const std::array<Value, sizeof...(P)> values{to_value(parameters)...};
        PORTAL_TRY(changed, execute(statement, values, Visitor{take}));
        return rows;
    }

    /// Runs `act` (Tx& -> Result<T>) inside a savepoint: when it fails, only its own changes are
    /// undone and the transaction goes on.
    template <class F>
    auto attempt(F&& act) -> std::invoke_result_t<F&, Tx&> {
        PORTAL_TRYV(open_savepoint());
        auto answer = act(*this);
        PORTAL_TRYV(close_savepoint(static_cast<bool>(answer)));
        return answer;
    }

    /// A reference to a callable `bool(const Row&)`; false: enough rows. Used by the engines.
    class Visitor {
      public:
        Visitor() = default;
        template <class F>
        requires(!std::is_same_v<F, Visitor>) explicit Visitor(F& visit)
            : context_(&visit), call_([](void* context, const Row& row) -> bool {
                  return (*static_cast<F*>(context))(row);
              }) {}
        explicit operator bool() const { return call_ != nullptr; }
        bool operator()(const Row& row) const { return call_(context_, row); }

      private:
        void* context_ = nullptr;
        bool (*call_)(void*, const Row&) = nullptr;
    };

    // For the engines.
    [[nodiscard]] const std::optional<base::Error>& failure() const { return failure_; }
    [[nodiscard]] std::int64_t statements() const { return statements_; }

  private:
    base::Result<std::int64_t> execute(const Statement& statement, std::span<const Value> values,
                                       Visitor visit);
    base::Status open_savepoint();
    base::Status close_savepoint(bool keep);

    Connection& connection_;
    base::TenantId tenant_;
    const Recorder* recorder_;
    std::optional<base::Error> failure_;
    std::int64_t statements_ = 0;
    bool executing_ = false;
};

}  // namespace portal::store
