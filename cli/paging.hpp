// A long list, page after page: each is printed as it comes, while the daemon makes the next, so
// that neither program ever holds the whole. Thread rule: one call.
#pragma once

#include "cli/page.hpp"
#include "cli/remote.hpp"
#include "cli/settings.hpp"
#include "cli/tree.hpp"

namespace portal::cli {

struct LongList {
    const Invocation& invocation;
    const Settings& settings;
    Format format;
    Paging paging;
};
/// All pages, or the one that a --limit asks for. partly_done where it broke off after the first.
base::Status print_pages(const LongList& list);

}  // namespace portal::cli
