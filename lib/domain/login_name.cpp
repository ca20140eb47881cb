#include "domain/login_name.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace portal::domain {
namespace {

using base::N_;

constexpr std::size_t kLeast = 3;
constexpr std::size_t kMost = 60;

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80U;
}
bool is_refused(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '@';
}

}  // namespace

base::Result<std::string> parse_login_name(std::string_view text) {
    const auto name = base::trim(text);
    const auto length = name.size() - static_cast<std::size_t>(
                                          std::count_if(name.begin(), name.end(), is_continuation));
    if (length < kLeast || length > kMost)
        return base::invalid("", N_("A login name has 3 to 60 characters."));
    if (std::any_of(name.begin(), name.end(), is_refused))
        return base::invalid("", N_("A login name has no spaces and no @."));
    if (std::none_of(name.begin(), name.end(), is_letter))
        return base::invalid("", N_("A login name needs a letter."));
    return std::string{name};
}

}  // namespace portal::domain
