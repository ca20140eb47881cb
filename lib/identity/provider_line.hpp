// The way to one provider: so many requests at once and no more, and a pause where it does not
// answer, so that a dead provider never holds the threads that everybody else needs.
// Thread rule: any thread. Source: P17, P22.
#pragma once

#include <mutex>
#include <semaphore>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace portal::identity {

class ProviderLine {
  public:
    struct Options {
        std::string ca_file;
        base::Millis timeout{10'000};  // of one request
    };
    ProviderLine(Options options, const base::Clock& clock)
        : options_(std::move(options)), clock_(clock) {}

    /// Never repeated, never redirected, at most 256 KiB. unavailable, field `what`: no answer, or
    /// nobody is asked just now.
    base::Result<net::HttpAnswer> send(net::HttpRequest request, std::string_view what);

  private:
    static constexpr std::ptrdiff_t kAtOnce = 8;
    [[nodiscard]] bool is_paused();
    void note(bool answered);

    Options options_;
    const base::Clock& clock_;
    std::counting_semaphore<kAtOnce> free_{kAtOnce};
    std::mutex mutex_;  // guards what follows
    int failures_ = 0;  // without an answer between them
    std::chrono::steady_clock::time_point failed_at_{};
};

/// unavailable, field `what`: the provider does not answer, or not as it should.
base::Error provider_fault(std::string_view what, const char* why);

}  // namespace portal::identity
