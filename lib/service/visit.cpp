#include "service/visit.hpp"

#include <algorithm>

#include "domain/slots.hpp"
#include "service/authorize.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "service/tenant.hpp"
#include "store/booking.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;

base::Error no_such(std::string_view field, const char* sentence) {
    auto error = base::make_error(base::ErrorCode::not_found, sentence);
    error.field = field;
    return error;
}

SlotRules rules_of(const VisitTypeView& type) {
    SlotRules rules;
    rules.duration = std::chrono::minutes{type.duration_minutes};
    rules.step =
        std::chrono::minutes{type.step_minutes > 0 ? type.step_minutes : type.duration_minutes};
    rules.lead = std::chrono::minutes{type.lead_minutes};
    rules.horizon = std::chrono::hours{24 * type.horizon_days};
    return rules;
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
    PORTAL_TRY(taken, store::list_busy(tx, tenant, {ask.staff.id, ask.from, reach, ask.except}));
    std::vector<Interval> busy;
    busy.reserve(taken.size());
    for (const auto& each : taken) busy.push_back({each.starts, each.ends});
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

base::Result<VisitTypeView> create_visit_type(Session& session, const CreateVisitType& command) {
    PORTAL_TRYV(authorize(session, Action::visit_type_create));
    VisitTypeView view;
    view.id = base::make_uuid(session.services().random);
    view.title = command.title;
    view.duration_minutes = command.duration_minutes;
    view.step_minutes = command.step_minutes;
    view.lead_minutes = command.lead_minutes;
    view.horizon_days = command.horizon_days;
    view.version = 1;
    PORTAL_TRYV(
        session.services().store.write(session.tenant().id, [&](store::Tx& tx) -> base::Status {
            PORTAL_TRY(made, store::insert_visit_type(tx, session.tenant().id, view));
            if (!made)
                return base::make_error(base::ErrorCode::conflict,
                                        N_("A visit type with this title exists."));
            return record_act(tx, session, {"visit-type.create", "visit_type", made->value});
        }));
    return view;
}

base::Result<VisitTypeList> list_visit_types(Session& session, const ListVisitTypes&) {
    PORTAL_TRYV(authorize(session, Action::visit_type_list));
    PORTAL_TRY(rows, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return store::list_visit_types(tx, session.tenant().id);
    }));
    VisitTypeList list;
    for (const auto& row : rows) list.items.push_back(row.view);
    return list;
}

base::Result<AvailabilityView> set_availability(Session& session, const SetAvailability& command) {
    PORTAL_TRYV(authorize(session, Action::availability_set));
    Availability availability{command.zone.value_or(session.tenant().zone), command.rule,
                              command.exception};
    if (auto fits = check_availability(availability); !fits) {
        auto error = std::move(fits).error();
        if (error.field.starts_with("rules")) error.field.erase(4, 1);
        if (error.field.starts_with("exceptions")) error.field.erase(9, 1);
        // The other one by the flag's name too.
        if (!error.args.empty() && error.field.ends_with(']'))
            error.args[0] += " --" + error.field.substr(0, error.field.find('['));
        return error;
    }
    if (command.zone) PORTAL_TRYV(check_zone(*command.zone));
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<AvailabilityView> {
            PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
            PORTAL_TRYV(store::save_availability(tx, session.tenant().id, staff.id, availability));
            PORTAL_TRY(saved, store::load_availability(tx, session.tenant().id, staff.id));
            PORTAL_TRYV(record_act(tx, session, {"availability.set", "staff", staff.id.value}));
            return AvailabilityView{staff.person.full_name(), availability.zone, availability.rules,
                                    availability.exceptions, saved.version};
        });
}

base::Result<AvailabilityView> show_availability(Session& session,
                                                 const ShowAvailability& command) {
    PORTAL_TRYV(authorize(session, Action::availability_show));
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<AvailabilityView> {
            PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
            PORTAL_TRYV(authorize(session, Action::availability_show, {{}, staff.person.id}));
            PORTAL_TRY(stored, store::load_availability(tx, session.tenant().id, staff.id));
            return AvailabilityView{staff.person.full_name(), stored.availability.zone,
                                    stored.availability.rules, stored.availability.exceptions,
                                    stored.version};
        });
}

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

base::Result<store::VisitType> resolve_visit_type(store::Tx& tx, const Session& session,
                                                  std::string_view reference) {
    const auto tenant = session.tenant().id;
    const auto id = base::parse_uuid(reference);
    PORTAL_TRY(found, id ? store::find_visit_type(tx, tenant, *id)
                         : store::find_visit_type_by_title(tx, tenant, reference));
    if (!found) return no_such("visit_type", N_("There is no such visit type here."));
    return *found;
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

}  // namespace portal::service
