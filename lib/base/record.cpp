#include "base/record.hpp"

#include <algorithm>
#include <charconv>

#include "base/encoding.hpp"

namespace portal::base {

namespace detail {

std::string enumerator_text(std::string_view name) {
    std::string text{name};
    std::replace(text.begin(), text.end(), '_', '-');
    return text;
}

Error unknown_choice(std::string_view text, const std::vector<std::string>& choices) {
    std::string all;
    for (const auto& choice : choices) all += (all.empty() ? "" : ", ") + choice;
    const bool plain = is_utf8(text) && !has_control(text, false);
    return invalid("", N_("'{1}' is not one of: {2}."),
                   {plain ? std::string{text.substr(0, 40)} : std::string{"?"}, all});
}

}  // namespace detail

namespace {

/// White space and the invisible, which no name is made of alone.
bool is_blank(std::string_view text) {
    constexpr std::u32string_view kBlank =
        U" \t\r\n\u00a0\u00ad\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
        U"\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\u2800\u3000\u3164\ufeff";
    while (!text.empty()) {
        const auto [value, length] = next_code_point(text);
        if (kBlank.find(value) == std::u32string_view::npos) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace

Status check_text(const FieldHelp& help, const TypeInfo& type, std::string_view text) {
    if (!is_utf8(text)) return invalid("", N_("The text is not valid UTF-8."));
    if (!type.limits) return {};
    if (has_control(text, (help.flags & kMultiline) != 0))
        return invalid("", N_("There are characters here that cannot be shown."));
    const auto count = is_blank(text) && (help.flags & kDefaulted) == 0
                           ? 0
                           : static_cast<std::int64_t>(count_characters(text));
    const auto most = help.max > 0 ? help.max : kDefaultTextLimit;
    const auto least = std::max<std::int64_t>(help.min, (help.flags & kDefaulted) != 0 ? 0 : 1);
    if (count < least) {
        if (count == 0) return invalid("", N_("Write something here."));
        return invalid("", N_("Write at least {1} characters."), {std::to_string(least)});
    }
    if (count > most)
        return invalid("", N_("Write at most {1} characters."), {std::to_string(most)});
    return {};
}

Status check_integer(const FieldHelp& help, std::int64_t value) {
    if (help.min == 0 && help.max == 0) return {};
    if (value < help.min || value > help.max)
        return invalid("", N_("Write a number from {1} to {2}."),
                       {std::to_string(help.min), std::to_string(help.max)});
    return {};
}

namespace {

Status set_integer_text(const FieldHelp& help, const TypeInfo& type, void* value,
                        std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size())
        return invalid("", N_("Write a whole number."));
    PORTAL_TRYV(check_integer(help, number));
    if (!type.set_integer(value, number)) return invalid("", N_("The number is too large."));
    return {};
}

Status set_boolean_text(const TypeInfo& type, void* value, std::string_view text) {
    const bool yes = text == "yes" || text == "true" || text == "on" || text == "1";
    const bool no = text == "no" || text == "false" || text == "off" || text == "0";
    if (!yes && !no) return invalid("", N_("Write yes or no."));
    type.set_integer(value, yes ? 1 : 0);
    return {};
}

Status set_text_of(const FieldHelp& help, const TypeInfo& type, void* value,
                   std::string_view text) {
    switch (type.kind) {
        case Kind::boolean:
            return set_boolean_text(type, value, text);
        case Kind::integer:
            return set_integer_text(help, type, value, text);
        case Kind::list:
            return set_text_of(help, *type.element, type.append(value), text);
        case Kind::optional:
        case Kind::patch:
            return set_text_of(help, *type.element, type.emplace(value), text);
        case Kind::record:
            if (type.set_text == nullptr)
                return invalid("", N_("This cannot be written in a line."));
            return type.set_text(value, text);
        case Kind::text:
            break;
    }
    PORTAL_TRYV(check_text(help, type, text));
    return type.set_text(value, text);
}

}  // namespace

Status set_field_text(const FieldInfo& field, void* record, std::string_view text) {
    return set_text_of(field.help, *field.type, field.edit(record), text);
}

std::string value_text(const TypeInfo& type, const void* value) {
    switch (type.kind) {
        case Kind::boolean:
            return type.get_integer(value) != 0 ? "yes" : "no";
        case Kind::integer:
            return std::to_string(type.get_integer(value));
        case Kind::optional:
        case Kind::patch: {
            const void* inner = type.get(value);
            return inner == nullptr ? std::string{} : value_text(*type.element, inner);
        }
        case Kind::list: {
            std::string text;
            for (std::size_t i = 0; i < type.size(value); ++i)
                text += (i == 0 ? "" : ", ") + value_text(*type.element, type.item(value, i));
            return text;
        }
        case Kind::record:
        case Kind::text:
            break;
    }
    return type.get_text == nullptr ? std::string{} : type.get_text(value);
}

const FieldInfo* find_field(const TypeInfo& record, std::string_view name) {
    for (const auto& field : record.fields)
        if (field.help.name == name) return &field;
    return nullptr;
}

}  // namespace portal::base
