#include "base/json_document.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "base/json_strict.hpp"

namespace portal::base {

namespace json = boost::json;

struct JsonDocumentBuilder {
    static JsonDocument build(const json::value& from) {
        JsonDocument made;
        switch (from.kind()) {
            case json::kind::null:
                break;
            case json::kind::bool_:
                made.kind_ = JsonDocument::Kind::boolean;
                made.number_ = from.get_bool() ? 1 : 0;
                break;
            case json::kind::string:
                made.kind_ = JsonDocument::Kind::text;
                made.text_.assign(from.get_string().begin(), from.get_string().end());
                break;
            case json::kind::array:
                made.kind_ = JsonDocument::Kind::list;
                for (const auto& item : from.get_array()) made.items_.push_back(build(item));
                break;
            case json::kind::object:
                made.kind_ = JsonDocument::Kind::object;
                for (const auto& [name, value] : from.get_object()) {
                    made.names_.emplace_back(name.data(), name.size());
                    made.items_.push_back(build(value));
                }
                break;
            default:
                give_number(made, from);
        }
        return made;
    }

  private:
    static void give_number(JsonDocument& made, const json::value& from) {
        constexpr double kExact = 9007199254740992.0;  // 2^53
        made.kind_ = JsonDocument::Kind::number;
        if (from.is_int64()) {
            made.number_ = from.get_int64();
            made.whole_ = true;
        } else if (from.is_double() && std::abs(from.get_double()) < kExact &&
                   from.get_double() == std::trunc(from.get_double())) {
            made.number_ = static_cast<std::int64_t>(from.get_double());
            made.whole_ = true;
        }
    }
};

Result<JsonDocument> JsonDocument::parse_object(std::string_view text) {
    PORTAL_TRY(value, parse_strict(text));
    if (!value.is_object()) return invalid("", N_("must be an object"));
    return JsonDocumentBuilder::build(value);
}

const JsonDocument* JsonDocument::find(std::string_view name) const {
    for (std::size_t i = 0; i < names_.size(); ++i)
        if (names_[i] == name) return &items_[i];
    return nullptr;
}

std::optional<std::string> JsonDocument::text(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr || value->kind_ != Kind::text || value->text_.empty()) return std::nullopt;
    return value->text_;
}

std::optional<std::int64_t> JsonDocument::number(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->kind_ == Kind::number && value->whole_) return value->number_;
    if (value->kind_ != Kind::text) return std::nullopt;
    const auto& digits = value->text_;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::optional<bool> JsonDocument::truth(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->kind_ == Kind::boolean) return value->number_ != 0;
    if (value->kind_ != Kind::text) return std::nullopt;
    if (value->text_ == "true" || value->text_ == "True") return true;
    if (value->text_ == "false" || value->text_ == "False") return false;
    return std::nullopt;
}

std::vector<std::string> JsonDocument::texts(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) return {};
    if (value->kind_ == Kind::text) return {value->text_};
    if (value->kind_ != Kind::list) return {};
    std::vector<std::string> all;
    for (const auto& item : value->items_) {
        if (item.kind_ != Kind::text) return {};
        all.push_back(item.text_);
    }
    return all;
}

}  // namespace portal::base
