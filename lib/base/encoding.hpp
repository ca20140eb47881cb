// Bytes as text (RFC 4648) and the checks on text that strangers send. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portal::base {

using Bytes = std::vector<std::uint8_t>;

std::string format_hex(std::span<const std::uint8_t> bytes);
std::optional<Bytes> parse_hex(std::string_view text);
/// base64url without padding.
std::string format_base64url(std::span<const std::uint8_t> bytes);
std::optional<Bytes> parse_base64url(std::string_view text);
/// base64 with padding, in lines of `line` characters ended by CRLF; 0: one line.
std::string format_base64(std::span<const std::uint8_t> bytes, std::size_t line = 0);

std::span<const std::uint8_t> as_bytes(std::string_view text);
std::string_view as_text(std::span<const std::uint8_t> bytes);

/// Decimal digits, with zeros in front up to `width`.
void append_number(std::string& out, std::int64_t value, std::size_t width);

/// One character of UTF-8, and how many bytes it takes; 0: malformed.
struct CodePoint {
    char32_t value;
    std::size_t length;
};
/// The first character of `text`, which is not empty.
CodePoint next_code_point(std::string_view text);

/// Well-formed UTF-8 (no overlong form, no surrogate, at most U+10FFFF).
bool is_utf8(std::string_view text);
/// Code points; `text` must be UTF-8.
std::size_t count_characters(std::string_view text);
/// True where a C0/C1 control, U+2028/2029, a bidirectional override or NUL stands; LF, CR and TAB
/// pass only when `multiline`.
bool has_control(std::string_view text, bool multiline);
/// Without white space at both ends.
std::string_view trim(std::string_view text);
/// ASCII only; other bytes stay.
std::string lower_ascii(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace portal::base
