#include "domain/slug.hpp"

#include "catch.hpp"

using namespace portal::domain;

TEST_CASE("a clinic's name becomes a DNS label", "[slug][G8]") {
    const auto [name, expected] = GENERATE(table<std::string, std::string>({
        {"Solna Vårdcentral", "solna-vardcentral"},
        {"Ängens Rehab AB", "angens-rehab-ab"},
        {"Sygehus Ærø", "sygehus-aero"},
        {"Ørsted & Søn", "orsted-son"},
        {"Åre", "are"},
        {"A\xcc\x8are", "are"},  // written with a combining ring
        {"  --Café  No 1!  ", "cafe-no-1"},
        {"1:a Kliniken", "a-kliniken"},
        {"Karin's", "karins"},
        {"北京", ""},
        {"", ""},
        {"\xff\xfe", ""},
        {"A very long name of a clinic that never seems to come to its end",
         "a-very-long-name-of-a-clinic-that-never"},
    }));
    CHECK(make_slug(name) == expected);
    if (!expected.empty()) CHECK(check_slug(make_slug(name)));
}

TEST_CASE("a name that is no label, or means something already, is refused", "[slug]") {
    for (const auto* bad :
         {"", "a", "Solna", "so_lna", "-solna", "solna-", "so--lna", "xn--abc", "1solna", "solna.x",
          "åre", "www", "admin", "mail", "localhost", "a12345678901234567890123456789012345678901"})
        CHECK_FALSE(check_slug(bad));
    for (const auto* good : {"ab", "solna", "demo", "solna-2", "a1", "wwwx"})
        CHECK(check_slug(good));
}
