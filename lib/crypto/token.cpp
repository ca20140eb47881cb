#include "crypto/token.hpp"

#include <array>

namespace portal::crypto {
namespace {

// Lengths come first, so that no two different places give the same bytes.
std::string code_message(const CodePlace& place, const base::Secret& code) {
    return std::to_string(place.purpose.size()) + ":" + std::string{place.purpose} + ":" +
           std::to_string(place.id) + ":" + code.reveal();
}

base::Bytes code_under(KeyId id, const Key& key, std::string_view message) {
    base::Bytes out;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out.push_back(static_cast<std::uint8_t>((id >> shift) & 0xffU));
    const auto digest = hmac_sha256(key, message);
    out.insert(out.end(), digest.begin(), digest.end());
    return out;
}

}  // namespace

base::Secret make_token(base::Random& random) {
    return base::Secret{base::format_base64url(random.bytes<kTokenSize>())};
}

base::Bytes hash_token(std::string_view token) {
    return sha256(token);
}

base::Secret make_code(base::Random& random) {
    auto text = std::to_string(random.below(1'000'000));
    text.insert(0, kCodeDigits - text.size(), '0');
    return base::Secret{text};
}

base::Bytes hash_code(const Keyring& keys, const CodePlace& place, const base::Secret& code) {
    return code_under(keys.newest(), keys.newest_key(KeyUse::code), code_message(place, code));
}

bool code_matches(const Keyring& keys, const CodePlace& place, const base::Secret& code,
                  std::span<const std::uint8_t> stored) {
    const auto message = code_message(place, code);
    bool same = false;
    for (const auto id : keys.ids())
        same |= constant_time_equal(code_under(id, *keys.find(id, KeyUse::code), message), stored);
    return same;
}

}  // namespace portal::crypto
