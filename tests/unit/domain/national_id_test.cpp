#include "domain/national_id.hpp"

#include <fstream>

#include "base/encoding.hpp"
#include "catch.hpp"

using namespace portal;
using namespace portal::domain;

namespace {

base::LocalDay day(std::string_view text) {
    return *base::parse_day(text);
}
const base::LocalDay kToday = day("2026-11-21");

std::string canonical(std::string_view text, Country country = Country::se) {
    const auto parsed = parse_national_id(text, country, kToday);
    return parsed ? parsed->canonical.reveal() : "refused";
}

}  // namespace

TEST_CASE("a Swedish number is one person in every accepted writing", "[national-id][C15][C19]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"19121212-1212", "191212121212"},
        {"191212121212", "191212121212"},
        {"19121212+1212", "191212121212"},
        {"121212+1212", "191212121212"},
        {" 19121212-1212 ", "191212121212"},
        {"19121212 1212", "191212121212"},
        {"811218-9876", "198112189876"},
        {"8112189876", "198112189876"},
        {"19811218-9876", "198112189876"},
        {"640823-3234", "196408233234"},
        {"19900101-0017", "199001010017"},
        {"880320-0016", "198803200016"},
        {"090527+1474", "190905271474"},
        {"19090527-1474", "190905271474"},
        {"20000229-2399", "200002292399"},
    }));
    CHECK(canonical(text) == expected);
}

TEST_CASE("ten digits without + mean the latest century", "[national-id]") {
    CHECK(canonical("121212-1212") == "201212121212");
    CHECK(canonical("1212121212") == "201212121212");
    CHECK(parse_national_id("121212-1212", Country::se, day("2011-05-01"))->canonical.reveal() ==
          "191212121212");
    CHECK(parse_national_id("121212+1212", Country::se, day("2012-12-31"))->canonical.reveal() ==
          "191212121212");
}

TEST_CASE("a Swedish number with a fault is refused", "[national-id][C15]") {
    const auto text = GENERATE(
        as<std::string>{}, "880320-0018", "20150916-0006", "19700428-9895",
        "19600430-9886",                   // check digit
        "19420566-9899", "19721086-9924",  // coordination number
        "20000101-T220", "000101-T220",    // interim number
        "19700230-1234", "19701301-1234", "19700192-1234", "19700100-1234", "19700160-1234",
        "20010229-2398",                 // no leap year
        "20991218-9870", "261122-0001",  // yet to come
        "17991231-0000", "00000000-0000", "", "-", "1912-12121212", "191212-121212",
        "19121212--1212", "19121212-12121", "1912121-21212", "19121212-121", "9121212-1212",
        "+191212121212", "19121212-121a", "１９１２１２１２-１２１２", "١٩١٢١٢١٢-١٢١٢",
        "19121212\xe2\x80\x93"
        "1212",
        "\xe2\x80\x8e"
        "19121212-1212",
        "19121212-1212\n19121212-1212", "0x191212121212");
    CHECK(canonical(text) == "refused");
}

TEST_CASE("a coordination number is told apart and has its real birth date", "[national-id]") {
    const auto parsed = parse_national_id("19730288-9931", Country::se, kToday);
    REQUIRE(parsed);
    CHECK(parsed->kind == NationalIdKind::coordination);
    CHECK(parsed->canonical.reveal() == "197302889931");
    CHECK(parsed->birth_date == day("1973-02-28"));
    CHECK(parse_national_id("20210791-9967", Country::se, kToday)->kind ==
          NationalIdKind::coordination);
    CHECK(parse_national_id("811218-9876", Country::se, kToday)->kind ==
          NationalIdKind::personnummer);
}

TEST_CASE("a CPR number needs no modulus 11", "[national-id]") {
    const auto [text, birth] = GENERATE(table<std::string, std::string>({
        {"070761-4285", "19610707"},
        {"0707614287", "19610707"},
        {"010203-6234", "20030201"},
        {"010392-2852", "19920301"},
        {"211062-5629", "18621021"},
        {"211062-0629", "19621021"},
        {"251248-4916", "19481225"},
        {"210127-0087", "19270121"},
        {"110774 4882", "19740711"},
    }));
    const auto parsed = parse_national_id(text, Country::dk, kToday);
    REQUIRE(parsed);
    CHECK(parsed->kind == NationalIdKind::cpr);
    CHECK(parsed->canonical.reveal().size() == 10);
    const std::chrono::year_month_day date{parsed->birth_date};
    CHECK(static_cast<int>(date.year()) == std::stoi(birth.substr(0, 4)));
    CHECK(static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day()) ==
          static_cast<unsigned>(std::stoi(birth.substr(4))));
}

TEST_CASE("a CPR number without a date that was is refused", "[national-id]") {
    const auto text =
        GENERATE(as<std::string>{}, "511062-5629", "310299-1234", "320170-1234", "290201-1234",
                 "010127-4000", "070761+4285", "07071961-4285", "070761-428", "0707-614285",
                 "070761-428a", "０７０７６１-４２８５", "");
    CHECK(canonical(text, Country::dk) == "refused");
}

TEST_CASE("an error about a national id does not repeat it", "[national-id][personal]") {
    for (const auto country : {Country::se, Country::dk}) {
        const auto parsed = parse_national_id("19811218-9875", country, kToday);
        REQUIRE_FALSE(parsed);
        CHECK(base::describe(parsed.error()).find("9875") == std::string::npos);
    }
}

TEST_CASE("a masked national id keeps the birth date and hides the rest", "[national-id]") {
    CHECK(mask_national_id(base::NationalId{"198112189876"}) == "19811218-****");
    CHECK(mask_national_id(base::NationalId{"0707614285"}) == "070761-****");
    CHECK(mask_national_id(base::NationalId{"x"}) == "****");
}

TEST_CASE("Swedish numbers are judged as the reference library judges them", "[national-id]") {
    std::ifstream file{"tests/golden/personnummer.tsv"};
    REQUIRE(file);
    std::string line;
    std::size_t count = 0;
    while (std::getline(file, line)) {
        if (line.starts_with('#')) continue;
        const auto cells = base::split(line, '\t');
        REQUIRE(cells.size() == 2);
        INFO(line);
        CHECK(canonical(cells[0]) == (cells[1] == "-" ? "refused" : std::string{cells[1]}));
        ++count;
    }
    CHECK(count > 2000);
}
