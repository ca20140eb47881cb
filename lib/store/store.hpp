// The database of an installation, SQLite or PostgreSQL behind one face. Service opens the
// transactions; lib/store/<noun>.cpp has the statements.
//
// The write contract: write(tenant, F) runs F whole (load, authorise, decide, save) in one
// transaction and answers only after it is durable. F may be run again (PostgreSQL), so it has no
// effect but through its Tx&: no hashing, network, clock or random but what it was given, and it
// takes less than 200 µs, because on SQLite every writer of the system waits for it. F answers
// Result<T>; an error rolls its own changes back and nobody else's.
// Errors: those of F; kUnique, kForeignKey, kOverlap (conflict); kBusy, kLost and kReadOnly
// (unavailable). After an `unavailable` a write may have been kept all the same, as when a COMMIT's
// answer is lost: callers repeat it with the same idempotency key.
// Thread rule: any method from any thread; never write() or read() inside a closure.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct Migration;

/// Keys of the errors that the database itself makes. args: code of the engine, constraint; never
/// a value of a row.
inline constexpr const char* kUnique = base::N_("This exists already.");
inline constexpr const char* kOverlap = base::N_("This time is no longer free.");
inline constexpr const char* kForeignKey =
    base::N_("Something else refers to this, or it is gone.");
inline constexpr const char* kBusy = base::N_("The database is busy. Try again in a minute.");
inline constexpr const char* kLost =
    base::N_("The database cannot be reached. Try again in a minute.");
inline constexpr const char* kEmpty =
    base::N_("This database has no schema yet. Run portald init.");
inline constexpr const char* kReadOnly =
    base::N_("The database's disk failed. Nothing can be changed until the service has restarted.");

struct StoreOptions {
    std::string url;  // "sqlite:/path/of/file" or "postgresql://user@host/name"; never in errors
    int connections = 8;             // SQLite: readers; PostgreSQL: connections
    bool create = true;              // make what is not there: the file (SQLite), the schema
    bool migrate = true;             // false: refuse to open where migrations are pending
    std::size_t queue_limit = 1024;  // SQLite: writes waiting; beyond it kBusy at once
    std::size_t group_limit = 128;   // SQLite: writes in one commit
    base::Millis patience{10'000};   // how long a write or read waits for its turn
    int cache_mib = 64;              // SQLite: page caches of all connections together
    Recorder recorder;               // null: nothing is recorded
    std::optional<std::span<const Migration>> migrations;  // absent: those of Portal; for tests
};

/// Since the start of the process.
struct StoreStats {
    std::int64_t writes = 0;              // closures run to their end, refused ones included
    std::int64_t commits = 0;             // writes / commits = mean size of a group
    std::int64_t largest_group = 0;       // closures in one commit
    std::int64_t retries = 0;             // PostgreSQL: closures run again
    std::int64_t refused = 0;             // queue full, waited too long, read-only
    std::int64_t longest_closure_us = 0;  // µs in F, the figure held against 200
    std::int64_t most_statements = 0;     // of one closure
    std::int64_t statements = 0;          // of reads and writes for a tenant
    std::int64_t waiting = 0;             // writes in the queue now
};

class Engine;

class Store {
  public:
    /// Opens, takes the lock of an SQLite file (held: `unavailable`, naming the process) and
    /// migrates or checks the schema. `clock` must outlive the store.
    static base::Result<std::unique_ptr<Store>> open(StoreOptions options,
                                                     const base::Clock& clock);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    template <class F>
    auto write(base::TenantId tenant, F&& act) -> std::invoke_result_t<F&, Tx&> {
        return perform(tenant, act, Kind::write);
    }
    template <class F>
    auto read(base::TenantId tenant, F&& act) -> std::invoke_result_t<F&, Tx&> {
        return perform(tenant, act, Kind::read);
    }
    /// For statements that cross tenants: outbox claim, due reminders, tenant list, account
    /// look-up.
    template <class F>
    auto system_write(F&& act) -> std::invoke_result_t<F&, Tx&> {
        return perform(base::TenantId{}, act, Kind::write);
    }
    template <class F>
    auto system_read(F&& act) -> std::invoke_result_t<F&, Tx&> {
        return perform(base::TenantId{}, act, Kind::read);
    }

    /// For /readyz: commits a row and looks at the ledger of migrations.
    [[nodiscard]] base::Status health();
    /// True after a failed fsync: writes are refused, the daemon ends non-zero.
    [[nodiscard]] bool failed() const;
    [[nodiscard]] StoreStats stats() const;

    /// A reference to a callable `bool(Tx&)`, true: commit. Used by the engines.
    class Act {
      public:
        template <class F>
        requires(!std::is_same_v<F, Act>) explicit Act(F& act)
            : context_(&act),
              call_([](void* context, Tx& tx) -> bool { return (*static_cast<F*>(context))(tx); }) {
        }
        bool operator()(Tx& tx) const { return call_(context_, tx); }

      private:
        void* context_;
        bool (*call_)(void*, Tx&);
    };
    enum class Kind { read, write };

  private:
    Store(std::unique_ptr<Engine> engine, std::span<const Migration> migrations,
          const base::Clock& clock);

    template <class F>
    auto perform(base::TenantId tenant, F& act, Kind kind) -> std::invoke_result_t<F&, Tx&> {
        std::optional<std::invoke_result_t<F&, Tx&>> answer;
        auto body = [&](Tx& tx) {
            answer.emplace(act(tx));
            return static_cast<bool>(*answer);
        };
        if (auto done = transact(tenant, Act{body}, kind); !done) return std::move(done).error();
        return *std::move(answer);
    }
    /// An error where the transaction could not be run or kept; F's own error is in its answer.
    base::Status transact(base::TenantId tenant, Act act, Kind kind);

    std::unique_ptr<Engine> engine_;
    std::span<const Migration> migrations_;
    const base::Clock& clock_;
};

}  // namespace portal::store
