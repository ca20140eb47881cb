// Time as an argument. Only base asks the machine what time it is.
// Thread rule: every method may be called from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace portal::base {

/// A moment, UTC, to the millisecond; stored as an int64 of epoch milliseconds.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Millis = std::chrono::milliseconds;

class Clock {
  public:
    virtual ~Clock() = default;
    /// Wall time, for what people mean by time.
    [[nodiscard]] virtual Instant now() const = 0;
    /// Never goes back; for time-outs and rates only.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
};

/// A clock that tests set. `steady` goes on by itself, so that time-outs still work.
class TestClock final : public Clock {
  public:
    explicit TestClock(Instant start) : now_ms_(start.time_since_epoch().count()) {}
    [[nodiscard]] Instant now() const override { return Instant{Millis{now_ms_.load()}}; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
    void set(Instant at) { now_ms_ = at.time_since_epoch().count(); }
    void advance(Millis by) { now_ms_ += by.count(); }

  private:
    std::atomic<std::int64_t> now_ms_;
};

constexpr std::int64_t to_ms(Instant at) {
    return at.time_since_epoch().count();
}
constexpr Instant from_ms(std::int64_t ms) {
    return Instant{Millis{ms}};
}

/// RFC 3339 in UTC: 2026-11-21T22:03:38Z, with .mmm only when not zero.
std::string format_instant(Instant at);
/// RFC 3339 with an offset or Z; years 1970 to 9998.
Result<Instant> parse_instant(std::string_view text);

}  // namespace portal::base
