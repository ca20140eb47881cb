#include "base/json_document.hpp"

#include "catch.hpp"

using portal::base::JsonDocument;

TEST_CASE("claims are read in every form that brokers send them in", "[json]") {
    const auto claims = JsonDocument::parse_object(
        R"({"age": "28", "auth_time": 1700000000, "exp": 1.7e9, "has": "true", "no": false,
            "dk.cpr": "0101015678", "one": "a", "many": ["a", "b"], "mixed": ["a", 1], "none": ""})");
    REQUIRE(claims);
    CHECK(claims->number("age") == 28);
    CHECK(claims->number("auth_time") == 1'700'000'000);
    CHECK(claims->number("exp") == 1'700'000'000);
    CHECK(claims->truth("has") == true);
    CHECK(claims->truth("no") == false);
    CHECK(claims->text("dk.cpr") == "0101015678");
    CHECK(claims->texts("one") == std::vector<std::string>{"a"});
    CHECK(claims->texts("many") == std::vector<std::string>{"a", "b"});
    CHECK(claims->texts("mixed").empty());
    CHECK_FALSE(claims->text("none"));
    CHECK_FALSE(claims->text("absent"));
    CHECK_FALSE(claims->number("one"));
    CHECK_FALSE(claims->truth("age"));
}

TEST_CASE("a number that is not whole, or too large, is none", "[json]") {
    const auto claims = JsonDocument::parse_object(
        R"({"half": 1.5, "huge": 1e300, "wide": 18446744073709551615, "tail": "12x", "plus": "+1"})");
    REQUIRE(claims);
    for (const auto* name : {"half", "huge", "wide", "tail", "plus"})
        CHECK_FALSE(claims->number(name));
}

TEST_CASE("doubled names, other values and malformed text are refused", "[json]") {
    for (const auto* text :
         {R"({"a": 1, "a": 2})", R"({"a": {"b": 1, "b": 2}})", "[]", "null", "", "{", "{} {}",
          R"({"a": NaN})", "{\"a\": \"\xff\"}", R"({"a": "\ud800"})"})
        CHECK_FALSE(JsonDocument::parse_object(text));
    CHECK_FALSE(JsonDocument::parse_object(std::string(40, '[')));
}
