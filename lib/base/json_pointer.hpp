// Reads one value out of JSON whose shape is not ours: another service's answer.
// Thread rule: pure. Source: RFC 6901.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portal::base {

/// The text or whole number at `pointer` ("/messages/0/id"); none where the JSON is malformed or
/// nothing of that kind is there.
std::optional<std::string> json_text_at(std::string_view json, std::string_view pointer);

}  // namespace portal::base
