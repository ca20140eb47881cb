#include "cli/words.hpp"

#include "catch.hpp"

using namespace portal;

namespace {

std::vector<std::string> candidates(const std::vector<std::string>& words) {
    std::vector<std::string> found;
    const auto fetch = [](std::string_view noun, const std::string& tenant) {
        return std::vector<cli::Candidate>{{std::string{noun} + "@" + tenant, "live"}};
    };
    for (const auto& each : cli::complete(words, fetch)) found.push_back(each.word);
    return found;
}
using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("completion knows nouns, verbs, flags, choices and live names") {
    CHECK(candidates({"boo"}) == Words{"booking"});
    CHECK(candidates({"tenant", ""}) == Words{"create", "list", "show", "set"});
    CHECK(candidates({"tenant", "l"}) == Words{"list"});
    CHECK(candidates({"tenant", "show", ""}) == Words{"tenant@"});
    CHECK(candidates({"staff", "list", "-T", ""}) == Words{"tenant@"});
    CHECK(candidates({"booking", "confirm", "-T", "solna", ""}) == Words{"booking@solna"});
    CHECK(candidates({"-T", "solna", "booking", "create", "--staff", ""}) == Words{"staff@solna"});
    CHECK(candidates({"slot", "list", "-T", "s", "--visit-type", ""}) == Words{"visit-type@s"});
    CHECK(candidates({"tenant", "set", "solna", "--confirmation", ""}) == Words{"yes", "no"});
    CHECK(candidates({"policy", "set", "--code", "s"}) == Words{"sms"});
    CHECK(candidates({"tenant", "list", "-o", "c"}) == Words{"csv"});
    CHECK(candidates({"user", "set-password", "--pr"}) == Words{"--print"});
    CHECK(candidates({"patient", "create", "--national-id"}) == Words{"--national-id-file"});
    CHECK(candidates({"patient", "create", "--national-id-file", ""}).empty());
    CHECK(candidates({"tenant", "list", "--socket", ""}).empty());
    CHECK(candidates({"help", "book"}) == Words{"booking"});
    CHECK(candidates({"completion", ""}) == Words{"bash", "zsh", "fish"});
    CHECK(candidates({"bogus", ""}).empty());
    CHECK(candidates({}).size() > 10);
}

TEST_CASE("help exists for everything and names every flag") {
    for (const auto& row : api::all_operations()) {
        CAPTURE(row.name);
        const auto text = cli::help_text({std::string{row.noun()}, std::string{row.verb()}});
        REQUIRE(text);
        for (const auto& flag : cli::make_verb(row).flags)
            CHECK(text->find(flag.name) != std::string::npos);
    }
    CHECK(cli::help_text({}));
    CHECK(cli::help_text({"booking"}));
    CHECK(cli::help_text({"version"}));
    CHECK_FALSE(cli::help_text({"bogus"}));
    CHECK_FALSE(cli::help_text({"booking", "bogus"}));
}

TEST_CASE("there is a manual page for every noun, with every verb and field") {
    CHECK(cli::manual_names().size() == cli::all_nouns().size() + 1);
    for (const auto& name : cli::manual_names()) {
        const auto page = cli::manual(name);
        REQUIRE(page);
        CHECK(page->find(".Sh EXIT STATUS") != std::string::npos);
    }
    CHECK_FALSE(cli::manual("portald.8"));
    const auto page = cli::manual("portalctl-booking.1");
    CHECK(page->find(".Op Fl \\-key Ar TEXT") != std::string::npos);
}

TEST_CASE("the nearest word is offered, a far one is not") {
    CHECK(cli::nearest("bokking", cli::all_nouns()) == "booking");
    CHECK(cli::nearest("tenants", cli::all_nouns()) == "tenant");
    CHECK(cli::nearest("zebra", cli::all_nouns()).empty());
    CHECK(cli::nearest(std::string(1000, 'x'), cli::all_nouns()).empty());
}
