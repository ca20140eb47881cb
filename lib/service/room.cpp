#include "service/room.hpp"

#include <algorithm>

#include "crypto/token.hpp"
#include "service/booking_change.hpp"
#include "service/consent.hpp"
#include "service/login_session.hpp"
#include "service/record_audit.hpp"
#include "store/room.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;

/// A look that comes sooner after the last one is not written down.
constexpr std::chrono::seconds kSeenEvery{15};

constexpr const char* kNoConsent =
    N_("Before you meet by video, the clinic asks for your consent.");

base::Secret token_of(const Session& session, const store::Booking& booking) {
    const auto room = booking.group ? "group:" + std::to_string(*booking.group)
                                    : "visit:" + base::format_uuid(booking.public_id);
    return derive_token(session.services(),
                        "room|" + room + "|" + base::format_hex(session.who().session_hash));
}

/// Everything that one call reads.
struct Room {
    BookedVisit visit;
    std::vector<store::RoomEntry> entries;
    std::optional<store::RoomEntry> own;  // of this session
    base::Instant now{};
    RoomView view;
};

bool is_there(const store::RoomEntry& entry, base::Instant now) {
    return entry.seen_at > now - kPresentFor;
}

RoomPresence presence_of(const RoomView& view) {
    return {!view.patients_there.empty(), view.staff_there, view.inside};
}

void count_people(const Session& session, Room& room) {
    auto& view = room.view;
    const auto me = session.who().person.id;
    const auto token = token_of(session, room.visit.booking);
    const auto hash = crypto::hash_token(token.reveal());
    for (const auto& entry : room.entries) {
        const bool ours = entry.membership == me && entry.token_hash == hash;
        if (ours) room.own = entry;
        if (entry.membership == me && !ours) view.elsewhere = true;
        if (!ours && !is_there(entry, room.now)) continue;
        if (entry.membership == room.visit.staff.person.id)
            view.staff_there = true;
        else
            view.patients_there.push_back(entry.name);
    }
    view.inside = room.own.has_value();
    view.elsewhere = view.elsewhere && !view.inside;
    if (view.inside) view.token = token;
}

base::Result<Room> load_room(store::Tx& tx, const Session& session, const base::Uuid& id,
                             bool lock) {
    const auto& who = session.who();
    const auto tenant = session.tenant().id;
    if (!who.is_member()) return base::make_error(ErrorCode::forbidden, {});
    PORTAL_TRY(booking,
               lock ? store::lock_booking(tx, tenant, id) : store::find_booking(tx, tenant, id));
    if (!booking) return base::make_error(ErrorCode::not_found, {});
    Room room;
    room.now = session.now();
    PORTAL_TRY(visit, load_visit(tx, session, *booking));
    PORTAL_TRYV(authorize(session, Action::room_enter, {visit.patient.id, visit.staff.person.id}));
    room.visit = std::move(visit);
    PORTAL_TRY(entries, store::list_room_entries(tx, tenant, room.visit.booking));
    room.entries = std::move(entries);
    auto& view = room.view;
    view.visit = view_of(room.visit);
    view.as_patient = actor_on(session, room.visit) == BookingActor::patient;
    count_people(session, room);
    const auto moment = room_moment(view.visit, room.now);
    const auto rules = room_rules(session.tenant());
    view.opens = room_opens(moment, rules);
    view.state = decide_room(moment, presence_of(view), rules);
    if (who.kind == Principal::patient) {
        PORTAL_TRY(consent, has_consent(tx, session, who.person.id));
        view.needs_consent = !consent;
    }
    // Without a consent that stands, and in a closed room, nobody is inside (C44).
    if (view.state != RoomState::open || view.needs_consent) view.inside = false;
    if (!view.inside) view.token = {};
    return room;
}

const char* closed_sentence(RoomState state) {
    switch (state) {
        case RoomState::unconfirmed:
            return N_("The room stays closed until the visit is confirmed.");
        case RoomState::too_early:
            return N_("The room is not open yet.");
        case RoomState::cancelled:
            return N_("This visit is cancelled.");
        case RoomState::lapsed:
            return N_("This visit was not confirmed in time.");
        case RoomState::no_room:
            return N_("This is not a video visit.");
        case RoomState::over:
        case RoomState::open:
            break;
    }
    return N_("This visit is over.");
}

base::Status require_place(store::Tx& tx, const Session& session, const Room& room) {
    const auto& booking = room.visit.booking;
    PORTAL_TRY(seats, store::count_seats(tx, session.tenant().id, booking.group));
    std::vector<base::MembershipId> others;
    for (const auto& entry : room.entries)
        if (entry.membership != session.who().person.id && is_there(entry, room.now))
            others.push_back(entry.membership);
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    if (static_cast<int>(others.size()) < room_places(booking.kind, seats)) return {};
    return base::make_error(ErrorCode::conflict, N_("The room is full."));
}

base::Status come_in(store::Tx& tx, const Session& session, const Room& room) {
    const auto tenant = session.tenant().id;
    const auto me = session.who().person.id;
    const auto& booking = room.visit.booking;
    for (const auto& entry : room.entries)
        if (entry.membership == me && (!room.own || entry.id != room.own->id))
            PORTAL_TRYV(store::end_room_entry(tx, tenant, entry.id, room.now));
    if (room.own) return store::touch_room_entry(tx, tenant, room.own->id, room.now);
    store::RoomEntry entry;
    entry.booking = booking.id;
    entry.membership = me;
    entry.token_hash = crypto::hash_token(token_of(session, booking).reveal());
    entry.seen_at = room.now;
    PORTAL_TRYV(store::save_room_entry(tx, tenant, entry));
    return record_act(tx, session, {"room.enter", "booking", booking.id.value});
}

}  // namespace

RoomRules room_rules(const store::Tenant& tenant) {
    return {std::chrono::minutes{tenant.room_minutes}, std::chrono::minutes{tenant.popup_minutes}};
}

bool is_consent_missing(const base::Error& error) {
    return error.key == kNoConsent;
}

base::Result<RoomView> show_room(Session& session, const base::Uuid& booking) {
    PORTAL_TRYV(authorize(session, Action::room_enter));
    const auto tenant = session.tenant().id;
    PORTAL_TRY(room, session.services().store.read(tenant, [&](store::Tx& tx) {
        return load_room(tx, session, booking, false);
    }));
    if (room.view.inside && room.own->seen_at <= room.now - kSeenEvery)
        PORTAL_TRYV(session.services().store.write(tenant, [&](store::Tx& tx) {
            return store::touch_room_entry(tx, tenant, room.own->id, room.now);
        }));
    return room.view;
}

base::Result<RoomView> enter_room(Session& session, const base::Uuid& booking) {
    PORTAL_TRYV(authorize(session, Action::room_enter));
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<RoomView> {
            PORTAL_TRY(room, load_room(tx, session, booking, true));
            if (room.view.state != RoomState::open)
                return base::make_error(ErrorCode::conflict, closed_sentence(room.view.state));
            if (room.view.needs_consent) return base::make_error(ErrorCode::forbidden, kNoConsent);
            PORTAL_TRYV(require_place(tx, session, room));
            PORTAL_TRYV(come_in(tx, session, room));
            PORTAL_TRY(entered, load_room(tx, session, booking, false));
            return entered.view;
        });
}

base::Status leave_room(Session& session, const base::Uuid& booking) {
    PORTAL_TRYV(authorize(session, Action::room_enter));
    const auto tenant = session.tenant().id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRY(room, load_room(tx, session, booking, true));
        if (!room.own) return {};
        PORTAL_TRYV(store::end_room_entry(tx, tenant, room.own->id, room.now));
        return record_act(tx, session, {"room.leave", "booking", room.visit.booking.id.value});
    });
}

base::Result<std::optional<BookingView>> find_open_room(const Session& session) {
    const auto& who = session.who();
    const bool asks = (who.kind == Principal::patient || who.kind == Principal::staff) &&
                      session.tenant().has(Module::booking);
    if (!asks) return std::optional<BookingView>{};
    const auto rules = room_rules(session.tenant());
    const auto now = session.now();
    store::OpenRoomQuestion ask{
        who.person.id, {}, now, now + rules.opens_before, now - rules.popup_after};
    if (who.kind == Principal::staff) ask.staff = who.staff_id;
    PORTAL_TRY(found, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return store::find_open_room(tx, session.tenant().id, ask);
    }));
    if (found && !shows_popup(room_moment(*found, now), rules)) found.reset();
    return found;
}

}  // namespace portal::service
