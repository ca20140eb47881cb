#include "domain/phone.hpp"

#include <fstream>

#include "base/encoding.hpp"
#include "catch.hpp"

using namespace portal;
using namespace portal::domain;

namespace {

std::string e164(std::string_view text, Region region = Region::se) {
    const auto parsed = parse_phone(text, region);
    return parsed ? parsed->reveal() : "-";
}

Region region_of(std::string_view name) {
    if (name == "SE") return Region::se;
    if (name == "DK") return Region::dk;
    return name == "NO" ? Region::no : Region::fi;
}

std::string_view kind_name(PhoneKind kind) {
    switch (kind) {
        case PhoneKind::fixed:
            return "fixed";
        case PhoneKind::mobile:
            return "mobile";
        case PhoneKind::other:
            return "other";
        case PhoneKind::foreign:
            break;
    }
    return "foreign";
}

}  // namespace

TEST_CASE("one phone in many spellings is one number", "[phone][L11]") {
    const auto text = GENERATE(as<std::string>{}, "+46 70-123 45 67", "0046701234567",
                               "00 46 70 123 45 67", "070-123 45 67", "0701234567",
                               "(070) 123 45 67", "070.123.45.67", "+46 (0)70 123 45 67",
                               "(+46) 70 123 45 67", "  070/1234567 ", "46701234567", "701234567");
    CHECK(e164(text) == "+46701234567");
}

TEST_CASE("what is no person's phone number is refused", "[phone][C15]") {
    const auto text = GENERATE(
        as<std::string>{}, "112", "1177", "+882 16 5000 0000", "+800 1234 5678", "+979 123456789",
        "0900-123 45 67", "0939-123 45 67", "077-123 45 67", "020-12 34 56", "074-012 34 56",
        "+46701234567;ext=1", "+46701234567 ext 1", "+46701234567#1", "+46701234567,1",
        "\xe2\x80\x8e+46701234567", "\xe2\x80\xaa+46701234567",
        "+46\xc2\xa0"
        "701234567",
        "０７０１２３４５６７", "٠٧٠١٢٣٤٥٦٧", "+4670123456", "+467012345678", "070-123 45 6",
        "++46701234567", "+46+701234567", "46+701234567", "+0701234567", "00", "+", "", "-()",
        "tel:+46701234567", "+46 70 123 45 6O", "+1234567890123456", "+12345",
        "0701234567 0701234568");
    CHECK(e164(text) == "-");
}

TEST_CASE("a number of another country is taken with + only", "[phone]") {
    CHECK(e164("+49 30 901820") == "+4930901820");
    CHECK(e164("0044 20 7946 0018") == "+442079460018");
    CHECK(e164("020 7946 0018") == "-");
    CHECK(e164("20 12 34 56", Region::dk) == "+4520123456");
    CHECK(e164("20 12 34 56", Region::se) == "-");
    CHECK(e164("+45 20 12 34 56", Region::se) == "+4520123456");
}

TEST_CASE("the kind of a number says whether a text message may reach it", "[phone][C15]") {
    CHECK(is_mobile(base::Phone{"+46701740605"}));
    CHECK(may_receive_sms(base::Phone{"+4520123456"}));
    CHECK_FALSE(is_mobile(base::Phone{"+468123456"}));
    CHECK_FALSE(may_receive_sms(base::Phone{"+468123456"}));
    CHECK(phone_kind(base::Phone{"+442079460018"}) == PhoneKind::foreign);
    CHECK(may_receive_sms(base::Phone{"+442079460018"}));
    CHECK(phone_kind(base::Phone{}) == PhoneKind::foreign);
}

TEST_CASE("a masked number shows its country and its end", "[phone]") {
    CHECK(mask_phone(base::Phone{"+46701234567"}) == "+46 *** *** 67");
    CHECK(mask_phone(base::Phone{"+442079460018"}) == "+ *** *** 18");
    CHECK(mask_phone(base::Phone{}) == "***");
}

TEST_CASE("the country of a number is the one code that it begins with", "[phone][L9]") {
    using portal::domain::calling_code;
    CHECK(calling_code(portal::base::Phone{"+46701740605"}) == "46");
    CHECK(calling_code(portal::base::Phone{"+4520123456"}) == "45");
    CHECK(calling_code(portal::base::Phone{"+12025550123"}) == "1");
    CHECK(calling_code(portal::base::Phone{"+79161234567"}) == "7");
    CHECK(calling_code(portal::base::Phone{"+358401234567"}) == "358");
    CHECK(calling_code(portal::base::Phone{""}).empty());
}

TEST_CASE("an error about a phone number does not repeat it", "[phone][personal]") {
    const auto parsed = parse_phone("0709999", Region::se);
    REQUIRE_FALSE(parsed);
    CHECK(base::describe(parsed.error()).find("9999") == std::string::npos);
}

TEST_CASE("Nordic numbers are judged as the reference library judges them", "[phone][L11]") {
    std::ifstream file{"tests/golden/phones.tsv"};
    REQUIRE(file);
    std::string line;
    std::size_t count = 0;
    while (std::getline(file, line)) {
        if (line.starts_with('#')) continue;
        const auto cells = base::split(line, '\t');
        REQUIRE(cells.size() == 4);
        INFO(line);
        const auto parsed = parse_phone(cells[0], region_of(cells[1]));
        CHECK((parsed ? parsed->reveal() : "-") == cells[2]);
        if (parsed) CHECK(kind_name(phone_kind(*parsed)) == cells[3]);
        ++count;
    }
    CHECK(count > 3000);
}
