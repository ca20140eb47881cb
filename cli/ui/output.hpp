// A result as people or programs read it. Pure: text out, nothing printed.
// A record with a list field `items` is a table of them, any other a list of its fields; what is
// marked kWide stands in csv and in single records only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/record.hpp"
#include "cli/ui/sheet.hpp"

namespace portal::cli {

/// `format` is not json: that is the daemon's own text.
std::string render(Format format, const base::TypeInfo& type, const void* value, const Look& look);

Grid make_grid(const base::TypeInfo& type, const void* value, bool wide);
/// Its cells are whole numbers, or empty.
bool is_number(const base::TypeInfo& type);
/// The field `items` of a list result, or nullptr.
const base::FieldInfo* list_field(const base::TypeInfo& type);

}  // namespace portal::cli
