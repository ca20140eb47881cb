#include "base/json_cursor.hpp"

#include <vector>

#include "catch.hpp"

using namespace portal::base;

namespace {

std::vector<std::string> items(std::string_view text) {
    JsonCursor at{text};
    std::vector<std::string> found;
    at.open('[');
    while (at.next(']')) found.emplace_back(at.read_value());
    return at.failed() ? std::vector<std::string>{"failed"} : found;
}

}  // namespace

TEST_CASE("a walk over JSON gives each value as it is written") {
    CHECK(items("[]").empty());
    CHECK(items(" [ 1 , \"a,]\\\"\" ,{\"b\":[\"}\",{}]}, null,-2.5e3 ] ") ==
          std::vector<std::string>{"1", R"("a,]\"")", R"({"b":["}",{}]})", "null", "-2.5e3"});
    JsonCursor at{R"({"a":1,"next":"x","items":[]})"};
    std::string names;
    at.open('{');
    while (at.next('}')) {
        names += at.read_name();
        names += ' ';
        at.read_value();
    }
    CHECK_FALSE(at.failed());
    CHECK(names == "a next items ");
}

TEST_CASE("a walk over broken JSON ends and tells so") {
    for (const char* text :
         {"", "{", "[", "[1", "[\"a", "[\"a\\", "[{\"a\":1", "[[1,2]", "x", "{}"})
        CHECK(items(text) == std::vector<std::string>{"failed"});
    for (const char* text : {"{1:2}", "{\"a\"}", "{\"a\" 1}", "{\"a\":}"}) {
        JsonCursor at{text};
        at.open('{');
        while (at.next('}')) {
            at.read_name();
            at.read_value();
        }
        CHECK(at.failed());
    }
}

TEST_CASE("a JSON string is read with its escapes") {
    std::string text = "-";
    CHECK(append_json_string(text, R"("Åsa \"\\\n\u00e5\ud83d\ude00")"));
    CHECK(text == "-Åsa \"\\\nå😀");
    for (const char* bad : {"", "\"", "1", "null", R"("\x")", R"("\ud83d")"})
        CHECK_FALSE(append_json_string(text, bad));
}
