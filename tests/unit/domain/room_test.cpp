#include "domain/room.hpp"

#include "catch.hpp"

using namespace portal;
using namespace portal::domain;
using namespace std::chrono_literals;

namespace {

using B = BookingState;
using R = RoomState;

const base::Instant kStart = *base::parse_instant("2026-11-23T08:00:00Z");
const base::Instant kEnd = kStart + 30min;
constexpr RoomRules kRules{15min, 5min};
constexpr RoomPresence kNobody{};
constexpr RoomPresence kBoth{true, true, true};

RoomMoment at(base::Instant now, B state = B::confirmed, VisitKind kind = VisitKind::video) {
    return {kind, state, BookingOrigin::patient, kStart, kEnd, now};
}

R room(base::Instant now, RoomPresence present = kNobody) {
    return decide_room(at(now), present, kRules);
}

}  // namespace

TEST_CASE("the room opens a quarter before the start, to the millisecond", "[room][C32]") {
    CHECK(room(kStart - 24h) == R::too_early);
    CHECK(room(kStart - 15min - 1s) == R::too_early);
    CHECK(room(kStart - 15min - 1ms) == R::too_early);
    CHECK(room(kStart - 15min) == R::open);
    CHECK(room(kStart) == R::open);
    CHECK(room_opens(at(kStart - 24h), kRules) == kStart - 15min);
}

TEST_CASE("the clinic may choose another time to open and to close", "[room][C32][C40]") {
    const auto asked = [](base::Instant now, RoomRules rules) {
        return decide_room(at(now), kNobody, rules);
    };
    CHECK(asked(kStart - 1ms, {0min, 0min}) == R::too_early);
    CHECK(asked(kStart, {0min, 0min}) == R::open);
    CHECK(asked(kEnd, {0min, 0min}) == R::open);
    CHECK(asked(kEnd + 1ms, {0min, 0min}) == R::over);
    CHECK(asked(kStart - 60min, {60min, 5min}) == R::open);
    CHECK(asked(kEnd + 20min, {15min, 20min}) == R::open);
}

TEST_CASE(
    "every page offers the meeting from a quarter before the start to five minutes after "
    "the planned end",
    "[room][C40]") {
    CHECK_FALSE(shows_popup(at(kStart - 15min - 1s), kRules));
    CHECK_FALSE(shows_popup(at(kStart - 15min - 1ms), kRules));
    CHECK(shows_popup(at(kStart - 15min), kRules));
    CHECK(shows_popup(at(kEnd), kRules));
    CHECK(shows_popup(at(kEnd + 5min), kRules));
    CHECK_FALSE(shows_popup(at(kEnd + 5min + 1ms), kRules));
    CHECK_FALSE(shows_popup(at(kEnd + 24h), kRules));
    for (const auto state : {B::unconfirmed, B::cancelled, B::lapsed, B::no_show})
        CHECK_FALSE(shows_popup(at(kStart, state), kRules));
    CHECK(shows_popup(at(kEnd, B::done), kRules));
    for (const auto kind : {VisitKind::physical, VisitKind::phone})
        CHECK_FALSE(shows_popup(at(kStart, B::confirmed, kind), kRules));
}

TEST_CASE("after the end the room stays while both are inside, and nobody comes in", "[room][D9]") {
    const auto late = kEnd + 5min + 1ms;
    CHECK(room(kEnd + 5min) == R::open);
    CHECK(room(late, kBoth) == R::open);
    CHECK(room(kEnd + 3h, kBoth) == R::open);
    CHECK(room(late) == R::over);
    CHECK(room(late, {true, false, true}) == R::over);
    CHECK(room(late, {false, true, true}) == R::over);
    CHECK(room(late, {true, true, false}) == R::over);
    CHECK(decide_room(at(kEnd + 90min, B::done), kBoth, kRules) == R::open);
}

TEST_CASE("the room of an unconfirmed visit is closed until it is confirmed", "[room][C24][D9]") {
    for (const auto now : {kStart - 1h, kStart - 15min, kStart, kEnd - 1ms})
        CHECK(decide_room(at(now, B::unconfirmed), kBoth, kRules) == R::unconfirmed);
    CHECK(decide_room(at(kEnd, B::unconfirmed), kBoth, kRules) == R::lapsed);
    CHECK(decide_room(at(kStart - 5min, B::confirmed), kNobody, kRules) == R::open);
}

TEST_CASE("a visit that does not take place has a closed room", "[room]") {
    for (const auto now : {kStart - 1h, kStart, kEnd + 1h}) {
        CHECK(decide_room(at(now, B::cancelled), kBoth, kRules) == R::cancelled);
        CHECK(decide_room(at(now, B::lapsed), kBoth, kRules) == R::lapsed);
        CHECK(decide_room(at(now, B::no_show), kBoth, kRules) == R::over);
    }
}

TEST_CASE("only video visits have a room", "[room][C12]") {
    for (const auto kind : {VisitKind::physical, VisitKind::phone}) {
        CHECK(decide_room(at(kStart, B::confirmed, kind), kBoth, kRules) == R::no_room);
        CHECK(room_places(kind, 1) == 0);
    }
    CHECK(decide_room(at(kStart, B::confirmed, VisitKind::video_group), kNobody, kRules) ==
          R::open);
}

TEST_CASE("a Book now is open at once, whatever the clinic's minutes are", "[room][C17]") {
    auto visit = at(kStart - 50s);
    visit.origin = BookingOrigin::book_now;
    CHECK(decide_room(visit, kNobody, {0min, 5min}) == R::open);
    CHECK(shows_popup(visit, {0min, 5min}));
    CHECK(decide_room(at(kStart - 50s), kNobody, {0min, 5min}) == R::too_early);
}

TEST_CASE("a one-to-one room has two places, a group's one for each seat and one for staff",
          "[room][C12]") {
    CHECK(room_places(VisitKind::video, 1) == 2);
    CHECK(room_places(VisitKind::video, 12) == 2);
    CHECK(room_places(VisitKind::video_group, 12) == 13);
}
