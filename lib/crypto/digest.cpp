#include "crypto/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace portal::crypto {

base::Bytes sha256(std::span<const std::uint8_t> data) {
    base::Bytes digest(kDigestSize);
    if (EVP_Digest(data.data(), data.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256 failed");
    return digest;
}

base::Bytes sha256(std::string_view data) {
    return sha256(base::as_bytes(data));
}

base::Bytes hmac_sha256(std::span<const std::uint8_t> key, std::string_view data) {
    base::Bytes digest(kDigestSize);
    const auto bytes = base::as_bytes(data);
    const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(),
                            bytes.size(), digest.data(), nullptr);
    if (made == nullptr) throw std::runtime_error("HMAC-SHA-256 failed");
    return digest;
}

bool constant_time_equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace portal::crypto
