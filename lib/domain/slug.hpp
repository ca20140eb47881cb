// A clinic's short name in addresses: a DNS label. Errors: `invalid`. Pure; any thread.
// Source: RFC 1123 2.1, RFC 5891 4.2.3.1 (no "--" in third place); K5, G8.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace portal::domain {

/// From an organisation's name: å ä -> a, ö ø -> o, æ -> ae, é -> e, the rest to hyphens; at most
/// 40 characters. Empty when nothing is left; the caller still asks check_slug.
std::string make_slug(std::string_view organisation);

/// a-z 0-9 and hyphen, 2 to 40 characters, begins with a letter, ends with a letter or digit, not
/// reserved (www, admin, mail, ...).
base::Status check_slug(std::string_view slug);

}  // namespace portal::domain
