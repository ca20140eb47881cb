#include "daemon/jobs/job.hpp"

#include <algorithm>
#include <exception>

#include "base/log.hpp"

namespace portal::jobs {

namespace {
constexpr base::Millis kShortestWait{1'000};  // between runs that found nothing to do
}

Job::Job(JobOptions options, const base::Clock& clock)
    : options_(std::move(options)), clock_(clock) {}

Job::~Job() {
    stop();
}

void Job::start() {
    thread_ = std::thread{[this] { loop(); }};
}

void Job::wake() {
    {
        const std::lock_guard lock{mutex_};
        woken_ = true;
    }
    changed_.notify_one();
}

void Job::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Job::loop() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        woken_ = false;
        lock.unlock();
        const auto wait = run();
        lock.lock();
        changed_.wait_for(lock, wait, [this] { return woken_ || stopping_; });
    }
}

base::Millis Job::run() {
    try {
        const auto next = options_.work();
        if (!next) {
            base::log::warn("job.failed",
                            {{"job", options_.name}, {"error", describe(next.error())}});
            return options_.longest_wait;
        }
        if (!*next) return options_.longest_wait;
        const auto now = clock_.now();
        if (**next <= now) return base::Millis{0};
        return std::clamp(**next - now, kShortestWait,
                          std::max(kShortestWait, options_.longest_wait));
    } catch (const std::exception& bug) {
        base::log::error("job.broken", {{"job", options_.name}, {"what", bug.what()}});
        return options_.longest_wait;
    }
}

}  // namespace portal::jobs
