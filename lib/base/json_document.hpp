// JSON whose shape is not ours: another service's answer, a token's claims. Values are asked for by
// name and tolerated in the forms that services send them in (a number or truth as text).
// Read one value with json_text_at; many, or lists, with this. Thread rule: immutable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace portal::base {

class JsonDocument {
  public:
    enum class Kind { null, boolean, number, text, list, object };

    /// An object; doubled keys, malformed JSON and depth over 32 are `invalid`.
    static Result<JsonDocument> parse_object(std::string_view text);

    [[nodiscard]] Kind kind() const { return kind_; }
    /// A member of an object; null where there is none. Names are whole: "dk.cpr" is one name.
    [[nodiscard]] const JsonDocument* find(std::string_view name) const;
    /// The items of a list; none for another kind.
    [[nodiscard]] const std::vector<JsonDocument>& items() const { return items_; }

    /// The member's text; none where it is absent, empty or no text.
    [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
    /// A whole number, also written as text ("28"), also as 1.7e9 or 28.0 where that is whole.
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
    /// true or false, also as text.
    [[nodiscard]] std::optional<bool> truth(std::string_view name) const;
    /// A list of texts, or one text; empty where another kind of item is among them.
    [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;

  private:
    friend struct JsonDocumentBuilder;
    Kind kind_ = Kind::null;
    std::string text_;         // text
    std::int64_t number_ = 0;  // boolean, number
    bool whole_ = false;       // number: fits an int64
    std::vector<std::string> names_;
    std::vector<JsonDocument> items_;
};

}  // namespace portal::base
