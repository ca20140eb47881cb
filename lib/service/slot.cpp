#include "service/slot.hpp"

#include <algorithm>

#include "domain/slots.hpp"
#include "service/authorize.hpp"
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

/// What the type cannot overlap: others with the longer of the two buffers between. A group of this
/// type with seats left is in nobody's way, as its start is a start of this type.
std::vector<Interval> busy_for(const store::VisitType& type,
                               const std::vector<store::BusyTime>& taken) {
    using std::chrono::minutes;
    std::vector<Interval> busy;
    busy.reserve(taken.size());
    for (const auto& each : taken) {
        if (each.seats_of == type.id) continue;
        const minutes before{std::max(each.before_minutes, type.view.after_minutes)};
        const minutes after{std::max(each.after_minutes, type.view.before_minutes)};
        busy.push_back({each.starts - before, each.ends + after});
    }
    return busy;
}

struct SlotQuestion {
    const store::Staff& staff;
    const store::VisitType& type;
    base::Instant from;
    base::Instant to;
    std::optional<base::BookingId> except{};
};

base::Result<std::vector<base::Instant>> find_slots(store::Tx& tx, const Session& session,
                                                    const SlotQuestion& ask) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(stored, store::load_availability(tx, tenant, ask.staff.id));
    if (stored.version == 0 || !ask.staff.bookable) return std::vector<base::Instant>{};
    PORTAL_TRY(zone, base::Zone::find(stored.availability.zone));
    // A visit that starts just before `to` reaches beyond it: hours and bookings there count too.
    const auto reach = ask.to + std::chrono::minutes{ask.type.view.duration_minutes};
    const auto open = open_intervals(stored.availability, zone, ask.from, reach);
    PORTAL_TRY(taken, store::list_busy(tx, tenant,
                                       {ask.staff.id, ask.from - kLongestBuffer,
                                        reach + kLongestBuffer, ask.except}));
    const auto busy = busy_for(ask.type, taken);
    auto slots = free_slots(open, busy, rules_of(ask.type.view), session.now());
    std::erase_if(slots, [&](base::Instant at) { return at < ask.from || at >= ask.to; });
    return slots;
}

std::string local_text(base::Instant at, const base::Zone& zone) {
    const auto local = zone.to_local(at);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return base::format_day(day) + " " +
           base::format_minute(static_cast<int>((local - day).count()));
}

/// Midnight at the start of a local day; where the clock jumps over it, the moment of the jump.
base::Instant start_of(base::LocalDay day, const base::Zone& zone) {
    return zone.resolve(base::LocalTime{day}).first;
}

}  // namespace

base::Result<SlotList> list_slots(Session& session, const ListSlots& command) {
    PORTAL_TRYV(authorize(session, Action::slot_list));
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto first = command.from.value_or(zone.to_local_day(session.now()));
    const auto from = start_of(first, zone);
    const auto to = start_of(first + std::chrono::days{command.days.value_or(7)}, zone);
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<SlotList> {
            PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
            PORTAL_TRY(type, resolve_visit_type(tx, session, command.visit_type));
            PORTAL_TRY(slots, find_slots(tx, session, {staff, type, from, to}));
            SlotList list;
            list.zone = session.tenant().zone;
            list.items.reserve(slots.size());
            const std::chrono::minutes length{type.view.duration_minutes};
            for (const auto at : slots)
                list.items.push_back({at, at + length, local_text(at, zone)});
            return list;
        });
}

base::Status require_free(store::Tx& tx, const Session& session, const WantedTime& wanted) {
    const auto to = wanted.starts + base::Millis{1};
    PORTAL_TRY(slots, find_slots(tx, session,
                                 {wanted.staff, wanted.type, wanted.starts, to, wanted.except}));
    if (std::find(slots.begin(), slots.end(), wanted.starts) != slots.end()) return {};
    const bool past = wanted.starts <= session.now();
    auto error =
        base::make_error(base::ErrorCode::conflict,
                         past ? N_("This time has passed. Choose another.") : store::kOverlap);
    error.field = "starts";
    return error;
}

base::Status require_bookable(const store::Staff& staff, const store::VisitType& type) {
    const auto refuse = [](const char* field, const char* sentence) {
        auto error = base::make_error(base::ErrorCode::conflict, sentence);
        error.field = field;
        return error;
    };
    if (!staff.bookable || staff.person.blocked)
        return refuse("staff", N_("This staff member takes no bookings just now."))
            .with_hint("portalctl staff set STAFF --bookable yes");
    if (!type.view.active)
        return refuse("visit_type", N_("This kind of visit can no longer be booked."));
    if (type.owner && *type.owner != staff.id)
        return refuse("visit_type", N_("This kind of visit is another staff member's own."));
    return {};
}

}  // namespace portal::service
