// Unicode forms of what people type, so that the same word is the same bytes (ICU).
// Thread rule: pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/personal.hpp"
#include "base/result.hpp"

namespace portal::text {

struct NormalPassword {
    base::Secret password;       // NFC
    std::size_t characters = 0;  // code points after NFC
};
/// Source: docs/architecture.md "Passwords"; only text that is not UTF-8 is invalid.
base::Result<NormalPassword> normalise_password(const base::Secret& typed);

/// The key by which e-mail addresses and login names are unique: NFKC, case folded, without white
/// space at the ends (K31). Text that is not UTF-8 is invalid.
base::Result<std::string> fold(std::string_view text);

}  // namespace portal::text
