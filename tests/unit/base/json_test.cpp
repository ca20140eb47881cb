#include "base/json.hpp"

#include "catch.hpp"

namespace sample {
enum class Colour { red, dark_blue };
BOOST_DESCRIBE_ENUM(Colour, red, dark_blue)
struct Rule {
    std::string from;
    int minutes = 0;
};
BOOST_DESCRIBE_STRUCT(Rule, (), (from, minutes))
PORTAL_HELP(Rule, {"from", "when it starts"}, {"minutes", "how long", 0, 1, 240})
struct Sample {
    std::string title;
    Colour colour = Colour::red;
    bool open = false;
    std::optional<std::int64_t> size;
    portal::base::Patch<std::string> note;
    std::vector<Rule> rules;
    portal::base::Instant at{};
    portal::base::Email email;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (title, colour, open, size, note, rules, at, email))
PORTAL_HELP(Sample, {"title", "what people read", 0, 1, 20}, {"colour", "its colour"},
            {"open", "whether it is open"}, {"size", "its size"}, {"note", "a note"},
            {"rules", "the rules"}, {"at", "when", portal::base::kDefaulted},
            {"email", "where to write", portal::base::kDefaulted | portal::base::kPersonal})
}  // namespace sample

using namespace portal::base;
using sample::Sample;

TEST_CASE("a described record goes to JSON and back") {
    Sample sample;
    sample.title = "Å \"x\"\n";
    sample.title = "Åsa \"x\"";
    sample.colour = sample::Colour::dark_blue;
    sample.size = 5'000'000'000;
    sample.note = Patch<std::string>::null();
    sample.rules = {{"08:00", 30}};
    sample.at = from_ms(1'700'000'000'123);
    sample.email = Email{"a@b.se"};
    const auto text = to_json(sample);
    CHECK(
        text ==
        R"({"title":"Åsa \"x\"","colour":"dark-blue","open":false,"size":5000000000,"note":null,)"
        R"("rules":[{"from":"08:00","minutes":30}],"at":"2023-11-14T22:13:20.123Z","email":"a@b.se"})");
    const auto back = from_json<Sample>(text);
    REQUIRE(back);
    CHECK(to_json(*back) == text);
}

TEST_CASE("a text of white space alone counts as none") {
    const auto told = [](const std::string& field, const std::string& text) {
        const auto* info = find_field(type_of<Sample>(), field);
        Sample sample;
        const auto set = set_field_text(*info, &sample, text);
        return set ? std::string{"accepted"} : describe(set.error());
    };
    for (const auto* blank : {" ", "  ", "\u00a0", "\u200b \u3000"}) {
        CHECK(told("title", blank) == "Write something here.");
        CHECK(told("note", blank) == "Write something here.");
    }
    CHECK(told("title", " a ") == "accepted");
    CHECK_FALSE(from_json<Sample>(R"({"title":"  ","colour":"red","open":false,"rules":[]})"));
}

TEST_CASE("malformed JSON is refused with its place") {
    const auto refused = [](std::string_view text) {
        const auto parsed = from_json<Sample>(text);
        return parsed ? std::string{"accepted"} : describe(parsed.error());
    };
    const std::string good = R"("title":"a","colour":"red")";
    CHECK(from_json<Sample>("{" + good + "}"));
    CHECK(refused("{" + good + R"(,"bogus":1})") == "bogus: is unknown");
    CHECK(refused("{" + good + R"(,"rules":[{"from":"a","minutes":1,"bogus":1}]})") ==
          "rules[0].bogus: is unknown");
    CHECK(refused("{" + good + R"(,"title":"b"})") == "title: stands there twice");
    CHECK(refused(R"({"colour":"red"})") == "title: is missing");
    CHECK(refused("{" + good + R"(,"rules":[{"from":"a","minutes":241}]})") ==
          "rules[0].minutes: Write a number from 1 to 240.");
    for (const char* bad :
         {"", "[", "{", "nul", "[]", "null", "7", "\"x\"", "{\"title\":\"a\",}",
          "{\"title\":1e999,\"colour\":\"red\"}", "{\"title\":\"\\ud800\",\"colour\":\"red\"}",
          "{\"title\":\"\xc0\xaf\",\"colour\":\"red\"}", "{\"title\":null,\"colour\":\"red\"}",
          "{\"title\":[\"a\"],\"colour\":\"red\"}", "{\"title\":\"a\",\"colour\":\"green\"}"}) {
        CAPTURE(bad);
        CHECK_FALSE(from_json<Sample>(bad));
    }
    for (const char* number : {"1e3", "-0.5", "9223372036854775808", "1.0000000000000001", "1e999"})
        CHECK_FALSE(from_json<Sample>("{" + good + ",\"size\":" + number + "}"));
    CHECK_FALSE(from_json<Sample>(std::string(100'000, '[')));
    CHECK_FALSE(from_json<Sample>("{" + good + ",\"rules\":" + std::string(40, '[') + "}"));
}

TEST_CASE("one field is set from its text, with the same checks") {
    Sample sample;
    const auto& type = type_of<Sample>();
    CHECK(set_field_text(*find_field(type, "colour"), &sample, "dark-blue"));
    CHECK_FALSE(set_field_text(*find_field(type, "colour"), &sample, "blue"));
    CHECK(set_field_text(*find_field(type, "note"), &sample, "hello"));
    CHECK(sample.note.value() == "hello");
    CHECK_FALSE(set_field_text(*find_field(type, "title"), &sample, "a\nb"));
    CHECK(value_text(*find_field(type, "colour")->type, &sample.colour) == "dark-blue");
}
