#include "crypto/jws.hpp"

#include <string>

#include "catch.hpp"

using namespace portal;
using crypto::JwsAlgorithm;
using crypto::JwsKey;

namespace {

base::Bytes decode(std::string_view text) {
    return base::parse_base64url(text).value();
}

/// RFC 7515 A.2 and A.3: one payload, signed twice.
const std::string kPayload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";
const std::string kRsaInput = "eyJhbGciOiJSUzI1NiJ9." + kPayload;
const std::string kEcInput = "eyJhbGciOiJFUzI1NiJ9." + kPayload;
constexpr std::string_view kModulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4"
    "QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdb"
    "BYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-D"
    "WNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
constexpr std::string_view kRsaSignature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5ju"
    "jGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07"
    "Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipU"
    "TI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
constexpr std::string_view kX = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
constexpr std::string_view kY = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
constexpr std::string_view kEcSignature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

JwsKey rsa() {
    return *JwsKey::rsa(decode(kModulus), decode("AQAB"));
}
JwsKey p256() {
    return *JwsKey::p256(decode(kX), decode(kY));
}

}  // namespace

TEST_CASE("the signatures of RFC 7515 are verified", "[jws]") {
    CHECK(verify_jws(JwsAlgorithm::rs256, rsa(), kRsaInput, decode(kRsaSignature)));
    CHECK(verify_jws(JwsAlgorithm::es256, p256(), kEcInput, decode(kEcSignature)));
}

TEST_CASE("one changed byte of text or signature is refused", "[jws]") {
    auto text = kEcInput;
    text.back() = 'A';
    CHECK_FALSE(verify_jws(JwsAlgorithm::es256, p256(), text, decode(kEcSignature)));
    for (const std::size_t at : {0U, 31U, 32U, 63U}) {
        auto signature = decode(kEcSignature);
        signature[at] ^= 1U;
        CHECK_FALSE(verify_jws(JwsAlgorithm::es256, p256(), kEcInput, signature));
    }
    auto signature = decode(kRsaSignature);
    signature[0] ^= 1U;
    CHECK_FALSE(verify_jws(JwsAlgorithm::rs256, rsa(), kRsaInput, signature));
    CHECK_FALSE(verify_jws(JwsAlgorithm::ps256, rsa(), kRsaInput, decode(kRsaSignature)));
}

TEST_CASE("an ES256 signature has exactly 64 bytes", "[jws]") {
    const auto right = decode(kEcSignature);
    for (const std::size_t length : {0U, 1U, 32U, 63U, 65U, 70U, 72U, 96U, 128U}) {
        auto signature = right;
        signature.resize(length);
        CHECK_FALSE(verify_jws(JwsAlgorithm::es256, p256(), kEcInput, signature));
    }
    CHECK_FALSE(verify_jws(JwsAlgorithm::es256, p256(), kEcInput, base::Bytes(64)));
}

TEST_CASE("a key verifies only its own kind of signature", "[jws]") {
    CHECK_FALSE(verify_jws(JwsAlgorithm::es256, rsa(), kEcInput, decode(kEcSignature)));
    CHECK_FALSE(verify_jws(JwsAlgorithm::rs256, p256(), kRsaInput, decode(kRsaSignature)));
}

TEST_CASE("there are three algorithms, spelt one way", "[jws]") {
    for (const auto* name : {"RS256", "PS256", "ES256"})
        CHECK(format_jws_algorithm(*crypto::parse_jws_algorithm(name)) == name);
    for (const auto* name : {"none", "None", "nOnE", "", "HS256", "rs256", "RS256 ", "RS384", "RS1",
                             "ES384", "ES256K", "EdDSA", "PS512"})
        CHECK_FALSE(crypto::parse_jws_algorithm(name));
}

TEST_CASE("weak and impossible keys are refused", "[jws]") {
    CHECK_FALSE(JwsKey::rsa({}, decode("AQAB")));
    CHECK_FALSE(JwsKey::rsa(base::Bytes(128, 0xff), decode("AQAB")));   // 1024 bits
    CHECK_FALSE(JwsKey::rsa(base::Bytes(1025, 0xff), decode("AQAB")));  // over 8192 bits
    CHECK_FALSE(JwsKey::rsa(decode(kModulus), {}));
    CHECK_FALSE(JwsKey::rsa(decode(kModulus), base::Bytes{1}));
    CHECK_FALSE(JwsKey::rsa(decode(kModulus), base::Bytes{4}));
    CHECK_FALSE(JwsKey::p256(decode(kX), decode(kX)));
    CHECK_FALSE(JwsKey::p256(base::Bytes(32), base::Bytes(32)));
    CHECK_FALSE(JwsKey::p256(base::Bytes(33), base::Bytes(32)));
}
