#include "cli/ui/sheet.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "cli/ui/terminal.hpp"

namespace portal::cli {
namespace {

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

void add_tabbed(std::string& out, const Grid& grid) {
    for (const auto& row : grid.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += '\t';
            out += printable(row[i]);
        }
        out += '\n';
    }
}

void add_markdown_line(std::string& out, const std::vector<std::string>& cells) {
    out += '|';
    for (const auto& each : cells) {
        out += ' ';
        for (const char c : printable(each)) {
            if (c == '|' || c == '\\' || c == '<' || c == '`' || c == '[') out += '\\';
            out += c;
        }
        out += " |";
    }
    out += '\n';
}

/// What other commands take as NAME: the first column.
void add_names(std::string& out, const Grid& grid) {
    for (const auto& row : grid.rows)
        if (!row.empty()) out += printable(row.front()) + "\n";
}

bool is_number(std::string_view text) {
    if (!text.empty() && text.front() == '-') text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Spreadsheets skip white space and the invisible in front, and read full-width signs too.
bool looks_like_formula(std::string_view text) {
    constexpr std::u32string_view kSkipped = U" \u00a0\u200b\u200e\u200f\u3000\ufeff";
    constexpr std::u32string_view kSigns = U"=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
    while (!text.empty()) {
        const auto [value, length] = base::next_code_point(text);
        if (kSigns.find(value) != std::u32string_view::npos) return true;
        if (length == 0 || kSkipped.find(value) == std::u32string_view::npos) return false;
        text.remove_prefix(length);
    }
    return false;
}

void add_csv_cell(std::string& out, std::string_view text, bool number) {
    const bool formula = !(number && is_number(text)) && looks_like_formula(text);
    if (!formula && text.find_first_of(",;\"\t\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += formula ? "\"'" : "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
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

void add_csv_line(std::string& out, const std::vector<std::string>& cells,
                  const std::vector<bool>& numbers) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        add_csv_cell(out, cells[i], i < numbers.size() && numbers[i]);
    }
    out += '\n';
}

void Sheet::add_aligned(std::string& out, const Grid& grid) {
    auto rows = grid.rows;
    for (auto& row : rows)
        for (auto& each : row) each = printable(each);
    if (!begun_) {
        std::vector<std::string> names;
        for (const auto& name : grid.names) names.push_back(heading(name));
        for (const auto& name : names) widths_.push_back(base::count_characters(name));
        for (const auto& row : rows)
            for (std::size_t i = 0; i < row.size(); ++i)
                widths_[i] = std::max(widths_[i], base::count_characters(row[i]));
        const auto header = table_line(names, widths_);
        out += look_.colour ? "\x1b[1m" + header + "\x1b[0m\n" : header + "\n";
    }
    for (const auto& row : rows) out += table_line(row, widths_) + "\n";
}

std::string Sheet::add(const Grid& grid) {
    std::string out;
    switch (format_) {
        case Format::csv:
            if (!begun_) add_csv_line(out, grid.names);
            for (const auto& row : grid.rows) add_csv_line(out, row, grid.numbers);
            break;
        case Format::name:
            add_names(out, grid);
            break;
        case Format::md:
            if (!begun_) {
                add_markdown_line(out, grid.names);
                out += '|';
                for (std::size_t i = 0; i < grid.names.size(); ++i) out += " --- |";
                out += '\n';
            }
            for (const auto& row : grid.rows) add_markdown_line(out, row);
            break;
        case Format::table:
        case Format::json:
            if (look_.terminal)
                add_aligned(out, grid);
            else
                add_tabbed(out, grid);
            break;
    }
    begun_ = true;
    return out;
}

}  // namespace portal::cli
