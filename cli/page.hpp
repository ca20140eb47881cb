// One page of a long list as it came: rows for people, or the text of its items. The columns come
// from the record's description; no record is built, since a million of them take their time.
// Thread rule: one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json_cursor.hpp"
#include "base/record.hpp"
#include "cli/ui/sheet.hpp"

namespace portal::cli {

/// Long lists: the argument `after` takes what the result's `next` says, `limit` is a page's size.
struct Paging {
    const base::FieldInfo* after = nullptr;
    const base::FieldInfo* limit = nullptr;
    const base::FieldInfo* items = nullptr;
};
/// nullopt: an operation that answers everything at once.
std::optional<Paging> find_paging(const base::TypeInfo& arguments, const base::TypeInfo& result);

/// Where the next page begins; none: there is no more.
base::Result<std::optional<std::string>> read_next(std::string_view page);
/// The items as they are written, without the brackets around them.
base::Result<std::string_view> read_items(std::string_view page);

class PageReader {
  public:
    /// `record` has fields of plain values only. `wide`: with columns that tables leave out.
    PageReader(const base::TypeInfo& record, bool wide);
    /// The page's rows; they stand until the next page is read.
    base::Result<const Grid*> read(std::string_view page);

  private:
    static constexpr std::size_t kHidden = static_cast<std::size_t>(-1);
    bool read_row(base::JsonCursor& at, std::vector<std::string>& cells) const;

    const base::TypeInfo& record_;
    std::vector<std::size_t> column_of_;  // of each field
    Grid grid_;
};

}  // namespace portal::cli
