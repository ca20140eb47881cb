// The name that a person types to log in, where the clinic's policy says so.
// Errors: `invalid`, never with the name in it. Pure; any thread. Source: K31, R13.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace portal::domain {

/// Trims. 3 to 60 characters without white space, controls and @, at least one of them a letter of
/// ASCII or beyond it, so that it is never taken for an address or a personal number.
base::Result<std::string> parse_login_name(std::string_view text);

}  // namespace portal::domain
