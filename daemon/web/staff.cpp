// Staff's overview: what takes place, and what will not unless somebody answers.
// Source: C22, C24, N3.
#include "daemon/web/staff.hpp"

#include <algorithm>

#include "daemon/web/routes.hpp"
#include "daemon/web/staff_visit.hpp"
#include "daemon/web/visit_card.hpp"
#include "service/booking.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::BookingState;
using std::chrono::minutes;
using text::DateStyle;

constexpr int kFarDays = 760;  // further ahead than a visit can be booked
constexpr int kOpenVisits = 200;

base::Status add_visits(Context& context, StaffPage& page) {
    domain::ListBookings command;
    command.state = {BookingState::confirmed, BookingState::done, BookingState::no_show};
    PORTAL_TRY(list, service::list_own_bookings(context.session(), command));
    for (const auto& booking : list.items) {
        if (context.when(booking.starts, DateStyle::day) == page.today)
            page.visits.push_back(make_staff_visit(context, booking));
        else
            add_to_days(context, booking, page.coming);
    }
    return {};
}

/// "2 hours 10 minutes": never more than there is.
std::string length_of(const Context& context, minutes length) {
    constexpr minutes kDay = std::chrono::days{1};
    constexpr minutes kHour = std::chrono::hours{1};
    const auto say = [&](minutes part) {
        return text::format_duration(context.services().catalogue, context.session().language(),
                                     part);
    };
    const auto large = length >= kDay ? kDay : kHour;
    const auto small = length >= kDay ? kHour : minutes{1};
    const auto whole = length - length % large;
    const auto rest = length % large - length % small;
    if (whole == minutes{0}) return say(rest);
    return rest == minutes{0} ? say(whole) : say(whole) + " " + say(rest);
}

OpenVisit make_open(const Context& context, const domain::BookingView& booking) {
    OpenVisit visit;
    visit.id = base::format_uuid(booking.id);
    visit.when = context.when(booking.starts, DateStyle::full);
    visit.patient = other_name(context, booking);
    visit.visit_type = booking.visit_type;
    visit.token = context.form_token(booking.version);
    const auto left = std::chrono::floor<minutes>(booking.starts - context.session().now());
    visit.left = left < minutes{1}
                     ? context.word(N_("It should begin now."))
                     : base::fill_arguments(context.word(N_("{1} left until it begins.")),
                                            {length_of(context, left)});
    return visit;
}

/// How long before its start staff see that a visit is not confirmed; zero: never.
minutes largest_warning(const store::Tenant& tenant) {
    minutes largest{0};
    for (const auto& text : tenant.warnings)
        if (const auto lead = domain::parse_lead(text)) largest = std::max(largest, *lead);
    return largest;
}

base::Status add_open(Context& context, StaffPage& page) {
    domain::ListBookings command;
    command.state = {BookingState::unconfirmed};
    command.days = kFarDays;
    command.limit = kOpenVisits;
    PORTAL_TRY(list, service::list_own_bookings(context.session(), command));
    const auto now = context.session().now();
    const auto soon = now + largest_warning(context.tenant());
    for (const auto& booking : list.items) {
        if (booking.ends <= now) continue;
        if (booking.awaits == domain::Awaits::clinic && !is_invited(context, booking))
            page.answers.push_back(make_open(context, booking));
        else if (booking.starts <= soon)
            page.risks.push_back(make_open(context, booking));
    }
    return {};
}

Answer show_staff(Context& context) {
    StaffPage page;
    page.frame = context.frame(N_("Overview"));
    page.today = context.when(context.session().now(), DateStyle::day);
    page.booking = context.tenant().has(domain::Module::booking);
    if (page.booking) {
        PORTAL_TRYV(add_visits(context, page));
        PORTAL_TRYV(add_open(context, page));
    }
    return context.page("staff", page);
}

}  // namespace

StaffVisit make_staff_visit(const Context& context, const domain::BookingView& booking) {
    const auto card = make_card(context, booking);
    const auto time = context.when(booking.starts, DateStyle::time) + " – " +
                      context.when(booking.ends, DateStyle::time);
    return {card.id,   time,      other_name(context, booking), booking.visit_type, {}, card.state,
            card.mark, card.start};
}

void add_to_days(const Context& context, const domain::BookingView& booking,
                 std::vector<StaffDay>& days) {
    const auto day = context.when(booking.starts, DateStyle::day);
    if (days.empty() || days.back().title != day) days.push_back({day, {}});
    days.back().visits.push_back(make_staff_visit(context, booking));
}

std::vector<PageRoute> staff_routes() {
    return {{"GET", "/staff", show_staff, Entry::staff}};
}

base::Status check_staff(text::Templates& templates) {
    return templates.check<StaffPage>("staff");
}

}  // namespace portal::web
