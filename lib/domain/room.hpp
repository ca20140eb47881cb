// When the room of a video visit is open, and for whom: a few sums. Pure; any thread.
// Source: C12, C24, C32, C40, C47, D9.
#pragma once

#include <chrono>

#include "base/clock.hpp"
#include "base/record.hpp"
#include "domain/booking.hpp"

namespace portal::domain {

/// What the clinic has chosen.
struct RoomRules {
    std::chrono::minutes opens_before{15};  // the start (C32)
    std::chrono::minutes popup_after{5};    // the planned end (C40)
};

enum class RoomState {
    no_room,      // one meets at the clinic or by telephone
    unconfirmed,  // closed to either side until it is confirmed (C24)
    too_early,
    open,
    over,
    cancelled,
    lapsed,  // it was not confirmed in time
};
BOOST_DESCRIBE_ENUM(RoomState, no_room, unconfirmed, too_early, open, over, cancelled, lapsed)

struct RoomMoment {
    VisitKind kind = VisitKind::physical;
    BookingState state = BookingState::unconfirmed;
    BookingOrigin origin = BookingOrigin::patient;
    base::Instant starts{};
    base::Instant ends{};
    base::Instant now{};
};
RoomMoment room_moment(const BookingView& booking, base::Instant now);

/// Who is in the room just now.
struct RoomPresence {
    bool patient = false;
    bool staff = false;
    bool self = false;  // whoever asks
};

/// The first moment of an open room.
base::Instant room_opens(const RoomMoment& visit, const RoomRules& rules);
/// Confirmed late, it opens at once (D9), and so does a Book now. After the last moment of the
/// pop-up it stays open to those inside for as long as both sides are there; nobody comes in.
RoomState decide_room(const RoomMoment& visit, const RoomPresence& present, const RoomRules& rules);
/// Whether every page offers the meeting: from the room's opening to `popup_after` after the
/// planned end, both included, whoever is inside.
bool shows_popup(const RoomMoment& visit, const RoomRules& rules);

/// How many may be in the room at once; `seats` counts for groups alone.
int room_places(VisitKind kind, int seats);

}  // namespace portal::domain
