#include "domain/national_id.hpp"

#include <array>
#include <chrono>
#include <optional>

#include "base/encoding.hpp"

namespace portal::domain {

using namespace std::chrono;
using base::invalid;
using base::LocalDay;
using base::N_;

namespace {

constexpr std::size_t kMaxText = 40;
constexpr int kFirstYear = 1800;

/// What was typed: the digits, and the separator before the last four ('\0': none).
struct Written {
    std::string digits;
    char separator = '\0';
};

/// Digits with at most one of `separators` before the last four; nothing else.
std::optional<Written> read_written(std::string_view text, std::string_view separators) {
    Written written;
    text = base::trim(text);
    if (text.size() > kMaxText) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= '0' && c <= '9') {
            written.digits += c;
        } else if (separators.find(c) != std::string_view::npos && i + 5 == text.size()) {
            written.separator = c;
        } else {
            return std::nullopt;
        }
    }
    return written;
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

std::optional<LocalDay> make_day(int y, int m, int d) {
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                              day{static_cast<unsigned>(d)}};
    if (!date.ok()) return std::nullopt;
    return LocalDay{date};
}

base::Error no_such_date() {
    return invalid("", N_("The date in the personal number does not exist."));
}

/// The year that two digits mean: the latest not after `now`, and a century less after '+'.
int full_year(int two_digits, char separator, int now) {
    int full = now - now % 100 + two_digits;
    if (full > now) full -= 100;
    return separator == '+' ? full - 100 : full;
}

/// Luhn over the last ten digits, weights 2 1 2 1 ...
bool has_check_digit(std::string_view ten) {
    int sum = 0;
    for (std::size_t i = 0; i < ten.size(); ++i) {
        const int product = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += product / 10 + product % 10;
    }
    return sum % 10 == 0;
}

base::Result<ParsedNationalId> parse_swedish(std::string_view text, LocalDay today) {
    auto written = read_written(text, "-+ ");
    if (!written || (written->digits.size() != 10 && written->digits.size() != 12))
        return invalid("", N_("Write the personal number with 10 or 12 digits, like "
                              "19811218-9876."));
    auto& digits = written->digits;
    if (digits.size() == 10) {
        const int now = static_cast<int>(year_month_day{today}.year());
        const int full = full_year(number(digits.substr(0, 2)), written->separator, now);
        digits.insert(0, std::to_string(full / 100));
    }
    const int year = number(std::string_view{digits}.substr(0, 4));
    const int month = number(std::string_view{digits}.substr(4, 2));
    const int written_day = number(std::string_view{digits}.substr(6, 2));
    const bool coordination = written_day > 60;
    const auto birth = make_day(year, month, coordination ? written_day - 60 : written_day);
    if (!birth || year < kFirstYear) return no_such_date();
    if (*birth > today) return invalid("", N_("The personal number is of a day to come."));
    const bool no_serial = std::string_view{digits}.substr(8, 3) == "000";  // never given out
    if (no_serial || !has_check_digit(std::string_view{digits}.substr(2)))
        return invalid(
            "", N_("The last four digits of the personal number do not fit the date. Look for "
                   "a mistyped digit."));
    return ParsedNationalId{
        Country::se, coordination ? NationalIdKind::coordination : NationalIdKind::personnummer,
        base::NationalId{std::move(digits)}, *birth};
}

/// By the seventh digit and the year's two.
int danish_century(int seventh, int two_digits) {
    if (seventh <= 3) return 1900;
    if (seventh == 4 || seventh == 9) return two_digits <= 36 ? 2000 : 1900;
    return two_digits <= 57 ? 2000 : 1800;
}

base::Result<ParsedNationalId> parse_danish(std::string_view text, LocalDay today) {
    auto written = read_written(text, "- ");
    if (!written || written->digits.size() != 10)
        return invalid("", N_("Write the CPR number with 10 digits, like 070761-4285."));
    const std::string_view digits = written->digits;
    const int two_digits = number(digits.substr(4, 2));
    const int year = danish_century(digits[6] - '0', two_digits) + two_digits;
    const auto birth = make_day(year, number(digits.substr(2, 2)), number(digits.substr(0, 2)));
    if (!birth) return no_such_date();
    if (*birth > today) return invalid("", N_("The personal number is of a day to come."));
    return ParsedNationalId{Country::dk, NationalIdKind::cpr,
                            base::NationalId{std::move(written->digits)}, *birth};
}

}  // namespace

base::Result<ParsedNationalId> parse_national_id(std::string_view text, Country country,
                                                 LocalDay today) {
    return country == Country::se ? parse_swedish(text, today) : parse_danish(text, today);
}

std::string mask_national_id(const base::NationalId& canonical) {
    const auto& digits = canonical.reveal();
    if (digits.size() == 12) return digits.substr(0, 8) + "-****";
    if (digits.size() == 10) return digits.substr(0, 6) + "-****";
    return "****";
}

}  // namespace portal::domain
