#include "identity/provider_line.hpp"

#include <algorithm>

namespace portal::identity {
namespace {

constexpr std::size_t kLargestAnswer = 256 * 1024;
constexpr base::Millis kPatience{1'000};  // for a free place
constexpr int kDead = 3;                  // failures
constexpr std::chrono::seconds kPause{5};

template <class Semaphore>
class Place {
  public:
    explicit Place(Semaphore& free) : free_(free), has_(free.try_acquire_for(kPatience)) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        if (has_) free_.release();
    }
    explicit operator bool() const { return has_; }

  private:
    Semaphore& free_;
    bool has_;
};

}  // namespace

base::Error provider_fault(std::string_view what, const char* why) {
    auto error = base::make_error(base::ErrorCode::unavailable, why);
    error.field = what;
    return error;
}

bool ProviderLine::is_paused() {
    const std::lock_guard lock{mutex_};
    return failures_ >= kDead && clock_.steady() - failed_at_ < kPause;
}

void ProviderLine::note(bool answered) {
    const std::lock_guard lock{mutex_};
    failures_ = answered ? 0 : failures_ + 1;
    failed_at_ = clock_.steady();
}

base::Result<net::HttpAnswer> ProviderLine::send(net::HttpRequest request, std::string_view what) {
    if (is_paused()) return provider_fault(what, "the provider did not answer a moment ago");
    const Place place{free_};
    if (!place) return provider_fault(what, "too many wait for the provider already");
    request.ca_file = options_.ca_file;
    request.connect_timeout = std::min(options_.timeout, base::Millis{5'000});
    request.timeout = options_.timeout;
    request.answer_limit = kLargestAnswer;
    request.own_connection = true;
    auto answer = net::http_request(request);
    note(static_cast<bool>(answer));
    if (!answer) return provider_fault(what, "the provider does not answer");
    return answer;
}

}  // namespace portal::identity
