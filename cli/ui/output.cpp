#include "cli/ui/output.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/json.hpp"

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
    Grid grid{{"field", "value"}, {}, {}};
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

bool is_number(const TypeInfo& type) {
    if (type.kind == Kind::optional || type.kind == Kind::patch) return is_number(*type.element);
    return type.kind == Kind::integer;
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
        grid.numbers.push_back(is_number(*field.type));
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

std::string render(Format format, const TypeInfo& type, const void* value, const Look& look) {
    const bool single = list_field(type) == nullptr;
    const bool on_its_side = single && (format == Format::table || format == Format::md);
    Sheet sheet{format, look};
    return sheet.add(on_its_side ? upright(type, value)
                                 : make_grid(type, value, format == Format::csv || single));
}

}  // namespace portal::cli
