// What Store needs of an engine, and the parts that both engines share.
// Thread rule: any method from any thread.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "base/clock.hpp"
#include "store/connection.hpp"
#include "store/store.hpp"

namespace portal::store {

class Engine {
  public:
    virtual ~Engine() = default;
    virtual base::Status transact(base::TenantId tenant, Store::Act act, Store::Kind kind) = 0;
    [[nodiscard]] virtual bool failed() const = 0;
    [[nodiscard]] virtual StoreStats stats() const = 0;
};

/// Opens, locks and migrates; `options` are kept.
base::Result<std::unique_ptr<Engine>> open_sqlite(const StoreOptions& options,
                                                  const base::Clock& clock);
base::Result<std::unique_ptr<Engine>> open_postgres(const StoreOptions& options,
                                                    const base::Clock& clock);

/// Counts for StoreStats.
class Meter {
  public:
    void count_write(std::int64_t microseconds, std::int64_t statements);
    void count_commit(std::int64_t group);
    void count_statements(std::int64_t statements) { statements_ += statements; }
    void count_retry() { retries_ += 1; }
    void count_refused() { refused_ += 1; }
    [[nodiscard]] StoreStats read() const;

  private:
    std::atomic<std::int64_t> writes_ = 0;
    std::atomic<std::int64_t> commits_ = 0;
    std::atomic<std::int64_t> largest_group_ = 0;
    std::atomic<std::int64_t> retries_ = 0;
    std::atomic<std::int64_t> refused_ = 0;
    std::atomic<std::int64_t> longest_us_ = 0;
    std::atomic<std::int64_t> most_statements_ = 0;
    std::atomic<std::int64_t> statements_ = 0;
};

/// How one closure ended.
struct Outcome {
    bool keep = false;                 // its changes are to be committed
    std::optional<base::Error> error;  // what Store answers instead of the closure's own answer
};

/// What a closure needs around it; lives as long as the engine.
class Runner {
  public:
    Runner(const base::Clock& clock, const Recorder& recorder)
        : clock_(clock), recorder_(recorder) {}

    /// Runs `act`; an exception becomes an `internal` error. Writes are metered.
    Outcome run(Connection& connection, base::TenantId tenant, Store::Act act, Store::Kind kind);
    Meter& meter() { return meter_; }
    [[nodiscard]] const Meter& meter() const { return meter_; }

  private:
    const base::Clock& clock_;
    Recorder recorder_;
    Meter meter_;
};

}  // namespace portal::store
