// Addresses that people put www. in front of. Source: K6.
#pragma once

#include <optional>

#include "daemon/http/message.hpp"
#include "service/session.hpp"

namespace portal::web {

/// 308 to the same page at the clinic's own host; none where the host is no clinic's with www.
/// before it, or where something was sent that a redirect would send elsewhere.
std::optional<http::Response> leave_www(const service::Services& services,
                                        const http::Request& request);

}  // namespace portal::web
