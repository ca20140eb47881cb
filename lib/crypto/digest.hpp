// Digests and comparison. Called by the rest of crypto and by whoever stores a token's hash.
// Thread rule: pure. Sources: FIPS 180-4 (SHA-256), RFC 2104 (HMAC).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/encoding.hpp"

namespace portal::crypto {

inline constexpr std::size_t kDigestSize = 32;  // bytes of every digest here

base::Bytes sha256(std::span<const std::uint8_t> data);
base::Bytes sha256(std::string_view data);
base::Bytes hmac_sha256(std::span<const std::uint8_t> key, std::string_view data);

/// Takes as long for the first difference as for the last; lengths are no secret.
bool constant_time_equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

}  // namespace portal::crypto
