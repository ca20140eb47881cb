#include "base/json_pointer.hpp"

#include <boost/json.hpp>

namespace portal::base {

std::optional<std::string> json_text_at(std::string_view json, std::string_view pointer) {
    boost::json::error_code error;
    const auto document = boost::json::parse(json, error);
    if (error) return std::nullopt;
    const auto* value = document.find_pointer(pointer, error);
    if (value == nullptr) return std::nullopt;
    if (const auto* text = value->if_string()) return std::string{text->begin(), text->end()};
    if (value->is_int64() || value->is_uint64()) return boost::json::serialize(*value);
    return std::nullopt;
}

}  // namespace portal::base
