#include "crypto/seal.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "base/random.hpp"
#include "crypto/digest.hpp"

namespace portal::crypto {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kIdSize = 4;
constexpr std::size_t kNonceSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kHeadSize = 1 + kIdSize + kNonceSize;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

void check(bool fine) {
    if (!fine) throw std::runtime_error("AES-256-GCM failed");
}

Context make_context() {
    Context context{EVP_CIPHER_CTX_new()};
    check(context != nullptr);
    return context;
}

int length(std::size_t size) {
    check(size <= INT32_MAX);
    return static_cast<int>(size);
}

void put_id(base::Bytes& out, KeyId id) {
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out.push_back(static_cast<std::uint8_t>((id >> shift) & 0xffU));
}

KeyId get_id(std::span<const std::uint8_t> bytes) {
    KeyId id = 0;
    for (const auto byte : bytes.first(kIdSize)) id = (id << 8U) | byte;
    return id;
}

base::Error cannot_open() {
    return base::make_error(base::ErrorCode::internal,
                            base::N_("A sealed value cannot be opened."));
}

base::Bytes index_under(KeyId id, const Key& key, std::string_view text) {
    base::Bytes out;
    out.reserve(kIdSize + kDigestSize);
    put_id(out, id);
    const auto digest = hmac_sha256(key, text);
    out.insert(out.end(), digest.begin(), digest.end());
    return out;
}

}  // namespace

std::string associated_data(std::string_view table, std::string_view column, base::TenantId tenant,
                            std::string_view row) {
    std::string out{table};
    out.append(1, '\0').append(column).append(1, '\0');
    out.append(std::to_string(tenant.value)).append(1, '\0').append(row);
    return out;
}

std::string associated_data(std::string_view table, std::string_view column, base::TenantId tenant,
                            std::int64_t row) {
    return associated_data(table, column, tenant, std::to_string(row));
}

base::Bytes seal(const Keyring& keys, std::string_view plaintext, std::string_view associated) {
    base::Bytes out;
    out.reserve(plaintext.size() + kSealOverhead);
    out.push_back(kVersion);
    put_id(out, keys.newest());
    out.resize(out.size() + kNonceSize + plaintext.size() + kTagSize);
    const auto nonce = std::span{out}.subspan(1 + kIdSize, kNonceSize);
    base::SystemRandom{}.fill(nonce);

    const auto context = make_context();
    const auto text = base::as_bytes(plaintext);
    const auto place = base::as_bytes(associated);
    int done = 0;
    auto* body = out.data() + kHeadSize;
    check(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr,
                             keys.newest_key(KeyUse::seal).data(), nonce.data()) == 1);
    check(EVP_EncryptUpdate(context.get(), nullptr, &done, place.data(), length(place.size())) ==
          1);
    check(EVP_EncryptUpdate(context.get(), body, &done, text.data(), length(text.size())) == 1);
    check(EVP_EncryptFinal_ex(context.get(), body + done, &done) == 1);
    check(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, length(kTagSize),
                              body + text.size()) == 1);
    return out;
}

base::Result<base::Secret> open(const Keyring& keys, std::span<const std::uint8_t> sealed,
                                std::string_view associated) {
    if (sealed.size() < kSealOverhead || sealed[0] != kVersion) return cannot_open();
    const auto* key = keys.find(get_id(sealed.subspan(1)), KeyUse::seal);
    if (key == nullptr) return cannot_open();

    const auto nonce = sealed.subspan(1 + kIdSize, kNonceSize);
    const auto body = sealed.subspan(kHeadSize, sealed.size() - kSealOverhead);
    base::Bytes tag{sealed.end() - kTagSize, sealed.end()};
    const auto place = base::as_bytes(associated);
    base::Bytes plain(body.size() + 1);
    const auto context = make_context();
    int done = 0;
    check(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key->data(),
                             nonce.data()) == 1);
    check(EVP_DecryptUpdate(context.get(), nullptr, &done, place.data(), length(place.size())) ==
          1);
    check(EVP_DecryptUpdate(context.get(), plain.data(), &done, body.data(), length(body.size())) ==
          1);
    check(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, length(kTagSize), tag.data()) ==
          1);
    const bool whole = EVP_DecryptFinal_ex(context.get(), plain.data() + done, &done) == 1;
    base::Secret secret;
    if (whole) secret = base::Secret{std::string{base::as_text(plain).substr(0, body.size())}};
    OPENSSL_cleanse(plain.data(), plain.size());
    if (!whole) return cannot_open();
    return secret;
}

std::optional<KeyId> key_of_sealed(std::span<const std::uint8_t> sealed) {
    if (sealed.size() < kSealOverhead || sealed[0] != kVersion) return std::nullopt;
    return get_id(sealed.subspan(1));
}

base::Bytes blind_index(const Keyring& keys, std::string_view text) {
    return index_under(keys.newest(), keys.newest_key(KeyUse::index), text);
}

std::vector<base::Bytes> blind_indexes(const Keyring& keys, std::string_view text) {
    std::vector<base::Bytes> out;
    auto ids = keys.ids();
    std::reverse(ids.begin(), ids.end());
    for (const auto id : ids) out.push_back(index_under(id, *keys.find(id, KeyUse::index), text));
    return out;
}

}  // namespace portal::crypto
