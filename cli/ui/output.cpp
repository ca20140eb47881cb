#include "cli/ui/output.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "cli/ui/terminal.hpp"

namespace portal::cli {
namespace {

using base::FieldInfo;
using base::Kind;
using base::TypeInfo;

/// A list of records without a one-line form, and such records, are shown as JSON.
bool has_line(const TypeInfo& type) {
    if (type.element != nullptr) return has_line(*type.element);
    return type.kind != Kind::record || type.get_text != nullptr;
}

std::string cell(const FieldInfo& field, const void* record) {
    const void* value = field.get(record);
    if (has_line(*field.type)) return base::value_text(*field.type, value);
    std::string text;
    base::write_json(text, *field.type, value);
    return text;
}

std::string heading(std::string_view name) {
    std::string text{name};
    for (char& c : text) {
        if (c == '_') c = ' ';
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

std::string padded(const std::string& text, std::size_t width) {
    const auto length = base::count_characters(text);
    return length < width ? text + std::string(width - length, ' ') : text;
}

std::string table_line(const std::vector<std::string>& cells,
                       const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i)
        line += i + 1 == cells.size() ? cells[i] : padded(cells[i], widths[i]) + "  ";
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

std::string aligned(Grid grid, const Look& look) {
    std::vector<std::size_t> widths;
    for (auto& name : grid.names) {
        name = heading(name);
        widths.push_back(base::count_characters(name));
    }
    for (auto& row : grid.rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = printable(row[i]);
            widths[i] = std::max(widths[i], base::count_characters(row[i]));
        }
    const auto header = table_line(grid.names, widths);
    std::string text = look.colour ? "\x1b[1m" + header + "\x1b[0m\n" : header + "\n";
    for (const auto& row : grid.rows) text += table_line(row, widths) + "\n";
    return text;
}

std::string tabbed(const Grid& grid) {
    std::string text;
    for (const auto& row : grid.rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i == 0 ? "" : "\t") + printable(row[i]);
        text += '\n';
    }
    return text;
}

std::string csv(const Grid& grid) {
    auto text = format_csv_line(grid.names);
    for (const auto& row : grid.rows) text += format_csv_line(row);
    return text;
}

std::string markdown_line(const std::vector<std::string>& cells) {
    std::string line = "|";
    for (const auto& each : cells) {
        line += ' ';
        for (const char c : printable(each)) {
            if (c == '|' || c == '\\' || c == '<' || c == '`' || c == '[') line += '\\';
            line += c;
        }
        line += " |";
    }
    return line + "\n";
}

std::string markdown(const Grid& grid) {
    auto text = markdown_line(grid.names) + "|";
    for (std::size_t i = 0; i < grid.names.size(); ++i) text += " --- |";
    text += '\n';
    for (const auto& row : grid.rows) text += markdown_line(row);
    return text;
}

/// What other commands take as NAME: the first column.
std::string names(const Grid& grid) {
    std::string text;
    for (const auto& row : grid.rows)
        if (!row.empty()) text += printable(row.front()) + "\n";
    return text;
}

/// "patient; methods: password bankid; assurance: eid": a record among others, for people.
std::string record_line(const TypeInfo& type, const void* record) {
    std::string line;
    for (const auto& field : type.fields) {
        const auto value = cell(field, record);
        if (value.empty()) continue;
        if (line.empty()) {
            line = value;
            continue;
        }
        std::string name{field.help.name};
        std::replace(name.begin(), name.end(), '_', ' ');
        line += "; " + name + ": " + value;
    }
    return line;
}

/// A single record stands upright: a field a line, and of records in it each on a line.
Grid upright(const TypeInfo& type, const void* value) {
    Grid grid{{"field", "value"}, {}};
    for (const auto& field : type.fields) {
        if (field.has(base::kDocument)) continue;
        const std::string name{field.help.name};
        const auto* element = field.type->kind == Kind::list ? field.type->element : nullptr;
        if (element == nullptr || has_line(*element) || element->kind != Kind::record) {
            grid.rows.push_back({name, cell(field, value)});
            continue;
        }
        const void* items = field.get(value);
        const auto count = field.type->size(items);
        if (count == 0) grid.rows.push_back({name, ""});
        for (std::size_t i = 0; i < count; ++i)
            grid.rows.push_back({name, record_line(*element, field.type->item(items, i))});
    }
    return grid;
}

}  // namespace

base::Result<Format> parse_format(std::string_view text) {
    if (text == "table") return Format::table;
    if (text == "json") return Format::json;
    if (text == "csv") return Format::csv;
    if (text == "md") return Format::md;
    if (text == "name") return Format::name;
    return base::invalid("--output", base::N_("'{1}' is not one of: {2}."),
                         {printable(text.substr(0, 40)), "table, json, csv, md, name"});
}

const FieldInfo* list_field(const TypeInfo& type) {
    const auto* field = base::find_field(type, "items");
    return field != nullptr && field->type->kind == Kind::list &&
                   field->type->element->kind == Kind::record
               ? field
               : nullptr;
}

Grid make_grid(const TypeInfo& type, const void* value, bool wide) {
    const auto* list = list_field(type);
    const auto& record = list == nullptr ? type : *list->type->element;
    std::vector<const FieldInfo*> columns;
    Grid grid;
    for (const auto& field : record.fields) {
        if (field.has(base::kDocument) || (field.has(base::kWide) && !wide)) continue;
        columns.push_back(&field);
        grid.names.emplace_back(field.help.name);
    }
    const void* items = list == nullptr ? nullptr : list->get(value);
    const std::size_t count = list == nullptr ? 1 : list->type->size(items);
    for (std::size_t i = 0; i < count; ++i) {
        const void* item = list == nullptr ? value : list->type->item(items, i);
        auto& row = grid.rows.emplace_back();
        for (const auto* column : columns) row.push_back(cell(*column, item));
    }
    return grid;
}

std::string format_csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        auto text = cells[i];
        const bool formula = !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) !=
                                                  std::string_view::npos;
        if (formula) text.insert(0, 1, '\'');
        if (i > 0) line += ',';
        if (!formula && text.find_first_of(",\"\r\n") == std::string::npos) {
            line += text;
            continue;
        }
        line += '"';
        for (const char c : text) line += c == '"' ? std::string{"\"\""} : std::string(1, c);
        line += '"';
    }
    return line + "\n";
}

std::string render(Format format, const TypeInfo& type, const void* value, const Look& look) {
    const bool single = list_field(type) == nullptr;
    const auto grid = make_grid(type, value, format == Format::csv || single);
    switch (format) {
        case Format::csv:
            return csv(grid);
        case Format::name:
            return names(grid);
        case Format::md:
            return markdown(single ? upright(type, value) : grid);
        case Format::table:
        case Format::json:
            break;
    }
    const auto shown = single ? upright(type, value) : grid;
    return look.terminal ? aligned(shown, look) : tabbed(shown);
}

}  // namespace portal::cli
