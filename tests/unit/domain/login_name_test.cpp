#include "domain/login_name.hpp"

#include "catch.hpp"

using namespace portal;
using namespace portal::domain;

TEST_CASE("a login name is kept as written, without white space at its ends", "[login_name]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"eva.lind", "eva.lind"},
        {"  Eva-Lind_2 ", "Eva-Lind_2"},
        {"åäö", "åäö"},
        {"a12", "a12"},
    }));
    const auto parsed = parse_login_name(text);
    REQUIRE(parsed);
    CHECK(*parsed == expected);
}

TEST_CASE("what could be taken for an address or a number is no login name", "[login_name]") {
    const auto text =
        GENERATE(as<std::string>{}, "", "ab", "åä", "a b c", "a@b.example", "191212121212",
                 "19121212-1212", "...", "a\tbc", "a\nbc", std::string(61, 'x'),
                 "a\x7f"
                 "bc");
    const auto parsed = parse_login_name(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == base::ErrorCode::invalid);
    CHECK(parsed.error().args.empty());
}

TEST_CASE("sixty letters of two bytes are not too many", "[login_name]") {
    std::string name;
    for (int i = 0; i < 60; ++i) name += "å";
    CHECK(parse_login_name(name));
    CHECK_FALSE(parse_login_name(name + "å"));
}
