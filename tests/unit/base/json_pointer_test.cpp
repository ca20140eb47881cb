#include "base/json_pointer.hpp"

#include "catch.hpp"

using namespace portal;

TEST_CASE("a value is read out of a stranger's JSON by its place and kind", "[json]") {
    constexpr std::string_view kJson = R"({"a": {"b": [1, "two", true]}, "c": null, "d": 1.5})";
    CHECK(base::json_text_at(kJson, "/a/b/0") == "1");
    CHECK(base::json_text_at(kJson, "/a/b/1") == "two");
    CHECK(!base::json_text_at(kJson, "/a/b/2"));
    CHECK(!base::json_text_at(kJson, "/c"));
    CHECK(!base::json_text_at(kJson, "/d"));
    CHECK(!base::json_text_at(kJson, "/e/f"));
    CHECK(base::json_bool_at(kJson, "/a/b/2") == true);
    CHECK(!base::json_bool_at(kJson, "/a/b/1"));
    CHECK(base::is_json_object_at(kJson, ""));
    CHECK(base::is_json_object_at(kJson, "/a"));
    CHECK(!base::is_json_object_at(kJson, "/a/b"));
}

TEST_CASE("malformed, deep or empty JSON holds nothing", "[json]") {
    for (const std::string& json :
         {std::string{}, std::string{"{"}, std::string{"<html>"},
          std::string{R"({"a": "x"} trailing)"}, std::string(5'000, '[')}) {
        CHECK(!base::json_text_at(json, "/a"));
        CHECK(!base::json_bool_at(json, "/a"));
        CHECK(!base::is_json_object_at(json, ""));
    }
}
