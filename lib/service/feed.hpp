// Visits in other programs' calendars: a private address that a staff member's program reads again
// and again, and the file that a patient takes along. What they show leaves the house: times, place
// and a link, nobody's name and nothing of what a visit is about.
// Thread rule: any; one call, one transaction. Source: L16, L18, P9; threat 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/feed.hpp"
#include "service/session.hpp"

namespace portal::service {

inline constexpr std::size_t kMostFeeds = 10;  // live ones of one staff member

/// Of the clinic or of one staff member, for operators and administrators.
base::Result<domain::FeedList> list_feeds(Session& session, const domain::ListFeeds& command);
/// Ends a feed of the clinic; not_found at "feed". One that has ended stays as it was.
base::Result<domain::FeedView> revoke_feed(Session& session, const domain::RevokeFeed& command);

/// The staff member's own live ones.
base::Result<std::vector<domain::FeedView>> list_own_feeds(Session& session);
/// A new address, told this once; none: this form was sent twice. conflict: kMostFeeds are there.
base::Result<std::optional<base::Secret>> make_feed(Session& session, const std::string& key);
base::Status revoke_own_feed(Session& session, const base::Uuid& feed);

/// The calendar behind an address, for whoever has it. not_found: unknown, revoked, or its owner
/// may not log in any more; rate_limited.
base::Result<std::string> read_feed(Session& session, std::string_view token);

/// One live visit of one's own as a patient, as a file to take along.
base::Result<std::string> export_visit(Session& session, const base::Uuid& booking);

}  // namespace portal::service
