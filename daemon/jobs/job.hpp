// A thread that does one piece of work when it is due or when somebody wakes it. The dispatchers,
// the reminder timer and cleaning run as jobs; any number of daemons may run the same job, since
// the database decides who does what. Thread rule: wake() and stop() from any thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace portal::jobs {

/// Does what is due and answers when it wants to be called next (none: after the longest wait).
using Work = std::function<base::Result<std::optional<base::Instant>>()>;

struct JobOptions {
    std::string name;  // in the log
    Work work;
    base::Millis longest_wait{2'000};  // what other processes add is seen after this at the latest
};

class Job {
  public:
    Job(JobOptions options, const base::Clock& clock);
    ~Job();
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;

    void start();
    /// Something was committed: run soon. Cheap; many calls make one run.
    void wake();
    /// Waits for the run in hand.
    void stop();

  private:
    void loop();
    [[nodiscard]] base::Millis run();

    JobOptions options_;
    const base::Clock& clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace portal::jobs
