#include "domain/email.hpp"

#include "catch.hpp"

using namespace portal;
using namespace portal::domain;

TEST_CASE("an ordinary address is kept as written, its domain lowered", "[email]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"anna@example.org", "anna@example.org"},
        {"  Anna.Berg@Example.ORG ", "Anna.Berg@example.org"},
        {"a+b_c-d@sub.example.se", "a+b_c-d@sub.example.se"},
        {"o'brien@example.ie", "o'brien@example.ie"},
        {"a@xn--hlsa-loa.se", "a@xn--hlsa-loa.se"},
        {"1@2.dk", "1@2.dk"},
    }));
    const auto parsed = parse_email(text);
    REQUIRE(parsed);
    CHECK(parsed->reveal() == expected);
}

TEST_CASE("an address that could mislead a mail server is refused", "[email]") {
    const auto text = GENERATE(
        as<std::string>{}, "", "@", "a@", "@b.se", "a@b", "a.b.se", "a@b@c.se", "a b@c.se",
        "a@b .se", ".a@b.se", "a.@b.se", "a..b@c.se", "a@b..se", "a@.b.se", "a@b.se.", "a@-b.se",
        "a@b-.se", "\"a b\"@c.se", "\"a\nb\"@x.se", "a@b.se\r\nBcc: all@x.se", "a@b.se\nx",
        "a@[127.0.0.1]", "a@127.0.0.1", "a(c)@b.se", "Anna <a@b.se>", "a@b.se,c@d.se",
        "a@b.se;c@d.se", "a\\@b.se", "a@b_c.se", "a@räksmörgås.se", "a\xe2\x80\x8b@b.se",
        "a\xe2\x80\xae@b.se", "a\xc2\xa0@b.se", "a\xff@b.se", "=?utf-8?q?=0d=0aBcc:?=@b.se x");
    CHECK_FALSE(parse_email(text));
    CHECK_FALSE(parse_email(std::string(65, 'a') + "@b.se"));
    CHECK(parse_email(std::string(64, 'a') + "@b.se"));
    CHECK_FALSE(parse_email("a@" + std::string(64, 'b') + ".se"));
    std::string longest = "a@";
    for (int i = 0; i < 64; ++i) longest += "bbb.";
    CHECK_FALSE(parse_email(longest + "se"));
    CHECK_FALSE(parse_email(std::string{"a\0@b.se", 7}));
}

TEST_CASE("letters beyond ASCII before the @ are refused in words of their own", "[email][X2]") {
    for (const auto* text : {"åsa@example.se", "user.ñ@example.se", "用户@example.se"}) {
        const auto parsed = parse_email(text);
        REQUIRE_FALSE(parsed);
        CHECK(base::describe(parsed.error()) ==
              "Mail cannot be sent yet to an address with letters beyond a to z before the @. "
              "Write another one.");
    }
}

TEST_CASE("two spellings of one address have one key", "[email][K31]") {
    CHECK(canonical_email(*parse_email("Anna.Berg@Example.org")) ==
          canonical_email(*parse_email("anna.berg@EXAMPLE.ORG")));
    CHECK(canonical_email(*parse_email("a.b@c.se")) != canonical_email(*parse_email("ab@c.se")));
}

TEST_CASE("a masked address shows its first letter and its domain", "[email]") {
    CHECK(mask_email(base::Email{"anna@example.org"}) == "a***@example.org");
    CHECK(mask_email(base::Email{"åsa@example.se"}) == "å***@example.se");
    CHECK(mask_email(base::Email{"nothing"}) == "***");
    CHECK(local_part(base::Email{"anna@example.org"}) == "anna");
    CHECK(local_part(base::Email{"nothing"}) == "nothing");
}
