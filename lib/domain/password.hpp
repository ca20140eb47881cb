// Which passwords are good enough: 12 to 128 characters, no composition rules, not common, not
// made of the person's own names. Errors: `invalid`, never with the password in it. Pure; any
// thread. Source: NIST SP 800-63B 5.1.1.2; docs/architecture.md "Passwords".
#pragma once

#include <span>
#include <string_view>

#include "base/personal.hpp"
#include "base/result.hpp"

namespace portal::domain {

inline constexpr std::size_t kMinPassword = 12;
inline constexpr std::size_t kMaxPassword = 128;

/// `password` is UTF-8 in NFC (text::nfc). `own_names`: login name, local part of the e-mail,
/// the clinic's name; those of fewer than four letters are not asked for.
base::Status check_password(const base::Secret& password,
                            std::span<const std::string_view> own_names);

/// In the shipped list, or a listed word with digits and signs around it, or one short piece
/// again and again, or a row of neighbours (abcdef..., 123456..., qwerty...).
bool is_common_password(std::string_view password);

}  // namespace portal::domain
