#include "cli/page.hpp"

#include "cli/ui/output.hpp"

namespace portal::cli {
namespace {

using base::JsonCursor;
using base::Result;

base::Error broken() {
    return base::make_error(base::ErrorCode::unavailable,
                            base::N_("The daemon's answer is broken."));
}

/// Steps to the value of the page's member `name`; false where it has none.
bool find_member(JsonCursor& at, std::string_view name) {
    at.open('{');
    while (at.next('}')) {
        if (at.read_name() == name) return !at.failed();
        at.read_value();
    }
    return false;
}

/// A value as people read it.
bool set_cell(std::string& cell, std::string_view value) {
    cell.clear();
    if (value.empty()) return false;
    if (value.front() == '"') return base::append_json_string(cell, value);
    if (value == "true")
        cell = "yes";
    else if (value == "false")
        cell = "no";
    else if (value != "null")
        cell = value;
    return true;
}

}  // namespace

std::optional<Paging> find_paging(const base::TypeInfo& arguments, const base::TypeInfo& result) {
    Paging paging{base::find_field(arguments, "after"), base::find_field(arguments, "limit"),
                  list_field(result)};
    const bool is_paged = paging.after != nullptr && paging.limit != nullptr &&
                          paging.items != nullptr && base::find_field(result, "next") != nullptr;
    return is_paged ? std::optional{paging} : std::nullopt;
}

Result<std::optional<std::string>> read_next(std::string_view page) {
    JsonCursor at{page};
    const bool found = find_member(at, "next");
    const auto value = found ? at.read_value() : std::string_view{"null"};
    if (at.failed()) return broken();
    if (value == "null") return std::optional<std::string>{};
    std::string next;
    if (!base::append_json_string(next, value)) return broken();
    return std::optional{next};
}

Result<std::string_view> read_items(std::string_view page) {
    JsonCursor at{page};
    if (!find_member(at, "items")) return broken();
    const auto items = at.read_value();
    if (items.size() < 2 || items.front() != '[') return broken();
    return items.substr(1, items.size() - 2);
}

PageReader::PageReader(const base::TypeInfo& record, bool wide) : record_(record) {
    for (const auto& field : record.fields) {
        const bool shown = !field.has(base::kDocument) && (wide || !field.has(base::kWide));
        column_of_.push_back(shown ? grid_.names.size() : kHidden);
        if (!shown) continue;
        grid_.names.emplace_back(field.help.name);
        grid_.numbers.push_back(is_number(*field.type));
    }
}

bool PageReader::read_row(JsonCursor& at, std::vector<std::string>& cells) const {
    const auto& fields = record_.fields;
    std::size_t expected = 0;  // they come in the description's order, from a daemon of our version
    for (auto& each : cells) each.clear();
    at.open('{');
    while (at.next('}')) {
        const auto name = at.read_name();
        const auto value = at.read_value();
        auto i = expected;
        if (i >= fields.size() || fields[i].help.name != name)
            for (i = 0; i < fields.size() && fields[i].help.name != name;) ++i;
        expected = i + 1;
        if (i == fields.size() || column_of_[i] == kHidden) continue;
        if (!set_cell(cells[column_of_[i]], value)) return false;
    }
    return !at.failed();
}

Result<const Grid*> PageReader::read(std::string_view page) {
    JsonCursor at{page};
    if (!find_member(at, "items")) return broken();
    std::size_t count = 0;
    at.open('[');
    for (; at.next(']'); ++count) {
        if (count == grid_.rows.size()) grid_.rows.emplace_back(grid_.names.size());
        if (!read_row(at, grid_.rows[count])) return broken();
    }
    if (at.failed()) return broken();
    grid_.rows.resize(count);
    return &grid_;
}

}  // namespace portal::cli
