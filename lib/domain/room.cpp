#include "domain/room.hpp"

#include <algorithm>

namespace portal::domain {

RoomMoment room_moment(const BookingView& booking, base::Instant now) {
    return {booking.kind, booking.state, booking.origin, booking.starts, booking.ends, now};
}

base::Instant room_opens(const RoomMoment& visit, const RoomRules& rules) {
    const auto opens = visit.starts - rules.opens_before;
    return visit.origin == BookingOrigin::book_now ? std::min(opens, visit.now) : opens;
}

bool shows_popup(const RoomMoment& visit, const RoomRules& rules) {
    // A visit that the clinic has written down as done is over for nobody who is late or cut off.
    const bool held = visit.state == BookingState::confirmed || visit.state == BookingState::done;
    return has_room(visit.kind) && held && visit.now >= room_opens(visit, rules) &&
           visit.now <= visit.ends + rules.popup_after;
}

RoomState decide_room(const RoomMoment& visit, const RoomPresence& present,
                      const RoomRules& rules) {
    if (!has_room(visit.kind)) return RoomState::no_room;
    if (visit.state == BookingState::cancelled) return RoomState::cancelled;
    if (visit.state == BookingState::lapsed) return RoomState::lapsed;
    if (visit.state == BookingState::no_show) return RoomState::over;
    if (visit.state == BookingState::unconfirmed)
        return visit.now < visit.ends ? RoomState::unconfirmed : RoomState::lapsed;
    if (shows_popup(visit, rules)) return RoomState::open;
    if (visit.now < room_opens(visit, rules)) return RoomState::too_early;
    return present.patient && present.staff && present.self ? RoomState::open : RoomState::over;
}

int room_places(VisitKind kind, int seats) {
    constexpr int kOneToOne = 2;
    if (!has_room(kind)) return 0;
    return kind == VisitKind::video_group ? seats + 1 : kOneToOne;
}

}  // namespace portal::domain
