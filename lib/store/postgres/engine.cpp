// PostgreSQL as an Engine: a pool of connections, a transaction a closure, run again where another
// transaction was first. Any number of portalds on one database.
#include "store/engine.hpp"

#include <condition_variable>
#include <mutex>

#include "store/failure.hpp"
#include "store/migrations/migrate.hpp"
#include "store/pool.hpp"
#include "store/postgres/connection.hpp"

namespace portal::store {
namespace {

constexpr int kTries = 10;

base::Result<std::unique_ptr<Connection>> connect(const std::string& url) {
    PORTAL_TRY(opened, PostgresConnection::open(url));
    return std::unique_ptr<Connection>(std::move(opened));
}

class PostgresEngine final : public Engine {
  public:
    PostgresEngine(std::unique_ptr<Connection> first, const StoreOptions& options,
                   const base::Clock& clock)
        : runner_(clock, options.recorder),
          pool_([url = options.url] { return connect(url); }, options.connections,
                options.patience) {
        pool_.adopt(std::move(first));
    }

    base::Status transact(base::TenantId tenant, Store::Act act, Store::Kind kind) override {
        for (int tries = 0; tries < kTries; ++tries) {
            if (tries > 0) runner_.meter().count_retry();
            PORTAL_TRY(lease, begin(kind));
            auto done = once(*lease, tenant, act, kind);
            const auto trouble = lease->trouble();
            if (trouble == Trouble::lost) lease.discard();
            if (trouble != Trouble::retry) return done;
            pause(tries);
        }
        runner_.meter().count_refused();
        return to_error({Failure::Kind::busy, "retries", {}}, "write");
    }
    [[nodiscard]] bool failed() const override { return false; }
    [[nodiscard]] StoreStats stats() const override { return runner_.meter().read(); }

  private:
    /// A connection inside a new transaction. One that broke while idle is replaced: nothing has
    /// been done on it yet.
    base::Result<Pool::Lease> begin(Store::Kind kind) {
        while (true) {
            PORTAL_TRY(lease, pool_.acquire());
            const bool fresh = !lease.reused();
            auto begun = lease->begin(kind);
            if (begun) return std::move(lease);
            lease.discard();
            if (fresh) return std::move(begun).error();
        }
    }

    /// The other of two that locked each other must get its lock before this one comes again.
    void pause(int tries) {
        std::unique_lock lock{pause_mutex_};
        paused_.wait_for(lock, base::Millis{5 * (tries + 1)});
    }

    base::Status once(Connection& connection, base::TenantId tenant, Store::Act act,
                      Store::Kind kind) {
        auto outcome = runner_.run(connection, tenant, act, kind);
        // Also after an attempt() that swallowed it: the server wants the whole run again.
        const bool keep = outcome.keep && connection.trouble() == Trouble::none;
        auto committed = keep ? connection.commit() : base::Status{};
        if (!keep || !committed) connection.rollback();
        if (keep && committed && kind == Store::Kind::write) runner_.meter().count_commit(1);
        if (!committed) return committed;
        if (outcome.error) return *std::move(outcome.error);
        if (outcome.keep && !keep)
            return to_error({Failure::Kind::lost, "connection", {}}, "write");
        return {};
    }

    Runner runner_;
    Pool pool_;
    std::mutex pause_mutex_;
    std::condition_variable paused_;  // never notified
};

}  // namespace

base::Result<std::unique_ptr<Engine>> open_postgres(const StoreOptions& options,
                                                    const base::Clock& clock) {
    PORTAL_TRY(first, connect(options.url));
    PORTAL_TRYV(prepare_schema(*first, options, clock));
    return std::unique_ptr<Engine>(
        std::make_unique<PostgresEngine>(std::move(first), options, clock));
}

}  // namespace portal::store
