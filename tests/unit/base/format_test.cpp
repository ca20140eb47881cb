#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "base/zone.hpp"
#include "catch.hpp"

using namespace portal::base;

namespace {

std::string number(std::int64_t value, std::size_t width) {
    std::string out;
    append_number(out, value, width);
    return out;
}

std::string json_text(std::string_view text) {
    std::string out;
    write_json_text(out, text);
    return out;
}

}  // namespace

TEST_CASE("a number gets zeros in front, and is never cut") {
    CHECK(number(7, 2) == "07");
    CHECK(number(0, 3) == "000");
    CHECK(number(12345, 2) == "12345");
    CHECK(number(INT64_MAX, 0) == "9223372036854775807");
}

TEST_CASE("a moment is written in UTC, with milliseconds only where it has some") {
    CHECK(format_instant(from_ms(0)) == "1970-01-01T00:00:00Z");
    CHECK(format_instant(from_ms(1'795'298'618'000)) == "2026-11-21T22:03:38Z");
    CHECK(format_instant(from_ms(1'795'298'618'007)) == "2026-11-21T22:03:38.007Z");
    CHECK(format_instant(from_ms(-1)) == "1969-12-31T23:59:59.999Z");
    CHECK(format_minute(0) == "00:00");
    CHECK(format_minute(24 * 60) == "24:00");
}

TEST_CASE("JSON text escapes quotes, backslashes and control characters, and nothing else") {
    CHECK(json_text("") == "\"\"");
    CHECK(json_text("Åsa/é") == "\"Åsa/é\"");
    CHECK(json_text("\"a\\b\"") == R"("\"a\\b\"")");
    CHECK(json_text("a\nb\r\tc") == R"("a\nb\r\tc")");
    CHECK(json_text(std::string_view{"\x01\x1f\0", 3}) == R"("\u0001\u001f\u0000")");
}
