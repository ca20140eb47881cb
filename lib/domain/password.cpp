#include "domain/password.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.hpp"

namespace portal::domain {
namespace {

constexpr auto kCommon = std::to_array<std::uint64_t>({
#include "domain/common_passwords.inc"
});
constexpr std::size_t kLeastName = 4;
constexpr std::size_t kLeastWord = 4;
constexpr std::size_t kLeastDistinct = 5;

std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * std::uint64_t{0x100000001b3U};
    return hash;
}

bool is_listed(std::string_view text) {
    return std::binary_search(kCommon.begin(), kCommon.end(), fnv1a(text));
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// ASCII and the letters of Latin-1 (Å, Ö, Ø ...) in lower case; `text` is UTF-8 in NFC.
std::string lower(std::string_view text) {
    auto out = base::lower_ascii(text);
    for (std::size_t i = 1; i < out.size(); ++i) {
        const auto byte = static_cast<unsigned char>(out[i]);
        const bool capital = out[i - 1] == '\xc3' && byte >= 0x80 && byte <= 0x9e && byte != 0x97;
        if (capital) out[i] = static_cast<char>(byte + 0x20);
    }
    return out;
}

/// Without the digits and signs at both ends: "123sommar2026!" is "sommar".
std::string_view word_inside(std::string_view text) {
    while (!text.empty() && !is_letter(text.front())) text.remove_prefix(1);
    while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
    return text;
}

/// Signs that stand for letters, as in p@55w0rd.
std::string without_disguise(std::string_view text) {
    constexpr std::string_view kFrom = "01345789@$!";
    constexpr std::string_view kTo = "oieastbgasi";
    std::string out{text};
    for (auto& c : out)
        if (const auto at = kFrom.find(c); at != std::string_view::npos) c = kTo[at];
    return out;
}

/// The shortest piece that, again and again, makes the text (its last time perhaps cut).
std::string_view repeated_piece(std::string_view text) {
    for (std::size_t size = 1; size * 2 <= text.size(); ++size)
        if (text.substr(size) == text.substr(0, text.size() - size)) return text.substr(0, size);
    return text;
}

bool is_common_word(std::string_view text) {
    const auto piece = repeated_piece(text);
    if (piece.size() < kLeastWord) return piece.size() < text.size();
    return is_listed(piece) || is_listed(text);
}

/// Beside each other in the alphabet, among the digits, or on the keyboard; or the same.
bool are_neighbours(char a, char b) {
    constexpr auto kRows = std::to_array<std::string_view>(
        {"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"});
    if (a == b) return true;
    return std::any_of(kRows.begin(), kRows.end(), [&](std::string_view row) {
        for (std::size_t i = 1; i < row.size(); ++i)
            if ((row[i - 1] == a && row[i] == b) || (row[i - 1] == b && row[i] == a)) return true;
        return false;
    });
}

/// Three of four steps go to a neighbour.
bool is_row(std::string_view text) {
    std::size_t jumps = 0;
    for (std::size_t i = 1; i < text.size(); ++i)
        if (!are_neighbours(text[i - 1], text[i])) ++jumps;
    return jumps * 4 <= text.size();
}

bool has_few_characters(std::string text) {
    std::sort(text.begin(), text.end());
    const auto distinct = std::unique(text.begin(), text.end()) - text.begin();
    return static_cast<std::size_t>(distinct) < kLeastDistinct;
}

}  // namespace

bool is_common_password(std::string_view password) {
    const auto lowered = lower(password);
    if (is_listed(lowered) || has_few_characters(lowered) || is_row(lowered)) return true;
    if (repeated_piece(lowered).size() <= kLeastWord) return true;
    if (std::all_of(lowered.begin(), lowered.end(), is_digit))
        return repeated_piece(lowered).size() < lowered.size();
    const auto word = word_inside(lowered);
    return is_common_word(word) || is_common_word(word_inside(without_disguise(word)));
}

base::Status check_password(const base::Secret& password,
                            std::span<const std::string_view> own_names) {
    using base::N_;
    const auto bad = [](const char* sentence, std::vector<std::string> args = {}) {
        return base::invalid("password", sentence, std::move(args));
    };
    const std::string_view text = password.reveal();
    if (base::has_control(text, false))
        return bad(N_("The password holds a character that cannot be typed."));
    const auto length = base::count_characters(text);
    if (length < kMinPassword)
        return bad(N_("Use at least {1} characters, for example a few words."),
                   {std::to_string(kMinPassword)});
    if (length > kMaxPassword)
        return bad(N_("Use at most {1} characters."), {std::to_string(kMaxPassword)});
    const auto lowered = lower(text);
    for (const auto name : own_names)
        if (name.size() >= kLeastName && lowered.find(lower(name)) != std::string::npos)
            return bad(N_("The password holds your own name or address. Choose another."));
    if (is_common_password(text))
        return bad(N_("Many people use this password or one much like it. Choose another."));
    return {};
}

}  // namespace portal::domain
