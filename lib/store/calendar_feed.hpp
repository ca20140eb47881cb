// Calendars by a private address: the digest of its token, and the visits that they show.
// Thread rule: inside a transaction. Source: L16, L18, P9.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/booking_state.hpp"
#include "domain/feed.hpp"
#include "domain/visit_type.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct NewFeed {
    base::Uuid public_id;
    base::MembershipId owner;
    base::Bytes token_hash;
    base::Instant now{};
};
base::Status insert_feed(Tx& tx, base::TenantId tenant, const NewFeed& feed);

/// Newest first, at most 500. `owner`: only theirs. `live`: those that are not revoked.
struct FeedRange {
    std::optional<base::MembershipId> owner;
    bool live = false;
};
base::Result<std::vector<domain::FeedView>> list_feeds(Tx& tx, base::TenantId tenant,
                                                       const FeedRange& range);

struct Feed {
    std::int64_t id = 0;
    base::MembershipId owner;
    base::StaffId staff;
    std::optional<base::Instant> fetched_at;
};
/// None where it is revoked or its owner can no longer log in.
base::Result<std::optional<Feed>> find_feed(Tx& tx, base::TenantId tenant,
                                            const base::Bytes& token_hash);
base::Status touch_feed(Tx& tx, base::TenantId tenant, std::int64_t id, base::Instant now);
struct FeedEnd {
    base::Uuid feed;
    std::optional<base::MembershipId> owner;  // only theirs
    base::Instant now{};
};
/// The feed as it is now; none: there is no such one. One that has ended stays as it was.
base::Result<std::optional<domain::FeedView>> revoke_feed(Tx& tx, base::TenantId tenant,
                                                          const FeedEnd& end);

/// What a calendar needs of a visit.
struct CalendarVisit {
    base::Uuid public_id;
    base::Uuid uid;
    std::int64_t sequence = 0;
    base::Instant starts{};
    base::Instant ends{};
    domain::BookingState state = domain::BookingState::unconfirmed;
    domain::VisitKind kind = domain::VisitKind::physical;
    base::Instant stamp{};  // when what it says was last changed, or when the mail is made
};
struct CalendarRange {
    base::StaffId staff;
    base::MembershipId owner;  // where a colleague invites them, too (C20)
    base::Instant from{};
    base::Instant to{};
};
/// Neither cancelled nor lapsed, by start, at most kCalendarVisits.
inline constexpr int kCalendarVisits = 5000;
base::Result<std::vector<CalendarVisit>> list_calendar(Tx& tx, base::TenantId tenant,
                                                       const CalendarRange& range);

std::span<const Statement> calendar_feed_statements();

}  // namespace portal::store
