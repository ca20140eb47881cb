#include "store/sqlite/writer.hpp"

#include <algorithm>

#include "store/failure.hpp"

namespace portal::store {
namespace {

constexpr int kCheckpointPages = 1000;
constexpr Statement kSavepoint{"tx.savepoint", "SAVEPOINT request"};
constexpr Statement kRollbackTo{"tx.rollback_to", "ROLLBACK TO SAVEPOINT request"};
constexpr Statement kRelease{"tx.release", "RELEASE SAVEPOINT request"};

base::Error busy(const char* why) {
    return to_error({Failure::Kind::busy, why, {}}, "write");
}

base::Error lost() {
    return to_error({Failure::Kind::lost, "rolled back", {}}, "write");
}

base::Error read_only() {
    return base::make_error(base::ErrorCode::unavailable, kReadOnly);
}

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteConnection> connection, Factory reopen,
                           Limits limits, Runner& runner)
    : connection_(std::move(connection)),
      reopen_(std::move(reopen)),
      limits_(limits),
      runner_(runner),
      thread_([this] { loop(); }) {}

SqliteWriter::~SqliteWriter() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    work_.notify_one();
    thread_.join();
}

std::int64_t SqliteWriter::waiting() const {
    const std::lock_guard lock{mutex_};
    return static_cast<std::int64_t>(queue_.size());
}

base::Status SqliteWriter::submit(base::TenantId tenant, Store::Act act) {
    auto job = std::make_shared<Job>(tenant, act);
    std::unique_lock lock{mutex_};
    if (failed_) return read_only();
    if (stopping_ || queue_.size() >= limits_.queue) {
        runner_.meter().count_refused();
        return busy("queue full");
    }
    queue_.push_back(job);
    work_.notify_one();
    const auto done = [&job] { return job->phase == Phase::done; };
    if (!job->changed.wait_for(lock, limits_.patience, done)) {
        if (auto given_up = abandon(lock, job)) return *std::move(given_up);
    }
    if (job->outcome.error) return *std::move(job->outcome.error);
    return {};
}

std::optional<base::Error> SqliteWriter::abandon(std::unique_lock<std::mutex>& lock,
                                                 const std::shared_ptr<Job>& job) {
    // While it runs, it uses its caller's stack: only before and after may the caller leave.
    job->changed.wait(lock, [&job] { return job->phase != Phase::running; });
    const auto done = [&job] { return job->phase == Phase::done; };
    if (job->phase != Phase::queued) job->changed.wait_for(lock, limits_.patience, done);
    if (done()) return std::nullopt;
    std::erase(queue_, job);
    runner_.meter().count_refused();
    return busy("waited too long");
}

void SqliteWriter::loop() {
    while (auto first = take(true)) run_group(std::move(first));
}

std::shared_ptr<SqliteWriter::Job> SqliteWriter::take(bool first) {
    std::unique_lock lock{mutex_};
    if (first) work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return nullptr;
    auto job = std::move(queue_.front());
    queue_.pop_front();
    job->phase = Phase::running;
    return job;
}

void SqliteWriter::run_group(std::shared_ptr<Job> first) {
    Jobs jobs{std::move(first)};
    base::Status status = begin();
    if (!status) return answer(jobs, status);
    while (true) {
        if (!run_one(*jobs.back())) {
            status = lost();
            break;
        }
        auto next = jobs.size() < limits_.group ? take(false) : nullptr;
        if (!next) break;
        jobs.push_back(std::move(next));
    }
    if (status) status = connection_->commit();
    if (!status) connection_->rollback();
    if (connection_->trouble() == Trouble::disk) failed_ = true;
    if (status) runner_.meter().count_commit(static_cast<std::int64_t>(jobs.size()));
    answer(jobs, status);
    tidy();
}

base::Status SqliteWriter::begin() {
    if (failed_) return read_only();
    if (!connection_) {
        PORTAL_TRY(opened, reopen_());
        connection_ = std::move(opened);
    }
    auto begun = connection_->begin(Store::Kind::write);
    if (!begun) tidy();
    return begun;
}

bool SqliteWriter::run_one(Job& job) {
    const auto step = [this](const Statement& statement) {
        return static_cast<bool>(connection_->execute(statement, {}, {}));
    };
    if (!step(kSavepoint)) return false;
    auto outcome = runner_.run(*connection_, job.tenant, job.act, Store::Kind::write);
    const bool keep = outcome.keep;
    {
        const std::lock_guard lock{mutex_};
        job.outcome = std::move(outcome);
        job.phase = Phase::ran;
    }
    job.changed.notify_one();
    if (!connection_->in_transaction()) return false;
    if (!keep && !step(kRollbackTo)) return false;
    return step(kRelease);
}

void SqliteWriter::answer(const Jobs& jobs, const base::Status& committed) {
    {
        const std::lock_guard lock{mutex_};
        for (const auto& job : jobs) {
            const bool ran = job->phase == Phase::ran;
            if (!committed && (!ran || job->outcome.keep)) job->outcome.error = committed.error();
            job->phase = Phase::done;
        }
    }
    for (const auto& job : jobs) job->changed.notify_one();
}

void SqliteWriter::tidy() {
    if (connection_->trouble() == Trouble::none && connection_->log_pages() >= kCheckpointPages) {
        connection_->checkpoint();
    }
    if (connection_->trouble() == Trouble::disk) failed_ = true;
    if (connection_->trouble() != Trouble::none) connection_.reset();
}

}  // namespace portal::store
