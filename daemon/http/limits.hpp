// Counts per address, bounded in memory: open connections and a token bucket of requests.
// Callers: the accept loop and the connection. Thread rule: any thread.
// Source: requirement P22; docs/architecture.md "Rates".
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <unordered_map>

#include "daemon/http/address.hpp"

namespace portal::http {

struct AddressHash {
    std::size_t operator()(const Address& address) const;
};

class ConnectionCounter {
  public:
    /// False when the address has `limit` connections already; 0: no limit. Each true needs a
    /// remove.
    bool add(const Address& address, std::size_t limit);
    void remove(const Address& address);

  private:
    std::mutex mutex_;
    std::unordered_map<Address, std::size_t, AddressHash> open_;
};

class RateLimiter {
  public:
    using Time = std::chrono::steady_clock::time_point;
    RateLimiter(double per_second, double burst) : rate_(per_second), burst_(burst) {}
    /// Takes one token of the address; false when none is left. A rate of 0 always gives.
    bool take(const Address& address, Time now);

  private:
    struct Bucket {
        double tokens;
        Time at;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<Address, Bucket, AddressHash> buckets;
    };
    void make_room(Shard& shard, Time now) const;
    [[nodiscard]] double refilled(const Bucket& bucket, Time now) const;

    double rate_;
    double burst_;
    std::array<Shard, 16> shards_;
};

}  // namespace portal::http
