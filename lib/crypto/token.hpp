// One-time links, session tokens and one-time codes. What is stored is always a hash.
// Called by service and daemon/http. Thread rule: pure. Source: P9, ASVS 6.5, L8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/personal.hpp"
#include "base/random.hpp"
#include "crypto/digest.hpp"
#include "crypto/keyring.hpp"

namespace portal::crypto {

inline constexpr std::size_t kTokenSize = 32;  // random bytes; 43 characters of text
inline constexpr int kCodeDigits = 6;

/// 32 random bytes in base64url: a session cookie or the secret of a link.
base::Secret make_token(base::Random& random);
/// SHA-256 of the token's text, as stored and looked for.
base::Bytes hash_token(std::string_view token);

/// Six digits, each code equally likely.
base::Secret make_code(base::Random& random);
/// What a code is for: its use ("login", "phone") and the row that it belongs to.
struct CodePlace {
    std::string_view purpose;
    std::int64_t id = 0;
};
/// Key id and HMAC over purpose, id and code: a million codes cannot be tried against a stolen
/// file.
base::Bytes hash_code(const Keyring& keys, const CodePlace& place, const base::Secret& code);
bool code_matches(const Keyring& keys, const CodePlace& place, const base::Secret& code,
                  std::span<const std::uint8_t> stored);

}  // namespace portal::crypto
