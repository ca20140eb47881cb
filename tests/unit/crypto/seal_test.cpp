#include "crypto/seal.hpp"

#include "catch.hpp"
#include "crypto/digest.hpp"

using namespace portal;
using base::Secret;
using base::TenantId;

namespace {

crypto::Keyring ring_of(const std::string& text) {
    auto ring = crypto::Keyring::parse(Secret{text}, "keys");
    REQUIRE(ring);
    return *std::move(ring);
}

std::string hex(const char digit) {
    return std::string(64, digit);
}

// Made with another implementation (Python's cryptography): master 00..1f, id 7, nonce a0..ab.
constexpr auto kMaster =
    "master 7 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
constexpr auto kSealed =
    "0100000007a0a1a2a3a4a5a6a7a8a9aaabe6abfc51945e23af9ada091e78bd10b24defac171d13aaac6dd6141b";
constexpr auto kIndex = "00000007003ed2ac32c5c071ccd2bca8962a02b5e303c3ab13550288ec07bcab427ad26b";

}  // namespace

TEST_CASE("digests give the published values", "[P8]") {
    CHECK(base::format_hex(crypto::sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
    CHECK(base::format_hex(crypto::sha256("")) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(base::format_hex(crypto::hmac_sha256(base::as_bytes("Jefe"),
                                               "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");  // RFC 4231 no 2
    CHECK(base::format_hex(crypto::derive_key(base::Bytes(22, 0x0b), "")) ==
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");  // RFC 5869 no 3
}

TEST_CASE("equal bytes are equal, whatever the time it takes") {
    const base::Bytes a{1, 2, 3};
    CHECK(crypto::constant_time_equal(a, base::Bytes{1, 2, 3}));
    CHECK_FALSE(crypto::constant_time_equal(a, base::Bytes{1, 2, 4}));
    CHECK_FALSE(crypto::constant_time_equal(a, base::Bytes{1, 2}));
    CHECK(crypto::constant_time_equal({}, {}));
}

TEST_CASE("a value sealed elsewhere by the same rules opens here", "[P8]") {
    const auto ring = ring_of(kMaster);
    const auto place = crypto::associated_data("identifier", "value", TenantId{}, 17);
    const auto opened = crypto::open(ring, *base::parse_hex(kSealed), place);
    REQUIRE(opened);
    CHECK(opened->reveal() == "191212121212");
    CHECK(base::format_hex(crypto::blind_index(ring, "191212121212")) == kIndex);
}

TEST_CASE("a sealed value opens again, never twice the same, and hides its text", "[P8]") {
    const auto ring = ring_of(kMaster);
    for (const std::string& text : {std::string{}, std::string{"191212121212"},
                                    std::string(100'000, 'x'), std::string("a\0b", 3)}) {
        const auto sealed = crypto::seal(ring, text, "place");
        CHECK(sealed.size() == text.size() + crypto::kSealOverhead);
        CHECK(sealed != crypto::seal(ring, text, "place"));
        if (text.size() > 3) CHECK(base::as_text(sealed).find(text) == std::string_view::npos);
        const auto opened = crypto::open(ring, sealed, "place");
        REQUIRE(opened);
        CHECK(opened->reveal() == text);
        CHECK(crypto::key_of_sealed(sealed) == 7U);
    }
}

TEST_CASE("a sealed value moved to another place does not open", "[P8]") {
    const auto ring = ring_of(kMaster);
    const auto place = crypto::associated_data("identifier", "value", TenantId{1}, 17);
    const auto sealed = crypto::seal(ring, "191212121212", place);
    REQUIRE(crypto::open(ring, sealed, place));
    for (const auto& other :
         {crypto::associated_data("identifier", "value", TenantId{1}, 18),
          crypto::associated_data("identifier", "value", TenantId{2}, 17),
          crypto::associated_data("identifier", "other", TenantId{1}, 17),
          crypto::associated_data("outbox", "value", TenantId{1}, 17),
          crypto::associated_data("identifie", "rvalue", TenantId{1}, 17), std::string{}}) {
        const auto opened = crypto::open(ring, sealed, other);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == base::ErrorCode::internal);
    }
}

TEST_CASE("a sealed value that is altered or cut does not open", "[P8]") {
    const auto ring = ring_of(kMaster);
    const auto sealed = crypto::seal(ring, "191212121212", "place");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        CAPTURE(i);
        auto altered = sealed;
        altered[i] ^= 0x10;
        CHECK_FALSE(crypto::open(ring, altered, "place"));
        CHECK_FALSE(crypto::open(ring, std::span{sealed}.first(i), "place"));
    }
    auto longer = sealed;
    longer.push_back(0);
    CHECK_FALSE(crypto::open(ring, longer, "place"));
}

TEST_CASE("the newest key seals, every key opens, a missing one does not", "[P8]") {
    const auto old_ring = ring_of("master 1 " + hex('1'));
    const auto both = ring_of("master 2 " + hex('2') + "\nmaster 1 " + hex('1') + "\n");
    const auto new_ring = ring_of("master 2 " + hex('2'));
    const auto sealed = crypto::seal(old_ring, "text", "place");
    CHECK(crypto::open(both, sealed, "place"));
    CHECK_FALSE(crypto::open(new_ring, sealed, "place"));
    CHECK(crypto::key_of_sealed(crypto::seal(both, "text", "place")) == 2U);
    CHECK_FALSE(crypto::key_of_sealed({}));
    // The right id with another key is no better.
    CHECK_FALSE(crypto::open(ring_of("master 1 " + hex('3')), sealed, "place"));
}

TEST_CASE("a blind index finds a text under every key and only that text", "[P8]") {
    const auto old_ring = ring_of("master 1 " + hex('1'));
    const auto both = ring_of("master 1 " + hex('1') + "\nmaster 2 " + hex('2'));
    const auto stored = crypto::blind_index(old_ring, "191212121212");
    CHECK(stored.size() == 36);
    CHECK(stored == crypto::blind_index(old_ring, "191212121212"));
    const auto wanted = crypto::blind_indexes(both, "191212121212");
    REQUIRE(wanted.size() == 2);
    CHECK(wanted[0] == crypto::blind_index(both, "191212121212"));
    CHECK(wanted[1] == stored);
    CHECK(crypto::blind_indexes(both, "191212121213")[1] != stored);
}
