// The lists of all bookings: a staff member's own, and the unit's for its administrators.
// Source: C21, C54.
#include "daemon/web/routes.hpp"
#include "daemon/web/staff_visit.hpp"
#include "daemon/web/visit_card.hpp"
#include "service/booking.hpp"
#include "service/staff.hpp"
#include "store/column.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::BookingState;

constexpr int kPerPage = 50;
constexpr int kFarDays = 3660;
constexpr auto kUnit = "/unit/bookings";

constexpr BookingState kStates[] = {BookingState::unconfirmed, BookingState::confirmed,
                                    BookingState::done,        BookingState::no_show,
                                    BookingState::lapsed,      BookingState::cancelled};

std::optional<BookingState> asked_state(const Context& context) {
    const auto text = context.request().query.text("state");
    for (const auto state : kStates)
        if (store::enum_text(state) == text) return state;
    return std::nullopt;
}

/// The page with its filter, and what to ask for.
base::Result<domain::ListBookings> read_filter(const Context& context, StaffBookingsPage& page) {
    PORTAL_TRY(zone, base::Zone::find(context.tenant().zone));
    const auto& query = context.request().query;
    const auto state = asked_state(context);
    const auto day = base::parse_day(query.text("from"));
    domain::ListBookings command;
    command.from = day ? *day : zone.to_local_day(context.session().now());
    command.days = kFarDays;
    command.limit = kPerPage;
    if (state) command.state = {*state};
    if (const auto after = base::TextForm<domain::BookingCursor>::parse(query.text("after")))
        command.after = *after;
    page.from = base::format_day(*command.from);
    page.states.push_back({"", context.word(N_("All")), !state});
    for (const auto each : kStates)
        page.states.push_back(
            {store::enum_text(each), context.word(state_word(each)), state == each});
    return command;
}

std::string list_path(const StaffBookingsPage& page, const domain::ListBookings& command) {
    auto path = page.action + "?from=" + page.from;
    for (const auto state : command.state) path += "&state=" + store::enum_text(state);
    for (const auto& each : page.staff)
        if (each.chosen && !each.id.empty()) path += "&staff=" + each.id;
    return path;
}

Answer show_list(Context& context, StaffBookingsPage page, const domain::ListBookings& command) {
    const bool unit = page.action == kUnit;
    const auto find = unit ? service::list_bookings : service::list_own_bookings;
    PORTAL_TRY(list, find(context.session(), command));
    const auto path = list_path(page, command);
    for (const auto& booking : list.items) {
        add_to_days(context, booking, page.days);
        if (!unit) continue;
        auto& visit = page.days.back().visits.back();
        visit.patient = booking.patient;
        visit.staff = booking.staff;
    }
    if (command.after) page.first = path;
    if (list.next)
        page.next = path + "&after=" + base::TextForm<domain::BookingCursor>::format(*list.next);
    return context.page("staff_bookings", page);
}

Answer show_own(Context& context) {
    StaffBookingsPage page;
    page.frame = context.frame(N_("Your bookings"));
    page.action = "/staff/bookings";
    PORTAL_TRY(command, read_filter(context, page));
    return show_list(context, std::move(page), command);
}

Answer show_unit(Context& context) {
    if (!context.session().who().administers)
        return base::make_error(base::ErrorCode::forbidden, {});
    StaffBookingsPage page;
    page.frame = context.frame(N_("All bookings of the clinic"));
    page.action = kUnit;
    PORTAL_TRY(command, read_filter(context, page));
    PORTAL_TRY(staff, service::list_staff(context.session(), {}));
    const auto asked = context.request().query.text("staff");
    page.staff.push_back({"", context.word(N_("Everybody")), true});
    for (const auto& each : staff.items) {
        const auto id = base::format_uuid(each.id);
        page.staff.push_back({id, each.name, id == asked});
        if (id != asked) continue;
        page.staff.front().chosen = false;
        command.staff = id;
    }
    return show_list(context, std::move(page), command);
}

}  // namespace

std::vector<PageRoute> staff_bookings_routes() {
    constexpr auto kBooking = domain::Module::booking;
    return {{"GET", "/staff/bookings", show_own, Entry::staff, kBooking},
            {"GET", kUnit, show_unit, Entry::staff, kBooking}};
}

base::Status check_staff_bookings(text::Templates& templates) {
    return templates.check<StaffBookingsPage>("staff_bookings");
}

}  // namespace portal::web
