// Threads for handlers behind a bounded queue. A waiting worker is woken only when no other wake-up
// is under way, and a woken one wakes the next while jobs remain: under load that saves most of the
// system calls.
// Caller: the connection. Thread rule: any thread; stop once.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace portal::http {

class WorkerPool {
  public:
    struct Job {
        virtual ~Job() = default;
        virtual void run() = 0;  // must not throw
    };
    /// At most `queue` jobs reserved and not yet begun.
    WorkerPool(unsigned threads, std::size_t queue);
    ~WorkerPool();

    /// Keeps a place in the queue for submit(); false when it is full.
    bool reserve();
    /// After stop() the job runs in the caller.
    void submit(std::unique_ptr<Job> job);
    /// Runs what is queued, then ends the threads.
    void stop();
    /// Jobs reserved and not yet begun, for a gauge that may outlive the pool.
    [[nodiscard]] std::shared_ptr<const std::atomic<std::size_t>> waiting() const {
        return reserved_;
    }

  private:
    void work();
    std::unique_ptr<Job> next();

    const std::size_t limit_;
    std::shared_ptr<std::atomic<std::size_t>> reserved_ =
        std::make_shared<std::atomic<std::size_t>>(0);
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::unique_ptr<Job>> jobs_;
    std::size_t idle_ = 0;
    bool waking_ = false;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace portal::http
