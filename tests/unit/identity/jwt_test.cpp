#include "identity/jwt.hpp"

#include "catch.hpp"

using namespace portal;
using crypto::JwsAlgorithm;
using identity::KeySet;
using identity::SignatureVerdict;

namespace {

/// RFC 7515 A.3.
const std::string kToken =
    "eyJhbGciOiJFUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const std::string kPoint =
    R"("kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")";
const std::vector<JwsAlgorithm> kAll{JwsAlgorithm::es256, JwsAlgorithm::rs256, JwsAlgorithm::ps256};

std::string set_of(const std::string& members) {
    return "{\"keys\":[{" + members + "}]}";
}
std::string encode(std::string_view text) {
    return base::format_base64url(base::as_bytes(text));
}
std::string token_of(std::string_view header, std::string_view signature = "AA") {
    return encode(header) + "." + encode("{}") + "." + std::string{signature};
}
SignatureVerdict judge(const std::string& token, const std::string& keys) {
    return check_signature(*identity::parse_jwt(token), *KeySet::parse(keys), kAll);
}

}  // namespace

TEST_CASE("a token without a key's name is verified by the only key that fits", "[oidc]") {
    CHECK(judge(kToken, set_of(kPoint)) == SignatureVerdict::good);
    CHECK(judge(kToken, "{\"keys\":[{" + kPoint + "},{" + kPoint + "}]}") ==
          SignatureVerdict::unknown_key);
}

TEST_CASE("a key that is for something else is not used", "[oidc]") {
    for (const auto* more : {R"(,"use":"enc")", R"(,"key_ops":["sign"])", R"(,"alg":"ES384")"})
        CHECK(judge(kToken, set_of(kPoint + more)) == SignatureVerdict::unknown_key);
    CHECK(judge(kToken, set_of(kPoint + R"(,"use":"sig","key_ops":["verify"],"alg":"ES256")")) ==
          SignatureVerdict::good);
}

TEST_CASE("an algorithm that was not agreed is refused before any key is looked at", "[oidc]") {
    for (const auto* name : {"none", "nOnE", "HS256", "RS384", "", "ES256K"}) {
        const auto token = token_of("{\"alg\":\"" + std::string{name} + "\"}");
        CHECK(judge(token, set_of(kPoint)) == SignatureVerdict::algorithm_refused);
    }
    CHECK(judge(token_of("{}"), set_of(kPoint)) == SignatureVerdict::algorithm_refused);
    const auto token = *identity::parse_jwt(kToken);
    CHECK(check_signature(token, *KeySet::parse(set_of(kPoint)), {JwsAlgorithm::rs256}) ==
          SignatureVerdict::algorithm_refused);
}

TEST_CASE("keys that a token brings along are not looked at", "[oidc]") {
    const auto with_key = token_of("{\"alg\":\"ES256\",\"jwk\":{" + kPoint + "}}");
    CHECK(judge(with_key, R"({"keys":[]})") == SignatureVerdict::unknown_key);
    for (const auto* kid : {"../../dev/null", "http://127.0.0.1/k", "0", "' OR 1=1"}) {
        const auto token = token_of(R"({"alg":"ES256","kid":")" + std::string{kid} + "\"}");
        CHECK(judge(token, set_of(kPoint + R"(,"kid":"one")")) == SignatureVerdict::unknown_key);
    }
}

TEST_CASE("what is no signed token is refused", "[oidc]") {
    const auto good = token_of(R"({"alg":"ES256"})");
    REQUIRE(identity::parse_jwt(good));
    for (const auto& text :
         {std::string{}, std::string{"..."}, std::string{".."}, good + ".", good + ".AA.AA",
          good + "=", good + "\n", "a" + good, encode("[]") + "." + encode("{}") + ".AA",
          encode("{}") + "." + encode("7") + ".AA", token_of(R"({"alg":"ES256","crit":["b64"]})"),
          token_of(R"({"alg":"ES256","alg":"none"})"), token_of(R"({"alg":"ES256"})", "AB"),
          std::string(40'000, 'A')})
        CHECK_FALSE(identity::parse_jwt(text));
}

TEST_CASE("a set of keys may hold keys that we do not know", "[oidc]") {
    const auto set = KeySet::parse(R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA"},7,{},)"
                                   R"({"kty":"oct","k":"AA"},{"kty":"EC","crv":"P-256"},{)" +
                                   kPoint + "}]}");
    REQUIRE(set);
    CHECK(set->find("", JwsAlgorithm::es256) != nullptr);
    CHECK(set->find("", JwsAlgorithm::rs256) == nullptr);
    for (const auto* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":7})"})
        CHECK_FALSE(KeySet::parse(text));
}
