#include "service/slot.hpp"

#include <algorithm>

#include "domain/slots.hpp"
#include "service/authorize.hpp"
#include "service/booking_change.hpp"
#include "service/person.hpp"
#include "service/visit_type.hpp"
#include "store/booking.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;

constexpr std::chrono::minutes kLongestBuffer{60};

SlotRules rules_of(const VisitTypeView& type) {
    SlotRules rules;
    rules.duration = std::chrono::minutes{type.duration_minutes};
    rules.step =
        std::chrono::minutes{type.step_minutes > 0 ? type.step_minutes : type.duration_minutes};
    rules.lead = std::chrono::minutes{type.lead_minutes};
    rules.horizon = std::chrono::hours{24 * type.horizon_days};
    return rules;
}

/// What a visit of the type must keep clear of.
Interval clearance(const store::VisitType& type, const store::BusyTime& taken) {
    using std::chrono::minutes;
    return keep_clear({taken.starts, taken.ends},
                      {minutes{taken.before_minutes}, minutes{taken.after_minutes}},
                      {minutes{type.view.before_minutes}, minutes{type.view.after_minutes}});
}

struct FoundSlot {
    base::Instant starts;
    base::Instant ends;
    std::optional<int> seats_left{};
};

/// The groups of this type that have begun to fill: each once, where nothing else is in its way.
/// Its own start is free whatever the step says now; any other start collides with it.
std::vector<FoundSlot> open_groups(const store::VisitType& type,
                                   const std::vector<store::BusyTime>& taken) {
    std::vector<FoundSlot> groups;
    for (const auto& each : taken) {
        if (each.seats_of != type.id) continue;
        if (!groups.empty() && groups.back().starts == each.starts) continue;
        const bool clear = std::none_of(taken.begin(), taken.end(), [&](const auto& other) {
            if (other.seats_of == type.id && other.starts == each.starts) return false;
            const auto way = clearance(type, other);
            return way.start < each.ends && way.end > each.starts;
        });
        if (clear) groups.push_back({each.starts, each.ends, each.seats_left});
    }
    return groups;
}

struct FoundSlots {
    std::vector<FoundSlot> slots;
    NoSlot why_none = NoSlot::bookings_off;  // where there are none
};

struct SlotQuestion {
    const store::Staff& staff;
    const store::VisitType& type;
    base::Instant from;
    base::Instant to;
    std::optional<base::BookingId> except{};
};

/// Those of them that lie in open time, and neither too near nor too far.
std::vector<FoundSlot> groups_within(const SlotQuestion& ask,
                                     const std::vector<store::BusyTime>& taken,
                                     const std::vector<Interval>& open, base::Instant now) {
    const auto rules = rules_of(ask.type.view);
    auto groups = open_groups(ask.type, taken);
    std::erase_if(groups, [&](const FoundSlot& group) {
        return group.starts < now + rules.lead || group.starts > now + rules.horizon ||
               !is_open(open, {group.starts, group.ends});
    });
    return groups;
}

base::Result<FoundSlots> find_slots(store::Tx& tx, const Session& session,
                                    const SlotQuestion& ask) {
    FoundSlots found;
    auto& slots = found.slots;
    if (const auto fits = require_bookable(session, ask.staff, ask.type); !fits) {
        if (fits.error().field == "visit_type") found.why_none = NoSlot::not_offered;
        return found;
    }
    found.why_none = NoSlot::no_hours;
    const auto tenant = session.tenant().id;
    PORTAL_TRY(stored, store::load_availability(tx, tenant, ask.staff.id));
    if (stored.version == 0) return found;
    PORTAL_TRY(zone, base::Zone::find(stored.availability.zone));
    // A visit that starts just before `to` reaches beyond it: hours and bookings there count too.
    const std::chrono::minutes length{ask.type.view.duration_minutes};
    const auto reach = ask.to + length;
    const auto open = open_intervals(stored.availability, zone, ask.from, reach);
    PORTAL_TRY(taken, store::list_busy(tx, tenant,
                                       {ask.staff.id, ask.from - kLongestBuffer,
                                        reach + kLongestBuffer, session.now(), ask.except}));
    std::vector<Interval> busy;
    busy.reserve(taken.size());
    for (const auto& each : taken) busy.push_back(clearance(ask.type, each));
    const auto starts = free_slots(open, busy, rules_of(ask.type.view), session.now());
    const bool group = ask.type.view.kind == VisitKind::video_group;
    const auto seats = group ? std::optional{ask.type.view.capacity} : std::nullopt;
    slots.reserve(starts.size());
    for (const auto at : starts) slots.push_back({at, at + length, seats});
    if (group) {
        const auto begun = groups_within(ask, taken, open, session.now());
        slots.insert(slots.end(), begun.begin(), begun.end());
        std::sort(slots.begin(), slots.end(),
                  [](const FoundSlot& a, const FoundSlot& b) { return a.starts < b.starts; });
    }
    std::erase_if(slots, [&](const FoundSlot& slot) {
        return slot.starts < ask.from || slot.starts >= ask.to;
    });
    if (slots.empty())
        found.why_none = why_none(open, rules_of(ask.type.view), {ask.from, ask.to}, session.now());
    return found;
}

/// Whom the command names, each once; all who may give the type where it names nobody.
base::Result<std::vector<store::Staff>> givers_of(store::Tx& tx, const Session& session,
                                                  const ListSlots& command,
                                                  const store::VisitType& type) {
    std::vector<store::Staff> givers;
    for (const auto& reference : command.staff) {
        PORTAL_TRY(staff, resolve_staff(tx, session, reference, "staff"));
        const bool known = std::any_of(givers.begin(), givers.end(),
                                       [&](const auto& each) { return each.id == staff.id; });
        if (!known) givers.push_back(std::move(staff));
    }
    if (!command.staff.empty()) return givers;
    PORTAL_TRY(all, store::list_staff(tx, session.tenant().id));
    for (auto& staff : all)
        if (require_bookable(session, staff, type)) givers.push_back(std::move(staff));
    return givers;
}

std::string local_text(base::Instant at, const base::Zone& zone) {
    const auto local = zone.to_local(at);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return base::format_day(day) + " " +
           base::format_minute(static_cast<int>((local - day).count()));
}

const char* sentence_of(NoSlot why) {
    switch (why) {
        case NoSlot::no_hours:
        case NoSlot::closed:
            return N_("Nothing is open at this time. Choose another.");
        case NoSlot::other_start:
            return N_("This kind of visit does not begin at this time. Choose another.");
        case NoSlot::too_near:
            return N_("It is too late to book this time. Choose a later one.");
        case NoSlot::too_far:
            return N_("This time cannot be booked yet. Choose an earlier one.");
        case NoSlot::not_offered:
        case NoSlot::bookings_off:
            return N_("There is nothing to book here just now. Please call the clinic.");
        case NoSlot::nobody:
        case NoSlot::taken:
            break;
    }
    return store::kOverlap;
}

/// What the visit was booked as (C13): what its type says by now holds for new visits.
store::VisitType type_as_booked(const BookedVisit& visit) {
    const auto& booking = visit.booking;
    auto type = visit.type;
    const auto length = std::chrono::floor<std::chrono::minutes>(booking.ends - booking.starts);
    type.view.duration_minutes = static_cast<int>(length.count());
    type.view.kind = booking.kind;
    type.view.before_minutes = booking.before_minutes;
    type.view.after_minutes = booking.after_minutes;
    return type;
}

base::Status require_movable(const Session& session, const BookedVisit& visit) {
    if (require_bookable(session, visit.staff, visit.type)) return {};
    return base::make_error(
        base::ErrorCode::conflict,
        N_("This visit cannot be moved here just now. Please call the clinic."));
}

/// Midnight at the start of a local day; where the clock jumps over it, the moment of the jump.
base::Instant start_of(base::LocalDay day, const base::Zone& zone) {
    return zone.resolve(base::LocalTime{day}).first;
}

Interval range_of(base::LocalDay first, int days, const base::Zone& zone) {
    return {start_of(first, zone), start_of(first + std::chrono::days{days}, zone)};
}

void append(const std::vector<FoundSlot>& slots, const store::Staff& staff, const base::Zone& zone,
            SlotList& list) {
    const auto name = staff.person.full_name();
    list.items.reserve(list.items.size() + slots.size());
    for (const auto& slot : slots)
        list.items.push_back({slot.starts, slot.ends, local_text(slot.starts, zone), name,
                              staff.person.public_id, slot.seats_left});
}

}  // namespace

base::Result<SlotList> list_slots(Session& session, const ListSlots& command) {
    PORTAL_TRYV(authorize(session, Action::slot_list));
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto first = command.from.value_or(zone.to_local_day(session.now()));
    const auto range = range_of(first, command.days.value_or(7), zone);
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<SlotList> {
            PORTAL_TRY(type, resolve_visit_type(tx, session, command.visit_type));
            PORTAL_TRY(givers, givers_of(tx, session, command, type));
            SlotList list;
            list.zone = session.tenant().zone;
            auto nearest = NoSlot::nobody;
            for (const auto& staff : givers) {
                PORTAL_TRY(found, find_slots(tx, session, {staff, type, range.start, range.end}));
                nearest = std::max(nearest, found.why_none);
                append(found.slots, staff, zone, list);
            }
            if (list.items.empty()) list.reason = nearest;
            if (givers.size() > 1)
                std::stable_sort(
                    list.items.begin(), list.items.end(),
                    [](const SlotView& a, const SlotView& b) { return a.starts < b.starts; });
            return list;
        });
}

base::Result<SlotList> list_move_slots(Session& session, const MoveTimes& wanted) {
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto range = range_of(wanted.from, wanted.days, zone);
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<SlotList> {
            PORTAL_TRY(visit, look_at(tx, session, Action::booking_move, wanted.booking));
            const auto& booking = visit.booking;
            PORTAL_TRYV(require_movable(session, visit));
            const auto type = type_as_booked(visit);
            PORTAL_TRY(found, find_slots(tx, session,
                                         {visit.staff, type, range.start, range.end, booking.id}));
            std::erase_if(found.slots, [&](const FoundSlot& slot) {
                return slot.starts == booking.starts;  // it is there already
            });
            SlotList list;
            list.zone = session.tenant().zone;
            append(found.slots, visit.staff, zone, list);
            if (list.items.empty()) list.reason = found.why_none;
            return list;
        });
}

base::Status require_free_for(store::Tx& tx, const Session& session, const BookedVisit& visit,
                              base::Instant starts) {
    PORTAL_TRYV(require_movable(session, visit));
    const auto type = type_as_booked(visit);
    return require_free(tx, session, {visit.staff, type, starts, visit.booking.id});
}

base::Status require_free(store::Tx& tx, const Session& session, const WantedTime& wanted) {
    const auto to = wanted.starts + base::Millis{1};
    PORTAL_TRY(found, find_slots(tx, session,
                                 {wanted.staff, wanted.type, wanted.starts, to, wanted.except}));
    const bool is_free =
        std::any_of(found.slots.begin(), found.slots.end(),
                    [&](const FoundSlot& slot) { return slot.starts == wanted.starts; });
    if (is_free) return {};
    const bool past = wanted.starts <= session.now();
    auto error = base::make_error(
        base::ErrorCode::conflict,
        past ? N_("This time has passed. Choose another.") : sentence_of(found.why_none));
    error.field = "starts";
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto day = zone.to_local_day(std::max(wanted.starts, session.now()));
    return error.with_hint("portalctl slot list -T " + session.tenant().slug + " --staff " +
                           base::format_uuid(wanted.staff.person.public_id) + " --visit-type " +
                           base::format_uuid(wanted.type.view.id) + " --from " +
                           base::format_day(day));
}

base::Status require_bookable(const Session& session, const store::Staff& staff,
                              const store::VisitType& type) {
    const auto refuse = [](const char* field, const char* sentence) {
        auto error = base::make_error(base::ErrorCode::conflict, sentence);
        error.field = field;
        return error;
    };
    if (!staff.bookable || staff.person.blocked)
        return refuse("staff", N_("This staff member takes no bookings just now."))
            .with_hint("portalctl staff set -T " + session.tenant().slug + " " +
                       base::format_uuid(staff.person.public_id) + " --bookable yes");
    if (!type.view.active)
        return refuse("visit_type", N_("This kind of visit can no longer be booked."));
    if (type.owner && *type.owner != staff.id)
        return refuse("visit_type", N_("This kind of visit is another staff member's own."));
    return {};
}

}  // namespace portal::service
