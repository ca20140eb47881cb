#include "outbox/breaker.hpp"

#include <algorithm>

namespace portal::outbox {

bool Breakers::may_try(std::string_view provider, base::Instant now) {
    const std::lock_guard lock{mutex_};
    const auto found = states_.find(provider);
    if (found == states_.end() || found->second.pause.count() == 0) return true;
    auto& state = found->second;
    if (now < state.until) return false;
    state.until = now + kTrial;  // this caller tries; the others wait for what it reports
    return true;
}

void Breakers::succeeded(std::string_view provider) {
    const std::lock_guard lock{mutex_};
    const auto found = states_.find(provider);
    if (found != states_.end()) states_.erase(found);
}

void Breakers::failed(std::string_view provider, base::Instant now, bool at_once) {
    const std::lock_guard lock{mutex_};
    auto& state = states_[std::string{provider}];
    if (++state.failures < kFailures && !at_once && state.pause.count() == 0) return;
    state.pause = state.pause.count() == 0 ? kPause : std::min(state.pause * 2, kLongestPause);
    state.until = now + state.pause;
}

void Breakers::forgo(std::string_view provider, base::Instant now) {
    const std::lock_guard lock{mutex_};
    const auto found = states_.find(provider);
    if (found != states_.end() && found->second.pause.count() != 0) found->second.until = now;
}

bool Breakers::is_closed(std::string_view provider) {
    const std::lock_guard lock{mutex_};
    const auto found = states_.find(provider);
    return found == states_.end() || found->second.pause.count() == 0;
}

base::Instant Breakers::reopens(std::string_view provider) {
    const std::lock_guard lock{mutex_};
    const auto found = states_.find(provider);
    return found == states_.end() ? base::Instant{} : found->second.until;
}

}  // namespace portal::outbox
