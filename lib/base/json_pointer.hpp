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
/// The true or false at `pointer`; none as above.
std::optional<bool> json_bool_at(std::string_view json, std::string_view pointer);
/// Whether an object stands at `pointer` ("": the whole is one).
bool is_json_object_at(std::string_view json, std::string_view pointer);

}  // namespace portal::base
