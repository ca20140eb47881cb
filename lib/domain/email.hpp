// E-mail addresses: the syntax that is accepted, and the form by which they are unique.
// Errors: `invalid`, never with the address in it. Pure; any thread.
// Source: RFC 5321 4.1.2 and 4.5.3.1 (dot-string only); K31. Not RFC 6531: mail goes
// out without SMTPUTF8, so a local part beyond ASCII could never be written to.
#pragma once

#include <string>
#include <string_view>

#include "base/personal.hpp"
#include "base/result.hpp"

namespace portal::domain {

/// Trims; refuses quoted local parts, comments, address literals, controls, white space, a
/// local part beyond ASCII and anything over 64 + 1 + 253 bytes. The domain must be ASCII (an IDN
/// in its xn-- form) with at least two labels. The text is kept as written, but for its domain,
/// which is lowered.
base::Result<base::Email> parse_email(std::string_view text);

/// The key of uniqueness: letters lowered.
std::string canonical_email(const base::Email& email);
/// Before the last @.
std::string_view local_part(const base::Email& email);
/// "a***@example.org": what a page shows of the address a code goes to.
std::string mask_email(const base::Email& email);

}  // namespace portal::domain
