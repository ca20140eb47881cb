// Calendars that staff subscribe to by a private address. The address itself is in no record: it
// is shown once, to whoever made it. Source: L16, L18; docs/manual of feeds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"

namespace portal::domain {

struct ListFeeds {
    std::optional<std::string> staff;
};
BOOST_DESCRIBE_STRUCT(ListFeeds, (), (staff))
PORTAL_HELP(ListFeeds, {"staff", "only of this staff member: id or e-mail address", 0, 1, 254})

struct FeedView {
    base::Uuid id;
    base::Uuid staff_id;
    std::string staff;
    base::Instant created_at{};
    std::optional<base::Instant> fetched_at;
    std::optional<base::Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(FeedView, (), (id, staff_id, staff, created_at, fetched_at, revoked_at))
PORTAL_HELP(FeedView, {"id", "id of the feed, which opens nothing"},
            {"staff_id", "id of the staff member", base::kWide}, {"staff", "whose visits it shows"},
            {"created_at", "when it was made"},
            {"fetched_at", "when it was last read, to the hour; empty: never"},
            {"revoked_at", "when it was ended; empty: it can be read"})

struct FeedList {
    std::vector<FeedView> items;
};
BOOST_DESCRIBE_STRUCT(FeedList, (), (items))
PORTAL_HELP(FeedList, {"items", "the feeds, newest first; ended ones too"})

struct RevokeFeed {
    base::Uuid feed;
};
BOOST_DESCRIBE_STRUCT(RevokeFeed, (), (feed))
PORTAL_HELP(RevokeFeed, {"feed", "id of the feed", base::kPositional})

}  // namespace portal::domain
