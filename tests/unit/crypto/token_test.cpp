#include "crypto/token.hpp"

#include <algorithm>
#include <set>

#include "catch.hpp"

using namespace portal;
using base::Secret;
using crypto::CodePlace;
using crypto::Keyring;

TEST_CASE("a token is 32 random bytes in base64url, stored as its hash") {
    base::SystemRandom random;
    const auto token = crypto::make_token(random);
    CHECK(token.reveal().size() == 43);
    REQUIRE(base::parse_base64url(token.reveal()));
    CHECK(base::parse_base64url(token.reveal())->size() == crypto::kTokenSize);
    CHECK(crypto::make_token(random) != token);
    CHECK(crypto::hash_token(token.reveal()) == crypto::sha256(token.reveal()));
}

TEST_CASE("a code has six digits, and first digits are spread evenly", "[P9]") {
    base::SeededRandom random{7};
    std::array<int, 10> first{};
    for (int i = 0; i < 10'000; ++i) {
        const auto code = crypto::make_code(random).reveal();
        REQUIRE(code.size() == 6);
        REQUIRE(std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; }));
        ++first[static_cast<std::size_t>(code[0] - '0')];
    }
    for (const int count : first) CHECK((count > 850 && count < 1150));
}

TEST_CASE("a code's hash is good for its purpose and row only", "[P9]") {
    base::SeededRandom random{1};
    auto ring = Keyring::generate(random);
    const Secret code{"012345"};
    const auto stored = crypto::hash_code(ring, {"login", 12}, code);
    CHECK(stored.size() == 36);
    CHECK(crypto::code_matches(ring, {"login", 12}, code, stored));
    CHECK_FALSE(crypto::code_matches(ring, {"login", 12}, Secret{"012346"}, stored));
    CHECK_FALSE(crypto::code_matches(ring, {"login", 12}, Secret{""}, stored));
    CHECK_FALSE(crypto::code_matches(ring, {"login", 13}, code, stored));
    CHECK_FALSE(crypto::code_matches(ring, {"phone", 12}, code, stored));
    CHECK_FALSE(crypto::code_matches(ring, {"login", 1}, Secret{"2:012345"}, stored));
    CHECK_FALSE(crypto::code_matches(ring, {"login", 12}, code, {}));
    ring.add(random);
    CHECK(crypto::code_matches(ring, {"login", 12}, code, stored));
    CHECK_FALSE(crypto::code_matches(Keyring::generate(random), {"login", 12}, code, stored));
}
