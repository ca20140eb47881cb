// Signed tokens and the keys that verify them. Called by oidc; nothing here asks the network.
// Thread rule: immutable values. Source: RFC 7515, RFC 7517, RFC 7519, RFC 8725 (JWT BCP).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_document.hpp"
#include "base/personal.hpp"
#include "crypto/jws.hpp"

namespace portal::identity {

/// A token taken apart; nothing in it is proved yet.
struct Jwt {
    base::JsonDocument header;
    base::JsonDocument claims;
    std::string input;  // what is signed
    base::Bytes signature;
    std::string algorithm;  // as the header says
    std::string key_id;     // empty: the header names none
    std::string type;       // in lower case; empty: none
};
/// invalid: not three parts, over 32 KiB, malformed, or with header members that must be understood
/// (`crit`). Keys and addresses of keys in the header are never looked at.
base::Result<Jwt> parse_jwt(std::string_view text);

class KeySet {
  public:
    /// A JWK set. Keys that cannot verify our algorithms are left out; no more than 100 are read.
    static base::Result<KeySet> parse(std::string_view json);
    /// The key named by the token, or the only one that fits where it names none; else null.
    [[nodiscard]] const crypto::JwsKey* find(std::string_view key_id,
                                             crypto::JwsAlgorithm algorithm) const;
    [[nodiscard]] bool empty() const { return keys_.empty(); }

  private:
    struct Entry {
        std::string key_id;
        std::string algorithm;  // empty: any that the key fits
        crypto::JwsKey key;
    };
    std::vector<Entry> keys_;
};

/// How a signature is judged: `unknown_key` may be mended by asking for the keys again.
enum class SignatureVerdict { good, bad, unknown_key, algorithm_refused };
SignatureVerdict check_signature(const Jwt& token, const KeySet& keys,
                                 const std::vector<crypto::JwsAlgorithm>& allowed);

/// base64url of the left half of the token's SHA-256 (OIDC Core 3.1.3.6; all our algorithms end in
/// 256).
std::string half_hash(const base::Secret& token);

}  // namespace portal::identity
