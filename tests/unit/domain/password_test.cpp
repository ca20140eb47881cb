#include "domain/password.hpp"

#include <array>

#include "catch.hpp"

using namespace portal;
using namespace portal::domain;

namespace {

bool good(std::string_view password, std::span<const std::string_view> names = {}) {
    return static_cast<bool>(check_password(base::Secret{std::string{password}}, names));
}

}  // namespace

TEST_CASE("a long password of any composition is taken", "[password]") {
    for (const auto* text :
         {"correct horse battery", "blå cykel i regnet", "tre små katter", "Kv7#pLw92-xQe",
          "837465920184", "åäöåäöxyzåk9p", "      a b c d e f", "elefanten dansar",
          "🐘🦒🦓🐪🐫🦘🐃🐂🐄🐎🐖🐏"})
        CHECK(good(text));
}

TEST_CASE("length is counted in characters, from 12 to 128", "[password]") {
    CHECK_FALSE(good("kvxqzjwpmtr"));
    CHECK(good("kvxqzjwpmtrb"));
    CHECK_FALSE(good("ååååöööäää"));  // 20 bytes, 10 characters
    std::string text;
    while (text.size() < 128) text += "blå kossa ";
    CHECK_FALSE(good(std::string(129, 'x')));
    CHECK_FALSE(good("tolv tecken\n!"));
    CHECK_FALSE(good(std::string("tolv\0tecken!", 12)));
    CHECK_FALSE(good("tolv tecken\xff!"));
}

TEST_CASE("a common password is refused in its usual disguises", "[password]") {
    const auto text = GENERATE(
        as<std::string>{}, "123456789012", "111111111111", "aaaaaaaaaaaa", "abcabcabcabc",
        "abcdefghijkl", "qwertyuiop12", "qwertyuiopasdf", "1qaz2wsx3edc", "password1234",
        "Password!2026", "PASSWORD12345", "p@ssw0rd1234", "P455w0rd!!!!", "passwordpassword",
        "123password123", "sommar202620", "Sommaren2026!", "lösenord1234", "LÖSENORD1234",
        "losenord2026", "adgangskode1", "Velkommen2026", "välkommen123", "administrator",
        "motherfucker", "qazwsxedcrfv", "zxcvbnmasdfg", "121212121212", "987654321098",
        "hejhejhejhej", "stockholm123", "!!!!football!!!!");
    INFO(text);
    CHECK(is_common_password(text));
    CHECK_FALSE(good(text));
}

TEST_CASE("a password made of one's own names is refused", "[password]") {
    const std::array<std::string_view, 3> names{"anna.berg", "Åsa.Öberg", "bo"};
    CHECK_FALSE(good("xyAnna.Berg-2026", names));
    CHECK_FALSE(good("min åsa.öberg 77", names));
    CHECK(good("anna berg cyklar", names));
    CHECK(good("bor i en blå borg", names));
}

TEST_CASE("an error about a password does not repeat it", "[password][personal]") {
    const auto checked = check_password(base::Secret{"password1234"}, {});
    REQUIRE_FALSE(checked);
    CHECK(checked.error().field == "password");
    CHECK(base::describe(checked.error()).find("1234") == std::string::npos);
}
