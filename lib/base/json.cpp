#include "base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/encoding.hpp"
#include "base/json_strict.hpp"

namespace portal::base {
namespace {

namespace json = boost::json;
Error at(std::string_view path, Error error) {
    if (error.field.empty()) error.field = path;
    return error;
}

/// Where a value goes, and what is asked of it.
struct Target {
    const FieldHelp& help;
    const TypeInfo& type;
    void* value;
};

/// `strict` for what strangers send; else unknown fields, absent ones and limits are let pass.
struct Reader {
    bool strict;
    Status read(const json::value& from, const Target& to, const std::string& path) const;

  private:
    Status read_record(const json::value& from, const Target& to, const std::string& path) const;
    Status read_list(const json::value& from, const Target& to, const std::string& path) const;
    Status read_integer(const json::value& from, const Target& to, const std::string& path) const;
    Status read_text(const json::value& from, const Target& to, const std::string& path) const;
};

Status Reader::read_record(const json::value& from, const Target& to,
                           const std::string& path) const {
    if (from.is_string() && to.type.set_text != nullptr) {
        if (auto set = to.type.set_text(to.value, from.get_string()); !set)
            return at(path, std::move(set).error());
        return {};
    }
    if (!from.is_object()) return at(path, invalid("", N_("must be an object")));
    const auto prefix = path.empty() ? path : path + ".";
    for (const auto& [key, value] : from.get_object()) {
        const std::string_view name{key.data(), key.size()};
        if (strict && find_field(to.type, name) == nullptr)
            return invalid(prefix + std::string{name.substr(0, 60)}, N_("is unknown"));
    }
    for (const auto& field : to.type.fields) {
        const auto* value = from.get_object().if_contains(
            json::string_view{field.help.name.data(), field.help.name.size()});
        const auto name = prefix + std::string{field.help.name};
        if (strict && value == nullptr && field.is_required())
            return invalid(name, N_("is missing"));
        if (value != nullptr)
            PORTAL_TRYV(read(*value, {field.help, *field.type, field.edit(to.value)}, name));
    }
    return {};
}

Status Reader::read_list(const json::value& from, const Target& to, const std::string& path) const {
    if (!from.is_array()) return at(path, invalid("", N_("must be a list")));
    std::size_t i = 0;
    for (const auto& each : from.get_array())
        PORTAL_TRYV(read(each, {to.help, *to.type.element, to.type.append(to.value)},
                         path + "[" + std::to_string(i++) + "]"));
    return {};
}

Status Reader::read_integer(const json::value& from, const Target& to,
                            const std::string& path) const {
    if (!from.is_int64()) return at(path, invalid("", N_("must be a whole number")));
    if (auto fits = check_integer(to.help, from.get_int64()); strict && !fits)
        return at(path, std::move(fits).error());
    if (!to.type.set_integer(to.value, from.get_int64()))
        return at(path, invalid("", N_("is too large")));
    return {};
}

Status Reader::read_text(const json::value& from, const Target& to, const std::string& path) const {
    if (!from.is_string()) return at(path, invalid("", N_("must be text")));
    const std::string_view text{from.get_string()};
    if (auto fits = check_text(to.help, to.type, text); strict && !fits)
        return at(path, std::move(fits).error());
    if (auto set = to.type.set_text(to.value, text); !set) return at(path, std::move(set).error());
    return {};
}

Status Reader::read(const json::value& from, const Target& to, const std::string& path) const {
    switch (to.type.kind) {
        case Kind::record:
            return read_record(from, to, path);
        case Kind::list:
            return read_list(from, to, path);
        case Kind::optional:
        case Kind::patch:
            if (from.is_null()) {
                to.type.set_null(to.value);
                return {};
            }
            return read(from, {to.help, *to.type.element, to.type.emplace(to.value)}, path);
        case Kind::boolean:
            if (!from.is_bool()) return at(path, invalid("", N_("must be true or false")));
            to.type.set_integer(to.value, from.get_bool() ? 1 : 0);
            return {};
        case Kind::integer:
            return read_integer(from, to, path);
        case Kind::text:
            break;
    }
    return read_text(from, to, path);
}

/// True when something was written: an absent patch leaves its field out.
bool is_absent(const TypeInfo& type, const void* value) {
    return type.kind == Kind::patch && type.get(value) == nullptr && !type.is_null(value);
}

bool is_escaped(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

void write_escape(std::string& out, char c) {
    static constexpr std::string_view kLetters = "\"\"\\\\\nn\rr\tt";
    for (std::size_t i = 0; i < kLetters.size(); i += 2) {
        if (kLetters[i] != c) continue;
        out += {'\\', kLetters[i + 1]};
        return;
    }
    out += fmt::format("\\u{:04x}", static_cast<int>(c));
}

void write_record(std::string& out, const TypeInfo& type, const void* value) {
    out += '{';
    bool first = true;
    for (const auto& field : type.fields) {
        const void* member = field.get(value);
        if (is_absent(*field.type, member)) continue;
        if (!first) out += ',';
        first = false;
        out += '"';
        out += field.help.name;
        out += "\":";
        write_json(out, *field.type, member);
    }
    out += '}';
}

}  // namespace

void write_json_text(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const auto plain = std::find_if(text.begin(), text.end(), is_escaped);
        const auto length = static_cast<std::size_t>(plain - text.begin());
        out.append(text.substr(0, length));
        if (length == text.size()) break;
        write_escape(out, text[length]);
        text.remove_prefix(length + 1);
    }
    out += '"';
}

void write_json(std::string& out, const TypeInfo& type, const void* value) {
    switch (type.kind) {
        case Kind::boolean:
            out += type.get_integer(value) != 0 ? "true" : "false";
            return;
        case Kind::integer:
            out += std::to_string(type.get_integer(value));
            return;
        case Kind::record:
            write_record(out, type, value);
            return;
        case Kind::list:
            out += '[';
            for (std::size_t i = 0; i < type.size(value); ++i) {
                if (i > 0) out += ',';
                write_json(out, *type.element, type.item(value, i));
            }
            out += ']';
            return;
        case Kind::optional:
        case Kind::patch: {
            const void* inner = type.get(value);
            if (inner == nullptr)
                out += "null";
            else
                write_json(out, *type.element, inner);
            return;
        }
        case Kind::text:
            break;
    }
    if (&type == &type_of<std::string>())
        write_json_text(out, *static_cast<const std::string*>(value));
    else
        write_json_text(out, type.get_text(value));
}

Status read_json(std::string_view text, const TypeInfo& type, void* value) {
    auto parsed = parse_strict(text);
    if (!parsed) return std::move(parsed).error();
    return Reader{true}.read(*parsed, {FieldHelp{}, type, value}, "");
}

Status read_answer(std::string_view text, const TypeInfo& type, void* value) {
    auto parsed = parse_strict(text);
    if (!parsed) return std::move(parsed).error();
    return Reader{false}.read(*parsed, {FieldHelp{}, type, value}, "");
}

std::string error_json(const Error& error) {
    std::string out = "{\"error\":{\"code\":";
    write_json_text(out, error_row(error.code).name);
    out += ",\"message\":";
    const std::string key = error.key.empty() ? error_row(error.code).key : error.key;
    write_json_text(out, fill_arguments(key, error.args));
    out += ",\"field\":";
    write_json_text(out, error.field);
    out += ",\"hint\":";
    write_json_text(out, error.hint);
    return out + "}}";
}

Error parse_error_json(std::string_view text, int http_status) {
    auto error = make_error(http_status >= 500 ? ErrorCode::unavailable : ErrorCode::internal,
                            N_("The answer was HTTP status {1}."), {std::to_string(http_status)});
    auto parsed = parse_strict(text);
    if (!parsed || !parsed->is_object()) return error;
    const auto* inner = parsed->get_object().if_contains("error");
    if (inner == nullptr || !inner->is_object()) return error;
    const auto get = [&](json::string_view name) -> std::string {
        const auto* value = inner->get_object().if_contains(name);
        return value != nullptr && value->is_string()
                   ? std::string{std::string_view{value->get_string()}}
                   : std::string{};
    };
    error = make_error(error_row(get("code")).code, get("message"));
    error.field = get("field");
    error.hint = get("hint");
    return error;
}

}  // namespace portal::base
