#include "base/name.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace portal::base {
namespace {

constexpr std::size_t kMaxHost = 253;
constexpr std::size_t kMaxLabel = 63;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_letter(char c) {
    return is_small(c) || (c >= 'A' && c <= 'Z');
}
bool are_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_digit);
}

bool is_label(std::string_view text) {
    const auto fits = [](char c) { return is_small(c) || is_digit(c) || c == '-'; };
    return !text.empty() && text.size() <= kMaxLabel && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(), fits);
}

}  // namespace

bool is_host_name(std::string_view text) {
    const auto labels = split(text, '.');
    return text.size() <= kMaxHost && std::all_of(labels.begin(), labels.end(), is_label);
}

bool is_public_host_name(std::string_view text) {
    const auto last_dot = text.rfind('.');
    return last_dot != std::string_view::npos && is_host_name(text) &&
           !are_digits(text.substr(last_dot + 1));
}

bool is_sms_sender(std::string_view text) {
    constexpr std::size_t kMaxName = 11;
    constexpr std::size_t kMaxDigits = 15;
    if (text.starts_with('+'))
        return text.size() >= 3 && text.size() <= kMaxDigits + 1 && text[1] != '0' &&
               are_digits(text.substr(1));
    const bool letters = std::any_of(text.begin(), text.end(), is_letter);
    const bool fit = std::all_of(text.begin(), text.end(),
                                 [](char c) { return is_letter(c) || is_digit(c) || c == ' '; });
    return letters && fit && text.size() <= kMaxName && text.front() != ' ' && text.back() != ' ';
}

}  // namespace portal::base
