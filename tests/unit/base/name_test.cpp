#include "base/name.hpp"

#include <string>

#include "catch.hpp"

using namespace portal;
using namespace portal::base;

TEST_CASE("a host name has labels of small letters, digits and inner hyphens", "[name][K5]") {
    for (const auto* good : {"localhost", "portal.clinic.example", "a.se", "x--y.se", "1.se"})
        CHECK(is_host_name(good));
    for (const auto* bad : {"", ".", "a.", ".a", "a..b", "-a.se", "a-.se", "a.-b.se", "A.se",
                            "a_b.se", "a b.se", "å.se", "a.se:443", "*.a.se", "a/b.se"})
        CHECK_FALSE(is_host_name(bad));
    const std::string label(63, 'a');
    CHECK(is_host_name(label + ".se"));
    CHECK_FALSE(is_host_name(label + "a.se"));
    const auto long_name = label + "." + label + "." + label + "." + std::string(61, 'b');
    CHECK(is_host_name(long_name));
    CHECK_FALSE(is_host_name(long_name + "b"));
}

TEST_CASE("a public host name has a dot and is no address", "[name][K5]") {
    for (const auto* good : {"portal.clinic.example", "1.se", "127.0.0.se"})
        CHECK(is_public_host_name(good));
    for (const auto* bad : {"localhost", "127.0.0.1", "1.2", "::1", "clinic.", ""})
        CHECK_FALSE(is_public_host_name(bad));
}

TEST_CASE("a sender of text messages is a number or a short name", "[name][X2]") {
    for (const auto* good : {"Portal", "Solna 1", "A1234567890", "+46701740605"})
        CHECK(is_sms_sender(good));
    for (const auto* bad : {"", "12345", "TwelveLetter", "Å-kliniken", "Ål; x!", "a_b", " a", "a ",
                            "+0123", "+46 70", "+1234567890123456", "+"})
        CHECK_FALSE(is_sms_sender(bad));
}
