// Calendars that staff subscribe to by a private address. Source: L16, L18.
#pragma once

#include "api/operation.hpp"
#include "domain/feed.hpp"

namespace portal::api {

inline constexpr Operation<domain::ListFeeds, domain::FeedList> kFeedList{
    "feed.list",
    "GET",
    "/v1/tenants/{tenant}/feeds",
    Access::read,
    "feed",
    "List the calendar addresses that staff have made",
    "-T solna\n"
    "-T solna --staff anna@example.org"};

inline constexpr Operation<domain::RevokeFeed, domain::FeedView> kFeedRevoke{
    "feed.revoke",
    "POST",
    "/v1/tenants/{tenant}/feeds/{feed}/revoke",
    Access::write,
    "feed",
    "End a calendar address: it can no longer be read",
    "-T solna 0190c7f2-6b57-7c3e-9d1a-2f3b8d1e5a11"};

}  // namespace portal::api
