// Finds the end of a request's head in the raw bytes and refuses what the parser behind it would
// let pass: bare LF or CR, NUL and other controls, folded lines, too long or too many lines.
// Caller: the connection, as bytes arrive. Pure; fuzzable. Thread rule: a value of one connection.
// Source: RFC 9112 sections 2.2 and 5.2; hostile inputs 9 to 11.
#pragma once

#include <cstddef>
#include <string_view>

namespace portal::http {

inline constexpr std::size_t kMaxHead = 16 * 1024;        // 431
inline constexpr std::size_t kMaxRequestLine = 8 * 1024;  // 414
inline constexpr std::size_t kMaxHeaderLines = 100;       // 431

class HeadScanner {
  public:
    /// `bytes` is all that arrived so far of this head; only the new ones are looked at.
    /// Returns 0, or the status to answer.
    int scan(std::string_view bytes);
    /// Length of the head with its empty line; 0 while it is not complete.
    [[nodiscard]] std::size_t head_length() const { return length_; }
    /// Empty lines before the request line, which count into head_length() and are skipped.
    [[nodiscard]] std::size_t skip() const { return skip_; }

  private:
    int end_line();
    [[nodiscard]] int check_character(char c) const;

    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    std::size_t lines_ = 0;  // complete ones, the request line first
    std::size_t skip_ = 0;
    std::size_t length_ = 0;
    bool after_cr_ = false;
};

}  // namespace portal::http
