#include "service/availability.hpp"

#include <algorithm>

#include "domain/slots.hpp"
#include "service/authorize.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "service/tenant.hpp"
#include "store/booking.hpp"
#include "store/visit.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;

constexpr std::size_t kNextHolidays = 6;
constexpr std::size_t kSomeHolidays = 32;           // two years, of which exceptions open some
constexpr std::chrono::hours kLookAhead{24 * 731};  // no horizon is longer
constexpr int kMostVisits = 1000;

std::string local_text(base::Instant at, const base::Zone& zone) {
    const auto local = zone.to_local(at);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return base::format_day(day) + " " +
           base::format_minute(static_cast<int>((local - day).count()));
}

struct Hours {
    const Availability& now;
    const Availability* before = nullptr;
};

/// Live visits to come that `now` leaves outside the hours; with `before`, those of them that were
/// inside until now.
base::Result<std::vector<OutsideVisit>> list_outside(store::Tx& tx, const Session& session,
                                                     const store::Staff& staff,
                                                     const Hours& hours) {
    const auto& [now, before] = hours;
    std::vector<OutsideVisit> outside;
    if (now.zone.empty()) return outside;
    store::BookingRange range;
    range.staff = staff.id;
    range.from = session.now();
    range.to = session.now() + kLookAhead;
    range.states = {BookingState::unconfirmed, BookingState::confirmed};
    range.limit = kMostVisits;
    PORTAL_TRY(visits, store::list_bookings(tx, session.tenant().id, range));
    if (visits.empty()) return outside;
    const auto until = visits.back().ends + std::chrono::hours{24};
    PORTAL_TRY(clinic_zone, base::Zone::find(session.tenant().zone));
    PORTAL_TRY(zone, base::Zone::find(now.zone));
    const auto open = open_intervals(now, zone, session.now(), until);
    std::vector<Interval> opened;
    if (before != nullptr) {
        PORTAL_TRY(old_zone, base::Zone::find(before->zone));
        opened = open_intervals(*before, old_zone, session.now(), until);
    }
    for (const auto& visit : visits) {
        const Interval time{visit.starts, visit.ends};
        if (is_open(open, time) || (before != nullptr && !is_open(opened, time))) continue;
        outside.push_back({visit.id, local_text(visit.starts, clinic_zone), visit.starts,
                           visit.visit_type, visit.patient});
    }
    return outside;
}

base::Result<AvailabilityView> make_view(const Session& session, const store::Staff& staff,
                                         store::StoredAvailability stored,
                                         std::vector<OutsideVisit> outside) {
    auto& own = stored.availability;
    AvailabilityView view{staff.person.full_name(),  own.zone,      std::move(own.rules),
                          std::move(own.exceptions), own.holidays,  {},
                          std::move(outside),        stored.version};
    PORTAL_TRY(zone, base::Zone::find(own.zone.empty() ? session.tenant().zone : own.zone));
    const auto today = zone.to_local_day(session.now());
    for (const auto& each : next_holidays(own.holidays, today, kSomeHolidays)) {
        const bool opened = std::any_of(
            view.exceptions.begin(), view.exceptions.end(),
            [&](const DateException& other) { return other.date == each.date && !other.closed; });
        if (!opened && view.next_holidays.size() < kNextHolidays)
            view.next_holidays.push_back({each.date, each.name, each.by_law});
    }
    return view;
}

/// Errors name the command's fields, which have their flags' names: rule[2], exception[0].
base::Status check(const Availability& availability) {
    auto fits = check_availability(availability);
    if (fits) return {};
    auto error = std::move(fits).error();
    if (error.field.starts_with("rules")) error.field.erase(4, 1);
    if (error.field.starts_with("exceptions")) error.field.erase(9, 1);
    // The other one by the flag's name too.
    if (!error.args.empty() && error.field.ends_with(']'))
        error.args[0] += " --" + error.field.substr(0, error.field.find('['));
    return error;
}

Holidays holidays_of(const store::Tenant& tenant) {
    return tenant.country == Country::dk ? Holidays::dk : Holidays::se;
}

/// Loads, lets `edit(Availability&)` change, saves; stale unless the row has this version.
template <class Edit>
base::Result<AvailabilityView> change(Session& session, const std::string& reference, Edit edit,
                                      std::optional<std::int64_t> version = std::nullopt) {
    PORTAL_TRYV(authorize(session, Action::availability_set));
    const auto tenant = session.tenant().id;
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<AvailabilityView> {
            PORTAL_TRY(staff, resolve_staff(tx, session, reference, "staff"));
            PORTAL_TRYV(authorize(session, Action::availability_set, {{}, staff.person.id}));
            PORTAL_TRYV(store::lock_staff(tx, tenant, staff.id));
            PORTAL_TRY(stored, store::load_availability(tx, tenant, staff.id));
            const auto before = stored.availability;
            if (stored.version == 0) {
                stored.availability.zone = session.tenant().zone;
                stored.availability.holidays = holidays_of(session.tenant());
            }
            PORTAL_TRYV(edit(stored.availability));
            PORTAL_TRYV(check(stored.availability));
            // A form that is sent twice does once what it says.
            if (version && stored.version > 0 && stored.availability == before)
                return make_view(session, staff, std::move(stored), {});
            if (version && *version != stored.version)
                return base::make_error(base::ErrorCode::stale, {});
            PORTAL_TRYV(store::save_availability(tx, tenant, staff.id, stored.availability));
            PORTAL_TRY(saved, store::load_availability(tx, tenant, staff.id));
            PORTAL_TRYV(record_act(tx, session, {"availability.set", "staff", staff.id.value}));
            std::vector<OutsideVisit> outside;
            if (stored.version > 0) {
                PORTAL_TRY(left, list_outside(tx, session, staff, {saved.availability, &before}));
                outside = std::move(left);
            }
            return make_view(session, staff, std::move(saved), std::move(outside));
        });
}

}  // namespace

base::Result<AvailabilityView> set_availability(Session& session, const SetAvailability& command) {
    return change(session, command.staff, [&](Availability& own) -> base::Status {
        own.zone = command.zone.value_or(own.zone);
        own.rules = command.rule.apply(own.rules);
        own.exceptions = command.exception.apply(own.exceptions);
        own.holidays = command.holidays.value_or(own.holidays);
        return command.zone ? check_zone(*command.zone) : base::Status{};
    });
}

base::Result<AvailabilityView> set_weekly_hours(Session& session, const WeeklyHours& command) {
    return change(
        session, command.staff,
        [&](Availability& own) -> base::Status {
            own.rules = command.rule;
            own.holidays = command.holidays;
            return {};
        },
        command.version);
}

base::Result<AvailabilityView> add_exceptions(Session& session, const AddException& command) {
    if (command.exception.empty()) return base::invalid("exception", N_("is missing"));
    return change(session, command.staff, [&](Availability& own) -> base::Status {
        own.exceptions = with_exceptions(std::move(own.exceptions), command.exception);
        return {};
    });
}

base::Result<AvailabilityView> remove_exception(Session& session, const RemoveException& command) {
    return change(session, command.staff, [&](Availability& own) -> base::Status {
        const auto removed = std::erase_if(own.exceptions, [&](const DateException& each) {
            return each.date >= command.date && each.date <= command.to.value_or(command.date);
        });
        if (removed > 0) return {};
        auto error =
            base::make_error(base::ErrorCode::not_found, N_("No exception stands for this date."));
        error.field = "date";
        return error;
    });
}

base::Result<AvailabilityView> close_days(Session& session, const CloseDays& command) {
    PORTAL_TRY(closed, closed_days(command.from, command.to));
    return change(session, command.staff, [&](Availability& own) -> base::Status {
        own.exceptions = with_exceptions(std::move(own.exceptions), closed);
        return {};
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
            PORTAL_TRY(outside, list_outside(tx, session, staff, {stored.availability}));
            return make_view(session, staff, std::move(stored), std::move(outside));
        });
}

}  // namespace portal::service
