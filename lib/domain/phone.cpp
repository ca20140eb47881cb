#include "domain/phone.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <tuple>

#include "base/encoding.hpp"

namespace portal::domain {
namespace {

/// National numbers of one length and kind, all in use from `first` to `last`.
struct Range {
    int code;
    std::size_t length;
    std::uint64_t first;
    std::uint64_t last;
    PhoneKind kind;
};
constexpr auto kRanges = std::to_array<Range>({
#include "domain/phone_table.inc"
});

struct Plan {
    Region region;
    std::string_view code;
    bool trunk_zero;  // national numbers are written with a 0 in front
};
constexpr auto kPlans = std::to_array<Plan>({{Region::se, "46", true},
                                             {Region::dk, "45", false},
                                             {Region::no, "47", false},
                                             {Region::fi, "358", true}});
/// World-wide codes of satellites, freephone and premium services (ITU-T E.164 annex A).
constexpr auto kServiceCodes = std::to_array<std::string_view>(
    {"800", "808", "870", "878", "881", "882", "883", "888", "979"});

constexpr std::size_t kMaxText = 40;
constexpr std::size_t kMinForeign = 7;
constexpr std::size_t kMaxDigits = 15;

std::uint64_t number(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
    return value;
}

std::optional<PhoneKind> find_kind(const Plan& plan, std::string_view national) {
    if (national.empty() || national.size() > kMaxDigits) return std::nullopt;
    const auto key =
        std::tuple{static_cast<int>(number(plan.code)), national.size(), number(national)};
    const auto* after = std::upper_bound(
        kRanges.begin(), kRanges.end(), key, [](const auto& wanted, const Range& range) {
            return wanted < std::tuple{range.code, range.length, range.first};
        });
    if (after == kRanges.begin()) return std::nullopt;
    const auto& range = *(after - 1);
    const bool inside = range.code == std::get<0>(key) && range.length == std::get<1>(key) &&
                        std::get<2>(key) <= range.last;
    return inside ? std::optional{range.kind} : std::nullopt;
}

/// E.164 of a number that `plan` knows, written with or without its leading zero.
std::optional<std::string> from_national(const Plan& plan, std::string_view digits) {
    if (plan.trunk_zero && digits.starts_with('0')) digits.remove_prefix(1);
    if (!find_kind(plan, digits)) return std::nullopt;
    return '+' + std::string{plan.code} + std::string{digits};
}

/// E.164 of what follows + or 00.
std::optional<std::string> from_international(std::string_view digits) {
    for (const auto& plan : kPlans)
        if (digits.starts_with(plan.code))
            return from_national(plan, digits.substr(plan.code.size()));
    for (const auto code : kServiceCodes)
        if (digits.starts_with(code)) return std::nullopt;
    if (digits.size() < kMinForeign || digits.size() > kMaxDigits || digits.front() == '0')
        return std::nullopt;
    return '+' + std::string{digits};
}

struct Written {
    std::string digits;
    bool international = false;
};

/// The digits, where nothing but the usual signs stands between them and + only in front.
std::optional<Written> read_written(std::string_view text) {
    Written written;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            written.digits += c;
        } else if (c == '+') {
            if (written.international || !written.digits.empty()) return std::nullopt;
            written.international = true;
        } else if (std::string_view{" -./()"}.find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    if (!written.international && written.digits.starts_with("00")) {
        written.digits.erase(0, 2);
        written.international = true;
    }
    return written;
}

const Plan& plan_of(Region region) {
    return *std::find_if(kPlans.begin(), kPlans.end(),
                         [&](const Plan& plan) { return plan.region == region; });
}

std::optional<std::string> to_e164(const Written& written, Region default_region) {
    if (written.international) return from_international(written.digits);
    const auto& plan = plan_of(default_region);
    if (auto e164 = from_national(plan, written.digits)) return e164;
    if (!written.digits.starts_with(plan.code)) return std::nullopt;
    return from_national(plan, std::string_view{written.digits}.substr(plan.code.size()));
}

}  // namespace

base::Result<base::Phone> parse_phone(std::string_view text, Region default_region) {
    text = base::trim(text);
    const auto written = text.size() <= kMaxText ? read_written(text) : std::nullopt;
    auto e164 = written ? to_e164(*written, default_region) : std::nullopt;
    if (!e164)
        return base::invalid("", base::N_("This phone number cannot be used. Write it like "
                                          "070-123 45 67, or with + and the country code."));
    return base::Phone{*std::move(e164)};
}

PhoneKind phone_kind(const base::Phone& e164) {
    const std::string_view text = e164.reveal();
    for (const auto& plan : kPlans)
        if (text.size() > 1 && text.substr(1).starts_with(plan.code))
            return find_kind(plan, text.substr(1 + plan.code.size())).value_or(PhoneKind::other);
    return PhoneKind::foreign;
}

bool may_receive_sms(const base::Phone& e164) {
    const auto kind = phone_kind(e164);
    return kind == PhoneKind::mobile || kind == PhoneKind::foreign;
}

std::string_view calling_code(const base::Phone& e164) {
    // ITU-T E.164 annex D: no code begins with another. All codes of two digits:
    static constexpr std::string_view kTwo =
        " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 "
        "63 "
        "64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
    const std::string_view text{e164.reveal()};
    const auto digits = text.substr(text.starts_with('+') ? 1 : 0);
    if (digits.starts_with('1') || digits.starts_with('7')) return digits.substr(0, 1);
    const auto two = digits.substr(0, 2);
    const bool known = two.size() == 2 && kTwo.find(" " + std::string{two} + " ") != kTwo.npos;
    return digits.substr(0, known ? 2 : 3);
}

std::string mask_phone(const base::Phone& e164) {
    constexpr std::size_t kShown = 2;
    const std::string_view text = e164.reveal();
    if (text.size() < kMinForeign) return "***";
    std::string country{"+"};
    for (const auto& plan : kPlans)
        if (text.substr(1).starts_with(plan.code)) country += plan.code;
    return country + " *** *** " + std::string{text.substr(text.size() - kShown)};
}

}  // namespace portal::domain
