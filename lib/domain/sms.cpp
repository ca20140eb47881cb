#include "domain/sms.hpp"

#include <algorithm>
#include <array>

#include "base/encoding.hpp"

namespace portal::domain {
namespace {

// What is not an ASCII letter or digit in the basic alphabet (TS 23.038, table 6.2.1).
constexpr std::u32string_view kBasic =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
constexpr std::u32string_view kExtension = U"^{}[~]\\|€\f";

struct Limits {
    std::size_t single;
    std::size_t part;
};
constexpr Limits kGsm7{160, 153};
constexpr Limits kUcs2{70, 67};

/// Septets of a character; 0 where the alphabet lacks it.
std::size_t septets(char32_t c) {
    const bool plain = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
                       (c >= U'0' && c <= U'9') || kBasic.find(c) != std::u32string_view::npos;
    if (plain) return 1;
    return kExtension.find(c) != std::u32string_view::npos ? 2 : 0;
}

std::size_t code_units(char32_t c) {
    return c > 0xffff ? 2 : 1;
}

/// Counts the text by `width`, filling each part as far as whole characters go.
template <class Width>
SmsSize measure(std::string_view text, SmsEncoding encoding, const Limits& limits, Width width) {
    std::size_t units = 0;
    std::size_t parts = 0;
    std::size_t left = 0;
    while (!text.empty()) {
        const auto [value, length] = base::next_code_point(text);
        text.remove_prefix(std::max<std::size_t>(length, 1));
        const auto size = width(value);
        units += size;
        if (left < size) {
            ++parts;
            left = limits.part;
        }
        left -= size;
    }
    if (units > 0 && units <= limits.single) parts = 1;
    return {encoding, units, parts};
}

bool is_gsm7(std::string_view text) {
    while (!text.empty()) {
        const auto [value, length] = base::next_code_point(text);
        if (length == 0 || septets(value) == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

struct Plain {
    std::string_view from;
    std::string_view to;
};
constexpr auto kPlain = std::to_array<Plain>(
    {{"\u2018", "'"},  {"\u2019", "'"},  {"\u201a", "'"},  {"\u2032", "'"},  {"\u00b4", "'"},
     {"`", "'"},       {"\u201c", "\""}, {"\u201d", "\""}, {"\u201e", "\""}, {"\u2033", "\""},
     {"\u00ab", "\""}, {"\u00bb", "\""}, {"\u2010", "-"},  {"\u2011", "-"},  {"\u2012", "-"},
     {"\u2013", "-"},  {"\u2014", "-"},  {"\u2015", "-"},  {"\u2212", "-"},  {"\u2026", "..."},
     {"\u00a0", " "},  {"\u2002", " "},  {"\u2003", " "},  {"\u2009", " "},  {"\u200a", " "},
     {"\u202f", " "},  {"\u3000", " "},  {"\t", " "},      {"\u2022", "-"},  {"\u00b7", "-"},
     {"\u00d7", "x"},  {"\u200b", ""},   {"\u00ad", ""},   {"\u2060", ""},   {"\ufeff", ""}});

}  // namespace

SmsSize sms_size(std::string_view text) {
    if (is_gsm7(text)) return measure(text, SmsEncoding::gsm7, kGsm7, septets);
    return measure(text, SmsEncoding::ucs2, kUcs2, code_units);
}

std::string simplify_sms(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto* found = std::find_if(kPlain.begin(), kPlain.end(), [&](const Plain& plain) {
            return text.starts_with(plain.from);
        });
        if (found != kPlain.end()) {
            out += found->to;
            text.remove_prefix(found->from.size());
        } else {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace portal::domain
