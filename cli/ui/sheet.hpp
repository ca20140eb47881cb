// Rows of cells as text: CSV, a table, tabs, Markdown or names. Rows may come in several parts; the
// heading stands before the first, whose cells also say how wide a table's columns are.
// Pure: text out, nothing printed. Thread rule: one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace portal::cli {

enum class Format { table, json, csv, md, name };
base::Result<Format> parse_format(std::string_view text);

/// How a table may look.
struct Look {
    bool terminal = false;  // aligned columns with a header; else tabs without one
    bool colour = false;
};

/// The columns and cells that every format is made from.
struct Grid {
    std::vector<std::string> names;
    std::vector<bool> numbers;  // whether a column's cells are numbers; none: none are
    std::vector<std::vector<std::string>> rows;
};

class Sheet {
  public:
    /// `format` is not json.
    Sheet(Format format, const Look& look) : format_(format), look_(look) {}
    /// The text of the next rows.
    std::string add(const Grid& grid);

  private:
    void add_aligned(std::string& out, const Grid& grid);

    Format format_;
    Look look_;
    bool begun_ = false;
    std::vector<std::size_t> widths_;
};

/// Appends one line of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets a '
/// in front and stands in quotes; a number in a column of numbers stays what it is.
/// Source: OWASP, "CSV Injection".
void add_csv_line(std::string& out, const std::vector<std::string>& cells,
                  const std::vector<bool>& numbers = {});

}  // namespace portal::cli
