#include "crypto/jws.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <array>
#include <new>

namespace portal::crypto {
namespace {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;
using PublicKey = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;

constexpr std::size_t kP256Size = 32;  // bytes of a coordinate
constexpr int kLeastModulus = 2048;    // bits
constexpr int kMostModulus = 8192;

template <class T>
T* made(T* pointer) {
    if (pointer == nullptr) throw std::bad_alloc{};
    return pointer;
}

Number to_number(std::span<const std::uint8_t> bytes) {
    return Number{made(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr))};
}

/// Null where the numbers are no key.
PublicKey make_key(const char* type, OSSL_PARAM_BLD* builder) {
    const Parameters parameters{made(OSSL_PARAM_BLD_to_param(builder))};
    const KeyContext context{made(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr))};
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) <= 0 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) <= 0) {
        ERR_clear_error();
        return nullptr;
    }
    PublicKey owned{key};
    const KeyContext check{made(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr))};
    if (EVP_PKEY_public_check(check.get()) != 1) owned.reset();
    return owned;
}

/// Raw r||s as DER; empty where the length is not 64 bytes (RFC 7518 section 3.4).
base::Bytes to_der(std::span<const std::uint8_t> raw) {
    if (raw.size() != 2 * kP256Size) return {};
    const Signature signature{made(ECDSA_SIG_new())};
    auto r = to_number(raw.first(kP256Size));
    auto s = to_number(raw.last(kP256Size));
    if (ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return {};
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0) return {};
    base::Bytes der(static_cast<std::size_t>(size));
    auto* out = der.data();
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
}

bool set_pss(EVP_PKEY_CTX* context) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) > 0 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) > 0;
}

}  // namespace

struct JwsKey::Handle {
    PublicKey key;
    bool is_rsa;
};

std::optional<JwsAlgorithm> parse_jws_algorithm(std::string_view name) {
    if (name == "RS256") return JwsAlgorithm::rs256;
    if (name == "PS256") return JwsAlgorithm::ps256;
    if (name == "ES256") return JwsAlgorithm::es256;
    return std::nullopt;
}

std::string_view format_jws_algorithm(JwsAlgorithm algorithm) {
    constexpr std::array<std::string_view, 3> kNames{"RS256", "PS256", "ES256"};
    return kNames.at(static_cast<std::size_t>(algorithm));
}

base::Result<JwsKey> JwsKey::rsa(std::span<const std::uint8_t> n, std::span<const std::uint8_t> e) {
    const auto refused = base::invalid("", "not an RSA key of 2048 to 8192 bits");
    constexpr std::size_t kMostExponent = 8;  // bytes
    if (n.size() > kMostModulus / 8 || e.empty() || e.size() > kMostExponent) return refused;
    const auto modulus = to_number(n);
    const auto exponent = to_number(e);
    if (BN_num_bits(modulus.get()) < kLeastModulus || BN_is_odd(exponent.get()) == 0 ||
        BN_is_one(exponent.get()) != 0)
        return refused;
    const Builder builder{made(OSSL_PARAM_BLD_new())};
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
    auto key = make_key("RSA", builder.get());
    if (key == nullptr) return refused;
    return JwsKey{std::make_shared<const Handle>(Handle{std::move(key), true})};
}

base::Result<JwsKey> JwsKey::p256(std::span<const std::uint8_t> x,
                                  std::span<const std::uint8_t> y) {
    const auto refused = base::invalid("", "not a point of P-256");
    if (x.size() != kP256Size || y.size() != kP256Size) return refused;
    base::Bytes point{4};  // uncompressed
    point.insert(point.end(), x.begin(), x.end());
    point.insert(point.end(), y.begin(), y.end());
    const Builder builder{made(OSSL_PARAM_BLD_new())};
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                     point.size());
    auto key = make_key("EC", builder.get());
    if (key == nullptr) return refused;
    return JwsKey{std::make_shared<const Handle>(Handle{std::move(key), false})};
}

bool JwsKey::fits(JwsAlgorithm algorithm) const {
    return handle_->is_rsa == (algorithm != JwsAlgorithm::es256);
}

bool verify_jws(JwsAlgorithm algorithm, const JwsKey& key, std::string_view input,
                std::span<const std::uint8_t> signature) {
    if (!key.fits(algorithm)) return false;
    base::Bytes bytes{signature.begin(), signature.end()};
    if (algorithm == JwsAlgorithm::es256) bytes = to_der(signature);
    if (bytes.empty()) return false;
    const DigestContext context{made(EVP_MD_CTX_new())};
    EVP_PKEY_CTX* of_key = nullptr;  // the digest context's own
    if (EVP_DigestVerifyInit(context.get(), &of_key, EVP_sha256(), nullptr,
                             key.handle_->key.get()) != 1)
        return false;
    if (algorithm == JwsAlgorithm::ps256 && !set_pss(of_key)) return false;
    const auto text = base::as_bytes(input);
    const bool fits =
        EVP_DigestVerify(context.get(), bytes.data(), bytes.size(), text.data(), text.size()) == 1;
    ERR_clear_error();  // else the next TLS call of this thread reports it as its own
    return fits;
}

}  // namespace portal::crypto
