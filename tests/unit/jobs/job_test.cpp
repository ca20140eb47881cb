#include "daemon/jobs/job.hpp"

#include <future>
#include <stdexcept>

#include "catch.hpp"

using namespace portal;
using namespace std::chrono_literals;
using base::Instant;
using base::Result;

namespace {

/// Counts runs; a test waits for the n-th with a limit.
class Runs {
  public:
    void add() {
        const std::lock_guard lock{mutex_};
        ++count_;
        changed_.notify_all();
    }
    bool reach(int count, base::Millis limit = 5s) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, limit, [&] { return count_ >= count; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int count_ = 0;
};

const base::TestClock kClock{base::from_ms(1'800'000'000'000)};

}  // namespace

TEST_CASE("a job runs when it starts and when it is woken", "[jobs]") {
    Runs runs;
    jobs::Job job{{"test",
                   [&]() -> Result<std::optional<Instant>> {
                       runs.add();
                       return std::optional<Instant>{};
                   },
                   1h},
                  kClock};
    job.start();
    CHECK(runs.reach(1));
    job.wake();
    CHECK(runs.reach(2));
    CHECK(!runs.reach(3, 50ms));
    job.stop();
    job.stop();
}

TEST_CASE("a job runs again at once where it says that it has more to do", "[jobs]") {
    Runs runs;
    int left = 100;
    jobs::Job job{{"test",
                   [&]() -> Result<std::optional<Instant>> {
                       runs.add();
                       return --left > 0 ? std::optional{kClock.now()} : std::nullopt;
                   },
                   1h},
                  kClock};
    job.start();
    CHECK(runs.reach(100));
    job.stop();
}

TEST_CASE("a job survives errors and exceptions, and waits after them", "[jobs]") {
    Runs runs;
    int run = 0;
    jobs::Job job{{"test",
                   [&]() -> Result<std::optional<Instant>> {
                       runs.add();
                       if (++run % 2 == 0) throw std::runtime_error{"bug"};
                       return base::make_error(base::ErrorCode::unavailable, "down");
                   },
                   20ms},
                  kClock};
    job.start();
    CHECK(runs.reach(4));
    job.stop();
}

TEST_CASE("stop waits for the run in hand, and a job that never started stops too", "[jobs]") {
    Runs started;
    std::promise<void> go;
    std::atomic<bool> done = false;
    jobs::Job job{{"test",
                   [&]() -> Result<std::optional<Instant>> {
                       started.add();
                       go.get_future().wait();
                       done = true;
                       return std::optional<Instant>{};
                   },
                   1h},
                  kClock};
    job.start();
    REQUIRE(started.reach(1));
    auto stopping = std::async(std::launch::async, [&] { job.stop(); });
    CHECK(!done);
    go.set_value();
    stopping.get();
    CHECK(done);
    jobs::Job idle{{"idle", {}, 1h}, kClock};
}
