#include "service/feed.hpp"

#include <chrono>

#include "crypto/keyring.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "service/authorize.hpp"
#include "service/booking_change.hpp"
#include "service/calendar_event.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "store/account_budget.hpp"
#include "store/calendar_feed.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using std::chrono::days;

constexpr std::size_t kTokenText = 43;
constexpr std::int64_t kReadsInARow = 30;  // less than a minute apart
constexpr days kBack{30};
constexpr days kAhead{365};

base::Error unknown() {
    return base::make_error(ErrorCode::not_found, {});
}

base::Error no_feed() {
    auto error = base::make_error(ErrorCode::not_found, N_("There is no such feed."));
    error.field = "feed";
    return error;
}

struct OpenFeed {
    store::Feed feed;
    text::Language language;
    std::vector<store::CalendarVisit> visits;
};

base::Result<OpenFeed> load_feed(store::Tx& tx, const Session& session, const base::Bytes& hash) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(feed, store::find_feed(tx, tenant, hash));
    if (!feed) return unknown();
    PORTAL_TRY(owner, store::find_membership(tx, tenant, feed->owner));
    if (!owner) return unknown();
    // By whole days, so that an answer changes when a visit does and at midnight.
    const auto today = std::chrono::floor<days>(session.now());
    PORTAL_TRY(visits, store::list_calendar(tx, tenant,
                                            {feed->staff, feed->owner, base::Instant{today - kBack},
                                             base::Instant{today + kAhead}}));
    return OpenFeed{*feed, to_text(owner->language), std::move(visits)};
}

/// Counts the read, and writes down that the feed is in use, to the hour.
base::Status count_read(const Session& session, const store::Feed& feed) {
    const auto& services = session.services();
    const auto now = session.now();
    const auto subject =
        crypto::blind_index(services.keys, "calendar-feed|" + std::to_string(feed.id));
    PORTAL_TRY(within,
               services.store.write(session.tenant().id, [&](store::Tx& tx) -> base::Result<bool> {
                   if (!feed.fetched_at || now - *feed.fetched_at >= std::chrono::hours{1})
                       PORTAL_TRYV(store::touch_feed(tx, session.tenant().id, feed.id, now));
                   return store::spend_budget(tx, subject,
                                              {kReadsInARow, now, now - std::chrono::minutes{1}});
               }));
    if (!within) return base::make_error(ErrorCode::rate_limited, {});
    return {};
}

}  // namespace

base::Result<FeedList> list_feeds(Session& session, const ListFeeds& command) {
    PORTAL_TRYV(authorize(session, Action::feed_list));
    const auto tenant = session.tenant().id;
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<FeedList> {
        store::FeedRange range;
        const auto& who = session.who();
        if (who.kind == Principal::staff && !who.administers) {
            range.owner = who.person.id;
        } else if (command.staff) {
            PORTAL_TRY(staff, resolve_staff(tx, session, *command.staff, "staff"));
            range.owner = staff.person.id;
        }
        PORTAL_TRY(items, store::list_feeds(tx, tenant, range));
        return FeedList{items};
    });
}

base::Result<FeedView> revoke_feed(Session& session, const RevokeFeed& command) {
    PORTAL_TRYV(authorize(session, Action::feed_make));
    const auto tenant = session.tenant().id;
    std::optional<base::MembershipId> owner;
    if (session.who().kind != Principal::operator_) owner = session.who().person.id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<FeedView> {
        PORTAL_TRY(feed, store::revoke_feed(tx, tenant, {command.feed, owner, session.now()}));
        if (!feed) return no_feed();
        PORTAL_TRYV(record_act(tx, session, {"feed.revoke", "feed", 0}));
        return *feed;
    });
}

base::Result<std::vector<FeedView>> list_own_feeds(Session& session) {
    PORTAL_TRYV(authorize(session, Action::feed_make));
    const auto tenant = session.tenant().id;
    return session.services().store.read(tenant, [&](store::Tx& tx) {
        return store::list_feeds(tx, tenant, {session.who().person.id, true});
    });
}

base::Result<std::optional<base::Secret>> make_feed(Session& session, const std::string& key) {
    PORTAL_TRYV(authorize(session, Action::feed_make));
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto owner = session.who().person.id;
    const auto token = crypto::make_token(services.random);
    const store::NewFeed feed{base::make_uuid(services.random), owner,
                              crypto::hash_token(token.reveal()), session.now()};
    const auto claim = key_of(session, key);
    using Made = std::optional<base::Secret>;
    return services.store.write(tenant, [&](store::Tx& tx) -> base::Result<Made> {
        if (claim) {
            PORTAL_TRY(before, store::claim_key(tx, tenant,
                                                {*claim, key_act("feed.make", {}), feed.public_id,
                                                 session.now()}));
            if (before) return Made{};
        }
        PORTAL_TRY(live, store::list_feeds(tx, tenant, {owner, true}));
        if (live.size() >= kMostFeeds)
            return base::make_error(ErrorCode::conflict,
                                    N_("You have {1} addresses already. Stop one of them first."),
                                    {std::to_string(kMostFeeds)});
        PORTAL_TRYV(store::insert_feed(tx, tenant, feed));
        PORTAL_TRYV(record_act(tx, session, {"feed.make", "membership", owner.value}));
        return Made{token};
    });
}

base::Status revoke_own_feed(Session& session, const base::Uuid& feed) {
    PORTAL_TRY(revoked, revoke_feed(session, {feed}));
    return {};
}

base::Result<std::string> read_feed(Session& session, std::string_view token) {
    PORTAL_TRYV(require_module(session, Module::booking));
    if (token.size() != kTokenText) return unknown();
    const auto hash = crypto::hash_token(token);
    PORTAL_TRY(open, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return load_feed(tx, session, hash);
    }));
    PORTAL_TRYV(count_read(session, open.feed));
    text::PublishedCalendar calendar{session.tenant().name, session.tenant().zone, {}};
    for (const auto& visit : open.visits) {
        auto event = make_event(session, visit, open.language);
        event.summary = session.services().catalogue.translate(open.language, N_("Visit"));
        calendar.events.push_back(std::move(event));
    }
    return text::make_calendar(calendar);
}

base::Result<std::string> export_visit(Session& session, const base::Uuid& booking) {
    PORTAL_TRY(visit, session.services().store.read(
                          session.tenant().id, [&](store::Tx& tx) -> base::Result<BookedVisit> {
                              return look_at(tx, session, Action::booking_show, booking);
                          }));
    const bool own = visit.patient.id == session.who().person.id;
    if (!own || !is_active(visit.booking.state)) return unknown();
    text::PublishedCalendar calendar{{}, session.tenant().zone, {}};
    calendar.events = {
        make_event(session, to_calendar(visit.booking, session.now()), session.language())};
    return text::make_calendar(calendar);
}

}  // namespace portal::service
