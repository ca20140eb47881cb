#include "identity/jwt.hpp"

#include <algorithm>

#include "crypto/digest.hpp"

namespace portal::identity {
namespace {

using base::JsonDocument;
using base::Result;
using crypto::JwsAlgorithm;
using crypto::JwsKey;

constexpr std::size_t kLongestToken = 32 * 1024;
constexpr std::size_t kMostKeys = 100;

base::Error malformed() {
    return base::invalid("", "not a signed token");
}

/// Padding and bits left over are refused, so that a token has one spelling.
Result<base::Bytes> decode(std::string_view part) {
    const auto bytes = base::parse_base64url(part);
    if (!bytes || base::format_base64url(*bytes) != part) return malformed();
    return *bytes;
}

Result<JsonDocument> decode_object(std::string_view part) {
    PORTAL_TRY(bytes, decode(part));
    return JsonDocument::parse_object(base::as_text(bytes));
}

bool may_verify(const JsonDocument& key) {
    const auto use = key.text("use").value_or("sig");
    const auto uses = key.texts("key_ops");
    return use == "sig" && (key.find("key_ops") == nullptr ||
                            std::find(uses.begin(), uses.end(), "verify") != uses.end());
}

Result<base::Bytes> number(const JsonDocument& key, std::string_view name) {
    return decode(key.text(name).value_or("!"));
}

Result<JwsKey> read_key(const JsonDocument& key) {
    const auto type = key.text("kty").value_or("");
    if (type == "RSA") {
        PORTAL_TRY(n, number(key, "n"));
        PORTAL_TRY(e, number(key, "e"));
        return JwsKey::rsa(n, e);
    }
    if (type != "EC" || key.text("crv") != "P-256") return base::invalid("", "no key of ours");
    PORTAL_TRY(x, number(key, "x"));
    PORTAL_TRY(y, number(key, "y"));
    return JwsKey::p256(x, y);
}

}  // namespace

Result<Jwt> parse_jwt(std::string_view text) {
    if (text.size() > kLongestToken) return malformed();
    const auto parts = base::split(text, '.');
    if (parts.size() != 3) return malformed();
    PORTAL_TRY(header, decode_object(parts[0]));
    PORTAL_TRY(claims, decode_object(parts[1]));
    PORTAL_TRY(signature, decode(parts[2]));
    if (header.find("crit") != nullptr) return malformed();
    Jwt token;
    token.input = text.substr(0, parts[0].size() + 1 + parts[1].size());
    token.algorithm = header.text("alg").value_or("");
    token.key_id = header.text("kid").value_or("");
    token.type = base::lower_ascii(header.text("typ").value_or(""));
    token.signature = std::move(signature);
    token.header = std::move(header);
    token.claims = std::move(claims);
    return token;
}

Result<KeySet> KeySet::parse(std::string_view json) {
    PORTAL_TRY(document, JsonDocument::parse_object(json));
    const auto* list = document.find("keys");
    if (list == nullptr || list->kind() != JsonDocument::Kind::list)
        return base::invalid("keys", "not a set of keys");
    KeySet set;
    for (const auto& item : list->items()) {
        if (set.keys_.size() == kMostKeys) break;
        if (item.kind() != JsonDocument::Kind::object || !may_verify(item)) continue;
        auto key = read_key(item);
        if (!key) continue;
        set.keys_.push_back(
            {item.text("kid").value_or(""), item.text("alg").value_or(""), *std::move(key)});
    }
    return set;
}

const JwsKey* KeySet::find(std::string_view key_id, JwsAlgorithm algorithm) const {
    const auto name = crypto::format_jws_algorithm(algorithm);
    const JwsKey* found = nullptr;
    for (const auto& entry : keys_) {
        if (!key_id.empty() && entry.key_id != key_id) continue;
        if (!entry.key.fits(algorithm)) continue;
        if (!entry.algorithm.empty() && entry.algorithm != name) continue;
        if (found != nullptr) return nullptr;  // which of them is not for us to guess
        found = &entry.key;
    }
    return found;
}

SignatureVerdict check_signature(const Jwt& token, const KeySet& keys,
                                 const std::vector<JwsAlgorithm>& allowed) {
    const auto algorithm = crypto::parse_jws_algorithm(token.algorithm);
    if (!algorithm || std::find(allowed.begin(), allowed.end(), *algorithm) == allowed.end())
        return SignatureVerdict::algorithm_refused;
    const auto* key = keys.find(token.key_id, *algorithm);
    if (key == nullptr) return SignatureVerdict::unknown_key;
    return crypto::verify_jws(*algorithm, *key, token.input, token.signature)
               ? SignatureVerdict::good
               : SignatureVerdict::bad;
}

std::string half_hash(const base::Secret& token) {
    const auto whole = crypto::sha256(token.reveal());
    return base::format_base64url(std::span{whole}.first(whole.size() / 2));
}

}  // namespace portal::identity
