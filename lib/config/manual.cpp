// What is said about settings: the example file, the manual page, the summary. All from the table.
#include <algorithm>

#include "base/encoding.hpp"
#include "config/config.hpp"
#include "config/settings_table.hpp"

namespace portal::config {
namespace {

using base::FieldInfo;
using base::Kind;
using base::TypeInfo;

constexpr std::size_t kCommentWidth = 78;

const TypeInfo& inner_type(const TypeInfo& type) {
    return type.element == nullptr ? type : *type.element;
}

/// "address:port", "number, 1 to 256", "https or http", "list of network".
std::string describe_type(const FieldInfo& field) {
    const auto& type = inner_type(*field.type);
    std::string text{type.name};
    if (!type.choices.empty()) {
        text.clear();
        for (std::size_t i = 0; i < type.choices.size(); ++i)
            text += (i == 0 ? "" : i + 1 < type.choices.size() ? ", " : " or ") + type.choices[i];
    }
    if (type.kind == Kind::boolean) text = "true or false";
    if (type.kind == Kind::integer && field.help.max != 0)
        text += ", " + std::to_string(field.help.min) + " to " + std::to_string(field.help.max);
    return field.type->kind == Kind::list ? "list of " + text : text;
}

std::string toml_scalar(const TypeInfo& type, const void* value) {
    if (type.kind == Kind::boolean) return type.get_integer(value) != 0 ? "true" : "false";
    if (type.kind == Kind::integer) return std::to_string(type.get_integer(value));
    return "\"" + base::value_text(type, value) + "\"";  // no default holds quotes: tested
}

/// A value as TOML; empty for an optional one that is absent.
std::string toml_value(const TypeInfo& type, const void* value) {
    if (type.kind == Kind::optional) {
        const void* inner = type.get(value);
        return inner == nullptr ? std::string{} : toml_scalar(*type.element, inner);
    }
    if (type.kind != Kind::list) return toml_scalar(type, value);
    std::string text = "[";
    for (std::size_t i = 0; i < type.size(value); ++i)
        text += (i == 0 ? "" : ", ") + toml_scalar(*type.element, type.item(value, i));
    return text + "]";
}

std::string wrap(std::string_view text, std::string_view prefix) {
    std::string out;
    std::string line{prefix};
    for (const auto word : base::split(text, ' ')) {
        if (line.size() > prefix.size() && line.size() + 1 + word.size() > kCommentWidth) {
            out += line + "\n";
            line = prefix;
        }
        if (line.size() > prefix.size()) line += ' ';
        line += word;
    }
    return out + line + "\n";
}

/// For mdoc: backslashes escaped, each sentence on its own lines, no line begins with a request.
std::string roff(std::string_view text) {
    std::string escaped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool sentence = text[i] == ' ' && i > 0 && text[i - 1] == '.';
        if (text[i] == '\\')
            escaped += "\\e";
        else
            escaped += sentence ? '\n' : text[i];
    }
    std::string out;
    for (const auto sentence : base::split(escaped, '\n')) {
        auto wrapped = wrap(sentence, "");
        wrapped.pop_back();  // the last line end
        for (const auto line : base::split(wrapped, '\n'))
            out.append(line.starts_with('.') ? "\\&" : "").append(line).append("\n");
    }
    return out;
}

template <class F>
void for_each_setting(const Settings& settings, F visit) {
    for (const auto& table : settings_type().fields)
        for (const auto& field : table.type->fields)
            visit(table, field, field.get(table.get(&settings)));
}

std::string manual_entry(const FieldInfo& table, const FieldInfo& field, const void* value) {
    const auto text = toml_value(*field.type, value);
    std::string out = ".It Cm " + std::string{table.help.name} + "." + std::string{field.help.name};
    out += " No = Ar " + std::string{inner_type(*field.type).choices.empty() ? "" : "choice"};
    if (inner_type(*field.type).choices.empty())
        out += std::string{field.type->kind == Kind::list           ? "list"
                           : field.type->kind == Kind::boolean      ? "boolean"
                           : field.type->kind == Kind::integer      ? "number"
                           : inner_type(*field.type).name == "path" ? "path"
                                                                    : "text"};
    out += "\n" + roff(split_help(field.help.help).sentence);
    out += "Type: " + describe_type(field) + ".\n";
    return out + "Default: " + (text.empty() ? "none" : text) + ".\n";
}

constexpr std::string_view kManualHead =
    ".\\\" Made by ./dev generate from the settings table; do not edit.\n"
    ".Dd November 21, 2026\n.Dt PORTALD.TOML 5\n.Os\n.Sh NAME\n.Nm portald.toml\n"
    ".Nd settings of portald\n.Sh DESCRIPTION\n"
    "The file\n.Pa /etc/portal/portald.toml\n"
    "is TOML 1.0.\n"
    "What is absent has its default, so that an empty file is a whole one.\n"
    "Names that are unknown, values of the wrong type or outside of their limits,\n"
    "and settings that do not fit each other are refused with line and column.\n"
    "It is read once, at start.\n"
    "A setting\n.Cm http.listen\nis written\n.Li listen\nunder\n.Li [http] .\n"
    "The settings are:\n";
constexpr std::string_view kManualTail =
    ".Sh FILES\n.Bl -tag -width Ds\n.It Pa /etc/portal/portald.toml\nThe settings.\n"
    ".It Pa /var/lib/portal/portal.kek\nThe keys, unless a systemd credential holds them.\n.El\n"
    ".Sh EXIT STATUS\n"
    ".Ic portald check-config\nends with 0 when the file is right and with 2 when it is not.\n"
    ".Sh SEE ALSO\n.Xr portalctl 1 ,\n.Xr portald 8\n";

}  // namespace

std::string example() {
    const Settings settings = defaults();
    std::string out = wrap(
        "Settings of portald; portald.toml(5) tells more. Each line that is "
        "commented out shows the default. Check with: portald check-config",
        "# ");
    const FieldInfo* current = nullptr;
    for_each_setting(settings, [&](const FieldInfo& table, const FieldInfo& field, const void* at) {
        if (current != &table) out += "\n[" + std::string{table.help.name} + "]\n";
        current = &table;
        out += "\n" + wrap(split_help(field.help.help).sentence, "# ");
        out += wrap("(" + describe_type(field) + ")", "# ");
        const auto text = toml_value(*field.type, at);
        out += "#" + std::string{field.help.name} + " =" + (text.empty() ? "" : " " + text) + "\n";
    });
    return out;
}

std::string manual() {
    const Settings settings = defaults();
    std::string out{kManualHead};
    const FieldInfo* current = nullptr;
    for_each_setting(settings, [&](const FieldInfo& table, const FieldInfo& field, const void* at) {
        if (current != &table) {
            if (current != nullptr) out += ".El\n";
            out += ".Ss " + std::string{table.help.name} + "\n" + roff(table.help.help) +
                   ".Bl -tag -width Ds\n";
        }
        current = &table;
        out += manual_entry(table, field, at);
    });
    return out + ".El\n" + std::string{kManualTail};
}

std::string summary(const Settings& settings) {
    std::string out;
    for_each_setting(settings, [&](const FieldInfo& table, const FieldInfo& field, const void* at) {
        out += std::string{table.help.name} + "." + std::string{field.help.name} + " = ";
        out += field.has(base::kSecret) ? "***" : toml_value(*field.type, at);
        out += "\n";
    });
    return out;
}

std::vector<std::string> setting_names() {
    std::vector<std::string> names;
    for_each_setting({}, [&](const FieldInfo& table, const FieldInfo& field, const void*) {
        names.push_back(std::string{table.help.name} + "." + std::string{field.help.name});
    });
    return names;
}

}  // namespace portal::config
