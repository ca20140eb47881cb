// What a browser calls itself, in two words that a person knows again: "Firefox on Windows".
// Pure; any thread. Source: ASVS 7.5.2 (people see where they are logged in).
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace portal::text {

/// Of a User-Agent header; what is not known is left out: "Firefox", "Windows" or "". Holds
/// nothing of the header but words of our own lists.
std::string device_label(std::string_view user_agent);
/// The browser and the system of a label; either may be empty.
std::pair<std::string, std::string> split_device_label(std::string_view label);

}  // namespace portal::text
