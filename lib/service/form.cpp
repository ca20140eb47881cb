#include "service/form.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace portal::service {
namespace {

constexpr std::size_t kKey = 16;
constexpr std::size_t kVersion = 8;
constexpr std::size_t kMac = crypto::kDigestSize;

base::Bytes mac_of(const crypto::Key& key, std::span<const std::uint8_t> binding,
                   std::span<const std::uint8_t> content) {
    std::string text{base::as_text(binding)};
    text += '|';
    text += base::as_text(content);
    return crypto::hmac_sha256(key, text);
}

/// A page that was open while a key was added goes on working.
bool is_ours(const crypto::Keyring& keys, std::span<const std::uint8_t> binding,
             std::span<const std::uint8_t> token) {
    const auto ids = keys.ids();
    return std::any_of(ids.begin(), ids.end(), [&](crypto::KeyId id) {
        const auto mac =
            mac_of(*keys.find(id, crypto::KeyUse::form), binding, token.first(kKey + kVersion));
        return crypto::constant_time_equal(mac, token.last(kMac));
    });
}

}  // namespace

std::string make_form_token(const Services& services, std::span<const std::uint8_t> binding,
                            std::int64_t version) {
    const auto key = services.random.bytes<kKey>();
    base::Bytes token{key.begin(), key.end()};
    for (std::size_t i = 0; i < kVersion; ++i)
        token.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(version) >> (8 * i)));
    const auto mac = mac_of(services.keys.newest_key(crypto::KeyUse::form), binding, token);
    token.insert(token.end(), mac.begin(), mac.end());
    return base::format_base64url(token);
}

base::Result<FormToken> read_form_token(const Services& services,
                                        std::span<const std::uint8_t> binding,
                                        std::string_view token) {
    const auto bad = base::make_error(
        base::ErrorCode::forbidden,
        base::N_("This page was too old. Nothing was changed. Open it again and repeat."));
    const auto bytes = base::parse_base64url(token);
    if (!bytes || bytes->size() != kKey + kVersion + kMac) return bad;
    const std::span<const std::uint8_t> all{*bytes};
    const auto content = all.first(kKey + kVersion);
    if (!is_ours(services.keys, binding, all)) return bad;
    FormToken read;
    read.key.assign(content.begin(), content.begin() + kKey);
    std::uint64_t version = 0;
    for (std::size_t i = 0; i < kVersion; ++i)
        version |= static_cast<std::uint64_t>(content[kKey + i]) << (8 * i);
    read.version = static_cast<std::int64_t>(version);
    return read;
}

}  // namespace portal::service
