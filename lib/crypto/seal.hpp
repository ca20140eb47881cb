// Sealing of columns: AES-256-GCM under the keyring's newest key. A sealed value opens only in the
// place it was sealed for (associated data), so that a thief of the file cannot read it and nobody
// can move it to another row. Blind indexes find a sealed value without opening it.
// Layout: version 1 (byte) | key id (u32, big-endian) | nonce (12) | ciphertext | tag (16).
// Nonces come from the kernel, never from an argument: a repeated nonce would break the seal.
// Thread rule: pure. Source: P8, NIST SP 800-38D.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"
#include "crypto/keyring.hpp"

namespace portal::crypto {

inline constexpr std::size_t kSealOverhead = 1 + 4 + 12 + 16;  // bytes

/// Where a sealed value stands. `tenant` is TenantId{} where the row has none.
std::string associated_data(std::string_view table, std::string_view column, base::TenantId tenant,
                            std::string_view row);
std::string associated_data(std::string_view table, std::string_view column, base::TenantId tenant,
                            std::int64_t row);

base::Bytes seal(const Keyring& keys, std::string_view plaintext, std::string_view associated);
/// internal: cut, altered, of another place, or its key is not on the ring.
base::Result<base::Secret> open(const Keyring& keys, std::span<const std::uint8_t> sealed,
                                std::string_view associated);
/// The key that a sealed value names, for re-keying.
std::optional<KeyId> key_of_sealed(std::span<const std::uint8_t> sealed);

/// Key id (u32, big-endian) and HMAC-SHA256 of `text` under the newest key: what is stored.
base::Bytes blind_index(const Keyring& keys, std::string_view text);
/// The same under every key, newest first: what to look for.
std::vector<base::Bytes> blind_indexes(const Keyring& keys, std::string_view text);

}  // namespace portal::crypto
