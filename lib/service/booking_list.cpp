#include "service/authorize.hpp"
#include "service/booking.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "service/visit_type.hpp"
#include "store/booking.hpp"

namespace portal::service {
namespace {

using namespace domain;

constexpr int kListDays = 31;
constexpr int kListRows = 1000;

enum class Whose { seen, own };

/// What the command asks for of what the caller may see, or of his own alone.
base::Result<store::BookingRange> range_of(store::Tx& tx, const Session& session,
                                           const ListBookings& command, Whose whose) {
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto day = command.from.value_or(zone.to_local_day(session.now()));
    const auto days = std::chrono::days{command.days.value_or(kListDays)};
    const auto& who = session.who();
    store::BookingRange range;
    range.from = zone.resolve(base::LocalTime{day}).first;
    range.to = zone.resolve(base::LocalTime{day + days}).first;
    range.states = command.state;
    if (who.kind == Principal::patient) range.patient = who.person.id;
    const bool whole =
        whose == Whose::seen && (who.kind == Principal::operator_ || who.administers);
    if (who.kind == Principal::staff && !whole) {
        range.staff = who.staff_id;
        range.invited = who.person.id;
    }
    if (whole && command.patient) {
        PORTAL_TRY(patient, resolve_member(tx, session,
                                           {*command.patient, store::Role::patient, "patient"}));
        range.patient = patient.id;
    }
    if (whole && command.staff) {
        PORTAL_TRY(staff, resolve_staff(tx, session, *command.staff, "staff"));
        range.staff = staff.id;
    }
    if (command.visit_type) {
        PORTAL_TRY(type, resolve_visit_type(tx, session, *command.visit_type));
        range.visit_type = type.id;
    }
    if (!command.after) return range;
    PORTAL_TRY(last, store::find_booking(tx, session.tenant().id, command.after->booking));
    if (!last) return base::invalid("after", base::N_("This is no place in a list."));
    range.from = command.after->starts;
    range.after = last->id;
    return range;
}

base::Result<BookingList> list(Session& session, const ListBookings& command, Whose whose) {
    PORTAL_TRYV(authorize(session, Action::booking_list));
    const auto limit = static_cast<std::size_t>(command.limit.value_or(kListRows));
    const auto load = [&](store::Tx& tx) -> base::Result<BookingList> {
        PORTAL_TRY(range, range_of(tx, session, command, whose));
        range.limit = static_cast<int>(limit) + 1;
        PORTAL_TRY(items, store::list_bookings(tx, session.tenant().id, range));
        BookingList found{{}, std::move(items)};
        if (found.items.size() > limit) {
            found.items.pop_back();
            found.next = BookingCursor{found.items.back().starts, found.items.back().id};
        }
        return found;
    };
    // One row a list: its later pages are no new look.
    const auto& who = session.who();
    const bool own = who.is_member() && (!who.administers || whose == Whose::own ||
                                         command.staff == base::format_uuid(who.person.public_id));
    if (!own && !command.after)
        PORTAL_TRYV(session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
            return record_act(tx, session, {"booking.list", "", 0});
        }));
    return session.services().store.read(session.tenant().id, load);
}

}  // namespace

base::Result<BookingList> list_bookings(Session& session, const ListBookings& command) {
    return list(session, command, Whose::seen);
}

base::Result<BookingList> list_own_bookings(Session& session, const ListBookings& command) {
    return list(session, command, Whose::own);
}

}  // namespace portal::service
