#include "cli/paging.hpp"

#include <algorithm>

#include "cli/ui/terminal.hpp"

namespace portal::cli {
namespace {

using base::Result;
using base::Status;

/// Larger pages cost both programs more memory and, for the pages that it takes, more time.
constexpr std::int64_t kPageRows = 2000;

/// What has been printed so far, in one of the formats.
class Printer {
  public:
    explicit Printer(const LongList& list)
        : list_(list),
          reader_(*list.paging.items->type->element, list.format == Format::csv),
          sheet_(list.format, {is_terminal(), has_colour()}) {}

    Status add(std::string_view page) {
        if (list_.invocation.common.quiet) return {};
        if (list_.format == Format::json) {
            PORTAL_TRYV(add_json(page));
        } else {
            PORTAL_TRY(grid, reader_.read(page));
            print(sheet_.add(*grid));
        }
        return flush();
    }

    /// `next` in what goes out: null where all of it was printed.
    void set_next(const std::optional<std::string>& next) { next_ = next; }
    void finish() {
        if (list_.format == Format::json && !list_.invocation.common.quiet) print("]}\n");
    }

  private:
    Status add_json(std::string_view page) {
        PORTAL_TRY(items, read_items(page));
        if (!begun_)
            print("{\"version\":1,\"next\":" + (next_ ? "\"" + *next_ + "\"" : "null") +
                  ",\"items\":[");
        if (begun_ && !items.empty()) print(",");
        begun_ = true;
        print(items);
        return {};
    }

    const LongList& list_;
    PageReader reader_;
    Sheet sheet_;
    std::optional<std::string> next_;
    bool begun_ = false;
};

bool is_given(const base::FieldInfo& field, const void* record) {
    return field.type->get != nullptr && field.type->get(field.get(record)) != nullptr;
}

base::Error broke_off(const base::Error& cause) {
    return base::make_error(base::ErrorCode::partly_done,
                            base::N_("The list breaks off here, only its beginning was printed: "
                                     "{1}"),
                            {base::describe(cause)})
        .with_hint(cause.hint);
}

Status follow(const LongList& list, const AdminApi& api, Printer& printer, bool whole) {
    const auto& row = *list.invocation.verb->row;
    auto* arguments = list.invocation.arguments.get();
    PORTAL_TRY(sent, api.send(row, arguments, list.settings.tenant));
    for (bool begun = false;; begun = true) {
        const auto page = AdminApi::receive(sent);
        if (!page) return begun ? broke_off(page.error()) : page.error();
        PORTAL_TRY(next, read_next(*page));
        Status asked;
        if (next && whole) {
            PORTAL_TRYV(base::set_field_text(*list.paging.after, arguments, *next));
            auto call = api.send(row, arguments, list.settings.tenant);
            if (call)
                sent = *std::move(call);
            else
                asked = broke_off(call.error());
        }
        if (!whole) printer.set_next(next);
        PORTAL_TRYV(printer.add(*page));
        PORTAL_TRYV(asked);
        if (!next || !whole) return {};
    }
}

}  // namespace

Status print_pages(const LongList& list) {
    auto* arguments = list.invocation.arguments.get();
    const auto& limit = *list.paging.limit;
    const bool whole = !is_given(limit, arguments);
    if (whole)
        PORTAL_TRYV(base::set_field_text(limit, arguments,
                                         std::to_string(std::min(limit.help.max, kPageRows))));
    Printer printer{list};
    PORTAL_TRYV(follow(list, AdminApi{list.settings.socket}, printer, whole));
    printer.finish();
    return {};
}

}  // namespace portal::cli
