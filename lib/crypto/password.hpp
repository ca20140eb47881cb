// Password hashes: argon2id in its usual text form. Called by login and set-password, outside of
// any transaction: a hash takes about 10 ms and 19 MiB. Thread rule: pure; HashGate may be shared.
// Source: P10, docs/architecture.md (OWASP's parameters).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

#include "base/personal.hpp"
#include "base/random.hpp"

namespace portal::crypto {

inline constexpr std::size_t kHashMemory = 19 * 1024 * 1024;  // bytes
inline constexpr std::uint64_t kHashPasses = 2;
inline constexpr std::size_t kHashSaltSize = 16;
inline constexpr std::size_t kHashSize = 32;

/// "$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>". The password comes normalised (text's NFC).
/// Throws std::bad_alloc where the memory is not there.
std::string hash_password(const base::Secret& password, base::Random& random);

/// False too for an `encoded` that is no argon2id hash.
bool verify_password(const base::Secret& password, std::string_view encoded);

/// The work of verify_password for an account that is not there or has no password; always false.
bool verify_against_nobody(const base::Secret& password);

/// Made with other parameters than today's: hash again at the next right password.
bool needs_rehash(std::string_view encoded);

/// Bounds how many hashes run at once, since each takes memory and a core.
class HashGate {
  public:
    class Pass {
      public:
        explicit Pass(HashGate* gate) : gate_(gate) {}
        Pass(Pass&& other) noexcept : gate_(other.gate_) { other.gate_ = nullptr; }
        Pass(const Pass&) = delete;
        Pass& operator=(const Pass&) = delete;
        Pass& operator=(Pass&&) = delete;
        ~Pass();

      private:
        HashGate* gate_;
    };

    /// `width` 0: one a core.
    explicit HashGate(int width = 0);
    /// A pass to hash while it lives; none when `wait` goes by (answer: unavailable).
    std::optional<Pass> enter(std::chrono::milliseconds wait);
    /// Passes given so far: tests count work instead of timing it.
    [[nodiscard]] std::uint64_t entered() const { return entered_.load(); }
    [[nodiscard]] int width() const { return width_; }

  private:
    static constexpr int kWidest = 1024;
    int width_;
    std::counting_semaphore<kWidest> free_;
    std::atomic<std::uint64_t> entered_{0};
};

}  // namespace portal::crypto
