#include "crypto/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/clock.hpp"
#include "crypto/hash_meter.hpp"

namespace portal::crypto {
namespace {

static_assert(kHashSaltSize == crypto_pwhash_argon2id_SALTBYTES);

void start_sodium() {
    static const bool started = sodium_init() >= 0;
    if (!started) throw std::runtime_error("libsodium does not start");
}

std::string base64(std::span<const std::uint8_t> bytes) {  // argon2's form has no padding
    constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
    text.pop_back();  // the terminating NUL that libsodium counts
    return text;
}

/// Adds its life to what all hashes took.
class Stopwatch {
  public:
    Stopwatch() : began_(clock_.steady()) {}
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    ~Stopwatch() { total_ += std::chrono::nanoseconds{clock_.steady() - began_}.count(); }
    static std::chrono::nanoseconds total() { return std::chrono::nanoseconds{total_.load()}; }

  private:
    inline static std::atomic<std::int64_t> total_{0};
    base::SystemClock clock_;
    std::chrono::steady_clock::time_point began_;
};

}  // namespace

std::chrono::nanoseconds time_in_hashes() {
    return Stopwatch::total();
}

std::string hash_password(const base::Secret& password, base::Random& random) {
    start_sodium();
    const Stopwatch watch;
    const auto salt = random.bytes<kHashSaltSize>();
    std::array<std::uint8_t, kHashSize> hash{};
    const auto& text = password.reveal();
    if (crypto_pwhash(hash.data(), hash.size(), text.data(), text.size(), salt.data(), kHashPasses,
                      kHashMemory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return "$argon2id$v=19$m=" + std::to_string(kHashMemory / 1024) +
           ",t=" + std::to_string(kHashPasses) + ",p=1$" + base64(salt) + "$" + base64(hash);
}

bool verify_password(const base::Secret& password, std::string_view encoded) {
    start_sodium();
    const Stopwatch watch;
    if (encoded.size() >= crypto_pwhash_STRBYTES) return false;
    const std::string terminated{encoded};
    const auto& text = password.reveal();
    return crypto_pwhash_str_verify(terminated.c_str(), text.data(), text.size()) == 0;
}

bool verify_against_nobody(const base::Secret& password) {
    // The salt and hash of nothing: no password gives all zeros.
    static const std::string nobody = "$argon2id$v=19$m=" + std::to_string(kHashMemory / 1024) +
                                      ",t=" + std::to_string(kHashPasses) + ",p=1$" +
                                      std::string(22, 'A') + "$" + std::string(43, 'A');
    static_cast<void>(verify_password(password, nobody));
    return false;
}

bool needs_rehash(std::string_view encoded) {
    start_sodium();
    if (encoded.size() >= crypto_pwhash_STRBYTES) return true;
    return crypto_pwhash_str_needs_rehash(std::string{encoded}.c_str(), kHashPasses, kHashMemory) !=
           0;
}

HashGate::HashGate(int width)
    : width_(width > 0
                 ? std::min(width, kWidest)
                 : std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kWidest)),
      free_(width_) {}

std::optional<HashGate::Pass> HashGate::enter(std::chrono::milliseconds wait) {
    if (!free_.try_acquire_for(wait)) return std::nullopt;
    ++entered_;
    return std::optional<Pass>{std::in_place, this};
}

HashGate::Pass::~Pass() {
    if (gate_ != nullptr) gate_->free_.release();
}

}  // namespace portal::crypto
