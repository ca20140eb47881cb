#include "daemon/http/limits.hpp"

#include <algorithm>
#include <string_view>

namespace portal::http {

namespace {
constexpr std::size_t kMaxBuckets = 4096;  // a shard
}

std::size_t AddressHash::operator()(const Address& address) const {
    const auto* begin = reinterpret_cast<const char*>(address.bytes.data());
    return std::hash<std::string_view>{}({begin, address.bytes.size()});
}

bool ConnectionCounter::add(const Address& address, std::size_t limit) {
    if (limit == 0) return true;
    const std::lock_guard lock{mutex_};
    auto& count = open_[address.network()];
    if (count >= limit) return false;
    ++count;
    return true;
}

void ConnectionCounter::remove(const Address& address) {
    const std::lock_guard lock{mutex_};
    const auto found = open_.find(address.network());
    if (found != open_.end() && --found->second == 0) open_.erase(found);
}

double RateLimiter::refilled(const Bucket& bucket, Time now) const {
    const auto seconds = std::chrono::duration<double>(now - bucket.at).count();
    return std::min(burst_, bucket.tokens + seconds * rate_);
}

void RateLimiter::make_room(Shard& shard, Time now) const {
    std::erase_if(shard.buckets,
                  [&](const auto& item) { return refilled(item.second, now) >= burst_; });
    if (shard.buckets.size() >= kMaxBuckets) shard.buckets.clear();  // bounded before it is fair
}

bool RateLimiter::take(const Address& address, Time now) {
    if (rate_ <= 0) return true;
    const auto key = address.network();
    auto& shard = shards_[AddressHash{}(key) % shards_.size()];
    const std::lock_guard lock{shard.mutex};
    if (shard.buckets.size() >= kMaxBuckets) make_room(shard, now);
    auto& bucket = shard.buckets.try_emplace(key, Bucket{burst_, now}).first->second;
    bucket.tokens = refilled(bucket, now);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

}  // namespace portal::http
