#include "base/json_pointer.hpp"

#include <boost/json.hpp>

namespace portal::base {
namespace {

/// None where there is nothing; `use` gives none for a value of another kind.
template <class Use>
auto at(std::string_view json, std::string_view pointer, Use use)
    -> decltype(use(boost::json::value{})) {
    boost::json::error_code error;
    const auto document = boost::json::parse(json, error);
    if (error) return {};
    const auto* value = document.find_pointer(pointer, error);
    if (value == nullptr) return {};
    return use(*value);
}

}  // namespace

std::optional<std::string> json_text_at(std::string_view json, std::string_view pointer) {
    return at(json, pointer, [](const boost::json::value& value) -> std::optional<std::string> {
        if (const auto* text = value.if_string()) return std::string{text->begin(), text->end()};
        if (value.is_int64() || value.is_uint64()) return boost::json::serialize(value);
        return std::nullopt;
    });
}

std::optional<bool> json_bool_at(std::string_view json, std::string_view pointer) {
    return at(json, pointer, [](const boost::json::value& value) -> std::optional<bool> {
        if (const auto* truth = value.if_bool()) return *truth;
        return std::nullopt;
    });
}

bool is_json_object_at(std::string_view json, std::string_view pointer) {
    return at(json, pointer, [](const boost::json::value& value) { return value.is_object(); });
}

}  // namespace portal::base
