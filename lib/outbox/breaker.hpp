// Stops asking a provider that fails: closed, open for a while, then one trial at a time.
// Shared by the dispatchers of a process. Thread rule: any thread. Source: L23, P17.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace portal::outbox {

class Breakers {
  public:
    /// May this provider be asked now? After the pause true for one caller, until it reports.
    bool may_try(std::string_view provider, base::Instant now);
    void succeeded(std::string_view provider);
    /// `at_once`: opens without waiting for a row of failures (refused account).
    void failed(std::string_view provider, base::Instant now, bool at_once = false);
    /// The trial that may_try allowed did not take place.
    void forgo(std::string_view provider, base::Instant now);
    [[nodiscard]] bool is_closed(std::string_view provider);
    /// When may_try can be true again; `now` or earlier: now.
    base::Instant reopens(std::string_view provider);

    static constexpr int kFailures = 5;  // in a row
    static constexpr base::Millis kPause{15'000};
    static constexpr base::Millis kLongestPause{240'000};
    static constexpr base::Millis kTrial{120'000};  // a trial that never reports is forgotten

  private:
    struct State {
        int failures = 0;
        base::Millis pause{0};  // zero: closed
        base::Instant until{};
    };
    std::mutex mutex_;
    std::map<std::string, State, std::less<>> states_;
};

}  // namespace portal::outbox
