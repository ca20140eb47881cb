// Signatures of JSON Web Tokens: RS256, PS256 and ES256, nothing else. There is no "none" here, and
// no HS256: a public key can never be taken for a shared secret.
// Called by identity. Thread rule: pure; a JwsKey is immutable and may be shared.
// Source: RFC 7515, RFC 7518 sections 3.3 to 3.5, RFC 8725.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/encoding.hpp"
#include "base/result.hpp"

namespace portal::crypto {

enum class JwsAlgorithm { rs256, ps256, es256 };
/// Exactly "RS256", "PS256" or "ES256".
std::optional<JwsAlgorithm> parse_jws_algorithm(std::string_view name);
std::string_view format_jws_algorithm(JwsAlgorithm algorithm);

/// A public key, from the numbers of a JSON Web Key (RFC 7518 section 6), big-endian.
class JwsKey {
  public:
    /// invalid: a modulus of under 2048 or over 8192 bits, an even or too small exponent.
    static base::Result<JwsKey> rsa(std::span<const std::uint8_t> n,
                                    std::span<const std::uint8_t> e);
    /// P-256. invalid: not 32 bytes each, or no point of the curve.
    static base::Result<JwsKey> p256(std::span<const std::uint8_t> x,
                                     std::span<const std::uint8_t> y);
    [[nodiscard]] bool fits(JwsAlgorithm algorithm) const;

    struct Handle;

  private:
    explicit JwsKey(std::shared_ptr<const Handle> handle) : handle_(std::move(handle)) {}
    friend bool verify_jws(JwsAlgorithm algorithm, const JwsKey& key, std::string_view input,
                           std::span<const std::uint8_t> signature);
    std::shared_ptr<const Handle> handle_;
};

/// `input`: the token up to its second dot. False too for a key of another kind and for an ES256
/// signature that is not 64 bytes long.
bool verify_jws(JwsAlgorithm algorithm, const JwsKey& key, std::string_view input,
                std::span<const std::uint8_t> signature);

}  // namespace portal::crypto
