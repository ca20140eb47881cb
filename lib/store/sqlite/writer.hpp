// The one connection of the system that writes: a thread that runs queued closures, each inside a
// savepoint, and commits them in groups, so that one fsync serves many. A closure's failure undoes
// its own changes only. Everybody is answered after the COMMIT.
// Thread rule: submit() from any thread but the writer's own.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/engine.hpp"
#include "store/sqlite/connection.hpp"

namespace portal::store {

class SqliteWriter {
  public:
    struct Limits {
        std::size_t queue = 0;
        std::size_t group = 0;
        base::Millis patience{};
    };
    using Factory = std::function<base::Result<std::unique_ptr<SqliteConnection>>()>;

    /// `reopen` replaces a connection that is of no more use.
    SqliteWriter(std::unique_ptr<SqliteConnection> connection, Factory reopen, Limits limits,
                 Runner& runner);
    /// Ends after the writes that wait.
    ~SqliteWriter();
    SqliteWriter(const SqliteWriter&) = delete;
    SqliteWriter& operator=(const SqliteWriter&) = delete;

    /// Returns when `act` has been committed or refused. kBusy: the queue was full, or the patience
    /// ended before its turn, or (outcome unknown) before the COMMIT returned.
    base::Status submit(base::TenantId tenant, Store::Act act);
    /// True after a failed fsync; nothing is written any more.
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] std::int64_t waiting() const;

  private:
    enum class Phase { queued, running, ran, done };
    struct Job {
        Job(base::TenantId its_tenant, Store::Act its_act) : tenant(its_tenant), act(its_act) {}
        base::TenantId tenant;
        Store::Act act;
        Phase phase = Phase::queued;
        Outcome outcome{};
        std::condition_variable changed{};
    };
    using Jobs = std::vector<std::shared_ptr<Job>>;

    void loop();
    /// Blocks for the first of a group; null: no more to come.
    std::shared_ptr<Job> take(bool first);
    void run_group(std::shared_ptr<Job> first);
    /// False: the transaction is gone, and with it the whole group.
    bool run_one(Job& job);
    base::Status begin();
    void answer(const Jobs& jobs, const base::Status& committed);
    void tidy();
    /// Gives up on a job that waited too long; null: it is done.
    std::optional<base::Error> abandon(std::unique_lock<std::mutex>& lock,
                                       const std::shared_ptr<Job>& job);

    std::unique_ptr<SqliteConnection> connection_;  // null: to be opened again
    Factory reopen_;
    Limits limits_;
    Runner& runner_;
    std::atomic<bool> failed_ = false;
    mutable std::mutex mutex_;  // guards what follows, and the phase of every job
    std::condition_variable work_;
    std::deque<std::shared_ptr<Job>> queue_;
    bool stopping_ = false;
    std::thread thread_;  // last: starts when all else is there
};

}  // namespace portal::store
