// Accept-Language (RFC 9110 section 12.5.4), bounded. Pure. Source: hostile input 19.
#pragma once

#include <span>
#include <string_view>

namespace portal::http {

/// The supported tag ("sv", "da", "en") that the header likes best, by primary subtag; the first
/// supported one when none fits or the header is malformed, or longer than 1 KiB. `supported` must
/// not be empty.
std::string_view preferred_language(std::string_view header,
                                    std::span<const std::string_view> supported);

}  // namespace portal::http
