// A result as people or programs read it. Pure: text out, nothing printed.
// A record with a list field `items` is a table of them, any other a list of its fields; what is
// marked kWide stands in csv and in single records only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/record.hpp"

namespace portal::cli {

enum class Format { table, json, csv, md, name };
base::Result<Format> parse_format(std::string_view text);

/// How a table may look.
struct Look {
    bool terminal = false;  // aligned columns with a header; else tabs without one
    bool colour = false;
};

/// `format` is not json: that is the daemon's own text.
std::string render(Format format, const base::TypeInfo& type, const void* value, const Look& look);

/// One line of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets a ' in
/// front.
std::string format_csv_line(const std::vector<std::string>& cells);

/// The columns and cells that every format is made from.
struct Grid {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> rows;
};
Grid make_grid(const base::TypeInfo& type, const void* value, bool wide);
/// The field `items` of a list result, or nullptr.
const base::FieldInfo* list_field(const base::TypeInfo& type);

}  // namespace portal::cli
