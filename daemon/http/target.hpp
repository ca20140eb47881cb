// The request target and the Host field, into what handlers may trust. Pure; fuzzable.
// Caller: the connection. Source: RFC 9112 section 3.2; hostile inputs 1, 13, 21.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "daemon/http/message.hpp"

namespace portal::http {

/// Fills path, query, host and authority from the target in origin-form or absolute-form (whose
/// authority must then equal the Host field's). `hosts` are the values of all Host fields.
/// Returns 0, or the status to answer: 400 malformed, 404 a path that no file system or router
/// should see (dot or empty segments, encoded slash, backslash, control, overlong UTF-8).
int parse_target(std::string_view target, const std::vector<std::string_view>& hosts,
                 Request& request);

/// "Demo.Example:8080" -> "demo.example"; none where it is not a host name or address with an
/// optional port.
std::optional<std::string> host_of_authority(std::string_view authority);

}  // namespace portal::http
