#include "text/catalogue.hpp"

#include <fstream>

#include "catch.hpp"
#include "text/message.hpp"

namespace portal::text {
namespace {

// Every msgid of portal.pot, lines joined, escapes undone.
std::vector<std::string> keys() {
    std::ifstream in{"lib/text/locale/portal.pot"};
    std::vector<std::string> all;
    bool in_key = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("msgid \"")) all.emplace_back();
        if (line.starts_with("msgid")) in_key = !line.starts_with("msgid_plural");
        if (line.starts_with("msgstr")) in_key = false;
        const auto open = line.find('"');
        if (!in_key || open == std::string::npos) continue;
        for (auto i = open + 1; i + 1 < line.size(); ++i) {
            if (line[i] == '\\') ++i;
            all.back() += line[i];
        }
    }
    std::erase(all, std::string{});
    return all;
}

int count_markers(const std::string& text) {
    int n = 0;
    for (char digit = '1'; digit <= '9'; ++digit)
        if (text.find(std::string{"{"} + digit + "}") != std::string::npos) n += 1 << (digit - '1');
    return n;
}

}  // namespace

TEST_CASE("every catalogue has every sentence, with the same arguments", "[text]") {
    const Catalogue catalogue;
    REQUIRE(keys().size() > 50);
    for (const auto& key : keys())
        for (const auto language : kLanguages) {
            INFO(format_language(language) << ": " << key);
            CHECK(catalogue.has(language, key));
            CHECK(count_markers(catalogue.translate(language, key)) == count_markers(key));
        }
}

TEST_CASE("an unknown sentence is given back as it is", "[text]") {
    const Catalogue catalogue;
    CHECK(catalogue.translate(Language::sv, "No such sentence") == "No such sentence");
    CHECK(catalogue.translate(Language::sv, "").empty());
    CHECK(catalogue.plural(Language::da, {"{1} cow", "{1} cows"}, 2) == "2 cows");
}

TEST_CASE("numbers choose their form", "[text]") {
    const Catalogue catalogue;
    using std::chrono::minutes;
    CHECK(format_duration(catalogue, Language::sv, minutes{1}) == "1 minut");
    CHECK(format_duration(catalogue, Language::sv, minutes{10}) == "10 minuter");
    CHECK(format_duration(catalogue, Language::da, minutes{60}) == "1 time");
    CHECK(format_duration(catalogue, Language::da, minutes{120}) == "2 timer");
    CHECK(format_duration(catalogue, Language::en, minutes{4320}) == "3 days");
}

TEST_CASE("an error is a sentence in the reader's language", "[text]") {
    const Catalogue catalogue;
    const auto error = base::invalid("name", "Write at most {1} characters.", {"40"});
    CHECK(catalogue.sentence(Language::sv, error) == "Skriv högst 40 tecken.");
    CHECK(catalogue.sentence(Language::en, error) == "Write at most 40 characters.");
}

TEST_CASE("the language comes from what the browser asks for", "[text]") {
    CHECK(choose_language("da, en-gb;q=0.8, en;q=0.7", Language::sv) == Language::da);
    CHECK(choose_language("fi, en;q=0.5, sv-FI;q=0.9", Language::da) == Language::sv);
    CHECK(choose_language("", Language::da) == Language::da);
    CHECK(choose_language("sv;q=NaN", Language::da) == Language::da);
    CHECK(choose_language("sv;q=0", Language::da) == Language::da);
    CHECK(choose_language("sv;q=9", Language::en) == Language::en);
    CHECK(choose_language(std::string(100'000, ','), Language::sv) == Language::sv);
    CHECK(parse_language("sv-SE") == Language::sv);
    CHECK_FALSE(parse_language("xx"));
}

}  // namespace portal::text
